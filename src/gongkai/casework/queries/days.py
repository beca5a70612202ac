"""The working calendar of an office, and what days that are not approved yet would move."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application, CaseEvent, LocalDay
from gongkai.casework.reckoning import LIMITS, calendar_of, clock_events, deadline_of, events_of
from gongkai.law.breach import LawBreach
from gongkai.law.clock import Deadline
from gongkai.law.clock.change import MovedDeadline, moved
from gongkai.law.workdays import DayFact, DayKind, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that one notice makes off, or worked, for the same reason."""

    first: date
    last: date
    kind: DayKind
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class MovedCase:
    """An open case, and what the new calendar does to its due day."""

    case: Application
    change: MovedDeadline[int]

    @property
    def is_broken(self) -> bool:
        """Whether an act that is on file would be unlawful under the new calendar."""
        return self.change.breach is not None and self.change.was_breach is None


def days_in_force(agency: Agency) -> QuerySet[LocalDay]:
    """What the office typed in and approved, as it stands."""
    found = LocalDay.objects.filter(agency=agency, approved_at__isnull=False, replaced=False)
    return found.select_related("entered_by", "approved_by")


def days_pending(agency: Agency) -> QuerySet[LocalDay]:
    """What was typed in and waits for the head."""
    return LocalDay.objects.filter(agency=agency, approved_at=None, replaced=False).select_related(
        "entered_by"
    )


def open_cases(agency: Agency) -> QuerySet[Application]:
    """The open applications whose clock runs, each with its events: few queries for many cases."""
    found = Application.objects.filter(
        agency=agency, matter=Application.Matter.DISCLOSURE, received_on__isnull=False
    ).exclude(state="closed")
    events = CaseEvent.objects.order_by("on", "position")
    return found.prefetch_related(Prefetch("events", queryset=events)).order_by("due_on", "pk")


def cases_moved(agency: Agency, pending: Sequence[LocalDay]) -> list[MovedCase]:
    """Every open case that these days would move, and every one that they would make unlawful."""
    cases = {case.pk: case for case in open_cases(agency)}
    histories = [(pk, clock_events(events_of(case))) for pk, case in cases.items()]
    found = moved(histories, calendar_of(agency), calendar_of(agency, pending), LIMITS)
    return [MovedCase(cases[change.id], change) for change in found]


def cases_out_of_date(agency: Agency) -> Iterator[tuple[Application, Deadline | None]]:
    """Open cases whose index says another due day, or another doubt, than the calendar of now.

    ``None`` stands for a case whose events the calendar of now does not allow.
    """
    calendar = calendar_of(agency)
    for case in open_cases(agency):
        try:
            found = deadline_of(case, events_of(case), calendar)
        except LawBreach:
            yield case, None
            continue
        if found and (found.due_on, found.estimated) != (case.due_on, case.estimated):
            yield case, found


def stretches(calendar: WorkingCalendar, year: int) -> list[Stretch]:
    """What the notices and the office say of a year, weekends and plain working days left out."""
    before, last = date(year - 1, 12, 31), date(year, 12, 31)
    named = [fact for fact in calendar.days_between(before, last) if fact.source]
    return list(_joined(named))


def _joined(facts: Iterable[DayFact]) -> Iterator[Stretch]:
    for _, group in groupby(enumerate(facts), key=lambda pair: _same(pair[0], pair[1])):
        days = [fact for _, fact in group]
        first = days[0]
        yield Stretch(first.day, days[-1].day, first.kind, first.festival, first.source)


def _same(index: int, fact: DayFact) -> tuple[object, ...]:
    """Equal for days in a row that rest on the same word."""
    return fact.day - timedelta(days=index), fact.kind, fact.festival, fact.source


@dataclass(frozen=True, slots=True)
class YearInDoubt:
    """A year whose days off are not all known: ``scope`` says whose, ``sentence`` why."""

    year: int
    scope: str
    sentence: str


def unsettled(calendar: WorkingCalendar, year: int) -> list[YearInDoubt]:
    """What is in doubt about a year, so that the office can enter it and say that it is all there."""
    found = []
    for sentence in calendar.doubts_between(date(year, 6, 1), date(year, 6, 1)):
        scope = "national" if "国家放假通知" in sentence else "regional"
        found.append(YearInDoubt(year, scope, sentence))
    return found
