"""One matter, one application (一事一申请): splitting, joining, handing on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.intake import Filing, Registered, receive_application
from gongkai.casework.actions.log import append, locked
from gongkai.casework.models import Application, CaseEvent
from gongkai.casework.policies.acts import may_split
from gongkai.casework.policies.people import may_act
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel

Kind = CaseEvent.Kind
Disposal = Application.Disposal
MOST_PARTS = 20


class UnableToSplit(ActionRefused):
    """The application cannot be taken apart now."""


class UnableToJoin(ActionRefused):
    """The applications cannot be handled together."""


class UnableToTransfer(ActionRefused):
    """The application cannot be handed to that agency."""


@transaction.atomic
def split(
    *, case: Application, parts: Sequence[str], by: Account, at: datetime, revision: int | None = None
) -> list[Registered]:
    """Each part becomes an application of its own with the same days; the whole is no longer counted."""
    case = locked(case, revision)
    parts = [part.strip() for part in parts if part.strip()]
    refusal = may_split(case, by)
    if refusal is None and len(parts) < 2:
        refusal = Refusal("至少分成两件；每行写一件要申请的信息。", "一事一申请")
    if refusal is None and len(parts) > MOST_PARTS:
        refusal = Refusal(f"一次最多拆成{MOST_PARTS}件；请核对每行是不是一件完整的信息。", "一事一申请")
    if refusal:
        raise UnableToSplit(refusal)
    children = [_child(case, part, by, at) for part in parts]
    numbers = [child.case.number for child in children]
    today = timezone.localdate(at)
    append(case=case, kind=Kind.SPLIT, on=today, by=by, at=at, details={"into": numbers})
    append(case=case, kind=Kind.CLOSED, on=today, by=by, at=at, details={"disposal": Disposal.SPLIT.value})
    case.counted = False
    case.save(update_fields=["counted"])
    return children


def _filing(case: Application, description: str) -> Filing:
    return Filing(
        channel=Channel(case.channel),
        arrived_on=case.arrived_on,
        applicant_kind=ApplicantKind(case.applicant_kind),
        identity=case.applicant.identity,
        description=description,
        access=case.access,
        carrier=case.carrier,
        needs_help=case.needs_help,
        matter=case.matter,
    )


def _child(case: Application, part: str, by: Account, at: datetime) -> Registered:
    filing = _filing(case, part)
    made = receive_application(agency=case.agency, filing=filing, by=by, at=at, part_of=case)
    child = made.case
    child.split_from, child.section, child.officer = case, case.section, case.officer
    child.save(update_fields=["split_from", "section", "officer"])
    return made


@transaction.atomic
def join(
    *, case: Application, lead: Application, by: Account, at: datetime, revision: int | None = None
) -> Application:
    """Handle a case together with a lead case: one answer for both, each counted once.

    Each keeps its own clock; the answer is due by the earlier of the two days.
    """
    case, lead = locked(case, revision), locked(lead)
    refusal = may_act(case, by) or may_act(lead, by) or _unjoinable(case, lead)
    if refusal:
        raise UnableToJoin(refusal)
    case.joined_to = lead
    case.save(update_fields=["joined_to"])
    today = timezone.localdate(at)
    append(case=case, kind=Kind.JOINED, on=today, by=by, at=at, details={"lead": lead.number})
    append(case=lead, kind=Kind.JOINED, on=today, by=by, at=at, details={"joined": case.number})
    return case


def _unjoinable(case: Application, lead: Application) -> Refusal | None:
    if case.pk == lead.pk or case.agency_id != lead.agency_id:
        return Refusal("并案要选本机关的另一件申请。")
    if case.applicant.fingerprint != lead.applicant.fingerprint:
        return Refusal("两件申请的申请人不同，不能合并答复；否则会把一方的信息告诉另一方。")
    if case.matter != lead.matter:
        return Refusal("公开申请和更正申请不能合并办理。", "《条例》第四十一条")
    if case.received_on is None or lead.received_on is None:
        return Refusal("还有一件没有确定收到之日，确定以后再并案。", "《条例》第三十一条")
    if case.joined.exists():
        return Refusal(f"{case.number}已是另一组的主案，请把它作为主案。")
    return None


@transaction.atomic
def transfer(
    *, case: Application, to: Agency, reason: str, by: Account, at: datetime, revision: int | None = None
) -> tuple[Application, Registered]:
    """Hand an application to another agency of this installation, which alone counts it (AGG-02)."""
    case = locked(case, revision)
    refusal = may_act(case, by)
    if refusal is None and to.pk == case.agency_id:
        refusal = Refusal("这就是本机关，不用转送。")
    if refusal is None and not reason.strip():
        refusal = Refusal("转送要写明理由：为什么由该机关办理，申请人是否同意。", "《条例》第三十六条第五项")
    if refusal:
        raise UnableToTransfer(refusal)
    today = timezone.localdate(at)
    filing = replace(_filing(case, case.description), channel=Channel.MISDIRECTED, arrived_on=today)
    made = receive_application(agency=to, filing=filing, by=None, at=at)
    details = {"to": to.name}
    append(case=case, kind=Kind.TRANSFERRED, on=today, by=by, at=at, details=details, reason=reason.strip())
    closing = {"disposal": Disposal.TRANSFERRED.value}
    append(case=case, kind=Kind.CLOSED, on=today, by=by, at=at, details=closing)
    case.counted = False
    case.save(update_fields=["counted"])
    return case, made
