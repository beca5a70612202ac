"""What is public, screened again under the rules in force: what waits for it, and what was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.casework.queries.neighbors import NeighborHeap, NeighborLine
from gongkai.publishing.models import Publication, Scan
from gongkai.publishing.policies.findings import standing
from gongkai.publishing.policies.parts import parts_of
from gongkai.publishing.policies.people import sees_all
from gongkai.publishing.queries.items import items_seen_by
from gongkai.publishing.queries.working import Checked, checked
from gongkai.publishing.screened import rules_version


@dataclass(frozen=True, slots=True)
class Rescanned:
    """What is public and would not go out today, with the parts that hold it back."""

    publication: Publication
    checks: tuple[Checked, ...]

    @property
    def looked_at(self) -> datetime:
        return max(check.scan.at for check in self.checks if check.scan)


def to_rescan(rules: str) -> QuerySet[Publication]:
    """What is public and was not screened under these rules: whoever screens an item screens all of it."""
    seen = Scan.objects.filter(item=OuterRef("item"), rules=rules)
    live = Publication.objects.live().filter(~Exists(seen))
    return live.select_related("item__agency").order_by("pk")


def rescanned(agency: Agency, account: Account | None) -> list[Rescanned]:
    """What is public of an agency and must not be, as a person sees it (``None``: all of it)."""
    rules = rules_version()
    mine = Scan.objects.filter(item=OuterRef("item"))
    live = Publication.objects.live().filter(
        Exists(mine.filter(rules=rules, blocks=True))
        | Exists(mine.filter(rules=rules, scannable=False))
        | Exists(mine.filter(people__isnull=False)),
        item__agency=agency,
    )
    if account is not None:
        live = live.filter(item__in=items_seen_by(account))
    return list(_of(live.select_related("item__agency", "item__section", "item__node").order_by("pk"), rules))


def _of(live: QuerySet[Publication], rules: str) -> Iterator[Rescanned]:
    for publication in live.prefetch_related("files"):
        item, parts = publication.item, parts_of(publication)
        screened = [check.part for check in checked(item, parts, rules) if check.scan]
        if standing(item, screened, rules):
            checks = (check for check in checked(item, screened, rules) if not check.is_clear)
            yield Rescanned(publication, tuple(checks))


def waiting(agency: Agency) -> int:
    """How many public items of an agency wait to be screened again."""
    return to_rescan(rules_version()).filter(item__agency=agency).count()


def last_look(agency: Agency) -> datetime | None:
    """When something public of an agency was last screened under the rules in force."""
    live = Publication.objects.live().filter(item__agency=agency)
    scans = Scan.objects.filter(rules=rules_version(), item__in=live.values("item"))
    return scans.order_by("-at").values_list("at", flat=True).first()


def to_settle(account: Account, on: date) -> NeighborHeap:
    """For the page of today of those who see all of an agency."""
    lines = tuple(
        _line(each)
        for agency in agencies_of(account)
        if sees_all(agency, account)
        for each in rescanned(agency, account)
    )
    hint = "已公开的信息按现行规则复查，有不得发布的内容；还在公开，请保留或者撤下。"
    return NeighborHeap("publishing-rescans", "公开后查出问题", hint, lines)


def _line(each: Rescanned) -> NeighborLine:
    item = each.publication.item
    address = reverse("publishing:rescans", args=[item.agency.slug]) + f"#item-{item.pk}"
    found_on = timezone.localdate(each.looked_at)
    return NeighborLine(each.publication.title, address, "还在公开", found_on, "复查有发现", "late")
