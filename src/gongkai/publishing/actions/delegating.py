"""A reviewer hands the reviewing over for some days, and takes it back."""

from datetime import date, datetime

from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal, roles_in
from gongkai.audit.actions import record
from gongkai.publishing.models import Delegation
from gongkai.publishing.policies.people import may_stand_in


class UnableToDelegate(ActionRefused):
    """The person does not hold the role, or gives it to nobody who could take it."""


@transaction.atomic
def delegate(
    *,
    agency: Agency,
    role: str,
    taker: Account,
    from_on: date,
    until_on: date,
    reason: str,
    by: Account,
    at: datetime,
) -> Delegation:
    """Hand one's reviewing over for some days. Who takes it reviews in his own name, for the giver."""
    refusal = None
    if role not in roles_in(agency, by):
        refusal = Refusal("您没有这个角色，不能委托他人。")
    elif not roles_in(agency, taker):
        refusal = Refusal("受托人不是本机关的人员，请另选。")
    elif taker.pk == by.pk:
        refusal = Refusal("不能委托给自己，请另选。")
    elif until_on < from_on:
        refusal = Refusal("截止日期不能早于开始日期。")
    elif not reason.strip():
        refusal = Refusal("请写明委托的理由。")
    refusal = refusal or may_stand_in(agency, role, by, taker)
    if refusal:
        raise UnableToDelegate(refusal)
    delegation = Delegation.objects.create(
        agency=agency,
        role=role,
        giver=by,
        taker=taker,
        from_on=from_on,
        until_on=until_on,
        reason=reason.strip(),
        at=at,
    )
    record(
        by=by,
        at=at,
        act="delegated_review",
        subject=f"delegation:{delegation.pk}",
        agency=agency,
        details={"role": role, "full_name": taker.full_name, "until": until_on.isoformat()},
    )
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Account, at: datetime) -> Delegation:
    """Take the reviewing back."""
    if by.pk not in {delegation.giver_id, delegation.taker_id}:
        raise UnableToDelegate(Refusal("只有委托人和受托人可以终止委托。"))
    if delegation.ended_at is None:
        delegation.ended_at = at
        delegation.save(update_fields=["ended_at"])
        record(
            by=by,
            at=at,
            act="ended_delegation",
            subject=f"delegation:{delegation.pk}",
            agency=delegation.agency,
            details={"role": delegation.role},
        )
    return delegation
