"""On the site but not on the board: what is public now against the channels its entry asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.law.publishing.channels import channels
from gongkai.publishing.models import Channel, Item, Posting, Publication
from gongkai.publishing.queries.items import items_seen_by

# What stands there until somebody takes it down, and so has to be exchanged.
EXCHANGED = frozenset(
    {
        Channel.WECHAT,
        Channel.WEIBO_OR_APP,
        Channel.BULLETIN_BOARD,
        Channel.READING_PLACE,
        Channel.SERVICE_CENTER,
        Channel.SERVICE_STATION,
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One channel of a public item: ``state`` is current, stale, missing, or once, where an older edition
    was printed or spoken that nobody can exchange. ``posting`` is the last that was not taken down."""

    channel: str
    state: str
    posting: Posting | None = None

    @property
    def label(self) -> str:
        return Channel(self.channel).label

    @property
    def words(self) -> str:
        return {"current": "已公开", "stale": "旧版本", "missing": "还没有", "once": "刊发过旧版本"}[
            self.state
        ]

    @property
    def tag(self) -> str:
        return {"current": "done", "stale": "warning", "missing": "error", "once": "note"}[self.state]


@dataclass(frozen=True, slots=True)
class Row:
    """A public item with its channels, in the order they were asked for."""

    item: Item
    live: Publication
    cells: tuple[Cell, ...]

    @property
    def stale(self) -> tuple[Cell, ...]:
        """Where an older edition still stands."""
        return tuple(cell for cell in self.cells if cell.state == "stale")

    @property
    def missing(self) -> tuple[Cell, ...]:
        """Where the entry asks for it and it does not stand."""
        return tuple(cell for cell in self.cells if cell.state == "missing")

    @property
    def changed_since(self) -> date:
        """The day from which old postings are owed anew: that of the change, where it lies between the
        old posting and the new edition, else that of the new edition (第二十六条)."""
        changed, out = self.item.changed_on, self.live.published_on
        last = max((cell.posting.posted_on for cell in self.stale if cell.posting), default=out)
        return changed if last < changed <= out else out


def seen(agency: Agency, account: Account | None) -> QuerySet[Item]:
    """The items of an agency a person may see; all of them where nobody looks (``None``)."""
    items = (
        Item.objects.select_related("agency", "node", "section")
        if account is None
        else items_seen_by(account)
    )
    return items.filter(agency=agency)


def matrix(account: Account | None, agency: Agency, *, stale_only: bool = False) -> list[Row]:
    """Every public item a person may see, with its channels; the newest first. ``stale_only``: those alone
    where an older edition may still stand."""
    standing = Posting.objects.filter(removed_on__isnull=True).order_by("posted_on", "pk")
    rows = (
        Publication.objects.live()
        .filter(item__in=seen(agency, account))
        .select_related("item__node", "item__section", "item__agency")
        .defer("content", "item__content", "item__title")
        .prefetch_related(Prefetch("item__postings", queryset=standing, to_attr="standing"))
        .order_by("-published_on", "-pk")
    )
    if stale_only:
        old = standing.filter(item=OuterRef("item"), channel__in=EXCHANGED).exclude(
            edition=OuterRef("edition")
        )
        rows = rows.filter(Exists(old))
    return [Row(live.item, live, tuple(_cells(live))) for live in rows]


def _cells(live: Publication) -> list[Cell]:
    standing: dict[str, Posting] = {}
    postings: Sequence[Posting] = getattr(live.item, "standing", ())
    for posting in postings:
        standing[posting.channel] = posting
    asked = [code for code in live.item.node.channels if code in channels() and channels()[code].public]
    return [_cell(code, standing.get(code), live) for code in dict.fromkeys((*asked, *standing))]


def _cell(code: str, posting: Posting | None, live: Publication) -> Cell:
    if code == Channel.WEBSITE:
        return Cell(code, "current" if live.on_website else "missing", posting)
    if posting is None:
        return Cell(code, "missing")
    if posting.edition_id == live.edition_id:
        return Cell(code, "current", posting)
    return Cell(code, "stale" if code in EXCHANGED else "once", posting)


def columns_of(rows: Sequence[Row]) -> list[str]:
    """The channels that any of the rows has, in the order of the law's table."""
    used = {cell.channel for row in rows for cell in row.cells}
    return [code for code in channels() if code in used]
