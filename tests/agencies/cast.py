"""A small office for tests: an agency with everybody it needs, and the office above it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from gongkai.agencies.actions import appoint, open_account, open_agency
from gongkai.agencies.models import Account, Agency, Membership

Role = Membership.Role
MORNING = datetime(2021, 1, 11, 1, 0, tzinfo=UTC)
PASSWORD = "only-for-tests-7"


@dataclass(frozen=True)
class Cast:
    agency: Agency
    above: Agency
    officer: Account
    head: Account
    leader: Account
    supervisor: Account
    stranger: Account


def _person(agency: Agency, username: str, *roles: Role) -> Account:
    return open_account(
        agency=agency,
        username=username,
        full_name=f"示例{username}",
        password=PASSWORD,
        roles=roles,
        by=None,
        at=MORNING,
    )


@pytest.fixture
def cast(db: None) -> Cast:
    above = open_agency(name="示例市政府办公室", slug="above", kind="government", by=None, at=MORNING)
    agency = open_agency(name="示例市教育局", slug="edu", supervisor=above, by=None, at=MORNING)
    other = open_agency(name="示例市农业局", slug="farm", supervisor=above, by=None, at=MORNING)
    stranger = _person(other, "stranger", Role.OFFICER)
    appoint(agency=other, account=stranger, role=Role.OFFICE_HEAD, by=None, at=MORNING)
    return Cast(
        agency=agency,
        above=above,
        officer=_person(agency, "officer", Role.OFFICER),
        head=_person(agency, "head", Role.OFFICE_HEAD),
        leader=_person(agency, "leader", Role.LEADER_IN_CHARGE),
        supervisor=_person(above, "supervisor", Role.SUPERVISOR),
        stranger=stranger,
    )


@pytest.fixture(autouse=True)
def quick_settings(settings) -> None:
    """Passwords cost nothing, personal data has a key; pages find their style sheet uncollected."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.IDENTITY_KEYS = (b"only for tests, 32 bytes of it..",)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
