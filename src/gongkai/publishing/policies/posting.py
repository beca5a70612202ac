"""Where an item hangs: who records it, how it stands on a day, and what has to come off."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.publishing.models import Channel, Posting, Publication
from gongkai.publishing.models import Item as PublishedItem
from gongkai.publishing.policies.people import sees

HANGS = frozenset(
    {
        Channel.WECHAT,
        Channel.WEIBO_OR_APP,
        Channel.BULLETIN_BOARD,
        Channel.READING_PLACE,
        Channel.SERVICE_CENTER,
        Channel.SERVICE_STATION,
    }
)
"""It stands there until somebody takes it off, and has to be exchanged."""
SPOKEN = frozenset({Channel.MEETING, Channel.BROADCAST, Channel.ON_SITE, Channel.TARGETED_PUSH})
"""What was said or handed over cannot be taken back."""


class PostingState(StrEnum):
    """How a posting stands on a day. ``label`` is what people read, ``tag`` its tone."""

    CURRENT = "current"
    STALE = "stale"
    FORMER = "former"
    OVER = "over"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def tag(self) -> str:
        return _TAGS[self]

    @property
    def must_go(self) -> bool:
        """Whether somebody has to take it off or exchange it."""
        return self in {PostingState.STALE, PostingState.OVER, PostingState.WITHDRAWN}


_LABELS: Mapping[PostingState, str] = {
    PostingState.CURRENT: "公开中",
    PostingState.STALE: "旧版本，要换",
    PostingState.FORMER: "已有新版本",
    PostingState.OVER: "张贴期满，要撤下",
    PostingState.WITHDRAWN: "信息已撤下，要撤下",
    PostingState.ENDED: "已经公开过",
    PostingState.REMOVED: "已撤下",
}
_TAGS: Mapping[PostingState, str] = {
    PostingState.CURRENT: "done",
    PostingState.STALE: "warning",
    PostingState.FORMER: "note",
    PostingState.OVER: "warning",
    PostingState.WITHDRAWN: "error",
    PostingState.ENDED: "note",
    PostingState.REMOVED: "note",
}


def state_of(posting: Posting, last: Publication, on: date) -> PostingState:
    """How a posting stands, ``last`` being the last publication of its item, live or ended."""
    if posting.removed_on is not None:
        return PostingState.REMOVED
    channel = Channel(posting.channel)
    if last.ended_at is not None:
        return _after_the_end(channel, last)
    if posting.until_on is not None and posting.until_on < on:
        return PostingState.OVER if channel in HANGS else PostingState.ENDED
    if posting.edition_id == last.edition_id:
        return PostingState.CURRENT
    return PostingState.STALE if channel in HANGS else PostingState.FORMER


def _after_the_end(channel: Channel, last: Publication) -> PostingState:
    """What is printed is collected where the item was withdrawn, not where its period was over."""
    if channel in HANGS or (last.end == Publication.End.WITHDRAWN and channel not in SPOKEN):
        return PostingState.WITHDRAWN
    return PostingState.ENDED


def may_post(item: PublishedItem, by: Account) -> Refusal | None:
    """Who records where an item of theirs was posted, and prints what is posted."""
    if not sees(item, by):
        return Refusal("这条信息不是您所在科室的，您不能登记。")
    if not holds(item.agency, by, Role.OFFICER, Role.OFFICE_HEAD, Role.SECTION_HEAD):
        return Refusal("公开记录由经办人、科室负责人或者公开工作机构负责人登记，您没有这些角色。")
    return None


def not_public(item: PublishedItem) -> Refusal:
    """What is not public now is posted nowhere."""
    when = "已经撤下" if item.publications.exists() else "还没有发布"
    return Refusal(f"这条信息{when}，不能登记到任何渠道；先审查、发布，再张贴或者推送。", "《条例》第十七条")


def days_refusal(posted_on: date, until_on: date | None, first_day: date, today: date) -> Refusal | None:
    """Days that cannot be: before the edition was public, after today, an end before the beginning."""
    if posted_on > today:
        return Refusal("公开日期还没有到；请填写实际张贴、推送的日期。")
    if posted_on < first_day:
        day = f"{first_day.year}年{first_day.month}月{first_day.day}日"
        return Refusal(f"这一版{day}才发布，公开日期不能更早；请核对。", "《条例》第十七条")
    if until_on is not None and until_on < posted_on:
        return Refusal("“张贴到”早于公开日期，请核对。")
    return None
