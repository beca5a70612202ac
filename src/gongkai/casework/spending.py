"""Where the working days of a case went: from its arrival to its answer, step by step.

Every working day belongs to exactly one step. A day on which something happens still belongs to the
step that ends with it. What the law leaves out (waiting for the applicant, for opinions) is told apart
from what the office used.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from gongkai.law.letters import letter_kinds
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import WorkingCalendar


class Step(StrEnum):
    """What a day was spent on."""

    CONFIRMING = "confirming"
    ASSIGNING = "assigning"
    ACCEPTING = "accepting"
    SEARCHING = "searching"
    DRAFTING = "drafting"
    APPROVING = "approving"
    SERVING = "serving"
    CONSULTATION = "consultation"
    SUPPLEMENT = "supplement"
    FEE = "fee"
    REASONS = "reasons"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_counted(self) -> bool:
        """Whether the day is inside the period for the answer; for one step that is a switch."""
        if self is Step.REASONS:
            return CountingRules.load().reasons_clock == "runs"
        return self not in _LEFT_OUT


_LABELS = {
    Step.CONFIRMING: "确认收到",
    Step.ASSIGNING: "登记到交办",
    Step.ACCEPTING: "等待接收",
    Step.SEARCHING: "承办检索",
    Step.DRAFTING: "拟定结果",
    Step.APPROVING: "起草审批",
    Step.SERVING: "送达",
    Step.CONSULTATION: "征求意见（不计）",
    Step.SUPPLEMENT: "等补正（不计）",
    Step.FEE: "等缴费（不计）",
    Step.REASONS: "等说明理由",
}
_LEFT_OUT = {Step.CONFIRMING, Step.CONSULTATION, Step.SUPPLEMENT, Step.FEE}
_ANSWERS = {kind.code for kind in letter_kinds() if kind.decisions}
TELLING = frozenset({"consultation_opened", "consultation_closed", "letter_signed"})
"""The kinds of event of which the details are asked, too."""
_ENDINGS = {"answered", "withdrawn", "closed"}
_RESTARTS = {"received", "supplemented"} | (
    {"fee_paid"} if CountingRules.load().fee_clock == "restart" else set()
)
_WAITS = {
    "supplement_requested": Step.SUPPLEMENT,
    "fee_noticed": Step.FEE,
    "reasons_requested": Step.REASONS,
}
_WAITS_END = {
    "supplemented": Step.SUPPLEMENT,
    "fee_paid": Step.FEE,
    "reasons_given": Step.REASONS,
    "delayed": Step.REASONS,
}


class Dated(Protocol):
    """What is needed of an event of a case."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def details(self) -> Mapping[str, object]: ...


@dataclass(frozen=True, slots=True)
class Spending:
    """``days`` are working days by step. ``slowest`` is the step that used most of the period that
    ended the case (after the last restart); ``None`` where none was used."""

    days: Mapping[Step, int]
    slowest: Step | None

    @property
    def used(self) -> int:
        """Working days that the law counts, over all periods."""
        return sum(days for step, days in self.days.items() if step.is_counted)

    @property
    def total(self) -> int:
        return sum(self.days.values())


def spending(events: Sequence[Dated], calendar: WorkingCalendar, until: date) -> Spending:
    """How the days from the arrival to the end were spent; of an open case, to ``until``.

    ``events`` are the standing events of a case, in order.
    """
    spent: dict[Step, int] = {}
    final: dict[Step, int] = {}
    for step, first, last, restarted in _stretches(events, until):
        days = calendar.working_days_between(first, last)
        if restarted:
            final = {}
        if days:
            spent[step] = spent.get(step, 0) + days
            final[step] = final.get(step, 0) + days
    counted = {step: days for step, days in final.items() if step.is_counted}
    slowest = max(counted, key=lambda step: counted[step]) if counted else None
    return Spending(spent, slowest)


def _stretches(events: Sequence[Dated], until: date) -> Iterator[tuple[Step, date, date, bool]]:
    """(step, the day before its first, its last day, whether the period began anew)."""
    if not events:
        return
    stage = _Stage(any(event.kind == "assigned" for event in events))
    here, restarted = events[0].on, False
    for event in events:
        if event.on > here:
            yield stage.step, here, event.on, restarted
            here, restarted = event.on, False
        restarted = restarted or event.kind in _RESTARTS
        stage.enter(event)
        if event.kind in _ENDINGS:
            return
    if until > here:
        yield stage.step, here, until, restarted


class _Stage:
    """Where the work stands, and what stops it."""

    def __init__(self, is_assigned: bool) -> None:
        self._work = Step.CONFIRMING
        # Where nobody hands out, work begins with the receipt.
        self._first = Step.ASSIGNING if is_assigned else Step.SEARCHING
        self._awaited: set[Step] = set()
        self._asked: list[object] = []

    @property
    def step(self) -> Step:
        if self._awaited:
            return min(self._awaited)
        return Step.CONSULTATION if self._asked else self._work

    def enter(self, event: Dated) -> None:
        if event.kind in _WAITS:
            self._awaited.add(_WAITS[event.kind])
        elif event.kind in _WAITS_END:
            self._awaited.discard(_WAITS_END[event.kind])
        elif event.kind == "consultation_opened":
            self._asked.append(event.details.get("with"))
        elif event.kind == "consultation_closed":
            self._close(event.details.get("with"))
        else:
            self._work = self._next(event)

    def _close(self, whom: object) -> None:
        if whom in self._asked:
            self._asked.remove(whom)

    def _next(self, event: Dated) -> Step:
        match event.kind:
            case "received":
                return self._first
            case "assigned":
                return Step.ACCEPTING
            case "accepted":
                return Step.SEARCHING
            case "sent_back":
                return Step.ASSIGNING
            case "searched":
                return max(self._work, Step.DRAFTING, key=_ORDER.index)
            case "decided":
                return Step.APPROVING
            case "letter_signed" if event.details.get("kind") in _ANSWERS:
                return Step.SERVING
        return self._work


_ORDER: Sequence[Step] = tuple(Step)


def slowest_steps(found: Iterable[Spending]) -> dict[Step, int]:
    """How often each step was the one that used most, the most frequent first."""
    counts: dict[Step, int] = {}
    for each in found:
        if each.slowest:
            counts[each.slowest] = counts.get(each.slowest, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], _ORDER.index(pair[0]))))
