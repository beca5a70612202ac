"""The publishing office of the tests for programs that run without pytest."""

from types import SimpleNamespace

from gongkai.agencies.actions import open_account, open_agency
from gongkai.agencies.models import Account, Agency, Membership
from tests.agencies.cast import MORNING, PASSWORD
from tests.publishing.office import Publisher, publisher

Role = Membership.Role


def alone() -> Publisher:
    """Two agencies, one of them with everybody a publication passes."""
    agency, other = (
        open_agency(name=name, slug=slug, by=None, at=MORNING)
        for name, slug in (("示例市教育局", "edu"), ("示例市农业局", "farm"))
    )
    people = {
        name: _person(place, name, role)
        for place, name, role in (
            (agency, "officer", Role.OFFICER), (agency, "head", Role.OFFICE_HEAD),
            (agency, "leader", Role.LEADER_IN_CHARGE), (other, "stranger", Role.OFFICER),
        )
    }  # fmt: skip
    return publisher(SimpleNamespace(agency=agency, **people))


def _person(agency: Agency, name: str, role: Role) -> Account:
    return open_account(
        agency=agency, username=name, full_name=f"示例{name}", password=PASSWORD, roles=[role], by=None,
        at=MORNING,
    )  # fmt: skip
