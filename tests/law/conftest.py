import pytest
from hypothesis import settings

from gongkai.law.limits import TimeLimits
from gongkai.law.workdays import WorkingCalendar

settings.register_profile("law", max_examples=60, deadline=None)
settings.load_profile("law")


@pytest.fixture(scope="session")
def national() -> WorkingCalendar:
    return WorkingCalendar.load()


@pytest.fixture(scope="session")
def xinjiang() -> WorkingCalendar:
    return WorkingCalendar.load("65-xinjiang")


@pytest.fixture(scope="session")
def limits() -> TimeLimits:
    return TimeLimits.load()
