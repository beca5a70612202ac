"""Columns, boards and accounts that stand still, with the vetoes of the inspection of sites."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max

from gongkai.agencies.models import Agency
from gongkai.law.publishing.completeness import service_guide_gaps
from gongkai.law.publishing.inspection import (
    ColumnFacts,
    ColumnKind,
    MediaFacts,
    SiteFacts,
    SiteFinding,
    inspect,
    stale_on,
)
from gongkai.publishing.models import CatalogNode, Channel, Item, Posting, Publication, PublishingProfile
from gongkai.publishing.queries.catalog import leaves
from gongkai.publishing.queries.items import public_of

_KINDS: dict[str, ColumnKind] = {"dynamic": "dynamic", "notice": "notice", "other": "other"}
SOON = 7  # days before a column counts as stale


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the inspection sees it. ``stale_on``: the first day it will count as stale."""

    facts: ColumnFacts
    node: CatalogNode | None
    stale_on: date | None
    today: date

    @property
    def state(self) -> str:
        if not self.facts.items or self.facts.updated_on is None:
            return "empty"
        if self.stale_on is None:
            return "unlimited"
        if self.today >= self.stale_on:
            return "stale"
        return "soon" if self.today >= self.stale_on - timedelta(days=SOON) else "fresh"

    @property
    def last_on(self) -> date | None:
        """The last day that is still in time."""
        return self.stale_on - timedelta(days=1) if self.stale_on else None

    @property
    def words(self) -> str:
        return {
            "empty": "空白", "stale": "停更", "soon": "快到期", "fresh": "正常", "unlimited": "没有更新期限",
        }[self.state]  # fmt: skip

    @property
    def tag(self) -> str:
        return {
            "empty": "error", "stale": "error", "soon": "warning", "fresh": "done", "unlimited": "note",
        }[self.state]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inspection:
    """The site of an agency on a day."""

    site: SiteFacts
    findings: tuple[SiteFinding, ...]
    columns: tuple[Column, ...]

    @property
    def vetoes(self) -> tuple[SiteFinding, ...]:
        return tuple(each for each in self.findings if each.veto)

    @property
    def warnings(self) -> tuple[SiteFinding, ...]:
        return tuple(each for each in self.findings if not each.veto)


def inspection_of(agency: Agency, on: date) -> Inspection:
    """What an inspector would find in the site, its columns and the account of this office.

    There is no desk for messages yet, so none are unanswered; the letter box of the portal is that of
    applications and the phone of supervision.
    """
    profile = PublishingProfile.objects.filter(agency=agency).first()
    columns = [*_columns(agency, on), *_board(agency, profile, on)]
    home = public_of(agency).aggregate(last=Max("published_on"))["last"]
    site = SiteFacts(
        today=on,
        home_updated_on=home,
        columns=tuple(column.facts for column in columns),
        media=tuple(_media(agency, profile)),
        incomplete_guides=tuple(_incomplete_guides(agency)),
    )
    order = {"stale": 0, "empty": 1, "soon": 2, "unlimited": 3, "fresh": 4}
    shown = sorted(columns, key=lambda column: (order[column.state], column.stale_on or date.max))
    return Inspection(site, inspect(site), tuple(shown))


def _columns(agency: Agency, on: date) -> Iterator[Column]:
    """The entries of the catalog that the public finds on the website."""
    nodes = [node for node in leaves(agency) if node.disclosure_class == "proactive"]
    asked = [node for node in nodes if not node.channels or Channel.WEBSITE in node.channels]
    rows = public_of(agency).values("item__node").annotate(items=Count("pk"), last=Max("published_on"))
    found = {row["item__node"]: (row["items"], row["last"]) for row in rows}
    for node in asked:
        items, last = found.get(node.pk, (0, None))
        facts = ColumnFacts(node.title, _KINDS[node.column_kind], items, last, node.max_age_days)
        yield Column(facts, node, stale_on(facts), on)


def _board(agency: Agency, profile: PublishingProfile | None, on: date) -> Iterator[Column]:
    """The board on the wall, where the office has one."""
    hanging = Posting.objects.filter(
        item__agency=agency, channel=Channel.BULLETIN_BOARD, removed_on__isnull=True
    ).aggregate(items=Count("pk"), last=Max("posted_on"))
    if not (profile and profile.board_place) and not hanging["items"]:
        return
    name = "政务公开栏"
    age = profile.board_max_age_days if profile else None
    facts = ColumnFacts(name, "other", hanging["items"], hanging["last"], age, board=True)
    yield Column(facts, None, stale_on(facts), on)


def _media(agency: Agency, profile: PublishingProfile | None) -> Iterator[MediaFacts]:
    if profile is None or not profile.wechat_name:
        return
    last = Posting.objects.filter(item__agency=agency, channel=Channel.WECHAT).aggregate(
        last=Max("posted_on")
    )
    yield MediaFacts(profile.wechat_name, last["last"])


def _incomplete_guides(agency: Agency) -> Iterator[str]:
    live: Sequence[Publication] = list(
        Publication.objects.live().filter(item__agency=agency, item__kind=Item.Kind.SERVICE_GUIDE)
    )
    for publication in live:
        if service_guide_gaps(publication.said.details):
            yield publication.title
