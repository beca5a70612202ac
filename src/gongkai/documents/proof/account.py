"""A due date put as lines that a reader can follow with a calendar in hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.clock import Step
from gongkai.law.clock.proof import Effect, ProofDay, ProofSheet
from gongkai.law.lifecycle import state_label
from gongkai.law.limits import TimeLimit, chinese_date
from gongkai.law.workdays import DayFact, DayKind, WorkingCalendar

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What the head and the foot of an account say besides the reckoning.

    ``office`` signs; ``receipt`` says how the day of receipt came about, ``region`` whose holidays count.
    """

    number: str
    title: str
    agency: str
    office: str
    made_on: date
    receipt: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One day. ``number`` counts the days that count; ``kind`` says what day it is and on whose word."""

    day: date
    number: int | None
    kind: str
    effect: Effect
    reason: str
    article: str
    source: str = ""
    doubt: str = ""
    events: tuple[str, ...] = ()

    @property
    def weekday(self) -> str:
        return f"周{_WEEKDAYS[self.day.weekday()]}"


@dataclass(frozen=True, slots=True)
class Account:
    """The whole account: what was reckoned, the days it turns on, every day in between."""

    title: str
    made: ProofFacts
    due_on: date | None
    facts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    doubts: tuple[str, ...]
    calendar_version: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The notices that the account rests on, each once."""
        return tuple(dict.fromkeys(line.source for line in self.lines if line.source))


def answer_account(sheet: ProofSheet, facts: ProofFacts) -> Account:
    """The account of the answer period."""
    return Account(
        title="答复期限计算书",
        made=facts,
        due_on=sheet.due_on,
        facts=tuple(_of_sheet(sheet, facts)),
        steps=sheet.steps,
        lines=tuple(map(_line, sheet.days)),
        doubts=sheet.doubts,
        calendar_version=sheet.calendar_version,
    )


def limit_account(
    limit: TimeLimit, start: date, begins_with: str, calendar: WorkingCalendar, facts: ProofFacts
) -> Account:
    """The account of a period of working days that begins on the day after ``start``.

    ``begins_with`` says what happened on ``start``, such as 收到申请. Raises ``ValueError`` for a
    period that runs over rest days.
    """
    if limit.unit != "working_day":
        raise ValueError(f"{limit.code} is not counted in working days")
    due = limit.due(start, calendar)
    text = f"{begins_with}；{limit.label}为{limit.text}，自次日起算，最迟{chinese_date(due.due_on)}。"
    return Account(
        title=f"{limit.label}计算书",
        made=facts,
        due_on=due.due_on,
        facts=(
            *_of_case(facts),
            (begins_with, _day(start)),
            ("期限", f"{limit.text}（{limit.article}）"),
            ("期限届满", _due(due.due_on, due.doubts)),
        ),
        steps=(Step(start, text, limit.article),),
        lines=tuple(_counted(limit, start, due.due_on, calendar)),
        doubts=due.doubts,
        calendar_version=calendar.version,
    )


def _of_case(facts: ProofFacts) -> Iterator[tuple[str, str]]:
    yield "登记编号", facts.number
    yield "申请事项", facts.title
    yield "办理机关", facts.agency


def _of_sheet(sheet: ProofSheet, facts: ProofFacts) -> Iterator[tuple[str, str]]:
    yield from _of_case(facts)
    receipt = f"，{facts.receipt}" if facts.receipt else ""
    yield "收到之日", f"{_day(sheet.received_on)}{receipt}"
    if sheet.named_day is None:
        if sheet.first_counted_on:
            yield "计算的第一日", _day(sheet.first_counted_on)
        yield "期限", _allowance(sheet)
    if sheet.excluded_days:
        yield "扣除", f"{sheet.excluded_days}个工作日"
    if sheet.due_on:
        yield "答复期限届满", _due(sheet.due_on, sheet.doubts)
    else:
        yield "答复期限届满", f"还不能确定：{state_label(sheet.state)}，期限停计"


def _allowance(sheet: ProofSheet) -> str:
    if not sheet.extension:
        return f"{sheet.allowance}个工作日"
    return (
        f"{sheet.allowance}个工作日（{sheet.allowance - sheet.extension}个工作日，"
        f"延长{sheet.extension}个工作日）"
    )


def _due(due_on: date, doubts: tuple[str, ...]) -> str:
    return f"{_day(due_on)}{'（推算）' if doubts else ''}"


def _day(day: date) -> str:
    return f"{chinese_date(day)}（周{_WEEKDAYS[day.weekday()]}）"


def _line(day: ProofDay) -> Line:
    return Line(
        day=day.day,
        number=day.counted,
        kind=_kind(day.kind, day.festival),
        effect=day.effect,
        reason=day.reason,
        article=day.article,
        source=day.source,
        doubt=day.doubt,
        events=day.events,
    )


def _kind(kind: DayKind, festival: str) -> str:
    if kind is DayKind.HOLIDAY:
        return f"{festival}放假"
    return f"{festival}调休上班" if kind is DayKind.MAKEUP_WORKDAY and festival else kind.label


def _counted(limit: TimeLimit, start: date, end: date, calendar: WorkingCalendar) -> Iterator[Line]:
    number = 0
    for fact in calendar.days_between(start, end):
        number += fact.is_working_day
        yield _plain(fact, number, limit.article)


def _plain(fact: DayFact, number: int, article: str) -> Line:
    worked = fact.is_working_day
    return Line(
        day=fact.day,
        number=number if worked else None,
        kind=_kind(fact.kind, fact.festival),
        effect=Effect.COUNTED if worked else Effect.REST,
        reason="工作日，计入期限" if worked else f"{_kind(fact.kind, fact.festival)}，不计入工作日",
        article=article if worked else "",
        source=fact.source,
        doubt=fact.doubt,
    )
