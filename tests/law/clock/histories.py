"""Random lawful histories as events, with the calendar and the choices to reckon them by."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from gongkai.law.clock import Event
from gongkai.law.clock.admissible import refusal
from gongkai.law.clock.exchange import parse_case
from gongkai.law.limits import TimeLimits
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import WorkingCalendar
from tests.law.clock.random_cases import random_cases

LIMITS = TimeLimits.load()


@dataclass(frozen=True)
class History:
    events: tuple[Event, ...]
    calendar: WorkingCalendar
    rules: CountingRules


def history(seed: int) -> History:
    """A random case without the events that the law refuses."""
    ((case, choices),) = random_cases(seed, 1)
    parsed = parse_case(case)
    calendar = WorkingCalendar.load(parsed.region)
    rules = replace(CountingRules.load(), **choices)
    events: list[Event] = []
    for event in parsed.events:
        if refusal(events, event, LIMITS, calendar, rules) is None:
            events.append(event)
    return History(tuple(events), calendar, rules)


histories = st.integers(0, 10_000_000).map(history).filter(lambda drawn: bool(drawn.events))
