"""``deadline`` for a case with its history, ``due_dates`` for a day of receipt alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.law.breach import LawBreach
from gongkai.law.clock.docket import Docket, Step
from gongkai.law.clock.events import Event
from gongkai.law.clock.spans import ONE_DAY
from gongkai.law.lifecycle import CaseState
from gongkai.law.limits import TimeLimits
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the answer is due.

    ``due_on`` is ``None`` while the clock stands; ``state`` then says for what
    (``awaiting_supplement``, ``awaiting_consultation``, ``awaiting_fee``, ``awaiting_reasons``).
    Otherwise ``state`` is ``in_progress``, or ``closed`` with the day that was due (``None`` when
    the case was closed while the clock stood). A day ordered by a reconsideration body or a court
    stays due whatever is awaited. ``doubts`` say in Chinese why the day is an estimate.
    """

    due_on: date | None
    state: str
    steps: tuple[Step, ...]
    doubts: tuple[str, ...]

    @property
    def estimated(self) -> bool:
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class DueDates:
    """What a day of receipt alone fixes: the supplement notice, the answer, the longest extension."""

    received_on: date
    supplement_notice_on: date
    due_on: date
    extended_due_on: date
    steps: tuple[Step, ...]
    doubts: tuple[str, ...]

    @property
    def estimated(self) -> bool:
        return bool(self.doubts)


def deadline(
    events: Iterable[Event],
    limits: TimeLimits,
    calendar: WorkingCalendar,
    rules: CountingRules | None = None,
) -> Deadline:
    """The due date that a case's events lead to, with the steps that explain it.

    ``events`` stand in the order in which they happened, the first one ``Received``. ``rules`` are
    the choices on points the law leaves open (``None``: as shipped). Raises ``LawBreach`` at the
    first event that the law does not allow.
    """
    return conclude(reckon(events, limits, calendar, rules))


def reckon(
    events: Iterable[Event], limits: TimeLimits, calendar: WorkingCalendar, rules: CountingRules | None = None
) -> Docket:
    """The docket with a case's events entered; raises ``LawBreach`` as ``deadline`` does."""
    docket = Docket(limits, calendar, rules or CountingRules.load())
    for event in events:
        docket.enter(event)
    if docket.state is CaseState.RECEIVED:
        raise LawBreach("没有收到申请的记录，无法计算答复期限；第一个事件应当是收到申请。", "第三十一条")
    return docket


def conclude(docket: Docket) -> Deadline:
    """The deadline that a docket has come to."""
    calendar, due_on = docket.calendar, docket.due_on()
    last = due_on or docket.entered_on
    # A day named by the office (第三十五条) or in an order: no calendar can make it doubtful.
    doubts = () if docket.named_day else calendar.doubts_between(docket.start + ONE_DAY, last)
    steps = (*docket.steps, *(Step(last, doubt, "《全国年节及纪念日放假办法》") for doubt in doubts))
    return Deadline(due_on, docket.state_name(), steps, doubts)


def due_dates(received_on: date, limits: TimeLimits, calendar: WorkingCalendar) -> DueDates:
    """The dates that follow from receipt alone. Raises ``LawBreach`` before 2019-05-15."""
    notice, answer, extension = (
        limits.on(code, received_on) for code in ("supplement_notice", "answer", "extension")
    )
    notice_on = notice.end(received_on, calendar)
    due_on = answer.end(received_on, calendar)
    extended_on = extension.end(due_on, calendar)
    steps = (
        Step(received_on, "收到申请，当日不计入期限，自次日起算。", "第三十一条、第三十三条"),
        Step(notice_on, f"申请内容不明确的，最迟这一天一次性告知补正（{notice.text}）。", notice.article),
        Step(due_on, f"答复期限届满（{answer.text}）。", answer.article),
        Step(
            extended_on, f"经批准并告知申请人，最长可延至这一天（再加{extension.text}）。", extension.article
        ),
    )
    doubts = calendar.doubts_between(received_on + ONE_DAY, extended_on)
    return DueDates(received_on, notice_on, due_on, extended_on, steps, doubts)
