"""The catalog as a tree, its entries with what stands under them, and how it changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.law.breach import LawBreach
from gongkai.law.publishing.cadence import Cycle
from gongkai.law.publishing.channels import channels
from gongkai.publishing.models import CatalogNode, DisclosureClass, Milestone, NodeVersion, Publication
from gongkai.publishing.policies.catalog import sources
from gongkai.publishing.starting import Beginning, beginnings


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry in its place; ``items`` and ``public`` count what stands under it itself."""

    node: CatalogNode
    depth: int
    is_leaf: bool
    items: int
    public: int
    lacks: tuple[str, ...]


def find_node(account: Account, pk: int) -> CatalogNode | None:
    """An entry of the catalog of an agency this person works in."""
    rows = CatalogNode.objects.select_related("agency", "parent", "section", "person")
    return rows.filter(pk=pk, agency__in=agencies_of(account)).first()


def nodes_of(agency: Agency) -> list[CatalogNode]:
    """Every entry from the top down, each followed by what is below it."""
    rows = list(agency.catalog_nodes.select_related("section", "person"))
    below: dict[int | None, list[CatalogNode]] = {}
    for node in rows:
        below.setdefault(node.parent_id, []).append(node)
    return list(_walk(below, None))


def _walk(below: Mapping[int | None, Sequence[CatalogNode]], above: int | None) -> Iterator[CatalogNode]:
    for node in below.get(above, ()):
        yield node
        yield from _walk(below, node.pk)


def leaves(agency: Agency) -> list[CatalogNode]:
    """What items are filed under now: entries in use without others below them."""
    nodes = [node for node in nodes_of(agency) if node.retired_on is None]
    above = {node.parent_id for node in nodes}
    return [node for node in nodes if node.pk not in above]


def tree(agency: Agency) -> list[Branch]:
    """The catalog with counts, and what an entry lacks before its duty can be watched."""
    nodes = nodes_of(agency)
    above = {node.parent_id for node in nodes}
    rows = CatalogNode.objects.filter(agency=agency).annotate(
        filed=Count("items", filter=~Q(items__state="dropped"), distinct=True),
        shown=Count("items", filter=Q(items__publications__ended_at__isnull=True)
                    & Q(items__publications__isnull=False), distinct=True),
    )  # fmt: skip
    counts = {pk: (filed, shown) for pk, filed, shown in rows.values_list("pk", "filed", "shown")}
    depths: dict[int | None, int] = {None: -1}
    branches = []
    for node in nodes:
        depths[node.pk] = depths[node.parent_id] + 1
        leaf = node.pk not in above
        lacks = tuple(lacking(node)) if leaf and node.retired_on is None else ()
        branches.append(Branch(node, depths[node.pk], leaf, *counts[node.pk], lacks))
    return branches


def lacking(node: CatalogNode) -> Iterator[str]:
    """What an entry that items are filed under does not say yet."""
    if node.section_id is None:
        yield "没有责任科室"
    if node.cadence == "periodic" and not node.cycle:
        yield "没有公开周期"
    if not node.channels and node.disclosure_class == DisclosureClass.PROACTIVE:
        yield "没有公开渠道"


def cycle_of(node: CatalogNode) -> Cycle | None:
    """The cycle an entry keeps, if it keeps one that can be."""
    try:
        return Cycle.from_code(node.cycle) if node.cycle else None
    except (LawBreach, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Offered:
    """A catalog to begin with; ``left`` are its lines this office does not have."""

    beginning: Beginning
    left: int

    @property
    def is_taken(self) -> bool:
        return self.left < len(self.beginning.lines)


def offered(agency: Agency) -> list[Offered]:
    """The catalogs to begin with, each with how much of it is still to be had."""
    nodes = list(agency.catalog_nodes.values_list("template_row", "source", "code"))
    known = {row for row, _, _ in nodes} | {code for _, source, code in nodes if code == source}
    return [
        Offered(each, sum(line.row not in known for line in each.lines)) for each in beginnings().values()
    ]


@dataclass(frozen=True, slots=True)
class Change:
    """One version of an entry: what is not as it was before, in words. The first has nothing before it."""

    version: NodeVersion
    changed: tuple[tuple[str, str, str], ...]

    @property
    def is_first(self) -> bool:
        return self.version.number == 1


def changes_of(agency: Agency, node: CatalogNode | None = None) -> list[Change]:
    """How the catalog, or one entry, changed; the latest first."""
    rows = NodeVersion.objects.filter(node__agency=agency).select_related("node", "by")
    if node is not None:
        rows = rows.filter(node=node)
    words = _Words(agency)
    before: dict[int, Mapping[str, Any]] = {}
    found = []
    for version in rows.order_by("pk"):
        old = before.get(version.node_id)
        found.append(Change(version, tuple(words.changed(old, version.content)) if old else ()))
        before[version.node_id] = version.content
    return found[::-1]


def rounds_of(changes: Sequence[Change]) -> list[list[Change]]:
    """Changes made at one stroke, or one after another for the same reason, together."""

    def stroke(change: Change) -> tuple[int | None, str, date]:
        version = change.version
        return version.by_id, version.reason, timezone.localtime(version.at).date()

    return [list(held) for _, held in groupby(changes, key=stroke)]


class _Words:
    """What stands in a version, as people read it."""

    def __init__(self, agency: Agency) -> None:
        self._nodes = {node.pk: f"{node.code} {node.title}" for node in agency.catalog_nodes.all()}
        self._sections = {section.pk: section.name for section in agency.sections.all()}
        people = Account.objects.filter(memberships__agency=agency).distinct()
        self._people = {person.pk: person.full_name for person in people}

    def changed(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        for name in new:
            if old.get(name) != new[name]:
                yield self.label(name), self.shown(name, old.get(name)), self.shown(name, new[name])

    def label(self, name: str) -> str:
        return str(CatalogNode._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def shown(self, name: str, value: Any) -> str:
        if value in (None, "", []):
            return ""
        keyed: Mapping[str, Mapping[Any, str]] = {
            "section": self._sections, "person": self._people, "parent": self._nodes, "source": sources(),
        }  # fmt: skip
        if name in keyed:
            return keyed[name].get(value, str(value))
        if name == "channels":
            return channel_words(value)
        if name == "cycle":
            return Cycle.from_code(value).text
        field = CatalogNode._meta.get_field(name)
        return str(dict(getattr(field, "choices", None) or ()).get(value, value))


def channel_words(codes: Sequence[str]) -> str:
    """Channels by their codes, in words."""
    return "、".join(channels()[code].label for code in codes if code in channels())


def begun_on(nodes: Sequence[CatalogNode]) -> dict[int, date]:
    """Since when each entry has been there, as its first version says."""
    rows = NodeVersion.objects.filter(node__in=nodes).values("node").annotate(first=Min("at"))
    return {row["node"]: timezone.localtime(row["first"]).date() for row in rows}


def last_published(nodes: Sequence[CatalogNode]) -> dict[int, date]:
    """The last day on which something was published under each entry."""
    rows = (
        Publication.objects.filter(item__node__in=nodes)
        .values("item__node")
        .annotate(last=Max("published_on"))
    )
    return {row["item__node"]: row["last"] for row in rows}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with the day its item was first published."""

    record: Milestone
    published_on: date | None


def stages_of(nodes: Sequence[CatalogNode]) -> list[Stage]:
    """The stages of entries, in the order of their days."""
    records = list(Milestone.objects.filter(node__in=nodes).select_related("node", "item"))
    published = Publication.objects.filter(item__in=[each.item_id for each in records if each.item_id])
    first: dict[int | None, date] = {
        row["item"]: row["first"] for row in published.values("item").annotate(first=Min("published_on"))
    }
    return [Stage(each, first.get(each.item_id)) for each in records]
