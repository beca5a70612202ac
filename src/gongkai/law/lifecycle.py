"""The life of an application: its states and the acts that may move it, in one table.

Consultation, extension and the demand for reasons are events inside ``in_progress``, not states:
they touch the clock, never the stage of the case. What the clock may wait for there is ``ClockWait``.
"""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.breach import LawBreach


class CaseState(StrEnum):
    """Where a case stands. ``received``: arrived, its day of receipt not fixed yet (第三十一条)."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_FEE = "awaiting_fee"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]


_STATE_LABELS = {
    CaseState.RECEIVED: "已收件，待确定收到之日",
    CaseState.IN_PROGRESS: "办理中",
    CaseState.AWAITING_SUPPLEMENT: "待申请人补正",
    CaseState.AWAITING_FEE: "待申请人缴费",
    CaseState.CLOSED: "已办结",
}


class Act(StrEnum):
    """What may happen to a case; the values are the event kinds of the exchange form."""

    RECEIVED = "received"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    SUPPLEMENTED = "supplemented"
    CONSULTATION_OPENED = "consultation_opened"
    CONSULTATION_CLOSED = "consultation_closed"
    EXTENDED = "extended"
    FEE_NOTICED = "fee_noticed"
    FEE_PAID = "fee_paid"
    REASONS_REQUESTED = "reasons_requested"
    REASONS_GIVEN = "reasons_given"
    DELAYED = "delayed"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _ACT_LABELS[self]


_ACT_LABELS = {
    Act.RECEIVED: "收到申请",
    Act.SUPPLEMENT_REQUESTED: "补正告知",
    Act.SUPPLEMENTED: "收到补正",
    Act.CONSULTATION_OPENED: "征求意见",
    Act.CONSULTATION_CLOSED: "征求意见结束",
    Act.EXTENDED: "延长答复期限",
    Act.FEE_NOTICED: "收费通知",
    Act.FEE_PAID: "缴费",
    Act.REASONS_REQUESTED: "要求说明理由",
    Act.REASONS_GIVEN: "说明理由",
    Act.DELAYED: "确定延迟答复期限",
    Act.ANSWERED: "答复",
    Act.WITHDRAWN: "撤回申请",
}


class ClockWait(StrEnum):
    """What a clock that stands inside ``in_progress`` waits for."""

    AWAITING_CONSULTATION = "awaiting_consultation"
    AWAITING_REASONS = "awaiting_reasons"

    @property
    def label(self) -> str:
        return _WAIT_LABELS[self]

    @property
    def begun_by(self) -> Act:
        return _WAITS[self][0]

    @property
    def ended_by(self) -> Act:
        return _WAITS[self][1]

    @property
    def article(self) -> str:
        return _ARTICLES[self.begun_by]


_WAIT_LABELS = {
    ClockWait.AWAITING_CONSULTATION: "征求意见中",
    ClockWait.AWAITING_REASONS: "待申请人说明理由",
}
_WAITS = {
    ClockWait.AWAITING_CONSULTATION: (Act.CONSULTATION_OPENED, Act.CONSULTATION_CLOSED),
    ClockWait.AWAITING_REASONS: (Act.REASONS_REQUESTED, Act.REASONS_GIVEN),
}


def state_label(code: str) -> str:
    """The Chinese words for what ``Deadline.state`` says, a wait of the clock included."""
    return (ClockWait(code) if code in list(ClockWait) else CaseState(code)).label


@dataclass(frozen=True, slots=True)
class Transition:
    """One lawful move: in ``state``, ``act`` leads to ``then`` under ``article``."""

    state: CaseState
    act: Act
    then: CaseState
    article: str


_S = CaseState
FEE_RULES = "《政府信息公开信息处理费管理办法》"

_OPEN = (_S.IN_PROGRESS, _S.AWAITING_SUPPLEMENT, _S.AWAITING_FEE)


def _while_open(act: Act, article: str) -> tuple[Transition, ...]:
    """An act that may happen in any open state and leaves it as it is."""
    return tuple(Transition(state, act, state, article) for state in _OPEN)


def _closing(act: Act, article: str) -> tuple[Transition, ...]:
    return tuple(Transition(state, act, _S.CLOSED, article) for state in _OPEN)


TRANSITIONS = (
    Transition(_S.RECEIVED, Act.RECEIVED, _S.IN_PROGRESS, "第三十一条"),
    Transition(_S.IN_PROGRESS, Act.SUPPLEMENT_REQUESTED, _S.AWAITING_SUPPLEMENT, "第三十条"),
    Transition(_S.AWAITING_SUPPLEMENT, Act.SUPPLEMENTED, _S.IN_PROGRESS, "第三十条"),
    Transition(_S.IN_PROGRESS, Act.EXTENDED, _S.IN_PROGRESS, "第三十三条"),
    Transition(_S.IN_PROGRESS, Act.FEE_NOTICED, _S.AWAITING_FEE, FEE_RULES),
    Transition(_S.AWAITING_FEE, Act.FEE_PAID, _S.IN_PROGRESS, FEE_RULES),
    Transition(_S.IN_PROGRESS, Act.REASONS_REQUESTED, _S.IN_PROGRESS, "第三十五条"),
    Transition(_S.IN_PROGRESS, Act.DELAYED, _S.IN_PROGRESS, "第三十五条"),
    *_while_open(Act.CONSULTATION_OPENED, "第三十三条"),
    *_while_open(Act.CONSULTATION_CLOSED, "第三十三条"),
    *_while_open(Act.REASONS_GIVEN, "第三十五条"),
    *_closing(Act.ANSWERED, "第三十六条"),
    *_closing(Act.WITHDRAWN, ""),
)

_BY_MOVE = {(move.state, move.act): move for move in TRANSITIONS}
_ARTICLES = {move.act: move.article for move in TRANSITIONS}

_REFUSALS = {
    Act.RECEIVED: "收到申请之日只能登记一次，不能重复登记",
    Act.SUPPLEMENTED: "没有待补正的告知，不能登记“收到补正”；请先登记补正告知",
    Act.FEE_PAID: "没有待缴费的收费通知，不能登记“缴费”；请先登记收费通知",
}


def lawful_acts(state: CaseState) -> tuple[Act, ...]:
    """The acts open in a state, in the order of the table."""
    return tuple(move.act for move in TRANSITIONS if move.state is state)


def after(state: CaseState, act: Act) -> CaseState:
    """The state an act leads to. Raises ``LawBreach`` where the table has no such move."""
    move = _BY_MOVE.get((state, act))
    if move is not None:
        return move.then
    article = _ARTICLES[act]
    if state is CaseState.CLOSED:
        raise LawBreach(f"案件已办结，不能再登记“{act.label}”；如有错登请先更正办结记录。", article)
    if state is CaseState.RECEIVED:
        raise LawBreach(
            f"尚未登记收到申请之日，不能登记“{act.label}”；第一个事件应当是收到申请。", "第三十一条"
        )
    refusal = _REFUSALS.get(act, f"案件处于“{state.label}”，不能登记“{act.label}”")
    raise LawBreach(f"{refusal}。", article)
