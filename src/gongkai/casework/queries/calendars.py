"""The working calendar of an agency, for the desks above."""

from gongkai.agencies.models import Agency
from gongkai.casework import reckoning
from gongkai.law.workdays import WorkingCalendar


def calendar_of(agency: Agency) -> WorkingCalendar:
    """National notices, those of the region, and the days that the office approved itself."""
    return reckoning.calendar_of(agency)
