"""信息处理费 (第四十二条): noticed with its reckoning, paid within twenty working days."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.lawful import require, require_reason
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import append, locked
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.law.breach import LawBreach
from gongkai.law.clock.events import FeeNoticed, FeePaid
from gongkai.law.fees import Basis, fee, next_case_fee

Kind = CaseEvent.Kind


class UnableToCharge(ActionRefused):
    """No fee is due, or it was noticed before."""


class UnableToEnterPayment(ActionRefused):
    """Nothing was to be paid, or the day is over."""


def fee_due(basis: Basis, quantity: int, on: date) -> int:
    """Yuan. By case, what this one costs an applicant for whom it is number ``quantity`` in the month;
    by page, the pages of this application. Raises ``LawBreach``."""
    return next_case_fee(quantity - 1, on) if basis == "case" else fee(basis, quantity, on).amount


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
        fields={"reason": reason, "basis": basis, "quantity": quantity, "payment": list(payment)},
        act={"kind": Kind.FEE_NOTICED.value, "basis": basis, "quantity": quantity, "amount": amount},
        by=by,
        at=at,
    )


@transaction.atomic
def enter_payment(*, case: Application, on: date, by: Account, at: datetime) -> Application:
    """The applicant paid; the period begins anew the day after."""
    case = locked(case)
    require(case, FeePaid(on), by, UnableToEnterPayment)
    append(case=case, kind=Kind.FEE_PAID, on=on, by=by, at=at)
    return case
