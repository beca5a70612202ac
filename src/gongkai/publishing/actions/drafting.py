"""Writing an item: its words, its place in the catalog, its class, its files."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Account, Agency, Section
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.casework.models import Application
from gongkai.publishing.content import Content
from gongkai.publishing.models import (
    CatalogNode,
    DisclosureClass,
    Hand,
    IndexSequence,
    Item,
    ItemFile,
    PublishingProfile,
)
from gongkai.publishing.policies.drafting import MOST_FILES, may_edit
from gongkai.publishing.policies.people import may_draft
from gongkai.publishing.reckoning import due_of

State = Item.State
_PLACED = ("kind", "node", "section", "origin", "lead_agency", "concerned_agencies", "agencies_agreed_on")


class UnableToDraft(ActionRefused):
    """The item cannot be written or changed now."""


class ChangedByOthers(UnableToDraft):
    """Somebody else worked on the item since the page was opened."""


class UnableToKeepItemFile(ActionRefused):
    """The file is empty, too large, of a kind that must not be published, or one too many."""


@transaction.atomic
def draft_item(
    *,
    agency: Agency,
    node: CatalogNode,
    content: Content,
    by: Account,
    at: datetime,
    kind: str = Item.Kind.NOTICE,
    section: Section | None = None,
    disclosure_class: str = DisclosureClass.PROACTIVE,
    ground: str = "",
    ground_reason: str = "",
    origin: str = Item.Origin.MADE,
    lead_agency: str = "",
    concerned_agencies: str = "",
    from_case: Application | None = None,
) -> Item:
    """Begin an item. Its index number is given now and never changes."""
    refusal = may_draft(agency, by, section)
    if node.agency_id != agency.pk:
        refusal = Refusal("所选的目录事项不是本机关的，请另选。")
    if refusal:
        raise UnableToDraft(refusal)
    item = Item(
        agency=agency,
        index_number=_take_index_number(agency, content.formed_on.year),
        kind=kind,
        node=node,
        section=section,
        title=content.title,
        content=content.to_json(),
        disclosure_class=disclosure_class,
        ground=ground,
        ground_reason=ground_reason,
        origin=origin,
        lead_agency=lead_agency,
        concerned_agencies=concerned_agencies,
        changed_on=content.formed_on,
        from_case=from_case,
        drafted_by=by,
        drafted_at=at,
    )
    set_due(item)
    item.save()
    _lend_a_hand(item, by, at)
    _say(item, by, at, "drafted_item")
    return item


def _take_index_number(agency: Agency, year: int) -> str:
    """Front: the code of the publisher; back: year and serial (§ 政府信息公开目录系统实施指引)."""
    profile = PublishingProfile.objects.filter(agency=agency).first()
    if profile is None:
        raise UnableToDraft(Refusal("还没有填写统一社会信用代码，不能编索引号；请先到“公开设置”填写。"))
    sequence, _ = IndexSequence.objects.select_for_update().get_or_create(agency=agency, year=year)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return f"{profile.organization_code}/{year}-{sequence.last:05d}"


def set_due(item: Item) -> None:
    """The index of the due day; what is not to be published of one's own motion has none."""
    proactive = item.disclosure_class == DisclosureClass.PROACTIVE
    due = due_of(item.agency, item.node, item.changed_on) if proactive else None
    item.due_on = due.due_on if due else None


def _lend_a_hand(item: Item, by: Account, at: datetime) -> None:
    Hand.objects.get_or_create(item=item, account=by, defaults={"at": at})


def _say(
    item: Item, by: Account | None, at: datetime, act: str, details: Mapping[str, Any] | None = None
) -> None:
    record(
        by=by,
        at=at,
        act=act,
        subject=item.subject,
        agency=item.agency,
        details={"index_number": item.index_number} | dict(details or {}),
    )


def locked(item: Item, revision: int | None = None) -> Item:
    """The item as it stands now, held until the end of the transaction."""
    rows = Item.objects.select_for_update(of=("self",)).select_related("agency", "node", "section")
    current = rows.get(pk=item.pk)
    if revision is not None and revision != current.revision:
        raise ChangedByOthers(Refusal("您打开页面之后，别人改过这条信息；请看最新的内容，再决定怎么办。"))
    return current


@transaction.atomic
def edit_item(
    *,
    item: Item,
    content: Content,
    by: Account,
    at: datetime,
    revision: int | None = None,
    changed_on: date | None = None,
    placed: Mapping[str, Any] | None = None,
) -> Item:
    """Change the working copy. What was reviewed or is public stays as it is until a new review.

    ``changed_on`` is the day on which the information changed, if this is such a change; the 20 working
    days run anew from it (第二十六条). ``placed`` may hold ``kind``, ``node``, ``section``, ``origin`` …
    """
    item = locked(item, revision)
    _check(item, by)
    for name, value in (placed or {}).items():
        if name not in _PLACED:
            raise ValueError(name)
        setattr(item, name, value)
    if item.node.agency_id != item.agency_id:
        raise UnableToDraft(Refusal("所选的目录事项不是本机关的，请另选。"))
    item.content, item.title = content.to_json(), content.title
    item.changed_on = changed_on or max(item.changed_on, content.formed_on)
    _reopen(item)
    return _keep(item, by, at, "edited_item")


def _check(item: Item, by: Account) -> None:
    refusal = may_edit(item, by)
    if refusal:
        raise UnableToDraft(refusal)


def _keep(item: Item, by: Account, at: datetime, act: str, details: Mapping[str, Any] | None = None) -> Item:
    set_due(item)
    item.revision += 1
    item.save()
    _lend_a_hand(item, by, at)
    _say(item, by, at, act, details)
    return item


@transaction.atomic
def classify_item(
    *,
    item: Item,
    disclosure_class: str,
    by: Account,
    at: datetime,
    ground: str = "",
    reason: str = "",
    reassess_on: date | None = None,
    revision: int | None = None,
) -> Item:
    """Mark the class (国办发〔2016〕80号). What is public must be withdrawn before it can be withheld."""
    item = locked(item, revision)
    _check(item, by)
    proactive, public = disclosure_class == DisclosureClass.PROACTIVE, _is_public(item)
    if public and not proactive:
        raise UnableToDraft(Refusal("这条信息已经公开；要改为不公开的，请先撤下并说明理由。"))
    if disclosure_class == DisclosureClass.WITHHELD and not (ground and reason.strip()):
        raise UnableToDraft(Refusal("不予公开要写明依据和理由。", "《条例》第十四条至第十六条"))
    item.disclosure_class, item.ground, item.ground_reason = disclosure_class, ground, reason.strip()
    item.reassess_on = reassess_on
    item.state = State.KEPT if not proactive else State.PUBLISHED if public else State.DRAFT
    return _keep(item, by, at, "classified_item", {"class": disclosure_class, "ground": ground})


@transaction.atomic
def add_item_file(
    *,
    item: Item,
    name: str,
    data: bytes,
    media_type: str,
    by: Account,
    at: datetime,
    text: str = "",
    is_picture: bool = False,
    cleaned_from: ItemFile | None = None,
) -> ItemFile:
    """Keep a file with the item, sealed. ``media_type`` and ``text`` are told from the bytes by the
    caller (``publishing.screened``).

    A cleaned or masked copy takes the place of the file it was made from.
    """
    item = locked(item)
    _check(item, by)
    standing = item.files.filter(removed_at__isnull=True)
    if standing.count() >= MOST_FILES:
        raise UnableToKeepItemFile(Refusal(f"一条信息最多带{MOST_FILES}个附件；更多的请打成压缩包。"))
    order = cleaned_from.order if cleaned_from else 1 + max((file.order for file in standing), default=0)
    kept = ItemFile.objects.create(
        item=item,
        name=name,
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        text=text,
        is_picture=is_picture,
        cleaned_from=cleaned_from,
        order=order,
        added_by=by,
        at=at,
    )
    if cleaned_from is not None:
        _take_off(cleaned_from, at)
    _reopen(item)
    _keep(item, by, at, "added_item_file", {"content": kept.sha256})
    return kept


@transaction.atomic
def remove_item_file(*, file: ItemFile, by: Account, at: datetime) -> None:
    """Take a file off the working copy; the bytes stay with the editions that hold it."""
    item = locked(file.item)
    _check(item, by)
    _take_off(file, at)
    _reopen(item)
    _keep(item, by, at, "removed_item_file", {"content": file.sha256})


def _take_off(file: ItemFile, at: datetime) -> None:
    file.removed_at = at
    file.save(update_fields=["removed_at"])


def _reopen(item: Item) -> None:
    if item.state in {State.READY, State.WITHDRAWN}:
        item.state = State.PUBLISHED if _is_public(item) else State.DRAFT


def _is_public(item: Item) -> bool:
    return item.publications.live().exists()


@transaction.atomic
def rename_item_file(*, file: ItemFile, name: str, by: Account, at: datetime) -> ItemFile:
    """The name under which the public gets a file is part of what is reviewed."""
    item = locked(file.item)
    _check(item, by)
    file.name = name
    file.save(update_fields=["name"])
    _reopen(item)
    _keep(item, by, at, "renamed_item_file", {"content": file.sha256})
    return file


@transaction.atomic
def drop_item(*, item: Item, reason: str, by: Account, at: datetime) -> Item:
    """Give up an item that was never public. Its number is not used again."""
    item = locked(item)
    _check(item, by)
    if item.publications.exists():
        raise UnableToDraft(Refusal("这条信息公开过，不能作废；不再公开的，请撤下。"))
    if not reason.strip():
        raise UnableToDraft(Refusal("请写明为什么作废。"))
    item.state = State.DROPPED
    return _keep(item, by, at, "dropped_item", {"reason": reason.strip()})
