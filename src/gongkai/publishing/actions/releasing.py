"""Making public and taking back. Every path to the public runs through ``publish_item``."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.actions.drafting import locked
from gongkai.publishing.actions.entering import list_document
from gongkai.publishing.indexing import KIND, document_of
from gongkai.publishing.models import (
    Channel,
    Edition,
    Item,
    Planned,
    Posting,
    Publication,
    PublicChange,
    PublishedFile,
    ReviewSheet,
)
from gongkai.publishing.policies.findings import standing
from gongkai.publishing.policies.parts import parts_of
from gongkai.publishing.policies.release import lapsed, may_publish, may_withdraw, obstacles
from gongkai.publishing.screened import rules_version
from gongkai.search.actions import put, take_out

State = Item.State
End = Publication.End
_IN_FORCE = {Item.Kind.NORMATIVE_DOCUMENT, Item.Kind.DOCUMENT}


class UnableToPublish(ActionRefused):
    """Something stands between the item and the public. ``refusals`` are all of it."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(refusals[0])
        self.refusals = list(refusals)


class UnableToWithdraw(ActionRefused):
    """The item is not public, or no reason was given."""


def sheet_of(item: Item) -> ReviewSheet | None:
    """The last complete sheet of an item: the only one it may go out on."""
    return (
        item.sheets.filter(state=ReviewSheet.State.COMPLETE)
        .select_related("edition", "item__agency")
        .order_by("-pk")
        .first()
    )


def _say(item: Item, by: Account | None, at: datetime, act: str, details: dict[str, object]) -> None:
    record(
        by=by,
        at=at,
        act=act,
        subject=item.subject,
        agency=item.agency,
        details={"index_number": item.index_number} | details,
    )


@transaction.atomic
def publish_item(
    *, item: Item, channels: Sequence[str], by: Account, at: datetime, place: str = ""
) -> Publication:
    """Make the reviewed edition public on the channels named; the one before it is superseded.

    What was not screened under the rules in force is refused: ``screen_item`` comes first.
    """
    refusal = may_publish(item, by)
    if refusal:
        raise UnableToPublish([refusal])
    item = locked(item)
    sheet = sheet_of(item)
    found = obstacles(item, sheet, rules_version())
    if not channels:
        found.append(Refusal("请至少选一个公开渠道。", "《条例》第二十三条"))
    if over := lapsed(sheet, timezone.localdate(at)):
        found.append(over)
    if sheet is not None and item.publications.live().filter(edition=sheet.edition).exists():
        found.append(Refusal("这一稿已经公开，没有重复发布；还上了别的渠道的，请登记公开记录。"))
    if found:
        raise UnableToPublish(found)
    assert sheet is not None
    return _release(item, sheet, channels, by, at, place)


def _release(
    item: Item, sheet: ReviewSheet, channels: Sequence[str], by: Account, at: datetime, place: str
) -> Publication:
    on, edition = timezone.localdate(at), sheet.edition
    before = item.publications.filter(ended_at__isnull=True).first()
    on_website = Channel.WEBSITE in channels
    if before is not None:
        _end(before, End.SUPERSEDED, "", "", by, at)
    publication = Publication.objects.create(
        item=item,
        edition=edition,
        sheet=sheet,
        content=edition.content,
        content_sha256=edition.sha256,
        title=edition.said.title,
        kind=item.kind,
        node=item.node,
        section=item.section,
        published_on=on,
        published_at=at,
        first_published_on=before.first_published_on if before else on,
        published_by=by,
        on_website=on_website,
        ends_on=edition.said.ends_on,
    )
    _hand_out_files(publication, edition)
    for channel in dict.fromkeys(channels):
        Posting.objects.create(
            item=item,
            edition=edition,
            channel=channel,
            posted_on=on,
            place=place if channel != Channel.WEBSITE else "",
            by=by,
            at=at,
        )
    _settle(item, publication)
    _tell_the_public(publication, "published", at)
    _say(
        item, by, at, "published_item", {"content": edition.sha256, "channels": list(dict.fromkeys(channels))}
    )
    return publication


def _hand_out_files(publication: Publication, edition: Edition) -> None:
    for line in edition.files.select_related("file"):
        data = bytes(line.file.data)
        assert hashlib.sha256(data).hexdigest() == line.sha256, "the bytes are not those that were reviewed"
        PublishedFile.objects.create(
            publication=publication,
            name=line.name,
            media_type=line.file.media_type,
            size=line.file.size,
            sha256=line.sha256,
            is_picture=line.file.is_picture,
            order=line.order,
            data=data,
            text=line.file.text,
        )


def _settle(item: Item, publication: Publication) -> None:
    item.planned.filter(done_at__isnull=True).update(
        done_at=publication.published_at, outcome="定的时间以前已经发布"
    )
    item.state = State.PUBLISHED
    if not item.validity and item.kind in _IN_FORCE:
        item.validity = Item.Validity.IN_FORCE
    item.revision += 1
    item.save(update_fields=["state", "validity", "revision"])
    if item.kind == Item.Kind.NORMATIVE_DOCUMENT:
        list_document(item, publication)


def _tell_the_public(publication: Publication, what: str, at: datetime) -> None:
    """Search and caches follow in the same transaction."""
    if publication.on_website and publication.ended_at is None:
        put(document=document_of(publication), at=at)
    else:
        take_out(kind=KIND, key=str(publication.item_id), at=at)
    PublicChange.objects.create(publication=publication, agency=publication.item.agency, what=what, at=at)


def renew_entry(item: Item, at: datetime) -> None:
    """What search and caches hold of an item follows a change beside its content: validity, links."""
    publication = item.publications.filter(ended_at__isnull=True).select_related("item__agency").first()
    if publication is not None:
        _tell_the_public(publication, "changed", at)


def _end(
    publication: Publication, end: str, reason: str, public_note: str, by: Account | None, at: datetime
) -> None:
    publication.ended_at, publication.end = at, end
    publication.end_reason, publication.public_note, publication.ended_by = reason, public_note, by
    publication.save(update_fields=["ended_at", "end", "end_reason", "public_note", "ended_by"])


@transaction.atomic
def show_on_website(*, item: Item, by: Account, at: datetime) -> Publication:
    """Put on the website what is public on other channels already; screening is asked as it is now."""
    refusal = may_publish(item, by)
    item = locked(item)
    publication = item.publications.filter(ended_at__isnull=True).first()
    if publication is None:
        refusal = Refusal("这条信息还没有公开，先发布。")
    elif publication.on_website:
        refusal = Refusal("这条信息已经在网站上。")
    if refusal or publication is None:
        raise UnableToPublish([refusal or Refusal("这条信息还没有公开，先发布。")])
    if found := standing(item, parts_of(publication.edition), rules_version()):
        raise UnableToPublish(found)
    publication.on_website = True
    publication.save(update_fields=["on_website"])
    Posting.objects.create(
        item=item,
        edition=publication.edition,
        channel=Channel.WEBSITE,
        posted_on=timezone.localdate(at),
        by=by,
        at=at,
    )
    _tell_the_public(publication, "published", at)
    _say(item, by, at, "posted_item", {"channel": Channel.WEBSITE})
    return publication


@transaction.atomic
def withdraw_item(
    *, item: Item, reason: str, by: Account, at: datetime, public_note: str = ""
) -> Publication:
    """Take an item out of everything public, at once. What was reviewed stays in the file."""
    refusal = may_withdraw(item, by)
    if not reason.strip():
        refusal = Refusal("请写明为什么撤下。")
    item = locked(item)
    publication = item.publications.filter(ended_at__isnull=True).first()
    if publication is None:
        refusal = Refusal("这条信息现在没有公开，不需要撤下。")
    if refusal or publication is None:
        raise UnableToWithdraw(refusal or Refusal("这条信息现在没有公开，不需要撤下。"))
    _take_back(publication, End.WITHDRAWN, reason.strip(), public_note.strip(), by, at)
    _say(item, by, at, "withdrew_item", {"reason": reason.strip()})
    return publication


def _take_back(
    publication: Publication, end: str, reason: str, public_note: str, by: Account | None, at: datetime
) -> None:
    _end(publication, end, reason, public_note, by, at)
    item = publication.item
    item.planned.filter(done_at__isnull=True).update(done_at=at, outcome="已撤下，不再定时发布")
    item.postings.filter(channel=Channel.WEBSITE, removed_on__isnull=True).update(
        removed_on=timezone.localdate(at)
    )
    if item.state in {State.PUBLISHED, State.READY}:
        item.state = State.WITHDRAWN
    item.revision += 1
    item.save(update_fields=["state", "revision"])
    _tell_the_public(publication, "withdrawn", at)


@transaction.atomic
def expire_item(*, publication: Publication, by: Account | None, at: datetime) -> None:
    """A public notice whose last day is over goes off by itself (``by`` is then ``None``)."""
    item = locked(publication.item)
    current = item.publications.filter(pk=publication.pk, ended_at__isnull=True).first()
    if current is None or current.ends_on is None or current.ends_on >= timezone.localdate(at):
        return
    current.item = item
    _take_back(current, End.EXPIRED, "公示期满", "公示期满", by, at)
    _say(item, by, at, "expired_item", {"ends_on": current.ends_on.isoformat()})


@transaction.atomic
def plan_publication(
    *, item: Item, channels: Sequence[str], due_at: datetime, by: Account, at: datetime, place: str = ""
) -> Planned:
    """Publish at a moment to come; the gate is asked now and again then."""
    refusal = may_publish(item, by)
    if due_at <= at:
        refusal = Refusal("定时发布的时间已经过去，请另选，或者现在发布。")
    item = locked(item)
    sheet = sheet_of(item)
    found = [refusal] if refusal else obstacles(item, sheet, rules_version())
    if over := lapsed(sheet, timezone.localdate(due_at)):
        found.append(over)
    if item.planned.filter(done_at__isnull=True).exists():
        found.append(Refusal("已经定了发布时间；要改的，先取消。"))
    if found:
        raise UnableToPublish(found)
    assert sheet is not None
    planned = Planned.objects.create(
        item=item, edition=sheet.edition, channels=list(channels), place=place, due_at=due_at, by=by, at=at
    )
    _say(item, by, at, "planned_publication", {"due": due_at.isoformat()})
    return planned


@transaction.atomic
def cancel_planned(*, planned: Planned, by: Account, at: datetime) -> None:
    """Not to be published by itself any more."""
    refusal = may_publish(planned.item, by)
    if refusal:
        raise UnableToPublish([refusal])
    if planned.done_at is None:
        planned.done_at, planned.outcome = at, "已取消"
        planned.save(update_fields=["done_at", "outcome"])
        _say(planned.item, by, at, "cancelled_planned_publication", {})


@transaction.atomic
def run_planned(*, planned: Planned, by: Account | None, at: datetime) -> Publication | None:
    """The moment has come: the gate is asked again, in the name of who planned it.

    What stands against it now is kept as the outcome. ``by`` is ``None`` when the clock calls. A plan that
    was carried out or called off meanwhile is over.
    """
    plans = Planned.objects.select_for_update(of=("self",)).select_related("item__agency", "by")
    planned = plans.get(pk=planned.pk)
    if planned.done_at is not None:
        return None
    publication, outcome = None, "已发布"
    item = planned.item
    sheet = sheet_of(item)
    if sheet is None or sheet.edition_id != planned.edition_id:
        outcome = "定时以后内容改过，没有发布；请按新的内容审查后再发布。"
    else:
        try:
            publication = publish_item(
                item=item, channels=planned.channels, by=planned.by, at=at, place=planned.place
            )
        except UnableToPublish as refused:
            outcome = f"没有发布：{refused}"[:300]
    planned.done_at, planned.outcome = at, outcome
    planned.save(update_fields=["done_at", "outcome"])
    _say(item, by, at, "ran_planned_publication", {"published": publication is not None})
    return publication
