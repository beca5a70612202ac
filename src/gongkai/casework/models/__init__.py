"""The records of the casework desk."""

from gongkai.casework.models.arrivals import OfferTally, RegisterUpload
from gongkai.casework.models.case import Applicant, Application, CaseEvent
from gongkai.casework.models.office import (
    CalendarFeed,
    FunctionLine,
    LocalDay,
    NumberSequence,
    OfficeProfile,
    SavedList,
    SettledYear,
)
from gongkai.casework.models.papers import Approval, CaseFile, Letter, LetterVersion, Service, ServiceEntry
from gongkai.casework.models.work import Consultation, Decision, Likeness, Message, SearchRecord

__all__ = [
    "Applicant",
    "Application",
    "Approval",
    "CalendarFeed",
    "CaseEvent",
    "CaseFile",
    "Consultation",
    "Decision",
    "FunctionLine",
    "Letter",
    "LetterVersion",
    "Likeness",
    "LocalDay",
    "Message",
    "NumberSequence",
    "OfferTally",
    "OfficeProfile",
    "RegisterUpload",
    "SavedList",
    "SearchRecord",
    "Service",
    "ServiceEntry",
    "SettledYear",
]
