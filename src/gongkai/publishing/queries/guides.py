"""The disclosure guide, the catalog, service guides and institutions: what each lacks (第十二条)."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.agencies.models import Account, Agency
from gongkai.law.publishing.completeness import (
    catalog_gaps,
    guide_gaps,
    institution_gaps,
    required_parts,
    service_guide_gaps,
)
from gongkai.law.publishing.gaps import Gap
from gongkai.publishing.content import Content
from gongkai.publishing.models import Institution, Item, Publication
from gongkai.publishing.queries.channel_gaps import Row, matrix
from gongkai.publishing.queries.items import items_seen_by

Kind = Item.Kind


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide with what it lacks: the public edition where there is one, else the draft."""

    item: Item
    live: Publication | None
    title: str
    gaps: tuple[Gap, ...]
    row: Row | None

    @property
    def stale(self) -> tuple[str, ...]:
        """The channels that still show an older edition."""
        return tuple(cell.label for cell in self.row.stale) if self.row else ()


@dataclass(frozen=True, slots=True)
class Rule:
    """An institution of the office; ``code`` says which of the usual set it is, ``guessed`` that only its
    name says so."""

    item: Item
    live: Publication | None
    title: str
    code: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Usual:
    """One of the usual set, with the item that is it."""

    code: str
    label: str
    article: str
    sentence: str
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Guides:
    """Everything of the page: the guide(s) of the office, its service guides, its institutions."""

    disclosure: tuple[Guide, ...]
    services: tuple[Guide, ...]
    rules: tuple[Rule, ...]
    usual: tuple[Usual, ...]
    lines: int
    incomplete_lines: tuple[tuple[Publication, tuple[Gap, ...]], ...]

    @property
    def missing(self) -> tuple[Usual, ...]:
        return tuple(each for each in self.usual if each.rule is None or each.rule.live is None)


def guides_of(agency: Agency, account: Account) -> Guides:
    """The guides and institutions of an agency as a person may see them."""
    wanted = (Kind.DISCLOSURE_GUIDE, Kind.SERVICE_GUIDE, Kind.INSTITUTION)
    items = list(
        items_seen_by(account)
        .filter(agency=agency, kind__in=wanted)
        .exclude(state__in=[Item.State.DROPPED, Item.State.KEPT])
        .order_by("node__order", "pk")
    )
    live = {each.item_id: each for each in Publication.objects.live().filter(item__in=items)}
    rows = {row.item.pk: row for row in matrix(account, agency)}
    held = [_guide(item, live.get(item.pk), rows.get(item.pk)) for item in items if item.kind in wanted[:2]]
    rules = _rules([item for item in items if item.kind == Kind.INSTITUTION], live)
    lines, incomplete = _catalog_lines(agency)
    return Guides(
        tuple(each for each in held if each.item.kind == Kind.DISCLOSURE_GUIDE),
        tuple(each for each in held if each.item.kind == Kind.SERVICE_GUIDE),
        tuple(rules),
        tuple(_usual(rules)),
        lines,
        tuple(incomplete),
    )


def _guide(item: Item, live: Publication | None, row: Row | None) -> Guide:
    said = live.said if live else item.draft
    return Guide(item, live, said.title, gaps_in(item.kind, said), row)


def gaps_in(kind: str, said: Content) -> tuple[Gap, ...]:
    """What a guide lacks."""
    return service_guide_gaps(said.details) if kind == Kind.SERVICE_GUIDE else guide_gaps(said.details)


def _rules(items: list[Item], live: Mapping[int, Publication]) -> list[Rule]:
    marked = dict(Institution.objects.filter(item__in=items).values_list("item_id", "code"))
    found = []
    for item in items:
        publication = live.get(item.pk)
        title = publication.title if publication else item.title
        code = marked.get(item.pk) or guessed_code(title)
        found.append(Rule(item, publication, title, code, item.pk not in marked))
    return found


# What names an institution, the most special first.
_NAMES = {
    "过错责任": "accountability", "责任追究": "accountability", "追责": "accountability",
    "社会评议": "public_review", "评议": "public_review", "考核": "assessment",
    "依申请": "disclosure_on_application", "保密审查": "review", "公开审查": "review", "审查": "review",
    "主动公开": "proactive_disclosure",
}  # fmt: skip


def guessed_code(title: str) -> str:
    """Which of the usual set a name speaks of; empty for none."""
    return next((code for words, code in _NAMES.items() if words in title), "")


def _usual(rules: list[Rule]) -> list[Usual]:
    by_code: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda each: (each.live is None, each.guessed), reverse=True):
        if rule.code:
            by_code[rule.code] = rule
    missing = {gap.code for gap in institution_gaps(list(by_code))}
    return [
        Usual(part.code, part.label, part.article, part.sentence,
              None if part.code in missing else by_code[part.code])
        for part in required_parts("institutions")
    ]  # fmt: skip


def _catalog_lines(agency: Agency) -> tuple[int, list[tuple[Publication, tuple[Gap, ...]]]]:
    """How many lines the public catalog has, and those that lack one of its four data."""
    lines = Publication.objects.live().filter(item__agency=agency).select_related("item").order_by("-pk")
    found = []
    count = 0
    for publication in lines.defer("item__content", "item__title"):
        count += 1
        said = {name: publication.content[name] for name in ("title", "summary", "formed_on")}
        gaps = catalog_gaps({"index_number": publication.item.index_number, **said})
        if gaps:
            found.append((publication, gaps))
    return count, found
