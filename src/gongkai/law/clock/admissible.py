"""Whether an act would be lawful now, so that a page can open it or say why not."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from gongkai.law.breach import LawBreach
from gongkai.law.clock.docket import Docket
from gongkai.law.clock.events import (
    Answered,
    ConsultationClosed,
    ConsultationOpened,
    Consulted,
    Delayed,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    ReasonsGiven,
    ReasonsRequested,
    Received,
    Supplemented,
    SupplementRequested,
    Withdrawn,
)
from gongkai.law.lifecycle import Act
from gongkai.law.limits import TimeLimits
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import WorkingCalendar

# The mildest form of each act: if this is refused, every form is.
_PROBES: Mapping[Act, Callable[[date, Docket], Event]] = {
    Act.RECEIVED: lambda on, _: Received(on),
    Act.SUPPLEMENT_REQUESTED: lambda on, _: SupplementRequested(on),
    Act.SUPPLEMENTED: lambda on, _: Supplemented(on),
    Act.CONSULTATION_OPENED: lambda on, _: ConsultationOpened(on, Consulted.AGENCY),
    Act.CONSULTATION_CLOSED: lambda on, docket: ConsultationClosed(on, next(iter(docket.asked), None)),
    Act.EXTENDED: lambda on, _: Extended(on, 1),
    Act.FEE_NOTICED: lambda on, _: FeeNoticed(on),
    Act.FEE_PAID: lambda on, _: FeePaid(on),
    Act.REASONS_REQUESTED: lambda on, _: ReasonsRequested(on),
    Act.REASONS_GIVEN: lambda on, _: ReasonsGiven(on),
    Act.DELAYED: lambda on, _: Delayed(on, date.max),
    Act.ANSWERED: lambda on, _: Answered(on),
    Act.WITHDRAWN: lambda on, _: Withdrawn(on),
}


def refusal(
    events: Iterable[Event],
    next_event: Event,
    limits: TimeLimits,
    calendar: WorkingCalendar,
    rules: CountingRules | None = None,
) -> LawBreach | None:
    """Why ``next_event`` would not be lawful after ``events``; ``None`` where it would be. Where the
    history itself is unlawful, what is wrong with it."""
    docket = Docket(limits, calendar, rules or CountingRules.load())
    return next((breach for event in (*events, next_event) if (breach := _refused(docket, event))), None)


def openings(
    events: Iterable[Event],
    on: date,
    limits: TimeLimits,
    calendar: WorkingCalendar,
    rules: CountingRules | None = None,
) -> Mapping[Act, LawBreach | None]:
    """For every act whether it could lawfully happen on a day after ``events``: ``None``, or why not.

    Asked is the mildest form of the act (an extension of one day, the latest delayed day); what a
    clerk then enters is for ``refusal`` to judge.
    """
    docket = Docket(limits, calendar, rules or CountingRules.load())
    wrong = next((breach for event in events if (breach := _refused(docket, event))), None)
    if wrong:
        return dict.fromkeys(Act, wrong)
    return {act: _refused(docket.fork(), probe(on, docket)) for act, probe in _PROBES.items()}


def _refused(docket: Docket, event: Event) -> LawBreach | None:
    try:
        docket.enter(event)
    except LawBreach as breach:
        return breach
    return None
