"""The bulletin board: what hangs on it, what has to come off, and what could go up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.documents.posters import DirectoryRow
from gongkai.publishing.models import Channel, FinderLine, Item, Posting, Publication
from gongkai.publishing.policies.posting import PostingState
from gongkai.publishing.queries.items import items_seen_by, public_of
from gongkai.publishing.queries.postings import PostingLine, Wanted, lines_of

_MOST = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """Something public that does not hang. ``is_asked``: its entry of the catalog wants it on the board."""

    publication: Publication
    is_asked: bool


@dataclass(frozen=True, slots=True)
class BoardNow:
    """The board of an agency on a day, as one person may see it. ``more``: what could go up beside."""

    hanging: tuple[PostingLine, ...]
    off: tuple[PostingLine, ...]
    offers: tuple[Offer, ...]
    more: int


def board_now(account: Account, agency: Agency, on: date) -> BoardNow:
    """Everything about the board at once."""
    lines = lines_of(account, agency, on, Wanted(Channel.BULLETIN_BOARD))
    hanging = tuple(line for line in lines if line.state == PostingState.CURRENT)
    off = tuple(line for line in lines if line.state.must_go)
    offers = _offers(account, agency)
    return BoardNow(hanging, off, tuple(offers[:_MOST]), max(len(offers) - _MOST, 0))


def _offers(account: Account, agency: Agency) -> list[Offer]:
    up = Posting.objects.filter(
        item=OuterRef("item"),
        edition=OuterRef("edition"),
        channel=Channel.BULLETIN_BOARD,
        removed_on__isnull=True,
    )
    rows = (
        Publication.objects.live()
        .filter(~Exists(up), item__in=items_seen_by(account).filter(agency=agency))
        .select_related("item__node", "item__section", "item__agency")
        .defer("content", "item__content", "item__title")
        .order_by("-published_on", "-pk")
    )
    offers = [Offer(row, Channel.BULLETIN_BOARD in row.item.node.channels) for row in rows]
    return sorted(offers, key=lambda offer: not offer.is_asked)


def on_the_wall(agency: Agency, on: date) -> QuerySet[Publication]:
    """What the public page of the board turns over: on the website, and posted on the board."""
    up = Posting.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        item=OuterRef("item"),
        channel=Channel.BULLETIN_BOARD,
        removed_on__isnull=True,
    )
    shown = public_of(agency).filter(Exists(up)).exclude(item__kind=Item.Kind.SERVICE_GUIDE)
    return shown.exclude(ends_on__lt=on).order_by("-published_on", "-pk")


def guides_on_the_wall(agency: Agency) -> QuerySet[Publication]:
    """The service guides of an agency: a board without them answers nobody."""
    return public_of(agency).filter(item__kind=Item.Kind.SERVICE_GUIDE).order_by("item__node", "pk")


def finder_of(agency: Agency) -> Sequence[FinderLine]:
    """The lines of the finder in their order."""
    return list(agency.finder_lines.select_related("section").order_by("order", "pk"))


def finder_rows(lines: Iterable[FinderLine]) -> tuple[DirectoryRow, ...]:
    """The lines by whom one goes to, in their order."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for line in lines:
        found.setdefault((line.person, line.section.name, line.room, line.phone), []).append(line.matter)
    return tuple(DirectoryRow(*whom, tuple(matters)) for whom, matters in found.items())


def finder_changed_on(lines: Sequence[FinderLine]) -> date | None:
    """Since when a printed finder is old."""
    return max((line.changed_on for line in lines if line.changed_on), default=None)
