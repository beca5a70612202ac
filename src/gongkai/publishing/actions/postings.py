"""Recording where an item was posted, with its proof, and taking it off again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.actions.drafting import locked
from gongkai.publishing.models import Channel, Item, Posting, PostingProof, Publication, PublicChange
from gongkai.publishing.policies.findings import standing
from gongkai.publishing.policies.parts import parts_of
from gongkai.publishing.policies.posting import days_refusal, may_post, not_public
from gongkai.publishing.screened import rules_version


class UnableToPost(ActionRefused):
    """The item is not public, screening holds something against it, or the days cannot be."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that shows a posting; neither name nor bytes are ever printed."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)
    media_type: str = ""


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToPost(refusal)


def _say(posting: Posting, by: Account | None, at: datetime, act: str, details: dict[str, object]) -> None:
    item = posting.item
    kept = {"index_number": item.index_number, "channel": posting.channel, "posting": posting.pk}
    record(by=by, at=at, act=act, subject=item.subject, agency=item.agency, details=kept | details)


def tell_board(agency: Agency, channel: str, at: datetime) -> None:
    """The public page of the board follows at once."""
    if channel == Channel.BULLETIN_BOARD:
        PublicChange.objects.create(agency=agency, what="board", at=at)


def open_to_post(item: Item, by: Account, at: datetime) -> Publication:
    """What is public of a locked item and may be posted elsewhere; screening is asked as it is now."""
    _check(may_post(item, by))
    publication = item.publications.filter(ended_at__isnull=True).select_related("edition").first()
    if publication is None:
        raise UnableToPost(not_public(item))
    found = standing(item, parts_of(publication.edition), rules_version())
    _check(found[0] if found else None)
    return publication


@transaction.atomic
def post_item(
    *,
    item: Item,
    channel: str,
    posted_on: date,
    by: Account,
    at: datetime,
    place: str = "",
    note: str = "",
    until_on: date | None = None,
    proofs: Sequence[Proof] = (),
) -> Posting:
    """Record that what is public of an item was posted on a channel on a day."""
    item = locked(item)
    publication = open_to_post(item, by, at)
    if channel not in Channel.values:
        raise UnableToPost(Refusal("没有这个渠道，请另选。"))
    if channel == Channel.WEBSITE:
        raise UnableToPost(Refusal("网站上的公开由“发布”和“也放到网站上”完成，不用登记。"))
    _check(days_refusal(posted_on, until_on, publication.published_on, timezone.localdate(at)))
    posting = Posting.objects.create(
        item=item,
        edition=publication.edition,
        channel=channel,
        posted_on=posted_on,
        place=place.strip(),
        note=note.strip(),
        until_on=until_on,
        by=by,
        at=at,
    )
    for proof in proofs:
        _keep(posting, proof, by, at)
    tell_board(item.agency, channel, at)
    _say(posting, by, at, "recorded_posting", {"on": posted_on.isoformat(), "proofs": len(proofs)})
    return posting


def _keep(posting: Posting, proof: Proof, by: Account, at: datetime) -> PostingProof:
    return PostingProof.objects.create(
        posting=posting,
        name=proof.name,
        media_type=proof.media_type,
        size=len(proof.data),
        sha256=hashlib.sha256(proof.data).hexdigest(),
        data=proof.data,
        by=by,
        at=at,
    )


def _held(posting: Posting) -> Posting:
    rows = Posting.objects.select_for_update(of=("self",)).select_related("item__agency", "edition")
    found = rows.filter(pk=posting.pk).first()
    if found is None:
        raise UnableToPost(Refusal("这条公开记录已经删去，请刷新页面。"))
    return found


@transaction.atomic
def add_proof(*, posting: Posting, proof: Proof, by: Account, at: datetime) -> PostingProof:
    """A photograph, a page, minutes that came later."""
    posting = _held(posting)
    _check(may_post(posting.item, by))
    kept = _keep(posting, proof, by, at)
    _say(posting, by, at, "added_proof", {"sha256": kept.sha256})
    return kept


@transaction.atomic
def correct_posting(
    *,
    posting: Posting,
    posted_on: date,
    by: Account,
    at: datetime,
    place: str = "",
    note: str = "",
    until_on: date | None = None,
) -> Posting:
    """Put right what was recorded of a posting."""
    posting = _held(posting)
    _check(may_post(posting.item, by))
    first = posting.edition.publications.order_by("published_on").first()
    assert first is not None
    if posting.channel == Channel.WEBSITE:
        raise UnableToPost(Refusal("网站上的记录随发布自动登记，不能改。"))
    _check(days_refusal(posted_on, until_on, first.published_on, timezone.localdate(at)))
    posting.posted_on, posting.until_on = posted_on, until_on
    posting.place, posting.note = place.strip(), note.strip()
    posting.save(update_fields=["posted_on", "until_on", "place", "note"])
    tell_board(posting.item.agency, posting.channel, at)
    _say(posting, by, at, "corrected_posting", {"on": posted_on.isoformat()})
    return posting


@transaction.atomic
def take_down(*, posting: Posting, removed_on: date, by: Account, at: datetime) -> Posting:
    """It no longer hangs there, or the copies were collected."""
    posting = _held(posting)
    _check(may_post(posting.item, by))
    if posting.channel == Channel.WEBSITE:
        raise UnableToPost(Refusal("网站上的信息在信息页上撤下；撤下时自动登记。"))
    if posting.removed_on is not None:
        raise UnableToPost(Refusal("这条公开记录已经登记撤下。"))
    if removed_on < posting.posted_on:
        raise UnableToPost(Refusal("撤下日期早于公开日期，请核对。"))
    if removed_on > timezone.localdate(at):
        raise UnableToPost(Refusal("撤下日期还没有到；请先撤下，再登记。"))
    posting.removed_on = removed_on
    posting.save(update_fields=["removed_on"])
    tell_board(posting.item.agency, posting.channel, at)
    _say(posting, by, at, "took_down_posting", {"on": removed_on.isoformat()})
    return posting


@transaction.atomic
def strike_posting(*, posting: Posting, reason: str, by: Account, at: datetime) -> None:
    """It never hung there: the record was a mistake. The trail keeps that it was there, and why it went."""
    posting = _held(posting)
    _check(may_post(posting.item, by))
    if posting.channel == Channel.WEBSITE:
        raise UnableToPost(Refusal("网站上的记录随发布自动登记，不能删去。"))
    if not reason.strip():
        raise UnableToPost(Refusal("请写明哪里记错了。"))
    details: dict[str, object] = {"on": posting.posted_on.isoformat(), "reason": reason.strip()}
    _say(posting, by, at, "struck_posting", details)
    tell_board(posting.item.agency, posting.channel, at)
    posting.delete()


@transaction.atomic
def note_paper(*, item: Item, paper: str, by: Account, at: datetime) -> Publication:
    """Something is about to be printed or packed: only what is public, and nothing hangs yet."""
    item = locked(item)
    publication = open_to_post(item, by, at)
    record(
        by=by,
        at=at,
        act="made_paper",
        subject=item.subject,
        agency=item.agency,
        details={"index_number": item.index_number, "code": paper},
    )
    return publication
