"""What the portal reads: the public items of an agency by catalog, section, year, kind and validity.

Everything begins with ``publishing.queries.items.public``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from gongkai.agencies.models import Agency
from gongkai.casework.models import OfficeProfile
from gongkai.publishing.models import (
    CatalogNode,
    DisclosureClass,
    Item,
    ItemLink,
    Publication,
    PublicChange,
    PublishingProfile,
)
from gongkai.publishing.queries.items import public, public_of
from gongkai.reporting import queries as reports

_LINKS = {
    (ItemLink.Kind.INTERPRETS, True): "本文解读的文件",
    (ItemLink.Kind.INTERPRETS, False): "对本文的解读",
    (ItemLink.Kind.REPLACES, True): "本文替代的文件",
    (ItemLink.Kind.REPLACES, False): "替代本文的文件",
    (ItemLink.Kind.RELATES, True): "相关信息",
    (ItemLink.Kind.RELATES, False): "相关信息",
}


def open_agencies() -> list[Agency]:
    """The agencies that have something for the public: items, reports, or a door for applications."""
    shown = (
        Q(pk__in=public().values("item__agency"))
        | Q(pk__in=reports.published().values("agency"))
        | Q(pk__in=OfficeProfile.objects.filter(accepts_applications=True).values("agency"))
    )
    return list(Agency.objects.filter(shown).order_by("pk"))


def find_agency(slug: str) -> Agency | None:
    """One of them."""
    return next((agency for agency in open_agencies() if agency.slug == slug), None)


def office_of(agency: Agency) -> list[tuple[str, str]]:
    """How the disclosure office is reached (第十二条), the lines that are filled in."""
    unit = agency.sections.filter(is_disclosure_office=True).first()
    profile = OfficeProfile.objects.filter(agency=agency).first()
    publishing = PublishingProfile.objects.filter(agency=agency).first()
    lines = [("工作机构", unit.name if unit else "")]
    if profile:
        place = " ".join(filter(None, (profile.address, profile.postcode)))
        lines += [
            ("办公地址", place),
            ("办公时间", profile.hours),
            ("联系电话", profile.phone),
            ("传真", profile.fax),
            ("电子邮箱", profile.email),
        ]
    lines.append(("监督电话", publishing.supervision_phone if publishing else ""))
    return [(label, text) for label, text in lines if text]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the catalog, how many public items lie there or below, and what is below."""

    node: CatalogNode
    count: int
    below: tuple["Branch", ...]


def catalog_of(agency: Agency) -> tuple[Branch, ...]:
    """The catalog as the public sees it: what is to be published of one's own motion, and whatever else
    holds something public. What is kept inside the agency is not in it."""
    counts = dict(public_of(agency).order_by().values_list("node").annotate(Count("pk")))
    children: defaultdict[int | None, list[CatalogNode]] = defaultdict(list)
    for node in agency.catalog_nodes.order_by("order", "pk"):
        children[node.parent_id].append(node)
    return tuple(_branches(None, children, counts))


def _branches(
    above: int | None, children: Mapping[int | None, list[CatalogNode]], counts: Mapping[int, int]
) -> Iterator[Branch]:
    for node in children.get(above, ()):
        below = tuple(_branches(node.pk, children, counts))
        count = counts.get(node.pk, 0) + sum(branch.count for branch in below)
        is_open = node.retired_on is None and node.disclosure_class == DisclosureClass.PROACTIVE
        if count or is_open:
            yield Branch(node, count, below)


def all_of(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Every branch, from the top down."""
    for branch in branches:
        yield branch
        yield from all_of(branch.below)


def find_branch(agency: Agency, code: str) -> Branch | None:
    """A node of the public catalog by its code."""
    return next((each for each in all_of(catalog_of(agency)) if each.node.code == code), None)


def above(node: CatalogNode) -> list[CatalogNode]:
    """The nodes over it, from the top."""
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to. Empty means all; what makes no sense finds nothing."""

    section: str = ""
    year: str = ""
    kind: str = ""
    validity: str = ""

    @classmethod
    def from_query(cls, given: Mapping[str, Any]) -> "Wanted":
        return cls(**{field.name: str(given.get(field.name, ""))[:40] for field in fields(cls)})

    def narrow(self, items: QuerySet[Publication]) -> QuerySet[Publication]:
        """The publications that are wanted."""
        if self.section:
            items = items.filter(section=_number(self.section))
        if self.year:
            year = _number(self.year)
            items = items.filter(published_on__year=year) if 1949 <= year < 9999 else items.none()
        if self.kind:
            items = items.filter(kind=self.kind)
        return items.filter(item__validity=self.validity) if self.validity else items


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def items_in(agency: Agency, branch: Branch | None) -> QuerySet[Publication]:
    """The public items of a node and of all nodes below it, the newest first; of the agency without one."""
    items = public_of(agency).order_by("-published_on", "-pk")
    if branch is None:
        return items
    return items.filter(node__in=[each.node.pk for each in all_of([branch])])


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a list can be narrowed to, with how many public items have it."""

    value: str
    label: str
    count: int


def choices_in(items: QuerySet[Publication]) -> dict[str, list[Choice]]:
    """What the items of a list can be told apart by."""
    years = items.annotate(year=ExtractYear("published_on"))
    return {
        "section": [Choice(str(pk), name, n) for pk, name, n in _counted(items, "section", "section__name")],
        "year": [Choice(str(year), f"{year}年", n) for year, n in _counted(years, "-year")],
        "kind": [Choice(code, Item.Kind(code).label, n) for code, n in _counted(items, "kind")],
        "validity": [
            Choice(code, Item.Validity(code).label, n) for code, n in _counted(items, "validity") if code
        ],
    }


def _counted(items: QuerySet[Publication], *by: str) -> Iterator[tuple[Any, ...]]:
    named = ["item__validity" if each == "validity" else each for each in by]
    plain = [name.removeprefix("-") for name in named]
    for row in items.order_by(*named).values(*plain).annotate(count=Count("pk")):
        if row[plain[0]] is not None:
            yield (*(row[name] for name in plain), row["count"])


def of_kind(agency: Agency, kind: str) -> QuerySet[Publication]:
    """The public items of one kind."""
    return public_of(agency).filter(kind=kind).order_by("-published_on", "-pk")


@dataclass(frozen=True, slots=True)
class Related:
    """Public items that are about one another."""

    label: str
    publications: tuple[Publication, ...]


def related_to(item: Item) -> list[Related]:
    """What is linked to an item in either direction, and is public itself."""
    links = ItemLink.objects.filter(Q(item=item) | Q(other=item))
    named: defaultdict[str, list[int]] = defaultdict(list)
    for link in links:
        own = link.item_id == item.pk
        named[_LINKS[ItemLink.Kind(link.kind), own]].append(link.other_id if own else link.item_id)
    shown = {
        each.item_id: each for each in public().filter(item__in=[pk for ids in named.values() for pk in ids])
    }
    found = (
        (label, tuple(shown[pk] for pk in dict.fromkeys(ids) if pk in shown)) for label, ids in named.items()
    )
    return [Related(label, publications) for label, publications in found if publications]


def last_change(publication: Publication) -> datetime:
    """When what the public reads of it changed last, the words or what is said beside them."""
    changes = PublicChange.objects.filter(publication=publication).order_by("-at")
    last = changes.values_list("at", flat=True).first()
    return max(last, publication.published_at) if last else publication.published_at


def note_on_the_end(item_pk: int) -> str:
    """What is told in place of an item that was taken off the website with a word to the public."""
    last = Publication.objects.filter(item=item_pk).order_by("-pk").first()
    if (
        last is None
        or not last.on_website
        or last.end not in {Publication.End.WITHDRAWN, Publication.End.EXPIRED}
    ):
        return ""
    return last.public_note
