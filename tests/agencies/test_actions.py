"""Who may change who is who, and that every change is in the trail."""

import pytest
from django.core.exceptions import ValidationError

from gongkai.agencies import actions
from gongkai.agencies.models import Agency, LeadingGroupSeat, Membership
from gongkai.agencies.queries import agencies_of, agencies_seen_by, staff_of
from gongkai.audit.models import Entry
from tests.agencies.cast import MORNING, Cast, Role

Duty = LeadingGroupSeat.Duty


def last_act() -> tuple[str, str]:
    entry = Entry.objects.latest("number")
    return entry.act, entry.by_name


def test_the_head_of_the_office_keeps_the_sections(cast: Cast):
    section = actions.add_section(agency=cast.agency, name="基础教育科", by=cast.head, at=MORNING)
    assert last_act() == ("added_section", "示例head")
    actions.remove_section(section=section, by=cast.head, at=MORNING)
    assert last_act() == ("removed_section", "示例head")
    assert not cast.agency.sections.exists()


@pytest.mark.parametrize("role", ["officer", "leader", "supervisor", "stranger"])
def test_nobody_else_does(cast: Cast, role: str):
    with pytest.raises(actions.UnableToManage, match="工作机构负责人"):
        actions.add_section(agency=cast.agency, name="基础教育科", by=getattr(cast, role), at=MORNING)


def test_a_section_name_stands_once(cast: Cast):
    actions.add_section(agency=cast.agency, name="办公室", by=cast.head, at=MORNING)
    with pytest.raises(ValidationError, match="已有同名科室"):
        actions.add_section(agency=cast.agency, name="办公室", by=cast.head, at=MORNING)


def test_an_agency_has_one_disclosure_office(cast: Cast):
    for name in ("办公室", "信息中心"):
        add = {"agency": cast.agency, "name": name, "is_disclosure_office": True}
        if name == "办公室":
            actions.add_section(**add, by=cast.head, at=MORNING)
        else:
            with pytest.raises(ValidationError, match="已经指定"):
                actions.add_section(**add, by=cast.head, at=MORNING)


def test_a_leading_group_has_one_head(cast: Cast):
    seat = {"agency": cast.agency, "position": "局长", "by": cast.head, "at": MORNING}
    place = actions.seat(name="示例甲", duty=Duty.HEAD, **seat)
    with pytest.raises(ValidationError, match="只有一位组长"):
        actions.seat(name="示例乙", duty=Duty.HEAD, **seat)
    actions.unseat(place=place, by=cast.head, at=MORNING)
    assert last_act() == ("unseated", "示例head")
    actions.seat(name="示例乙", duty=Duty.HEAD, **seat)
    assert str(cast.agency.leading_group.seats.get()) == "组长：示例乙"


def test_the_last_head_of_the_office_stays(cast: Cast):
    membership = Membership.objects.get(account=cast.head)
    with pytest.raises(actions.UnableToManage, match="唯一的工作机构负责人"):
        actions.dismiss(membership=membership, by=cast.head, at=MORNING)
    actions.appoint(agency=cast.agency, account=cast.leader, role=Role.OFFICE_HEAD, by=cast.head, at=MORNING)
    actions.dismiss(membership=membership, by=cast.leader, at=MORNING)
    assert last_act() == ("dismissed", "示例leader")


def test_a_role_already_held_is_not_given_twice(cast: Cast):
    before = Entry.objects.count()
    actions.appoint(agency=cast.agency, account=cast.head, role=Role.OFFICE_HEAD, by=cast.head, at=MORNING)
    assert Entry.objects.count() == before


def test_an_agency_is_not_its_own_supervisor(cast: Cast):
    cast.agency.supervisor = cast.agency
    with pytest.raises(ValidationError, match="自己的主管部门"):
        cast.agency.full_clean()


def test_a_supervisor_sees_the_agencies_below_and_nobody_sees_sideways(cast: Cast):
    assert set(agencies_seen_by(cast.supervisor)) == set(Agency.objects.all())
    assert set(agencies_seen_by(cast.officer)) == {cast.agency}
    assert set(agencies_of(cast.supervisor)) == {cast.above}


def test_staff_stand_once_with_all_their_roles(cast: Cast):
    actions.appoint(agency=cast.agency, account=cast.head, role=Role.OFFICER, by=cast.head, at=MORNING)
    staff = {account.username: [m.role for m in held] for account, held in staff_of(cast.agency)}
    assert staff == {
        "officer": ["officer"],
        "head": ["office_head", "officer"],
        "leader": ["leader_in_charge"],
    }
