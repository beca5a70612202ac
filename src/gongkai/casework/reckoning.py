"""A case put to the clock: its standing events, the calendar of its agency, its due day."""

from collections.abc import Iterable, Sequence

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application, CaseEvent
from gongkai.law.clock import Deadline, deadline
from gongkai.law.clock.events import Event
from gongkai.law.limits import TimeLimits
from gongkai.law.receipt import Channel, Confirmation, Party, Receipt, determine_receipt
from gongkai.law.workdays import WorkingCalendar

LIMITS = TimeLimits.load()


def calendar_of(agency: Agency) -> WorkingCalendar:
    """National notices, those of the region, and the days that this office approved itself."""
    return WorkingCalendar.load(agency.region or None)


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


def deadline_of(case: Application, events: Sequence[CaseEvent] | None = None) -> Deadline | None:
    """The due day with the steps that explain it; ``None`` while the day of receipt is not fixed."""
    found = clock_events(events_of(case) if events is None else events)
    return deadline(found, LIMITS, calendar_of(case.agency)) if found else None


def receipt_of(case: Application, events: Sequence[CaseEvent] | None = None) -> Receipt:
    """The day that counts as receipt, from the channel and the confirmations that were logged."""
    found = events_of(case) if events is None else events
    log = [
        Confirmation(Party(event.details["party"]), event.on, event.details["reached"])
        for event in found
        if event.kind == CaseEvent.Kind.CONFIRMATION
    ]
    return determine_receipt(Channel(case.channel), case.arrived_on, log, calendar_of(case.agency))
