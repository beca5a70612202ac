"""What happens to an application, as small frozen values, each with its day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from gongkai.law.lifecycle import Act


class Consulted(StrEnum):
    """Whose opinion is asked."""

    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        return {"third_party": "第三方", "co_maker": "共同制作机关", "agency": "其他机关"}[self.value]

    @property
    def article(self) -> str:
        return {"third_party": "第三十二条", "co_maker": "第三十四条", "agency": "第三十三条"}[self.value]

    @property
    def excluded_by(self) -> str:
        """The articles by which the time of asking is left out of the period."""
        return "、".join(dict.fromkeys((self.article, "第三十三条")))


@dataclass(frozen=True, slots=True)
class Received:
    """The day that counts as receipt under Art. 31.

    ``ordered_until`` is the day by which a reconsideration decision or a judgment orders the office
    to decide anew; it takes the place of the period of Art. 33, and ``on`` is the day of the order.
    """

    act: ClassVar[Act] = Act.RECEIVED
    on: date
    ordered_until: date | None = None


@dataclass(frozen=True, slots=True)
class SupplementRequested:
    """The one supplement notice; ``until`` is the last day of the reasonable period it sets."""

    act: ClassVar[Act] = Act.SUPPLEMENT_REQUESTED
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Supplemented:
    """The office receives the supplemented application."""

    act: ClassVar[Act] = Act.SUPPLEMENTED
    on: date


@dataclass(frozen=True, slots=True)
class ConsultationOpened:
    """A letter asking for an opinion is sent."""

    act: ClassVar[Act] = Act.CONSULTATION_OPENED
    on: date
    consulted: Consulted


@dataclass(frozen=True, slots=True)
class ConsultationClosed:
    """The opinion arrives, or the time for it runs out. ``consulted`` may be left out (``None``)
    while only one kind of consultation runs."""

    act: ClassVar[Act] = Act.CONSULTATION_CLOSED
    on: date
    consulted: Consulted | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """The extension is approved and told to the applicant; ``days`` are working days."""

    act: ClassVar[Act] = Act.EXTENDED
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class FeeNoticed:
    """The applicant receives the fee notice."""

    act: ClassVar[Act] = Act.FEE_NOTICED
    on: date


@dataclass(frozen=True, slots=True)
class FeePaid:
    """The applicant pays the fee."""

    act: ClassVar[Act] = Act.FEE_PAID
    on: date


@dataclass(frozen=True, slots=True)
class ReasonsRequested:
    """The applicant is asked to give reasons for excessive applications."""

    act: ClassVar[Act] = Act.REASONS_REQUESTED
    on: date


@dataclass(frozen=True, slots=True)
class ReasonsGiven:
    """The applicant gives reasons."""

    act: ClassVar[Act] = Act.REASONS_GIVEN
    on: date


@dataclass(frozen=True, slots=True)
class Delayed:
    """Reasons found good, but no answer possible in time: the office sets a delayed day (Art. 35)."""

    act: ClassVar[Act] = Act.DELAYED
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer is given; a notice that the case is no longer handled is one too."""

    act: ClassVar[Act] = Act.ANSWERED
    on: date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The applicant withdraws the application."""

    act: ClassVar[Act] = Act.WITHDRAWN
    on: date


Event = (
    Received
    | SupplementRequested
    | Supplemented
    | ConsultationOpened
    | ConsultationClosed
    | Extended
    | FeeNoticed
    | FeePaid
    | ReasonsRequested
    | ReasonsGiven
    | Delayed
    | Answered
    | Withdrawn
)
