"""The proof sheet of a due date: every day of the answer period, whether it counts and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from gongkai.law.clock.deadline import conclude, reckon
from gongkai.law.clock.docket import ORDERED_BY, Docket, Step
from gongkai.law.clock.events import ConsultationClosed, ConsultationOpened, Event
from gongkai.law.clock.spans import ONE_DAY, Span, VoidPeriod
from gongkai.law.lifecycle import FEE_RULES, Act
from gongkai.law.limits import TimeLimits
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import DayFact, DayKind, WorkingCalendar

_HOLIDAYS = "《全国年节及纪念日放假办法》"


class Effect(StrEnum):
    """What a day does to the period."""

    COUNTED = "counted"
    REST = "rest"
    EXCLUDED = "excluded"
    STANDING = "standing"
    VOID = "void"
    FIXED = "fixed"

    @property
    def label(self) -> str:
        return _EFFECT_LABELS[self]


_EFFECT_LABELS = {
    Effect.COUNTED: "计入",
    Effect.REST: "休息日，不计",
    Effect.EXCLUDED: "扣除",
    Effect.STANDING: "停计",
    Effect.VOID: "作废，重新计算",
    Effect.FIXED: "期限已定，不逐日计数",
}


@dataclass(frozen=True, slots=True)
class ProofDay:
    """One day: what kind of day by whose word, and what it does to the period.

    ``counted`` is the running number of a day that counts. A rest day inside an excluded span is a
    rest day. ``fixed`` days lie before a due day that somebody named (第三十五条, or an order).
    """

    day: date
    kind: DayKind
    festival: str
    source: str
    doubt: str
    effect: Effect
    counted: int | None
    reason: str
    article: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """A deadline with the account that proves it.

    ``counted_from`` is the day after receipt or after the last restart; ``allowance`` the working
    days of the running period with ``extension`` in it, 0 where ``named_day`` took its place;
    ``excluded_days`` the working days of the running period that were left out. ``days`` begin on
    the day after receipt, without a gap, and end on ``due_on``.
    """

    received_on: date
    counted_from: date
    allowance: int
    extension: int
    excluded_days: int
    named_day: date | None
    due_on: date | None
    state: str
    doubts: tuple[str, ...]
    days: tuple[ProofDay, ...]
    steps: tuple[Step, ...]
    calendar_version: str

    @property
    def estimated(self) -> bool:
        return bool(self.doubts)

    @property
    def first_counted_on(self) -> date | None:
        """Day 1 of the running period."""
        return next((day.day for day in self.days if day.counted == 1), None)


def proof_sheet(
    events: Iterable[Event],
    limits: TimeLimits,
    calendar: WorkingCalendar,
    rules: CountingRules | None = None,
    until: date | None = None,
) -> ProofSheet:
    """The day-by-day account of a case's answer period. Raises ``LawBreach`` as ``deadline`` does.

    While the clock stands the account ends with ``until`` (``None``: the day of the last event).
    """
    events = tuple(events)
    docket = reckon(events, limits, calendar, rules)
    found = conclude(docket)
    end = found.due_on or until or docket.entered_on
    happened = {on: tuple(map(_name, those)) for on, those in groupby(events, key=lambda event: event.on)}
    days = tuple(_rows(docket, end, happened))
    extension = docket.allowance - limits.on("answer", docket.received_on).value
    return ProofSheet(
        received_on=docket.received_on,
        counted_from=docket.start + ONE_DAY,
        allowance=0 if docket.named_day else docket.allowance,
        extension=extension,
        excluded_days=sum(day.effect is Effect.EXCLUDED for day in days),
        named_day=docket.named_day,
        due_on=found.due_on,
        state=found.state,
        doubts=found.doubts,
        days=days,
        steps=found.steps,
        calendar_version=calendar.version,
    )


def _name(event: Event) -> str:
    if isinstance(event, ConsultationOpened):
        return f"向{event.consulted.label}征求意见"
    if isinstance(event, ConsultationClosed) and event.consulted:
        return f"向{event.consulted.label}征求意见结束"
    return event.act.label


def _rows(docket: Docket, end: date, happened: Mapping[date, tuple[str, ...]]) -> Iterator[ProofDay]:
    for period in docket.void:
        for fact in docket.calendar.days_between(period.start, period.ended_on):
            yield _row(fact, _of_void(period, fact), None, happened)
    number = 0
    for fact in docket.calendar.days_between(docket.start, end):
        account = _of_running(docket, fact)
        number += account.effect is Effect.COUNTED
        yield _row(fact, account, number if account.effect is Effect.COUNTED else None, happened)


@dataclass(frozen=True, slots=True)
class _Account:
    effect: Effect
    reason: str
    article: str


def _row(
    fact: DayFact, account: _Account, counted: int | None, happened: Mapping[date, tuple[str, ...]]
) -> ProofDay:
    return ProofDay(
        day=fact.day,
        kind=fact.kind,
        festival=fact.festival,
        source=fact.source,
        doubt=fact.doubt,
        effect=account.effect,
        counted=counted,
        reason=account.reason,
        article=account.article,
        events=happened.get(fact.day, ()),
    )


def _of_void(period: VoidPeriod, fact: DayFact) -> _Account:
    if fact.day > period.standing.on:
        return _awaiting(fact, period.standing.notice)
    if period.standing.notice is Act.FEE_NOTICED:
        return _Account(Effect.VOID, "申请人缴费后期限重新计算，此前的计数作废", FEE_RULES)
    return _Account(Effect.VOID, "收到补正的申请后期限重新计算，此前的计数作废", "第三十条")


def _of_running(docket: Docket, fact: DayFact) -> _Account:
    if docket.stands and docket.standing and fact.day > docket.standing.on:
        return _awaiting(fact, docket.standing.notice)
    if not fact.is_working_day:
        return _resting(fact)
    if docket.ordered_until:
        return _Account(Effect.FIXED, "期限由复议决定或者判决确定，不逐日计数", ORDERED_BY)
    if docket.delayed_on and fact.day > docket.delayed_on:
        return _Account(Effect.FIXED, "已另行确定延迟答复的期限，不再逐日计数", "第三十五条")
    span = _covering(docket.spans, fact.day)
    if span is None:
        reason = "调休上班，计入期限" if fact.kind is DayKind.MAKEUP_WORKDAY else "工作日，计入期限"
        return _Account(Effect.COUNTED, reason, "第三十三条")
    return _left_out(span)


def _awaiting(fact: DayFact, notice: Act) -> _Account:
    """A day after the notice while the supplement or the fee is awaited."""
    if not fact.is_working_day:
        return _resting(fact)
    if notice is Act.FEE_NOTICED:
        return _Account(Effect.STANDING, "等待申请人缴费，期限停计", FEE_RULES)
    return _Account(Effect.STANDING, "等待申请人补正，期限停计", "第三十条")


def _resting(fact: DayFact) -> _Account:
    if fact.kind is DayKind.WEEKEND:
        return _Account(Effect.REST, "周末休息，不计入工作日", "")
    article = f"{_HOLIDAYS}第四条" if fact.kind is DayKind.REGIONAL_HOLIDAY else _HOLIDAYS
    if fact.kind is DayKind.LOCAL_CLOSURE:
        return _Account(Effect.REST, f"{fact.festival}，不计入工作日", "")
    return _Account(Effect.REST, f"{fact.festival}放假，不计入工作日", article)


def _covering(spans: Iterable[Span], day: date) -> Span | None:
    """A span that leaves the day out; one that has ended rather than one that runs."""
    covering = [span for span in spans if span.first <= day <= (span.last or day)]
    return min(covering, key=lambda span: (span.last is None, span.first), default=None)


def _left_out(span: Span) -> _Account:
    effect = Effect.EXCLUDED if span.last else Effect.STANDING
    word = "不计算在期限内" if span.last else "尚未结束，期限停计"
    if span.consulted:
        return _Account(effect, f"向{span.consulted.label}征求意见，{word}", span.consulted.excluded_by)
    if span.opened_by is Act.FEE_NOTICED:
        return _Account(effect, f"等待申请人缴费，{word}", FEE_RULES)
    return _Account(effect, f"等待申请人说明理由，{word}", "第三十五条")
