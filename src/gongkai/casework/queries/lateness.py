"""Which step consumed the days of the cases of a period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.models import Application, CaseEvent
from gongkai.casework.spending import TELLING, Spending, spending
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
    histories: dict[int, list[Happened]] = defaultdict(list)
    for chunk in _chunks(list(ends)):
        for happened in _happened(chunk):
            histories[happened.case_id].append(happened)
    return {pk: spending(histories[pk], calendar, end) for pk, end in ends.items()}


@dataclass(frozen=True, slots=True)
class Happened:
    """A standing event with only what tells where days went; whole events of so many cases take long."""

    case_id: int
    kind: str
    on: date
    details: Mapping[str, object]


def _happened(cases: list[int]) -> Iterator[Happened]:
    """What stands of some cases, each case's in order."""
    events = CaseEvent.objects.filter(case__in=cases).order_by("case_id", "on", "position")
    struck = set(events.filter(kind=CaseEvent.Kind.STRUCK).values_list("strikes_id", flat=True))
    telling = dict(events.filter(kind__in=TELLING).values_list("pk", "details"))
    for pk, case, kind, on in events.values_list("pk", "case_id", "kind", "on"):
        if pk not in struck and kind != CaseEvent.Kind.STRUCK:
            yield Happened(case, kind, on, telling.get(pk, {}))


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
