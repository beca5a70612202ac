"""Why a due day is what it is, in a few words, for lists. The proof sheet says it day by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from gongkai.casework.models import Application, CaseEvent
from gongkai.casework.reckoning import LIMITS
from gongkai.law.clock.docket import AWAITING_CONSULTATION, AWAITING_REASONS
from gongkai.law.lifecycle import CaseState

CLOCK_LABELS: Mapping[str, str] = {
    **{state.value: state.label for state in CaseState},
    AWAITING_CONSULTATION: "征求意见中",
    AWAITING_REASONS: "待申请人说明理由",
}
_STANDING: Mapping[str, str] = {
    CaseState.AWAITING_SUPPLEMENT.value: "等申请人补正，期限停计（第三十条）",
    CaseState.AWAITING_FEE.value: "等申请人缴费，期限停计",
    AWAITING_CONSULTATION: "征求意见，时间不计（第三十三条）",
    AWAITING_REASONS: "等申请人说明理由，期限停计（第三十五条）",
}
_TELLING = (
    "received", "supplemented", "fee_paid", "extended", "delayed", "consultation_closed", "calendar_changed",
)  # fmt: skip


def why(cases: Mapping[int, Application]) -> dict[int, str]:
    """A phrase for each case, by its key; one query for all of them."""
    histories: dict[int, list[CaseEvent]] = defaultdict(list)
    found = CaseEvent.objects.filter(case__in=list(cases), kind__in=_TELLING, struck_by=None)
    for event in found.order_by("on", "position").only("case_id", "kind", "on", "details"):
        histories[event.case_id].append(event)
    return {pk: _phrase(case, histories[pk]) for pk, case in cases.items()}


def _phrase(case: Application, events: Iterable[CaseEvent]) -> str:
    if case.matter != Application.Matter.DISCLOSURE:
        return "更正申请，没有法定的办理天数（第四十一条）"
    if case.clock in _STANDING:
        return _STANDING[case.clock]
    if case.state == CaseState.RECEIVED:
        return "收到之日未定，期限还没有开始（第三十一条）"
    return "，".join(_words(events))


def _words(events: Iterable[CaseEvent]) -> list[str]:
    start = ""
    rest: list[str] = []
    for event in events:
        match event.kind:
            case "received" if event.details.get("ordered_until"):
                start, rest = "复议决定或者判决确定的期限", []
            case "received":
                start = f"{_short(event)}收到，{_period(event)}"
            case "supplemented" | "fee_paid":
                word = "补正" if event.kind == "supplemented" else "缴费"
                start, rest = f"{_short(event)}{word}，重新计算{_period(event)}", []
            case "extended":
                rest.append(f"延长{event.details['days']}个工作日")
            case "delayed":
                rest.append("另定延迟期限")
            case "consultation_closed":
                rest.append("扣除征求意见时间")
            case _:
                rest.append("随放假安排变动")
    return [start, *dict.fromkeys(rest)] if start else list(dict.fromkeys(rest))


def _short(event: CaseEvent) -> str:
    return f"{event.on.month}月{event.on.day}日"


def _period(event: CaseEvent) -> str:
    """20个工作日, as the law has it on that day."""
    return LIMITS.on("answer", event.on).text
