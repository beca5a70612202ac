"""The last day of what others were given time for: the applicant, and those who were asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gongkai.casework.models import Application, CaseEvent, Consultation
from gongkai.casework.reckoning import LIMITS
from gongkai.law.breach import LawBreach
from gongkai.law.lifecycle import CaseState
from gongkai.law.workdays import WorkingCalendar

_AWAITED = {CaseState.AWAITING_SUPPLEMENT: "supplement_requested", CaseState.AWAITING_FEE: "fee_noticed"}


def last_days(
    cases: Iterable[Application], calendars: Mapping[int, WorkingCalendar]
) -> Iterator[tuple[Application, tuple[str, date]]]:
    """Of the cases that wait for the applicant: the event that began it and the last day for it.

    ``calendars`` are those of the agencies, by their key. A notice without a day is passed over.
    """
    waiting = {case.pk: case for case in cases if case.clock in _AWAITED}
    if not waiting:
        return
    events = CaseEvent.objects.filter(case__in=waiting, kind__in=_AWAITED.values(), struck_by=None)
    newest = {event.case_id: event for event in events.order_by("on", "position")}
    for pk, event in newest.items():
        last = _last_day(event, calendars[waiting[pk].agency_id])
        if last:
            yield waiting[pk], (event.kind, last)


def _last_day(event: CaseEvent, calendar: WorkingCalendar) -> date | None:
    if event.kind == "fee_noticed":
        return LIMITS.on("fee_payment", event.on).end(event.on, calendar)
    until = event.details.get("until")
    return date.fromisoformat(until) if until else None


def opinion_day(asking: Consultation, calendar: WorkingCalendar) -> date | None:
    """The last day for an opinion (第三十二条、第三十四条): 15 working days from the day it was delivered.

    ``None`` before delivery, and before the law set a time.
    """
    if asking.delivered_on is None:
        return None
    code = "co_maker_opinion" if asking.kind == "co_maker" else "third_party_opinion"
    try:
        return LIMITS.on(code, asking.delivered_on).end(asking.delivered_on, calendar)
    except LawBreach:
        return None
