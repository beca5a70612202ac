"""The library of normative documents: entering, what happens to a document, and what follows from it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.actions.releasing import renew_entry
from gongkai.publishing.entered import EnteredDocument
from gongkai.publishing.models import Item, NormativeDocument, ValidityEvent
from gongkai.publishing.policies.registers import (
    ENDS,
    may_happen,
    may_keep,
    standing_events,
    validity_on,
)

Kind = ValidityEvent.Kind
BY_ITSELF = "有效期届满"


class UnableToKeepDocument(ActionRefused):
    """The library cannot say this of a document."""


@transaction.atomic
def enter_document(
    *, agency: Agency, entered: EnteredDocument, by: Account, at: datetime
) -> NormativeDocument:
    """Put a document into the library, old or new. What is published comes by itself."""
    _check(may_keep(agency, by) or _against(agency, entered))
    document = NormativeDocument(agency=agency, by=by, at=at)
    _write(document, entered)
    _say(document, by, at, "entered_document")
    return document


@transaction.atomic
def edit_document(
    *, document: NormativeDocument, entered: EnteredDocument, by: Account, at: datetime
) -> NormativeDocument:
    """Correct what the library says of a document."""
    document = _locked(document)
    _check(may_keep(document.agency, by) or _against(document.agency, entered, document))
    _write(document, entered)
    _follow(document, at)
    _say(document, by, at, "edited_document")
    return document


@transaction.atomic
def strike_document(
    *, document: NormativeDocument, reason: str, by: Account, at: datetime
) -> NormativeDocument:
    """Take a record that should not be there out of the library; it stays in the trail."""
    document = _locked(document)
    refusal = may_keep(document.agency, by)
    if document.item_id is not None:
        refusal = Refusal("这份文件是从公开信息来的，不能注销；体裁选错的，请改那条公开信息。")
    _check(refusal or _reason_refusal(reason))
    document.struck_reason = reason.strip()
    document.save(update_fields=["struck_reason"])
    _say(document, by, at, "struck_document", reason.strip())
    return document


@transaction.atomic
def enter_event(
    *,
    document: NormativeDocument,
    kind: str,
    on: date,
    by_document: str,
    by: Account,
    at: datetime,
    expires_on: date | None = None,
) -> ValidityEvent:
    """Something happened to a document. Confirmed after a review (清理), it holds until ``expires_on``,
    or without an end. Page, search and caches follow."""
    document = _locked(document)
    _check(may_keep(document.agency, by) or may_happen(document, kind, on, by_document))
    if kind == Kind.CONFIRMED:
        _check(Refusal("新的有效期早于清理日期，请核对。") if expires_on and expires_on < on else None)
        document.expires_on = expires_on
        document.save(update_fields=["expires_on"])
    event = ValidityEvent.objects.create(
        document=document, kind=kind, on=on, by_document=by_document.strip(), by=by, at=at
    )
    _follow(document, at)
    _say(document, by, at, "entered_validity", f"{event.get_kind_display()}，{event.by_document}")
    return event


@transaction.atomic
def strike_event(*, event: ValidityEvent, reason: str, by: Account, at: datetime) -> ValidityEvent:
    """Strike out a wrong record; it stays readable."""
    document = _locked(event.document)
    refusal = may_keep(document.agency, by)
    if event not in standing_events(document.events.all()):
        refusal = Refusal("这条记录已经划销。")
    if event.by_id is None and document.expires_on and document.expires_on < event.on:
        refusal = Refusal("这是到期自动失效的；有效期写错的，先改“有效期至”，再划销。")
    _check(refusal or _reason_refusal(reason))
    strike = ValidityEvent.objects.create(
        document=document,
        kind=Kind.STRUCK,
        on=event.on,
        by_document=reason.strip(),
        strikes=event,
        by=by,
        at=at,
    )
    _follow(document, at)
    _say(document, by, at, "struck_validity", reason.strip())
    return strike


@transaction.atomic
def settle_library(*, agency: Agency, by: Account | None, at: datetime) -> int:
    """The night's work: documents whose last day is over expire, and what the public sees of each follows
    the day. Returns how many expired."""
    on, expired = timezone.localdate(at), 0
    over = NormativeDocument.objects.filter(agency=agency, struck_reason="", expires_on__lt=on)
    for document in over.prefetch_related("events"):
        standing = standing_events(document.events.all())
        assert document.expires_on is not None
        if not any(event.kind in ENDS for event in standing):
            ValidityEvent.objects.create(
                document=document,
                kind=Kind.EXPIRED,
                on=document.expires_on + timedelta(days=1),
                by_document=BY_ITSELF,
                by=by,
                at=at,
            )
            _say(document, by, at, "entered_validity", BY_ITSELF)
            expired += 1
    _follow_all(NormativeDocument.objects.filter(agency=agency, item__isnull=False), at)
    return expired


def _follow_all(documents: Iterable[NormativeDocument], at: datetime) -> None:
    for document in documents:
        _follow(document, at)


def _follow(document: NormativeDocument, at: datetime) -> None:
    """What the item says of its validity is what the library says on the day."""
    if document.item_id is None:
        return
    item = (
        Item.objects.select_for_update(of=("self",)).select_related("agency", "node").get(pk=document.item_id)
    )
    validity = validity_on(document, document.events.all(), timezone.localdate(at))
    if item.validity != validity and item.validity:
        item.validity = validity
        item.save(update_fields=["validity"])
        renew_entry(item, at)


def _locked(document: NormativeDocument) -> NormativeDocument:
    rows = NormativeDocument.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.get(pk=document.pk)


def _write(document: NormativeDocument, entered: EnteredDocument) -> None:
    for name in EnteredDocument.__slots__:
        setattr(document, name, getattr(entered, name))
    document.save()


def _against(
    agency: Agency, entered: EnteredDocument, document: NormativeDocument | None = None
) -> Refusal | None:
    if not entered.title.strip():
        return Refusal("请填写名称。")
    for day, name in ((entered.expires_on, "有效期"), (entered.disclosed_on, "公开日期")):
        if day is not None and day < entered.issued_on:
            return Refusal(f"{name}早于制发日期，请核对。")
    others = NormativeDocument.objects.filter(
        agency=agency, document_number=entered.document_number, struck_reason=""
    )
    if document is not None:
        others = others.exclude(pk=document.pk)
    if entered.document_number and others.exists():
        return Refusal("文件库里已有这个文号，请查对。")
    return None


def _reason_refusal(reason: str) -> Refusal | None:
    return None if reason.strip() else Refusal("请写明理由。")


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToKeepDocument(refusal)


def _say(document: NormativeDocument, by: Account | None, at: datetime, act: str, reason: str = "") -> None:
    details = {"name": document.title} | ({"reason": reason} if reason else {})
    record(by=by, at=at, act=act, subject=document.subject, agency=document.agency, details=details)
