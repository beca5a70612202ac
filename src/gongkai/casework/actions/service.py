"""Serving what was signed: sent, delivered, refused, returned, read; the served day starts the remedies."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.effect import take_effect
from gongkai.casework.actions.log import append, locked, note
from gongkai.casework.models import CaseEvent, Consultation, Letter, Service, ServiceEntry
from gongkai.casework.policies import signing
from gongkai.casework.policies.consulting import INQUIRIES
from gongkai.casework.queries.serving import receipt_of_service, served_by
from gongkai.documents.letters import render
from gongkai.documents.writing import Unwritable
from gongkai.law.breach import LawBreach
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date
from gongkai.law.service import Served, ServiceKind, ServiceMethod, require_postal_enterprise

Kind = CaseEvent.Kind


class UnableToServe(ActionRefused):
    """The letter cannot be served like this."""


@transaction.atomic
def serve_letter(
    *,
    letter: Letter,
    method: ServiceMethod,
    on: date,
    by: Account,
    at: datetime,
    tracking_number: str = "",
    carrier: str = "",
    also: ServiceKind | None = None,
) -> Service:
    """Send a signed letter out; ``also`` enters what happened on the spot, such as a signature.

    ``carrier`` is asked of what goes by post: only the postal enterprise may carry it.
    """
    letter.case = locked(letter.case)
    refusal = signing.may_serve(letter, by) or _uncarried(method, tracking_number, carrier)
    _check(letter, on, at, refusal or _sent_already(letter, method, tracking_number, on))
    service = Service.objects.create(
        letter=letter, method=method.value, tracking_number=tracking_number.strip(), by=by, at=at
    )
    note(letter.case, by, at, "dispatched", {"number": letter.case.number, "method": method.value})
    _enter(service, _first_entry(method), on, carrier.strip(), by, at)
    if also is not None:
        _enter(service, also, on, "", by, at)
    _conclude(service, by, at)
    return service


def _first_entry(method: ServiceMethod) -> ServiceKind:
    """What begins the service: being sent, or for an announcement being announced."""
    return method.kinds[0]


def _uncarried(method: ServiceMethod, tracking_number: str, carrier: str) -> Refusal | None:
    if method is not ServiceMethod.POSTAL:
        return None
    if not tracking_number.strip():
        return Refusal("邮寄的要登记邮件号，日后才能查投递结果、证明送达。", method.article)
    try:
        require_postal_enterprise(carrier or "邮政")
    except LawBreach as breach:
        return Refusal(breach.message, breach.article)
    return None


def _sent_already(letter: Letter, method: ServiceMethod, tracking_number: str, on: date) -> Refusal | None:
    """The same way out on the same day, as after a button that was pressed twice."""
    same = letter.services.filter(method=method.value, tracking_number=tracking_number.strip())
    if not same.filter(entries__kind=_first_entry(method).value, entries__on=on).exists():
        return None
    return Refusal(
        f"已经登记过{chinese_date(on)}以“{method.label}”发出这份文书；后来的情况请在那一次下面登记。",
        method.article,
    )


@transaction.atomic
def log_service(
    *, service: Service, kind: ServiceKind, on: date, by: Account | None, at: datetime, text: str = ""
) -> Service:
    """Enter what became of a letter under way. ``by`` is ``None`` for what the applicant did online."""
    letter = service.letter
    letter.case = locked(letter.case)
    _check(letter, on, at, signing.may_serve(letter, by) if by else None)
    first = service.entries.order_by("on", "pk").first()
    if first and on < first.on:
        raise UnableToServe(Refusal(f"日期早于发出之日（{chinese_date(first.on)}），请核对。"))
    _enter(service, kind, on, text.strip(), by, at)
    details = {"number": letter.case.number, "kind": kind.value}
    note(letter.case, by, at, "logged_service", details)
    _conclude(service, by, at)
    return service


def _check(letter: Letter, on: date, at: datetime, refusal: Refusal | None) -> None:
    if letter.signed_on and on < letter.signed_on:
        refusal = Refusal(f"送达日期早于签发日期（{chinese_date(letter.signed_on)}），请核对。")
    elif on > timezone.localdate(at):
        refusal = Refusal(f"送达日期{chinese_date(on)}还没有到，请核对日期。")
    if refusal:
        raise UnableToServe(refusal)


def _enter(
    service: Service, kind: ServiceKind, on: date, text: str, by: Account | None, at: datetime
) -> None:
    ServiceEntry.objects.create(service=service, kind=kind.value, on=on, note=text, by=by, at=at)


def _conclude(service: Service, by: Account | None, at: datetime) -> None:
    """Keep the served day, and let the letter take effect on it.

    What came back is not served any more; an answer that was posted in time stays given, and is sent again.
    """
    try:
        found = served_by(service)
    except LawBreach as breach:
        raise UnableToServe(Refusal(breach.message, breach.article)) from breach
    _enter_delivery(service, found, by, at)
    if found.on == service.served_on:
        return
    service.served_on = found.on
    service.save(update_fields=["served_on"])
    if found.on is None:
        return
    letter = service.letter
    details = {"kind": letter.kind, "document_number": letter.document_number, "method": service.method}
    append(case=letter.case, kind=Kind.SERVED, on=found.on, by=by, at=at, details=details, letter=letter)
    if letter_kind(letter.kind).takes_effect == "served":
        take_effect(letter, found.on, by, at)


def _enter_delivery(service: Service, found: Served, by: Account | None, at: datetime) -> None:
    """An inquiry that was received: the period for the opinion runs from that day, unless one is entered."""
    letter = service.letter
    if found.remedy_from is None or letter.kind not in INQUIRIES or letter.consultation_id is None:
        return
    asked = Consultation.objects.filter(pk=letter.consultation_id, delivered_on=None, answer="")
    if asked.update(delivered_on=found.remedy_from):
        details = {"number": letter.case.number, "on": found.remedy_from.isoformat()}
        note(letter.case, by, at, "logged_delivery", details)


@transaction.atomic
def print_receipt(*, service: Service, file_format: str, by: Account, at: datetime) -> bytes:
    """The 送达回证 of a service as PDF or Word, with the address it goes to. The look is on the trail."""
    letter = service.letter
    refusal = signing.may_serve(letter, by)
    if refusal:
        raise UnableToServe(refusal)
    address = _address(letter)
    note(letter.case, by, at, "opened_letter", {"number": letter.case.number, "kind": "service_receipt"})
    paper = receipt_of_service(service, address, by.full_name, timezone.localdate(at))
    try:
        return render(paper, file_format)
    except Unwritable as error:
        raise UnableToServe(Refusal(str(error))) from error


def _address(letter: Letter) -> str:
    """Where the reader of a letter is found: the applicant, or whoever was asked."""
    if letter_kind(letter.kind).addressee == "applicant":
        return str(letter.case.applicant.identity.get("address", ""))
    return letter.consultation.contact if letter.consultation else ""
