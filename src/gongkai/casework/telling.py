"""Where a case stands, in the words of somebody who has never heard of the Regulation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework.models import Application, CaseEvent
from gongkai.law.clock import AWAITING_CONSULTATION, AWAITING_REASONS, Deadline
from gongkai.law.clock.events import Consulted
from gongkai.law.lifecycle import FEE_RULES, CaseState
from gongkai.law.limits import chinese_date
from gongkai.law.outcomes import decision
from gongkai.law.receipt import Channel

Kind = CaseEvent.Kind


@dataclass(frozen=True, slots=True)
class Situation:
    """``code`` is for the shape of the page; ``due_on`` the day by which the office must answer, with
    ``why`` it is that day; ``ask`` what the applicant has to do, empty where it is the office's turn."""

    code: str
    headline: str
    text: str
    article: str
    due_on: date | None = None
    why: str = ""
    ask: str = ""


def situation(case: Application, reckoned: Deadline | None, events: Sequence[CaseEvent]) -> Situation:
    """The case as it stands now."""
    if not case.is_open:
        withdrawn = any(event.kind == Kind.WITHDRAWN for event in events)
        return _withdrawn(case) if withdrawn else _closed(case)
    if reckoned is None:
        return _unconfirmed(case)
    if case.matter == Application.Matter.RECTIFICATION:
        return Situation(
            "in_progress",
            "办理中",
            "本机关正在核对您要求更正的信息，办完后会告知您。",
            "《条例》第四十一条",
        )
    tell = _WAITING.get(reckoned.state, _in_progress)
    return tell(reckoned, events)


def _unconfirmed(case: Application) -> Situation:
    text = "申请已经送到，但收到之日还没有确定，答复期限还没有开始计算。"
    if case.channel in {Channel.WEBSITE, Channel.EMAIL, Channel.FAX}:
        text += "本机关确认收到后，以双方确认之日为收到之日；确认情况会显示在这里。"
    else:
        text += "本机关会按您留下的联系方式与您确认，以确认之日为收到之日。"
    return Situation("unconfirmed", "待本机关确认收到", text, "《条例》第三十一条")


def _in_progress(reckoned: Deadline, events: Sequence[CaseEvent]) -> Situation:
    extended = any(event.kind == Kind.EXTENDED for event in events)
    text = "本机关已经收到申请，正在办理。" + ("经批准，答复期限已经延长。" if extended else "")
    return Situation(
        "in_progress",
        "办理中（已延期）" if extended else "办理中",
        text,
        "《条例》第三十三条",
        reckoned.due_on,
        _why(reckoned),
    )


def _awaiting_supplement(reckoned: Deadline, events: Sequence[CaseEvent]) -> Situation:
    notices = [event for event in events if event.kind == Kind.SUPPLEMENT_REQUESTED]
    until = notices[-1].details.get("until") if notices else None
    last = f"{chinese_date(date.fromisoformat(until))}以前" if until else "补正告知书写明的期限内"
    return Situation(
        "awaiting_supplement",
        "等您补正",
        "申请内容还不够清楚，本机关已经告知您要补正什么。答复期限暂停，收到补正后重新计算。",
        "《条例》第三十条",
        ask=f"请在{last}补正；没有正当理由逾期不补正的，视为放弃申请。",
    )


def _awaiting_fee(reckoned: Deadline, events: Sequence[CaseEvent]) -> Situation:
    return Situation(
        "awaiting_fee",
        "等您缴费",
        "申请的数量、频次明显超过合理范围，本机关已经通知您缴纳信息处理费。缴费以前，答复期限暂停。",
        f"《条例》第四十二条、{FEE_RULES}",
        ask="请在收到收费通知次日起20个工作日内缴费；逾期没有缴纳的，视为放弃申请。",
    )


def _awaiting_consultation(reckoned: Deadline, events: Sequence[CaseEvent]) -> Situation:
    return Situation(
        "awaiting_consultation",
        "正在征求意见",
        "您要的信息可能涉及第三方的合法权益，或者由几个机关共同制作，本机关正在书面征求他们的意见。"
        "征求意见的时间不计算在答复期限以内。",
        "《条例》第三十二条至第三十四条",
    )


def _awaiting_reasons(reckoned: Deadline, events: Sequence[CaseEvent]) -> Situation:
    return Situation(
        "awaiting_reasons",
        "等您说明理由",
        "申请的数量、频次明显超过合理范围，本机关已经请您说明理由。",
        "《条例》第三十五条",
        ask="请按告知书写明的期限说明理由，可以在下面留言。",
    )


_WAITING: Mapping[str, Callable[[Deadline, Sequence[CaseEvent]], Situation]] = {
    CaseState.AWAITING_SUPPLEMENT: _awaiting_supplement,
    CaseState.AWAITING_FEE: _awaiting_fee,
    AWAITING_CONSULTATION: _awaiting_consultation,
    AWAITING_REASONS: _awaiting_reasons,
}


def _why(reckoned: Deadline) -> str:
    """The last step that fixed the day."""
    return next((step.text for step in reversed(reckoned.steps) if "答复" in step.text), "")


def _withdrawn(case: Application) -> Situation:
    assert case.closed_on is not None
    text = f"{chinese_date(case.closed_on)}，您撤回了这件申请，本机关不再办理。仍然需要的，可以重新申请。"
    return Situation("closed", "已撤回", text, "")


def _closed(case: Application) -> Situation:
    assert case.closed_on is not None
    day = chinese_date(case.closed_on)
    if case.disposal:
        text, article = _DISPOSALS[Application.Disposal(case.disposal)]
        return Situation("closed", case.get_disposal_display(), f"{day}，{text}", article)
    found = decision(case.decision, case.closed_on)
    if case.decision == "otherwise_handled.other_handling":
        return Situation("closed", "已办结", f"{day}，申请以其他方式办结。", found.article)
    return Situation(
        "closed",
        "已答复",
        f"{day}，本机关作出答复：{found.label}。内容和理由、不服怎么办，都写在答复文书里。",
        f"《条例》{found.article}" if found.article.startswith("第") else found.article,
    )


_DISPOSALS = {
    Application.Disposal.SPLIT: (
        "申请包含几个事项，已经拆成几件分别办理；每件有自己的登记编号。",
        "一事一申请",
    ),
    Application.Disposal.TRANSFERRED: ("申请已经转送有权处理的机关。", "《条例》第四十一条"),
    Application.Disposal.RECTIFIED: ("您要求更正的信息已经更正。", "《条例》第四十一条"),
    Application.Disposal.NOT_RECTIFIED: ("本机关没有更正，理由写在告知书里。", "《条例》第四十一条"),
}


def told(event: CaseEvent) -> tuple[str, str] | None:
    """An event in words for its applicant, with the article; ``None`` for what is internal."""
    tell = _TOLD.get(event.kind)
    return tell(event.details) if tell else None


def _arrived(details: dict[str, Any]) -> tuple[str, str]:
    return f"申请送达本机关（{Channel(details['channel']).label}）。", "第二十九条"


def _confirmation(details: dict[str, Any]) -> tuple[str, str]:
    if details["party"] == "applicant":
        return "您确认提交了这份申请。", "第三十一条"
    if details["reached"]:
        return "本机关确认收到，并与您联系。", "第三十一条"
    return "本机关联系您确认，没有联系上。", "第三十一条"


def _supplement_requested(details: dict[str, Any]) -> tuple[str, str]:
    until = details.get("until")
    ending = f"，请在{chinese_date(date.fromisoformat(until))}以前补正" if until else ""
    return f"本机关告知您补正{ending}。", "第三十条"


def _consulted(details: dict[str, Any], verb: str) -> tuple[str, str]:
    consulted = Consulted(details["with"])
    return f"{verb}{consulted.label}的意见。", consulted.excluded_by


def _delayed(details: dict[str, Any]) -> tuple[str, str]:
    return f"您说明的理由合理，延迟到{chinese_date(date.fromisoformat(details['until']))}答复。", "第三十五条"


def _answered(details: dict[str, Any]) -> tuple[str, str]:
    return "本机关作出答复。", "第三十六条"


def _says(text: str, article: str = "") -> Callable[[dict[str, Any]], tuple[str, str]]:
    return lambda details: (text, article)


_TOLD: Mapping[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    Kind.ARRIVED: _arrived,
    Kind.CONFIRMATION: _confirmation,
    Kind.RECEIVED: _says("收到之日确定，答复期限自次日起计算。", "第三十一条、第三十三条"),
    Kind.SUPPLEMENT_REQUESTED: _supplement_requested,
    Kind.SUPPLEMENTED: _says("收到您的补正，答复期限自次日起重新计算。", "第三十条"),
    Kind.CONSULTATION_OPENED: lambda details: _consulted(details, "开始征求"),
    Kind.CONSULTATION_CLOSED: lambda details: _consulted(details, "已经收到或者不再等待"),
    Kind.EXTENDED: lambda details: (f"答复期限延长{details['days']}个工作日。", "第三十三条"),
    Kind.FEE_NOTICED: _says("通知您缴纳信息处理费。", "第四十二条"),
    Kind.FEE_PAID: _says("收到您缴纳的信息处理费。", "第四十二条"),
    Kind.REASONS_REQUESTED: _says("请您说明申请数量、频次的理由。", "第三十五条"),
    Kind.REASONS_GIVEN: _says("收到您说明的理由。", "第三十五条"),
    Kind.DELAYED: _delayed,
    Kind.ANSWERED: _answered,
    Kind.WITHDRAWN: _says("您撤回了申请。"),
    Kind.CLOSED: _says("办理结束。"),
    Kind.SERVED: _says("文书送达。"),
    Kind.SPLIT: _says("申请包含几个事项，拆开分别办理。"),
    Kind.JOINED: _says("与同类申请合并办理，分别答复。"),
    Kind.TRANSFERRED: _says("申请转送有权处理的机关。"),
    Kind.HELPED: _says("本机关提供了协助。", "第四十三条"),
    Kind.CALENDAR_CHANGED: _says("放假安排变动，答复期限随之调整。", "第三十三条"),
}
