"""Which step consumed the days of the cases of a period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.models import Application, CaseEvent
from gongkai.casework.reckoning import standing
from gongkai.casework.spending import Spending, spending
from gongkai.law.workdays import WorkingCalendar


@dataclass(frozen=True, slots=True)
class LateCase:
    """A case that was, or still is, answered too late: by how many working days, and through what."""

    case: Application
    late_by: int
    spent: Spending


def spendings(cases: Iterable[Application], calendar: WorkingCalendar, on: date) -> Mapping[int, Spending]:
    """How each case spent its days, by its key; the events come in one query."""
    ends = {case.pk: case.closed_on or on for case in cases}
    histories: dict[int, list[CaseEvent]] = defaultdict(list)
    for chunk in _chunks(list(ends)):
        events = CaseEvent.objects.filter(case__in=chunk).defer("reason").order_by("on", "position")
        for event in events:
            histories[event.case_id].append(event)
    return {pk: spending(standing(histories[pk]), calendar, end) for pk, end in ends.items()}


def _chunks(keys: list[int], size: int = 500) -> Iterable[list[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def late_cases(
    cases: Iterable[Application], spent: Mapping[int, Spending], calendar: WorkingCalendar, on: date
) -> list[LateCase]:
    """Those that were late, the latest first."""
    found = [
        LateCase(case, calendar.working_days_between(case.due_on, case.closed_on or on), spent[case.pk])
        for case in cases
        if case.due_on is not None and (case.closed_on or on) > case.due_on
    ]
    return sorted(found, key=lambda late: (-late.late_by, late.case.pk))
