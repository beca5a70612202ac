"""A case put to the clock: its standing events, the calendar of its agency, its due day."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application, CaseEvent, LocalDay, SettledYear
from gongkai.law import notices
from gongkai.law.clock import Deadline, deadline
from gongkai.law.clock.events import Event
from gongkai.law.limits import TimeLimits
from gongkai.law.receipt import Channel, Confirmation, Party, Receipt, determine_receipt
from gongkai.law.workdays import WorkingCalendar

LIMITS = TimeLimits.load()


def calendar_of(agency: Agency, pending: Iterable[LocalDay] = ()) -> WorkingCalendar:
    """National notices, those of the region, and the days that this office approved itself.

    ``pending`` days are counted as if they were approved, to see what they would move.
    """
    in_force = LocalDay.objects.filter(agency=agency, approved_at__isnull=False, replaced=False)
    settled = SettledYear.objects.filter(agency=agency)
    return calendar_with(agency, [*in_force, *pending], settled)


def calendar_with(
    agency: Agency, days: Iterable[LocalDay], settled: Iterable[SettledYear] = ()
) -> WorkingCalendar:
    """The calendar of an agency with just these days of its own; built once for the same days."""
    return WorkingCalendar.load(
        agency.region or None,
        days=[_to_law(day) for day in days],
        settled=[notices.SettledYear(each.year, _SCOPES[each.scope]) for each in settled],
    )


_SCOPES: Mapping[str, Literal["national", "regional"]] = {"national": "national", "regional": "regional"}


def _to_law(day: LocalDay) -> notices.LocalDay:
    return notices.LocalDay(day.day, day.worked, day.why, day.source, _SCOPES.get(day.scope, "local"))


def standing(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """The events that were not struck out, by day and then in the order they were entered."""
    events = list(events)
    struck = {event.strikes_id for event in events if event.strikes_id}
    kept = [e for e in events if e.pk not in struck and e.kind != CaseEvent.Kind.STRUCK]
    return sorted(kept, key=lambda event: (event.on, event.position))


def events_of(case: Application) -> list[CaseEvent]:
    """The standing events of a case."""
    return standing(case.events.all())


def clock_events(events: Iterable[CaseEvent]) -> list[Event]:
    """What the clock reckons with."""
    return [law for event in events if (law := event.to_law()) is not None]


def deadline_of(
    case: Application,
    events: Sequence[CaseEvent] | None = None,
    calendar: WorkingCalendar | None = None,
) -> Deadline | None:
    """The due day with the steps that explain it; ``None`` while the day of receipt is not fixed."""
    found = clock_events(events_of(case) if events is None else events)
    return deadline(found, LIMITS, calendar or calendar_of(case.agency)) if found else None


def receipt_of(case: Application, events: Sequence[CaseEvent] | None = None) -> Receipt:
    """The day that counts as receipt, from the channel and the confirmations that were logged."""
    found = events_of(case) if events is None else events
    log = [
        Confirmation(Party(event.details["party"]), event.on, event.details["reached"])
        for event in found
        if event.kind == CaseEvent.Kind.CONFIRMATION
    ]
    return determine_receipt(Channel(case.channel), case.arrived_on, log, calendar_of(case.agency))
