"""A reconsideration or a suit as the respondent lives it: stages, clocks, and what follows a result.

The register keeps dates; stage and clocks are derived from them and never stored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

from gongkai.law.breach import LawBreach
from gongkai.law.limits import TimeLimit, TimeLimits
from gongkai.law.remedies import Clock, Forum, remedy_results
from gongkai.law.rulebook import read_table
from gongkai.law.workdays import WorkingCalendar

Procedure = Literal["ordinary", "simplified"]
Whose = Literal["respondent", "authority", "applicant", "party"]
FollowUpAction = Literal["none", "redo", "perform", "withhold"]

WHOSE_LABELS: Mapping[Whose, str] = {
    "respondent": "本机关",
    "authority": "复议机关或者法院",
    "applicant": "申请人",
    "party": "双方当事人",
}


class RemedyStage(StrEnum):
    """Where a remedy stands."""

    FILED = "filed"
    ANSWERED = "answered"
    HEARD = "heard"
    DECIDED = "decided"
    APPEALED = "appealed"
    FINALLY_DECIDED = "finally_decided"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _label("stages", self.value)


class RemedyEvent(StrEnum):
    """What may happen to a remedy, in the order in which it does."""

    ANSWERED = "answered"
    HEARING = "hearing"
    DECIDED = "decided"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _label("events", self.value)


@dataclass(frozen=True, slots=True)
class RemedyDates:
    """What is known of a remedy. ``received_on``: the papers reached the respondent; ``accepted_on``:
    the organ accepted it or the court docketed it; ``decision_received_on``: the decision of the first
    instance reached the parties; ``redo_until``: the last day of the term the decision sets.
    """

    received_on: date
    accepted_on: date | None = None
    extended_days: int = 0
    answered_on: date | None = None
    hearing_on: date | None = None
    decided_on: date | None = None
    decision_received_on: date | None = None
    decided_by: Literal["judgment", "ruling"] = "judgment"
    result: str | None = None
    sued_on: date | None = None
    appealed_on: date | None = None
    appeal_decided_on: date | None = None
    withdrawn_on: date | None = None
    redo_until: date | None = None
    redone_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One period: whose it is, from when to when, and when it was met.

    ``due`` is ``None`` where the term stands in a document that is not entered; ``note`` says why a
    line is estimated or what to do.
    """

    code: str
    label: str
    whose: Whose
    start: date
    due: date | None
    article: str
    done_on: date | None
    estimated: bool
    note: str = ""

    def is_late(self, on: date) -> bool:
        """Whether the period was missed, or is missed on a day while nothing was done."""
        return self.due is not None and (self.done_on or on) > self.due


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a result asks of the respondent."""

    action: FollowUpAction
    text: str
    article: str


def lawful_events(forum: Forum, stage: RemedyStage) -> tuple[RemedyEvent, ...]:
    """What may happen next."""
    return tuple(event for event in RemedyEvent if (forum, stage, event) in _moves())


def stage_after(forum: Forum, stage: RemedyStage, event: RemedyEvent) -> RemedyStage:
    """The stage an event leads to. Raises ``LawBreach`` where the table has no such move."""
    move = _moves().get((forum, stage, event))
    if move is None:
        law = "《行政复议法》" if forum == "reconsideration" else "《行政诉讼法》"
        raise LawBreach(f"案件处于“{stage.label}”，不能登记“{event.label}”；请核对先后顺序。", law)
    return RemedyStage(move["then"])


def stage_of(forum: Forum, dates: RemedyDates) -> RemedyStage:
    """Where a remedy stands by its dates. Raises ``LawBreach`` for dates in an impossible order."""
    happened = sorted(
        (day, order, event)
        for order, event in enumerate(RemedyEvent)
        if (day := getattr(dates, f"{event.value}_on")) is not None
    )
    stage = RemedyStage.FILED
    for _, _, event in happened:
        stage = stage_after(forum, stage, event)
    return stage


@lru_cache
def follow_up(forum: Forum, result: str) -> FollowUp:
    """What follows from a result of ``law.remedies``. Raises ``KeyError`` for an unknown one."""
    found = remedy_results()[forum, result]
    entry = next(entry for entry in _table()["follow_ups"] if f"{forum}.{result}" in entry["results"])
    return FollowUp(entry["action"], entry["text"], found.article)


def respondent_clocks(
    forum: Forum, procedure: Procedure, dates: RemedyDates, limits: TimeLimits, calendar: WorkingCalendar
) -> tuple[ClockLine, ...]:
    """Every period that runs or ran, in order.

    A period whose limit was not in force on its first day is left out, and so is one still open when
    the remedy is withdrawn. Raises ``LawBreach`` for dates in an impossible order or an extension
    beyond the limit, ``KeyError`` for a result the forum does not have.
    """
    _check(forum, procedure, dates)
    reckoner = _Reckoner(procedure, dates, limits, calendar)
    lines = _reconsideration(reckoner) if forum == "reconsideration" else _litigation(reckoner)
    found = [line for line in lines if line is not None]
    found += _follow_up_lines(forum, reckoner)
    return tuple(line for line in found if line.done_on or not dates.withdrawn_on)


def _check(forum: Forum, procedure: Procedure, dates: RemedyDates) -> None:
    stage_of(forum, dates)
    days = {field: getattr(dates, field) for field in _FIELDS if getattr(dates, field) is not None}
    for earlier, later in _ORDER:
        if earlier in days and later in days and days[later] < days[earlier]:
            raise LawBreach(f"{_FIELDS[later]}的日期早于{_FIELDS[earlier]}的日期，请核对。")
    longest = _limit("reconsideration_extension").value
    if dates.extended_days == 0:
        return
    article = "《行政复议法》第六十二条"
    if forum != "reconsideration" or procedure != "ordinary":
        raise LawBreach("只有适用普通程序的行政复议可以延长审理期限，请核对。", article)
    if not 0 < dates.extended_days <= longest:
        raise LawBreach(f"延长复议审理期限最多{longest}日，请核对延长的天数。", article)


_FIELDS = {
    "received_on": "收到申请书（起诉状）副本",
    "accepted_on": "受理（立案）",
    "answered_on": "提交答复",
    "decided_on": "作出决定（裁判）",
    "decision_received_on": "收到决定（裁判）",
    "sued_on": "起诉",
    "appealed_on": "上诉",
    "appeal_decided_on": "二审裁判",
    "withdrawn_on": "撤回",
}
_ORDER = (
    ("accepted_on", "decided_on"),
    ("received_on", "answered_on"),
    ("received_on", "decided_on"),
    ("received_on", "withdrawn_on"),
    ("decided_on", "decision_received_on"),
    ("decided_on", "sued_on"),
    ("decided_on", "appealed_on"),
    ("appealed_on", "appeal_decided_on"),
)


@dataclass(frozen=True, slots=True)
class _Reckoner:
    """Makes clock lines for one remedy."""

    procedure: Procedure
    dates: RemedyDates
    limits: TimeLimits
    calendar: WorkingCalendar

    @property
    def suffix(self) -> str:
        return "_simplified" if self.procedure == "simplified" else ""

    @property
    def accepted(self) -> tuple[date, str]:
        if self.dates.accepted_on is not None:
            return self.dates.accepted_on, ""
        return self.dates.received_on, "受理（立案）之日未登记，按收到副本之日推算，实际会更早；请补记。"

    @property
    def decision_received(self) -> tuple[date, str] | None:
        if self.dates.decision_received_on is not None:
            return self.dates.decision_received_on, ""
        if self.dates.decided_on is None:
            return None
        return self.dates.decided_on, "收到之日未登记，按作出之日推算，实际会更晚；请补记。"

    def line(
        self, limit: TimeLimit | None, whose: Whose, start: tuple[date, str], done_on: date | None
    ) -> ClockLine | None:
        if limit is None:
            return None
        first, note = start
        due = limit.due(first, self.calendar)
        return ClockLine(
            code=limit.code,
            label=limit.label,
            whose=whose,
            start=first,
            due=due.due_on,
            article=limit.article,
            done_on=done_on,
            estimated=bool(note) or due.estimated,
            note=note or "".join(due.doubts),
        )

    def limit(self, code: str, on: date) -> TimeLimit | None:
        """The limit on a day, ``None`` before it was in force."""
        try:
            return self.limits.on(code, on)
        except LawBreach:
            return None


def _reconsideration(reckoner: _Reckoner) -> Iterator[ClockLine | None]:
    dates, suffix = reckoner.dates, reckoner.suffix
    answer = reckoner.limit(Clock.RECONSIDERATION_ANSWER.value + suffix, dates.received_on)
    yield reckoner.line(answer, "respondent", (dates.received_on, ""), dates.answered_on)
    decision = reckoner.limit(Clock.RECONSIDERATION_DECISION.value + suffix, reckoner.accepted[0])
    if decision is not None and dates.extended_days:
        label = f"{decision.label}，已延长{dates.extended_days}日"
        decision = replace(decision, value=decision.value + dates.extended_days, label=label)
    yield reckoner.line(decision, "authority", reckoner.accepted, dates.decided_on)
    if (received := reckoner.decision_received) is not None:
        suit = reckoner.limit(Clock.SUIT_AFTER_RECONSIDERATION.value, received[0])
        yield reckoner.line(suit, "applicant", received, dates.sued_on)


def _litigation(reckoner: _Reckoner) -> Iterator[ClockLine | None]:
    dates = reckoner.dates
    answer = reckoner.limit(Clock.LITIGATION_ANSWER.value, dates.received_on)
    yield reckoner.line(answer, "respondent", (dates.received_on, ""), dates.answered_on)
    judgment = _limit(f"judgment_{reckoner.procedure}")
    yield reckoner.line(judgment, "authority", reckoner.accepted, dates.decided_on)
    if (received := reckoner.decision_received) is not None:
        yield reckoner.line(_limit(f"appeal_{dates.decided_by}"), "party", received, dates.appealed_on)
    if dates.appealed_on is not None:
        start = (dates.appealed_on, "自二审法院收到上诉状之日起算，这里按上诉之日推算。")
        second = _limit("second_instance_judgment")
        yield reckoner.line(second, "authority", start, dates.appeal_decided_on)


def _follow_up_lines(forum: Forum, reckoner: _Reckoner) -> list[ClockLine]:
    """The term to take the decision anew or to perform, once the result stands."""
    dates, received = reckoner.dates, reckoner.decision_received
    if dates.result is None or received is None:
        return []
    follows = follow_up(forum, dates.result)
    pending = dates.appealed_on is not None and dates.appeal_decided_on is None
    if follows.action == "none" or pending:
        return []
    start = dates.appeal_decided_on or received[0]
    if dates.redo_until is None and forum == "litigation" and follows.action != "withhold":
        term = reckoner.limit("performance_judgment", start)
        note = "判决没有登记期限，按司法解释的期限推算；请对照判决书补记限定的最后一日。"
        line = reckoner.line(term, "respondent", (start, note), dates.redone_on)
        if line is not None:
            return [replace(line, code="follow_up")]
    return [
        ClockLine(
            code="follow_up",
            label="按决定或者裁判办理",
            whose="respondent",
            start=start,
            due=dates.redo_until,
            article=follows.article,
            done_on=dates.redone_on,
            estimated=False,
            note=follows.text if dates.redo_until else f"{follows.text}请登记限定的最后一日。",
        )
    ]


def _limit(code: str) -> TimeLimit:
    """A limit that ``time_limits.toml`` does not hold; all of them are older than any case."""
    return _limits()[code]


@lru_cache
def _limits() -> Mapping[str, TimeLimit]:
    return {entry["code"]: TimeLimit(**entry) for entry in _table()["limits"]}


@lru_cache
def _moves() -> Mapping[tuple[str, str, str], Mapping[str, Any]]:
    return {
        (move["forum"], stage, move["event"]): move for move in _table()["moves"] for stage in move["from"]
    }


def _label(kind: str, code: str) -> str:
    return next(str(entry["label"]) for entry in _table()[kind] if entry["code"] == code)


def _table() -> dict[str, Any]:
    return read_table("respondent.toml")
