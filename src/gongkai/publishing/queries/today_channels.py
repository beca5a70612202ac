"""What still hangs and must not, for the page of today."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.casework.queries.neighbors import NeighborHeap, NeighborLine
from gongkai.publishing.policies.posting import PostingState, may_post
from gongkai.publishing.queries.postings import articles_to_remove, to_take_down


def to_take_off(account: Account, on: date) -> NeighborHeap:
    """Sheets, articles and copies of what is public no longer, of a person who records postings."""
    lines = tuple(line for agency in agencies_of(account) for line in _of(account, agency, on))
    hint = "信息撤下、期满或者换了版本，外面还挂着旧的；撤下以后登记日期。"
    return NeighborHeap("publishing-off", "还要撤下", hint, lines)


def _of(account: Account, agency: Agency, on: date) -> Iterator[NeighborLine]:
    for line in to_take_down(account, agency, on):
        if may_post(line.item, account) is None:
            posting = line.posting
            address = reverse("publishing:posting", args=[posting.pk])
            tone = "late" if line.state == PostingState.WITHDRAWN else "near"
            where = posting.get_channel_display()
            yield NeighborLine(line.last.title, address, where, posting.posted_on, line.state.label, tone)
    for article in articles_to_remove(agency):
        publication = article.publication
        if may_post(publication.item, account) is None and publication.ended_at is not None:
            address = reverse("publishing:wechat", args=[publication.item_id])
            ended_on = publication.ended_at.date()
            yield NeighborLine(publication.title, address, "公众号", ended_on, "还要在公众号删除", "late")
