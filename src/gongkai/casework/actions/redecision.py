"""Deciding anew what a reconsideration or a court overturned: a case of its own, linked to the first."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.log import append, locked
from gongkai.casework.actions.numbering import REGISTRATION, take_number
from gongkai.casework.identity import query_code_digest
from gongkai.casework.models import Applicant, Application, CaseEvent
from gongkai.casework.policies.people import may_work_on
from gongkai.law.clock.docket import ORDERED_BY
from gongkai.law.limits import chinese_date
from gongkai.law.rulebook import CountingRules

Kind = CaseEvent.Kind
_COPIED = (
    "agency", "matter", "channel", "applicant_kind", "title", "description", "document_number", "access",
    "carrier", "needs_help", "section", "officer",
)  # fmt: skip


class UnableToDecideAnew(ActionRefused):
    """The case cannot be decided anew like this."""


@transaction.atomic
def open_redecision(
    *,
    case: Application,
    basis: str,
    received_on: date,
    ordered_until: date | None,
    by: Account,
    at: datetime,
) -> Application:
    """Open the case in which a matter is decided anew, as ``basis`` (the decision or judgment) orders.

    It has a number of its own; the applicant is copied and follows it with the query code they have.
    Without ``ordered_until`` the period of an answer runs from ``received_on``. Whether the annual
    report counts it is a switch of the counting rules.
    """
    case = locked(case)
    refusal = may_open_redecision(case, by) or _unopenable(case, basis, received_on, ordered_until, at)
    if refusal:
        raise UnableToDecideAnew(refusal)
    made = _copied(case, received_on, by, at)
    append(case=made, kind=Kind.ARRIVED, on=received_on, by=by, at=at, details={"channel": made.channel})
    details: dict[str, Any] = {"article": ORDERED_BY, "re_decides": case.number}
    if ordered_until:
        details["ordered_until"] = ordered_until.isoformat()
    append(case=made, kind=Kind.RECEIVED, on=received_on, by=by, at=at, details=details, reason=basis.strip())
    return made


def may_open_redecision(case: Application, by: Account) -> Refusal | None:
    """What stands against deciding a case anew."""
    if case.is_open:
        return Refusal("本件还没有办结，不用另立一件；请直接在本件按决定或者判决的期限答复。")
    under_way = case.redecisions.exclude(state="closed").first()
    if under_way is not None:
        return Refusal(f"{under_way.number}正在重新办理本件，办结以前不能再立一件。")
    return may_work_on(case, by)


def _unopenable(
    case: Application, basis: str, received_on: date, until: date | None, at: datetime
) -> Refusal | None:
    assert case.closed_on is not None
    if not basis.strip():
        return Refusal("请写明依据：哪个机关、哪份决定书或者判决书（文号）要求重新办理。", ORDERED_BY)
    if received_on > timezone.localdate(at):
        return Refusal(f"收到决定、判决的日期{chinese_date(received_on)}还没有到，请核对日期。")
    if received_on < case.closed_on:
        return Refusal(f"收到决定、判决的日期早于原答复的日期（{chinese_date(case.closed_on)}），请核对。")
    if until and until < received_on:
        return Refusal("限定的最后一日早于收到决定、判决的日期，请对照文书核对。", ORDERED_BY)
    return None


def _copied(case: Application, on: date, by: Account, at: datetime) -> Application:
    applicant, number = case.applicant, f"{on.year}-{take_number(case.agency, REGISTRATION, on.year):04d}"
    made = Application.objects.create(
        **{name: getattr(case, name) for name in _COPIED},
        number=number,
        query_code=query_code_digest(number, applicant.query_code),
        arrived_on=on,
        counted=CountingRules.load().redecision_count == "new_case",
        re_decides=case,
        recorded_by=by,
        created_at=at,
    )
    Applicant.objects.create(
        case=made,
        masked_name=applicant.masked_name,
        fingerprint=applicant.fingerprint,
        identity=applicant.identity,
        query_code=applicant.query_code,
    )
    return made
