"""Time that does not count: spans of days, and counting working days around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.clock.events import Consulted
from gongkai.law.lifecycle import Act
from gongkai.law.workdays import WorkingCalendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days that do not count: ``first`` to ``last`` inclusive; ``last`` is ``None`` while it runs.

    ``opened_by`` is the act that began it, ``consulted`` whose opinion is awaited (``None`` where
    it is the applicant's payment or reasons).
    """

    first: date
    last: date | None
    opened_by: Act
    consulted: Consulted | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The notice (of a supplement, of a fee) since which the clock stands, and its day."""

    on: date
    notice: Act


@dataclass(frozen=True, slots=True)
class VoidPeriod:
    """Days counted from ``start``, standing in the end, that a restart on ``ended_on`` made void."""

    start: date
    standing: Standing
    ended_on: date


def count_out(start: date, days: int, spans: Iterable[Span], calendar: WorkingCalendar) -> date | None:
    """The day on which ``days`` working days later than ``start`` and outside ``spans`` have passed.

    ``None`` where a running span stops the count before that. A span that begins after the last
    day comes too late to matter.
    """
    spans = tuple(spans)
    due = count_past(start, days, spans, calendar)
    return None if any(span.last is None and span.first <= due for span in spans) else due


def count_past(start: date, days: int, spans: Iterable[Span], calendar: WorkingCalendar) -> date:
    """The same, as if the spans that run did not stop it."""
    spans = tuple(spans)
    due, reached = start, calendar.add_working_days(start, days)
    while due != reached:
        due = reached
        reached = calendar.add_working_days(start, days + excluded_days(spans, start, due, calendar))
    return due


def excluded_days(spans: Iterable[Span], after: date, through: date, calendar: WorkingCalendar) -> int:
    """Working days in ``(after, through]`` that at least one closed span covers."""
    total = 0
    closed = sorted((span.first, span.last) for span in spans if span.last is not None)
    for first, last in closed:
        begin, end = max(after, first - ONE_DAY), min(through, last)
        if end > begin:
            total += calendar.working_days_between(begin, end)
            after = end
    return total
