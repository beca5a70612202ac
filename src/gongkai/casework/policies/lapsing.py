"""What was awaited of the applicant, and whether its time is over (第三十条, 信息处理费管理办法)."""

from datetime import date

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.casework.models import Application, CaseEvent
from gongkai.casework.policies.people import may_act
from gongkai.casework.reckoning import LIMITS, calendar_of, events_of
from gongkai.law.lifecycle import FEE_RULES, CaseState
from gongkai.law.limits import chinese_date

Kind = CaseEvent.Kind


def supplement_until(events: list[CaseEvent]) -> date | None:
    """The last day that the notice set for the supplement."""
    asked = [event for event in events if event.kind == Kind.SUPPLEMENT_REQUESTED]
    until = asked[-1].details.get("until") if asked else None
    return date.fromisoformat(until) if until else None


def fee_until(case: Application, events: list[CaseEvent]) -> date | None:
    """The last day for the fee."""
    noticed = [event.on for event in events if event.kind == Kind.FEE_NOTICED]
    if not noticed:
        return None
    return LIMITS.on("fee_payment", noticed[-1]).end(noticed[-1], calendar_of(case.agency))


def may_lapse(case: Application, what: str, by: Account, on: date) -> Refusal | None:
    """What stands against ending a case because a supplement or a fee did not come in time."""
    refusal = may_act(case, by)
    if refusal:
        return refusal
    if what == "fee_lapsed":
        awaited, article = CaseState.AWAITING_FEE, FEE_RULES
        until, sentence = fee_until(case, events_of(case)), "没有待缴的信息处理费，谈不上逾期。"
    else:
        awaited, article = CaseState.AWAITING_SUPPLEMENT, "《条例》第三十条"
        until, sentence = supplement_until(events_of(case)), "没有待补正的告知，谈不上逾期。"
    if case.state != awaited:
        return Refusal(sentence, article)
    if until is not None and on <= until:
        return Refusal(f"期限到{chinese_date(until)}为止，还没有逾期。", article)
    return None
