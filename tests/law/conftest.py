import pytest

from gongkai.law.limits import TimeLimits
from gongkai.law.workdays import WorkingCalendar


@pytest.fixture(scope="session")
def national() -> WorkingCalendar:
    return WorkingCalendar.load()


@pytest.fixture(scope="session")
def xinjiang() -> WorkingCalendar:
    return WorkingCalendar.load("65-xinjiang")


@pytest.fixture(scope="session")
def limits() -> TimeLimits:
    return TimeLimits.load()
