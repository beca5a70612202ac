"""What the applicant may do with the case now, without an account."""

from datetime import date

from gongkai.agencies.policies import Refusal
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.casework.reckoning import events_of, receipt_of
from gongkai.law.breach import LawBreach
from gongkai.law.letters import letter_kind
from gongkai.law.lifecycle import CaseState
from gongkai.law.limits import chinese_date
from gongkai.law.receipt import Channel, Party
from gongkai.law.service import ServiceKind, ServiceMethod

_BOTH_CONFIRM = {Channel.WEBSITE, Channel.EMAIL, Channel.FAX}


def _over(case: Application) -> Refusal | None:
    if case.is_open:
        return None
    assert case.closed_on is not None
    return Refusal(f"这件申请已于{chinese_date(case.closed_on)}办结。")


def may_write(case: Application) -> Refusal | None:
    """Words reach the office as long as the file is not in the archive."""
    if case.archived_on is not None:
        return Refusal("案卷已经归档，不能再留言；请直接联系政府信息公开工作机构。")
    return None


def may_supplement(case: Application) -> Refusal | None:
    """Only what was asked for can be supplemented (第三十条)."""
    over = _over(case)
    if over is None and case.state != CaseState.AWAITING_SUPPLEMENT:
        over = Refusal("本机关没有要求补正，或者已经收到补正；想补充说明的，请用“留言”。", "《条例》第三十条")
    return over


def may_withdraw(case: Application) -> Refusal | None:
    """Withdrawing ends the case; before its receipt is fixed there is nothing to end yet."""
    over = _over(case)
    if over is None and case.received_on is None:
        over = Refusal(
            "本机关还没有确认收到这件申请，暂时不能在网上撤回；请留言说明，或者等确认以后再撤回。",
            "《条例》第三十一条",
        )
    return over


def may_confirm(case: Application) -> Refusal | None:
    """Whether the applicant's own word that it was handed in is still missing (第三十一条第三项)."""
    if case.received_on is not None:
        return Refusal(f"收到之日已经确定为{chinese_date(case.received_on)}。", "《条例》第三十一条")
    if case.channel not in _BOTH_CONFIRM:
        return Refusal("这种递交方式不需要您在网上确认。", "《条例》第三十一条")
    if any(_confirms(event) for event in events_of(case)):
        return Refusal("您已经确认过，现在等本机关确认收到。", "《条例》第三十一条第三项")
    return None


def _confirms(event: CaseEvent) -> bool:
    return (
        event.kind == CaseEvent.Kind.CONFIRMATION
        and event.details["party"] == Party.APPLICANT
        and event.details["reached"]
    )


def is_unconfirmed_too_long(case: Application, on: date) -> bool:
    """Whether more than a working day has passed without the confirmation that fixes the receipt."""
    if case.received_on is not None or not case.is_open:
        return False
    try:
        escalate_on = receipt_of(case).escalate_on
    except LawBreach:
        return True
    return escalate_on is not None and escalate_on < on


def may_read_online(letter: Letter) -> bool:
    """A signed letter to the applicant that was sent online, or whose paper the applicant has signed for."""
    if letter.state != Letter.State.SIGNED or letter_kind(letter.kind).addressee != "applicant":
        return False
    return any(
        service.method == ServiceMethod.ONLINE
        or any(entry.kind == ServiceKind.SIGNED for entry in service.entries.all())
        for service in letter.services.all()
    )
