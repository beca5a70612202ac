"""An application arrives: at the counter, by post, over the website."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.log import append, locked, note
from gongkai.casework.actions.numbering import REGISTRATION, take_number
from gongkai.casework.identity import fingerprint, masked, query_code_digest
from gongkai.casework.models import Applicant, Application, CaseEvent
from gongkai.casework.policies.people import is_head, may_receive, may_work_on
from gongkai.casework.reckoning import events_of, receipt_of
from gongkai.law.applicants import ApplicantKind
from gongkai.law.breach import LawBreach
from gongkai.law.limits import chinese_date
from gongkai.law.receipt import Channel, Party

Kind = CaseEvent.Kind
Matter = Application.Matter
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class UnableToReceive(ActionRefused):
    """The application cannot be registered like this."""


class UnableToConfirm(ActionRefused):
    """The confirmation does not fit what is known of the arrival."""


class UnableToFixReceipt(ActionRefused):
    """The day of receipt is fixed already, or no reason was given."""


class UnableToLook(ActionRefused):
    """The identity stays closed."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What an application says. ``identity`` holds the keys of ``Applicant.IDENTITY_LABELS``; it is
    never printed."""

    channel: Channel
    arrived_on: date
    applicant_kind: ApplicantKind
    identity: Mapping[str, str] = field(repr=False)
    description: str
    title: str = ""
    document_number: str = ""
    access: str = Application.Access.POST
    carrier: str = Application.Carrier.EITHER
    needs_help: bool = False
    matter: str = Matter.DISCLOSURE


@dataclass(frozen=True, slots=True)
class Registered:
    """A new case and the code that, with its number, opens it to the applicant. Said only once."""

    case: Application
    query_code: str = field(repr=False)


@transaction.atomic
def receive_application(
    *,
    agency: Agency,
    filing: Filing,
    by: Account | None,
    at: datetime,
    number: str = "",
    part_of: Application | None = None,
) -> Registered:
    """Register an application that arrived; its day of receipt follows from channel and confirmations.

    ``by`` is ``None`` for the website, ``number`` the one it already has in another register. What is
    ``part_of`` another has the confirmations and the day of receipt of that one, however it was found.
    """
    _check(agency, filing, by, at)
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))
    year = filing.arrived_on.year
    number = number or f"{year}-{take_number(agency, REGISTRATION, year):04d}"
    case = Application.objects.create(
        agency=agency,
        number=number,
        query_code=query_code_digest(number, code),
        matter=filing.matter,
        channel=filing.channel.value,
        arrived_on=filing.arrived_on,
        applicant_kind=filing.applicant_kind.value,
        title=filing.title or shortened(filing.description),
        description=filing.description,
        document_number=filing.document_number,
        access=filing.access,
        carrier=filing.carrier,
        needs_help=filing.needs_help,
        recorded_by=by,
        created_at=at,
    )
    Applicant.objects.create(
        case=case,
        masked_name=masked(filing.identity.get("name", ""), filing.applicant_kind),
        fingerprint=fingerprint(filing.identity),
        identity=dict(filing.identity),
        query_code=code,
    )
    append(
        case=case, kind=Kind.ARRIVED, on=filing.arrived_on, by=by, at=at, details={"channel": case.channel}
    )
    if part_of is not None:
        _receive_as(case, part_of, by, at)
        return Registered(case, code)
    if by is None:
        # Whoever hands in over the website confirms by doing so; the office has yet to confirm.
        _confirm(case, Party.APPLICANT, filing.arrived_on, True, "网上提交", by, at)
    _receive_if_certain(case, by, at)
    return Registered(case, code)


def _receive_as(case: Application, whole: Application, by: Account | None, at: datetime) -> None:
    for event in events_of(whole):
        if event.kind in {Kind.CONFIRMATION, Kind.RECEIVED}:
            append(
                case=case,
                kind=event.kind,
                on=event.on,
                by=by,
                at=at,
                details=event.details,
                reason=event.reason,
            )


def _check(agency: Agency, filing: Filing, by: Account | None, at: datetime) -> None:
    refusal = may_receive(agency, by) if by else None
    missing = [Applicant.IDENTITY_LABELS["name"]] if not filing.identity.get("name", "").strip() else []
    if not filing.description.strip():
        missing.append("所需政府信息的描述")
    if missing:
        refusal = Refusal(f"还缺{'、'.join(missing)}，请补填。", "《条例》第二十九条")
    elif filing.arrived_on > timezone.localdate(at):
        refusal = Refusal(f"到达日期{chinese_date(filing.arrived_on)}还没有到，请核对日期。")
    if refusal:
        raise UnableToReceive(refusal)


def shortened(description: str, length: int = 40) -> str:
    """The first words of a description, for lists."""
    line = " ".join(description.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


@transaction.atomic
def log_confirmation(
    *,
    case: Application,
    party: Party,
    on: date,
    reached: bool,
    how: str,
    by: Account | None,
    at: datetime,
) -> Application:
    """Log one attempt to confirm the arrival with the other side, reached or not."""
    case = locked(case)
    refusal = may_work_on(case, by) if by else None
    if case.received_on is not None:
        refusal = Refusal(
            f"收到之日已经确定为{chinese_date(case.received_on)}，不需要再确认。", "《条例》第三十一条"
        )
    elif on < case.arrived_on:
        refusal = Refusal(
            f"确认日期{chinese_date(on)}早于到达日期{chinese_date(case.arrived_on)}，请核对。",
            "《条例》第三十一条",
        )
    if refusal:
        raise UnableToConfirm(refusal)
    _confirm(case, party, on, reached, how, by, at)
    _receive_if_certain(case, by, at)
    return case


def _confirm(
    case: Application, party: Party, on: date, reached: bool, how: str, by: Account | None, at: datetime
) -> None:
    details = {"party": party.value, "reached": reached, "how": how}
    append(case=case, kind=Kind.CONFIRMATION, on=on, by=by, at=at, details=details)


def _receive_if_certain(case: Application, by: Account | None, at: datetime) -> None:
    try:
        receipt = receipt_of(case)
    except LawBreach as breach:
        raise UnableToConfirm(Refusal(breach.message, breach.article)) from breach
    if receipt.received_on is None:
        return
    details = {"article": receipt.article}
    append(
        case=case,
        kind=Kind.RECEIVED,
        on=receipt.received_on,
        by=by,
        at=at,
        details=details,
        reason=receipt.explanation,
    )


@transaction.atomic
def fix_receipt(*, case: Application, on: date, reason: str, by: Account, at: datetime) -> Application:
    """Set the day of receipt by hand, where the rule leads to none. Only the head, only with a reason."""
    case = locked(case)
    refusal = is_head(case, by)
    if case.received_on is not None:
        refusal = Refusal("收到之日已经确定；登记错了的，先划销那条记录再确定。", "《条例》第三十一条")
    elif on < case.arrived_on:
        refusal = Refusal("收到之日不能早于到达日期，请核对。", "《条例》第三十一条")
    elif not reason.strip():
        refusal = Refusal("直接确定收到之日要写明理由。", "《条例》第三十一条")
    if refusal:
        raise UnableToFixReceipt(refusal)
    details: dict[str, Any] = {"typed": True, "article": "第三十一条"}
    append(case=case, kind=Kind.RECEIVED, on=on, by=by, at=at, details=details, reason=reason.strip())
    return case


@transaction.atomic
def look_at_identity(*, case: Application, by: Account, at: datetime) -> dict[str, str]:
    """The applicant's identity in full. The look is on the trail."""
    refusal = may_work_on(case, by)
    if refusal:
        raise UnableToLook(refusal)
    note(case, by, at, "looked_at_identity", {"number": case.number})
    identity: dict[str, str] = case.applicant.identity
    return identity


@transaction.atomic
def show_query_code(*, case: Application, by: Account, at: datetime) -> str:
    """The query code once more, to print the receipt again. On the trail as well."""
    refusal = may_work_on(case, by)
    if refusal:
        raise UnableToLook(refusal)
    note(case, by, at, "looked_at_query_code", {"number": case.number})
    code: str = case.applicant.query_code
    return code
