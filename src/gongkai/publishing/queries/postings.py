"""Postings as a person may see them, what has to come off, and the figures of a year.

Unique items and postings are different figures: an item that stands on two channels is one item.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.law.publishing.channels import channels
from gongkai.publishing.models import Channel, Item, Posting, PostingProof, Publication, WechatArticle
from gongkai.publishing.policies.posting import PostingState, state_of
from gongkai.publishing.queries.items import items_seen_by

INSIDE = tuple(code for code, channel in channels().items() if not channel.public)
"""Where only the agency's own people read it: nothing is made public there."""
STATES: Mapping[str, str] = {
    "must_go": "要撤下或者更换的",
    "current": "公开中的",
    "removed": "已撤下的",
    "unproved": "没有凭证的",
}


@dataclass(frozen=True, slots=True)
class PostingLine:
    """A posting with how it stands on a day. ``last`` is the last publication of its item."""

    posting: Posting
    last: Publication
    state: PostingState
    proofs: int

    @property
    def item(self) -> Item:
        return self.posting.item

    @property
    def is_removable(self) -> bool:
        """Whether somebody could take it off: what is on the website goes with the item."""
        return self.posting.removed_on is None and self.posting.channel != Channel.WEBSITE


def _lines(postings: Iterable[Posting], on: date) -> Iterator[PostingLine]:
    found = list(postings)
    last = _last_publications({posting.item_id for posting in found})
    for posting in found:
        publication = last[posting.item_id]
        proofs = getattr(posting, "proof_count", 0)
        yield PostingLine(posting, publication, state_of(posting, publication, on), proofs)


def _last_publications(items: set[int]) -> dict[int, Publication]:
    rows = Publication.objects.filter(item__in=items).defer("content").order_by("pk")
    return {publication.item_id: publication for publication in rows}


def postings_seen_by(account: Account) -> QuerySet[Posting]:
    """The postings of the items a person may see."""
    return (
        Posting.objects.filter(item__in=items_seen_by(account))
        .select_related("item__agency", "item__node", "item__section", "by")
        .defer("item__content", "item__title")
        .annotate(proof_count=Count("proofs"))
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; ``state`` is one of :data:`STATES`. Empty means all."""

    channel: str = ""
    year: int | None = None
    state: str = ""


def lines_of(account: Account, agency: Agency, on: date, wanted: Wanted) -> list[PostingLine]:
    """The postings of an agency, the newest first, narrowed."""
    rows = postings_seen_by(account).filter(item__agency=agency).order_by("-posted_on", "-pk")
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.year:
        rows = rows.filter(posted_on__year=wanted.year)
    return [line for line in _lines(rows, on) if _fits(line, wanted.state)]


def _fits(line: PostingLine, state: str) -> bool:
    match state:
        case "must_go":
            return line.state.must_go
        case "current":
            return line.state == PostingState.CURRENT
        case "removed":
            return line.state == PostingState.REMOVED
        case "unproved":
            return not line.proofs and line.posting.channel != Channel.WEBSITE and not line.posting.place
        case _:
            return True


def lines_of_item(item: Item, on: date) -> list[PostingLine]:
    """Every posting of one item, the newest first."""
    rows = (
        item.postings.select_related("item__agency", "by")
        .annotate(proof_count=Count("proofs"))
        .order_by("-posted_on", "-pk")
    )
    return list(_lines(rows, on))


def to_take_down(account: Account, agency: Agency, on: date) -> list[PostingLine]:
    """What still hangs and must not, the gravest first. An article that this system sent to the official
    account is among :func:`articles_to_remove` instead: its removal ends its posting."""
    rows = postings_seen_by(account).filter(item__agency=agency, removed_on__isnull=True)
    article = standing_articles(agency).filter(publication__edition=OuterRef("edition"))
    rows = rows.exclude(Exists(article), channel=Channel.WECHAT)
    over = Q(item__publications__ended_at__isnull=False) | Q(until_on__lt=on)
    lines = list(_lines(rows.filter(over).distinct().order_by("posted_on", "pk"), on))
    rank = {PostingState.WITHDRAWN: 0, PostingState.OVER: 1, PostingState.STALE: 2}
    return sorted((line for line in lines if line.state.must_go), key=lambda line: rank[line.state])


def find_posting(account: Account, pk: int) -> Posting | None:
    """A posting of an item this person may see."""
    return postings_seen_by(account).filter(pk=pk).first()


def find_line(account: Account, pk: int, on: date) -> PostingLine | None:
    """The same with how it stands."""
    return next(_lines(postings_seen_by(account).filter(pk=pk), on), None)


def find_proof(account: Account, pk: int) -> PostingProof | None:
    """A proof of a posting of an item this person may see."""
    seen = PostingProof.objects.filter(posting__item__in=items_seen_by(account))
    return seen.select_related("posting__item__agency").filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class ChannelFigure:
    """``postings`` on a channel in a year, of how many ``items``."""

    channel: str
    postings: int
    items: int

    @property
    def label(self) -> str:
        return Channel(self.channel).label


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """What an agency posted in a year. ``items``: items that were posted anywhere in it, each once;
    ``new_items``: those of them that were posted nowhere before."""

    year: int
    items: int
    new_items: int
    channels: tuple[ChannelFigure, ...]

    @property
    def postings(self) -> int:
        return sum(each.postings for each in self.channels)

    @property
    def sums_up(self) -> bool:
        """Whether the items of the channels add up to the items: none stands on two."""
        return sum(each.items for each in self.channels) == self.items

    def of(self, channel: str) -> ChannelFigure:
        """A channel by its code, also one that was not used."""
        return next((each for each in self.channels if each.channel == channel), ChannelFigure(channel, 0, 0))


def channel_figures(agency: Agency, year: int) -> ChannelFigures:
    """The figures of a calendar year for the annual report (X-01). What only the agency's own people can
    read is not counted; what was taken down later was public and is."""
    rows = Posting.objects.filter(item__agency=agency).exclude(channel__in=INSIDE)
    of_year = rows.filter(posted_on__year=year)
    counted = {
        row["channel"]: ChannelFigure(row["channel"], row["postings"], row["items"])
        for row in of_year.order_by()
        .values("channel")
        .annotate(postings=Count("pk"), items=Count("item", distinct=True))
    }
    first = rows.order_by().values("item").annotate(first=Min("posted_on"))
    return ChannelFigures(
        year=year,
        items=of_year.order_by().values("item").distinct().count(),
        new_items=first.filter(first__year=year).count(),
        channels=tuple(counted[code] for code in channels() if code in counted),
    )


def years_of(agency: Agency, this_year: int) -> list[int]:
    """The years with postings, the latest first; this year in any case."""
    days = Posting.objects.filter(item__agency=agency).dates("posted_on", "year")
    return sorted({this_year, *(day.year for day in days)}, reverse=True)


def standing_articles(agency: Agency) -> QuerySet[WechatArticle]:
    """What lies or stands at the official account of an agency."""
    over = [WechatArticle.State.FAILED, WechatArticle.State.REMOVED]
    return (
        WechatArticle.objects.filter(publication__item__agency=agency)
        .exclude(state__in=over)
        .select_related("publication__item__agency", "by")
    )


def articles_to_remove(agency: Agency) -> QuerySet[WechatArticle]:
    """What must not be at the official account any more: its publication has ended."""
    return standing_articles(agency).filter(publication__ended_at__isnull=False)


def articles_under_way() -> QuerySet[WechatArticle]:
    """What is on its way to the account or being published there, or was cut off on it."""
    sending = Q(state=WechatArticle.State.DRAFT, media_id="") | Q(state=WechatArticle.State.SUBMITTED)
    return WechatArticle.objects.filter(sending).select_related("publication__item__agency")


def find_article(account: Account, pk: int) -> WechatArticle | None:
    """An article of an item this person may see."""
    seen = WechatArticle.objects.filter(publication__item__in=items_seen_by(account))
    return seen.select_related("publication__item__agency", "by").filter(pk=pk).first()
