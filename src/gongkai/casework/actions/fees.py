"""信息处理费 (第四十二条): noticed with its reckoning, paid within twenty working days."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.lawful import require, require_none_under_way, require_past, require_reason
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import append, locked
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.casework.policies.charging import fee_due, fee_steps
from gongkai.law.breach import LawBreach
from gongkai.law.clock.events import FeeNoticed, FeePaid
from gongkai.law.fees import Basis

Kind = CaseEvent.Kind


class UnableToCharge(ActionRefused):
    """No fee is due, or it was noticed before."""


class UnableToEnterPayment(ActionRefused):
    """Nothing was to be paid, or the day is over."""


@transaction.atomic
def notice_fee(
    *,
    case: Application,
    basis: Basis,
    quantity: int,
    reason: str,
    payment: Sequence[str],
    by: Account,
    at: datetime,
    revision: int | None = None,
) -> Letter:
    """Draft the fee notice; the clock stands from the day on which the applicant receives it."""
    case, today = locked(case, revision), timezone.localdate(at)
    require(case, FeeNoticed(today), by, UnableToCharge)
    require_none_under_way(case, "fee_notice", UnableToCharge)
    reason = require_reason(
        reason, "收费要写明数量、频次明显超过合理范围的事实。", "《条例》第四十二条", UnableToCharge
    )
    try:
        amount = fee_due(basis, quantity, today) if quantity > 0 else 0
    except LawBreach as breach:
        raise UnableToCharge(Refusal(breach.message, breach.article)) from breach
    if amount <= 0:
        raise UnableToCharge(
            Refusal(f"按{quantity}计算应缴0元，没有到收费的数量，不能发收费通知。", "国办函〔2020〕109号")
        )
    return draft_letter(
        case=case,
        kind="fee_notice",
        fields={
            "reason": reason,
            "basis": basis,
            "quantity": quantity,
            "amount": amount,
            "calculation": fee_steps(basis, quantity, today),
            "payment": list(payment),
        },
        act={"kind": Kind.FEE_NOTICED.value, "basis": basis, "quantity": quantity, "amount": amount},
        by=by,
        at=at,
    )


@transaction.atomic
def enter_payment(
    *, case: Application, on: date, by: Account, at: datetime, revision: int | None = None
) -> Application:
    """The applicant paid; the period begins anew the day after."""
    case = locked(case, revision)
    require_past(on, timezone.localdate(at), UnableToEnterPayment)
    require(case, FeePaid(on), by, UnableToEnterPayment)
    append(case=case, kind=Kind.FEE_PAID, on=on, by=by, at=at)
    return case
