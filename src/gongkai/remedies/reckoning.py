"""A remedy put to the law: its standing events, where it stands, its clocks, its results.

``law.respondent`` knows one round of instances. A remand opens another, in which only what came
after it counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, cast

from gongkai.law.limits import TimeLimits
from gongkai.law.remedies import Forum, remedy_results
from gongkai.law.respondent import (
    ClockLine,
    FollowUp,
    Procedure,
    RemedyDates,
    RemedyStage,
    follow_up,
    respondent_clocks,
    stage_of,
)
from gongkai.law.workdays import WorkingCalendar
from gongkai.remedies.models import PENDING, REGISTERED, REMANDED, Remedy, RemedyEvent

Kind = RemedyEvent.Kind
LIMITS = TimeLimits.load()
_ONCE = {
    Kind.ANSWERED: "answered_on",
    Kind.HEARING: "hearing_on",
    Kind.DECIDED: "decided_on",
    Kind.APPEALED: "appealed_on",
    Kind.APPEAL_DECIDED: "appeal_decided_on",
    Kind.WITHDRAWN: "withdrawn_on",
    Kind.REDONE: "redone_on",
}
_BY_RULING = {"suit_dismissed", "not_docketed", "terminated", "transferred"}
_WITHDRAWN = {"reconsideration": "terminated", "litigation": "withdrawn"}
Given = tuple[date, str | None]
"""A day and the result from then on; ``None`` where the remedy is pending again."""


def standing(events: Iterable[RemedyEvent]) -> list[RemedyEvent]:
    """The events that were not struck out, by day and then in the order they were entered."""
    events = list(events)
    struck = {event.strikes_id for event in events if event.strikes_id}
    kept = [event for event in events if event.pk not in struck and event.kind != Kind.STRUCK]
    return sorted(kept, key=lambda event: (event.on, event.position))


def results_of(forum: str, events: Iterable[RemedyEvent]) -> tuple[Given, ...]:
    """Every result of standing events, in order."""
    return tuple(_results(forum, events))


def _results(forum: str, events: Iterable[RemedyEvent]) -> Iterator[Given]:
    for event in events:
        if event.kind in {Kind.DECIDED, Kind.APPEAL_DECIDED}:
            yield event.on, event.details["result"]
        elif event.kind in {Kind.APPEALED, Kind.REMANDED}:
            yield event.on, None
        elif event.kind == Kind.WITHDRAWN:
            yield event.on, _WITHDRAWN[forum]


@dataclass(frozen=True)
class Course:
    """Where a remedy stands by its standing ``events``. Reading its parts raises ``LawBreach`` where
    the days stand in an order that the law does not know."""

    forum: Forum
    filed_on: date
    events: Sequence[RemedyEvent]
    sued_on: date | None = None
    redone_on: date | None = None

    @cached_property
    def round(self) -> list[RemedyEvent]:
        """What happened since the last remand, or since the beginning."""
        remands = [index for index, event in enumerate(self.events) if event.kind == Kind.REMANDED]
        return list(self.events[remands[-1] + 1 :]) if remands else list(self.events)

    @cached_property
    def remanded_on(self) -> date | None:
        return next((event.on for event in reversed(self.events) if event.kind == Kind.REMANDED), None)

    @cached_property
    def notified(self) -> RemedyEvent | None:
        """The receipt of the papers."""
        return next((event for event in self.events if event.kind == Kind.NOTIFIED), None)

    @property
    def procedure(self) -> Procedure:
        """A remanded suit is heard in ordinary procedure."""
        if self.notified is None or self.remanded_on:
            return "ordinary"
        return cast(Procedure, self.notified.details["procedure"])

    @cached_property
    def results(self) -> tuple[Given, ...]:
        return results_of(self.forum, self.events)

    @property
    def result(self) -> str | None:
        """The latest result; ``None`` while pending."""
        return self.results[-1][1] if self.results else None

    @property
    def column(self) -> str:
        """The column of table 4 that counts it as things stand now."""
        return remedy_results()[self.forum, self.result].column if self.result else PENDING

    @cached_property
    def dates(self) -> RemedyDates:
        """What the law asks about; before the papers came, the day of filing stands for their receipt."""
        found: dict[str, Any] = {"received_on": self._received_on, "accepted_on": self._accepted_on}
        for event in self.round:
            if event.kind in _ONCE:
                found.setdefault(_ONCE[Kind(event.kind)], event.on)
            if event.kind == Kind.EXTENDED:
                found["extended_days"] = event.details["days"]
            if event.kind == Kind.DECIDED:
                found |= self._decision(event)
            if event.kind in {Kind.DECIDED, Kind.APPEAL_DECIDED}:
                found["redo_until"] = _day(event.details.get("redo_until"))
        found["result"] = self.result
        found["sued_on"] = self.sued_on
        found.setdefault("redone_on", self.redone_on)
        return RemedyDates(**found)

    @property
    def _received_on(self) -> date:
        return self.remanded_on or (self.notified.on if self.notified else self.filed_on)

    @property
    def _accepted_on(self) -> date | None:
        accepted = next((event.on for event in self.events if event.kind == Kind.ACCEPTED), None)
        return self.remanded_on or accepted

    def _decision(self, event: RemedyEvent) -> dict[str, Any]:
        return {
            "decision_received_on": _day(event.details.get("received_on")),
            "decided_by": "ruling" if event.details["result"] in _BY_RULING else "judgment",
        }

    @property
    def stage(self) -> RemedyStage:
        return stage_of(self.forum, self.dates)

    @property
    def state(self) -> str:
        """The stage, with the two that the law of the respondent has no need of."""
        stage = self.stage
        if stage is RemedyStage.FILED and self.remanded_on:
            return REMANDED
        if stage is RemedyStage.FILED and self.notified is None:
            return REGISTERED
        return stage.value

    @property
    def follow_up(self) -> FollowUp | None:
        """What the result asks of the agency; ``None`` while pending."""
        return follow_up(self.forum, self.result) if self.result else None

    @property
    def owes(self) -> bool:
        """Whether the result asks something that nobody has entered as done."""
        asks = self.follow_up is not None and self.follow_up.action != "none"
        return asks and all(event.kind != Kind.REDONE for event in self.round)

    def clocks(self, calendar: WorkingCalendar) -> tuple[ClockLine, ...]:
        """Every period that runs or ran; none before the papers came."""
        lines = respondent_clocks(self.forum, self.procedure, self.dates, LIMITS, calendar)
        if self.notified is None and not self.remanded_on:
            return ()
        if self.remanded_on:
            lines = tuple(line for line in lines if line.code != "litigation_answer")
        return (*lines, *self._hearings())

    def _hearings(self) -> Iterator[ClockLine]:
        """Each hearing that was announced."""
        over = self.dates.decided_on or self.dates.withdrawn_on
        held = [event.on for event in self.round if event.kind == Kind.HEARING]
        for event in self.round:
            if event.kind != Kind.HEARING_SET:
                continue
            day = date.fromisoformat(event.details["hearing_on"])
            done = next((on for on in held if on >= event.on), None)
            if done is None and over:
                continue
            yield ClockLine(
                code="hearing",
                label="到场参加听证、听取意见或者开庭",
                whose="respondent",
                start=event.on,
                due=day,
                article="《行政复议法》" if self.forum == "reconsideration" else "《行政诉讼法》",
                done_on=done and min(done, day),
                estimated=False,
            )


def course_of(remedy: Remedy, events: Iterable[RemedyEvent] | None = None) -> Course:
    """Where a remedy stands. ``events`` are all of its events, if they are at hand."""
    found = standing(remedy.events.all() if events is None else events)
    suits = [suit.filed_on for suit in remedy.suits.all()]
    redone = [
        case.closed_on
        for case in remedy.case.redecisions.all()
        if case.closed_on and case.arrived_on >= remedy.filed_on
    ]
    return Course(
        forum=cast(Forum, remedy.forum),
        filed_on=remedy.filed_on,
        events=found,
        sued_on=min(suits, default=None),
        redone_on=max(redone, default=None) if _is_decided(found) else None,
    )


def with_event(course: Course, event: RemedyEvent) -> Course:
    """The course with one more event."""
    events = sorted([*course.events, event], key=lambda each: (each.on, each.position))
    return replace(course, events=events)


def _is_decided(events: Iterable[RemedyEvent]) -> bool:
    return any(event.kind == Kind.DECIDED for event in events)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
