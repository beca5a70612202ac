"""What a change of the calendar does to cases: the due days that move, and what becomes unlawful."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from gongkai.law.breach import LawBreach
from gongkai.law.clock.deadline import deadline
from gongkai.law.clock.events import Delayed, Event
from gongkai.law.limits import TimeLimits
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import WorkingCalendar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class _Standpoint:
    """How a case stands under one calendar: its due day and state, or the breach that forbids one."""

    due_on: date | None
    state: str
    breach: LawBreach | None = None


@dataclass(frozen=True, slots=True)
class MovedDeadline(Generic[Key]):
    """One case that the new calendar moves.

    ``was_breach`` and ``breach`` say what is unlawful under the old and under the new calendar: an
    extension that now comes after the due day, say. The due day and the state are then missing.
    """

    id: Key
    was: date | None
    becomes: date | None
    was_state: str
    becomes_state: str
    was_breach: LawBreach | None
    breach: LawBreach | None

    @property
    def is_earlier(self) -> bool:
        """Whether the answer is now due earlier, or a clock that stood now runs: the case that must
        not be missed."""
        if self.becomes is None or self.was_breach:
            return False
        return self.was is None or self.becomes < self.was


def moved(
    cases: Iterable[tuple[Key, Iterable[Event]]],
    before: WorkingCalendar,
    after: WorkingCalendar,
    limits: TimeLimits,
    rules: CountingRules | None = None,
) -> list[MovedDeadline[Key]]:
    """The cases whose due day another calendar moves, in their order; nothing is raised for a case
    that is unlawful under one of the two. Cases that stay as they are are not listed."""
    changed = before.changed_days(after)
    return list(_moved(cases, before, after, limits, rules, changed)) if changed else []


def _moved(  # noqa: PLR0913, PLR0917
    cases: Iterable[tuple[Key, Iterable[Event]]],
    before: WorkingCalendar,
    after: WorkingCalendar,
    limits: TimeLimits,
    rules: CountingRules | None,
    changed: Sequence[date],
) -> Iterator[MovedDeadline[Key]]:
    for key, history in cases:
        events = tuple(history)
        was = _standpoint(events, before, limits, rules)
        if was.breach is None and not _touched(events, was, changed):
            continue
        now = _standpoint(events, after, limits, rules)
        if _differ(was, now):
            yield MovedDeadline(key, was.due_on, now.due_on, was.state, now.state, was.breach, now.breach)


def _standpoint(
    events: Sequence[Event], calendar: WorkingCalendar, limits: TimeLimits, rules: CountingRules | None
) -> _Standpoint:
    try:
        found = deadline(events, limits, calendar, rules)
    except LawBreach as breach:
        return _Standpoint(None, "", breach)
    return _Standpoint(found.due_on, found.state)


def _touched(events: Sequence[Event], was: _Standpoint, changed: Sequence[date]) -> bool:
    """Whether a changed day lies where it can matter: nothing that a case rests on looks past its
    due day, its last event and the delayed days that were named."""
    looked_at = [event.until if isinstance(event, Delayed) else event.on for event in events]
    last = max(*looked_at, was.due_on or date.min)
    return any(events[0].on < day <= last for day in changed)


def _differ(was: _Standpoint, now: _Standpoint) -> bool:
    if was.breach or now.breach:
        return (was.breach is None) != (now.breach is None)
    return (was.due_on, was.state) != (now.due_on, now.state)
