"""What the night has to say to whom: duties, looks at what is withheld, columns that stand still."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.models import Account, Agency, Membership, Section
from gongkai.casework.queries.people import heads_of
from gongkai.law.limits import chinese_date
from gongkai.law.publishing.cadence import Light
from gongkai.publishing.models import Planned, Publication
from gongkai.publishing.queries.duties import DutyLine, board_of
from gongkai.publishing.queries.rescans import rescanned
from gongkai.publishing.queries.stale import inspection_of
from gongkai.publishing.queries.withheld import Withheld, withheld_of
from gongkai.publishing.screened import rules_version

_WORKING = (Membership.Role.OFFICER, Membership.Role.SECTION_HEAD)
_KINDS = {Light.OVERDUE: "publishing_late", Light.RED: "publishing_due", Light.YELLOW: "publishing_due"}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to say. It names no title of what is not public: notices leave the desk."""

    kind: str
    to: tuple[Account, ...]
    title: str
    text: str
    link: str
    key: str


def reminders_of(agency: Agency, on: date) -> Iterator[Reminder]:
    """Everything of an agency on a day; each key is the same until the matter is another."""
    heads = tuple(heads_of(agency))
    for line in board_of(agency, None, on).lines:
        if line.shown.light is not Light.GREEN:
            yield _of_line(agency, line, heads)
    yield from _of_withheld(agency, on, heads)
    yield from _of_columns(agency, on, heads)
    yield from _of_rescans(agency, heads)


def _of_rescans(agency: Agency, heads: tuple[Account, ...]) -> Iterator[Reminder]:
    """Said again when other items are among them, or rules are new."""
    found = rescanned(agency, None)
    if found:
        which = "-".join(str(each.publication.pk) for each in found)
        told = hashlib.sha256(f"{rules_version()} {which}".encode()).hexdigest()[:16]
        yield Reminder(
            "rescan_found",
            heads,
            f"已公开的信息里有{len(found)}条含有不得发布的内容",
            "按现行规则复查发现。公开的还在公开；请逐条看，写明理由保留，或者撤下。",
            reverse("publishing:rescans", args=[agency.slug]),
            f"rescan:{agency.pk}:{told}",
        )


def _people(line: DutyLine, heads: Iterable[Account]) -> tuple[Account, ...]:
    """Who answers for it, else the section, else the heads; the late are told to the heads as well."""
    person = line.node.person
    found = [person] if person is not None and person.is_active else _of_section(line.section)
    told = found or list(heads)
    if line.shown.light is Light.OVERDUE:
        told = [*told, *heads]
    return tuple({each.pk: each for each in told}.values())


def _of_section(section: Section | None) -> list[Account]:
    if section is None:
        return []
    return list(
        Account.objects.filter(
            memberships__section=section, memberships__role__in=_WORKING, is_active=True
        ).distinct()
    )


def _of_line(agency: Agency, line: DutyLine, heads: Iterable[Account]) -> Reminder:
    what = line.item.index_number if line.item else f"{line.node.code}（{line.kind_label}）"
    subject = f"{line.item.pk}" if line.item else f"node-{line.node.pk}"
    return Reminder(
        kind=_KINDS[line.shown.light],
        to=_people(line, heads),
        title=f"{what}{line.left}",
        text=f"{line.kind_label}。最迟{chinese_date(line.due_on)}公开（{line.article}）。",
        link=line.address if line.item else reverse("publishing:duties", args=[agency.slug]),
        key=f"duty:{line.kind}:{subject}:{line.due_on}:{line.shown.light}",
    )


def _of_withheld(agency: Agency, on: date, heads: tuple[Account, ...]) -> Iterator[Reminder]:
    for line in withheld_of(agency, None, on):
        if line.is_due:
            yield _of_look(line, heads)


def _of_look(line: Withheld, heads: tuple[Account, ...]) -> Reminder:
    item = line.item
    return Reminder(
        kind="reassessment_due",
        to=tuple(_of_section(item.section)) or heads,
        title=f"{item.index_number}要作定期评估审查",
        text=f"不予公开的信息，最迟{chinese_date(line.next_on)}再评估一次（《条例》第十八条）。",
        link=reverse("publishing:reassess", args=[item.pk]),
        key=f"reassess:{item.pk}:{line.next_on}:{line.shown.light}",
    )


def _of_columns(agency: Agency, on: date, heads: tuple[Account, ...]) -> Iterator[Reminder]:
    found = inspection_of(agency, on)
    address = reverse("publishing:stale", args=[agency.slug])
    for finding in found.vetoes:
        since = found.site.home_updated_on if finding.code == "home_page" else on.replace(day=1)
        yield Reminder(
            "site_stale", heads, f"网站检查：{finding.label}", finding.sentence, address,
            f"veto:{agency.pk}:{finding.code}:{since}",
        )  # fmt: skip
    for column in found.columns:
        if column.state in {"soon", "stale"} and column.node is not None:
            state = "已经停更" if column.state == "stale" else f"{chinese_date(column.last_on or on)}后算停更"
            yield Reminder(
                "site_stale",
                tuple(_of_section(column.node.section)) or heads,
                f"栏目“{column.facts.name}”{state}",
                "请更新；不能再更新的，并入其他栏目（国办秘函〔2019〕19号）。",
                address,
                f"column:{column.node.pk}:{column.stale_on}:{column.state}",
            )


def planned_now(at: datetime) -> QuerySet[Planned]:
    """Publications whose moment has come."""
    return (
        Planned.objects.filter(done_at__isnull=True, due_at__lte=at)
        .select_related("item__agency", "by")
        .order_by("due_at", "pk")
    )


def notices_over(on: date) -> QuerySet[Publication]:
    """Public notices whose last day is over."""
    return Publication.objects.live().filter(ends_on__lt=on).select_related("item__agency").order_by("pk")
