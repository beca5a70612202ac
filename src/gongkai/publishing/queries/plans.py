"""The plan of a year as it stands, and what was published late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from gongkai.agencies.models import Account, Agency, Section
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.publishing.cadence import LightShown, light
from gongkai.publishing.models import PlanEntry, Publication
from gongkai.publishing.queries.items import items_seen_by
from gongkai.publishing.reckoning import due_of


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry of the plan: done once its item was published. ``item_seen``: whether the person may open
    that item."""

    entry: PlanEntry
    published_on: date | None
    shown: LightShown | None
    item_seen: bool

    @property
    def state(self) -> str:
        if self.entry.dropped_reason:
            return "dropped"
        return "done" if self.published_on else "open"

    @property
    def is_late(self) -> bool:
        """Whether it was published after its day."""
        return self.published_on is not None and self.published_on > self.entry.due_on


def plan_of(agency: Agency, year: int, account: Account, on: date) -> list[Planned]:
    """The plan of a year in the order of its days."""
    calendar = calendar_of(agency)
    entries = list(
        PlanEntry.objects.filter(agency=agency, year=year).select_related("node", "section", "item")
    )
    items = [entry.item_id for entry in entries if entry.item_id]
    rows = Publication.objects.filter(item__in=items).values("item").annotate(first=Min("published_on"))
    first: dict[int | None, date] = {row["item"]: row["first"] for row in rows}
    seen = set(items_seen_by(account).filter(pk__in=items).values_list("pk", flat=True))
    return [
        Planned(
            entry,
            first.get(entry.item_id),
            light(entry.due_on, on, entry.node.yellow_days, entry.node.red_days, calendar),
            entry.item_id in seen,
        )
        for entry in entries
    ]


def years_of(agency: Agency, on: date) -> list[int]:
    """The years that have a plan, with this one and the next."""
    kept = PlanEntry.objects.filter(agency=agency).values_list("year", flat=True)
    return sorted({*kept, on.year, on.year + 1}, reverse=True)


@dataclass(frozen=True, slots=True)
class Late:
    """One publication that came after its day."""

    publication: Publication
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Lateness:
    """How a section kept to the limit in a year."""

    section: Section | None
    published: int
    late: tuple[Late, ...]

    @property
    def name(self) -> str:
        return self.section.name if self.section else "公开工作机构"

    @property
    def in_time(self) -> int:
        return self.published - len(self.late)

    @property
    def share(self) -> str:
        """In time, of everything published."""
        return f"{self.in_time / self.published * 100:.0f}%" if self.published else "—"

    @property
    def worst(self) -> int:
        return max((each.days for each in self.late), default=0)

    @property
    def average(self) -> str:
        return f"{sum(each.days for each in self.late) / len(self.late):.1f}" if self.late else "0"


def lateness_of(agency: Agency, year: int, account: Account) -> list[Lateness]:
    """First publications of a year, by section, and how many came after their day (第二十六条).

    An edition that replaces another counts where what it tells was formed after the other went out.
    """
    rows = (
        Publication.objects.filter(
            item__in=items_seen_by(account).filter(agency=agency), published_on__year=year
        )
        .select_related("item__node", "item__section", "item__agency")
        .defer("item__content", "item__title")
        .order_by("published_on", "pk")
    )
    before = _published_before(rows)
    shares: dict[int | None, list[Publication]] = {}
    sections: dict[int | None, Section | None] = {}
    for publication in rows:
        earlier = before.get(publication.pk)
        if earlier is None or _formed_on(publication) > earlier:
            shares.setdefault(publication.item.section_id, []).append(publication)
            sections[publication.item.section_id] = publication.item.section
    found = [Lateness(sections[key], len(held), tuple(_late(agency, held))) for key, held in shares.items()]
    return sorted(found, key=lambda each: (-len(each.late), each.name))


def _formed_on(publication: Publication) -> date:
    """The day it was formed, without reading the whole text."""
    return date.fromisoformat(publication.content["formed_on"])


def _published_before(rows: Iterable[Publication]) -> dict[int, date]:
    """For each publication that replaced another, the day of that other one."""
    found: dict[int, date] = {}
    items = {row.item_id for row in rows}
    last: dict[int, date] = {}
    every = Publication.objects.filter(item__in=items).order_by("pk")
    for pk, item, published_on in every.values_list("pk", "item_id", "published_on"):
        if item in last:
            found[pk] = last[item]
        last[item] = published_on
    return found


def _late(agency: Agency, publications: Sequence[Publication]) -> list[Late]:
    calendar = calendar_of(agency)
    found = []
    for publication in publications:
        due = due_of(agency, publication.item.node, _formed_on(publication))
        if due and publication.published_on > due.due_on:
            days = calendar.working_days_between(due.due_on, publication.published_on)
            found.append(Late(publication, due.due_on, days))
    return found
