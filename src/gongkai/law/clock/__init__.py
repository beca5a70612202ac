"""The clock of an application (第三十条至第三十五条): events in, due date and steps out.

Nothing is ticked or stored; the due date is computed from the events every time.
"""

from gongkai.law.clock.deadline import Deadline, DueDates, deadline, due_dates
from gongkai.law.clock.docket import AWAITING_CONSULTATION, AWAITING_REASONS, Step
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

__all__ = [
    "AWAITING_CONSULTATION",
    "AWAITING_REASONS",
    "Answered",
    "ConsultationClosed",
    "ConsultationOpened",
    "Consulted",
    "Deadline",
    "Delayed",
    "DueDates",
    "Event",
    "Extended",
    "FeeNoticed",
    "FeePaid",
    "ReasonsGiven",
    "ReasonsRequested",
    "Received",
    "Step",
    "SupplementRequested",
    "Supplemented",
    "Withdrawn",
    "deadline",
    "due_dates",
]
