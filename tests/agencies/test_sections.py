"""People in sections, and sections that are in use."""

import pytest
from django.test import Client

from gongkai.agencies import actions
from gongkai.agencies.models import Account, Membership
from gongkai.audit.models import Entry
from tests.agencies.cast import MORNING, PASSWORD


@pytest.fixture
def section(cast):
    return actions.add_section(agency=cast.agency, name="基础教育科", by=None, at=MORNING)


def page_of(account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_new_person_starts_in_the_section_that_was_chosen(cast, section):
    typed = {
        "account-full_name": "史例", "account-username": "clerk", "account-password": PASSWORD,
        "account-roles": ["officer"], "account-section": section.pk,
    }  # fmt: skip
    page_of(cast.head).post("/office/agencies/edu/accounts/", typed)
    assert Account.objects.get(username="clerk").memberships.get().section == section


def test_the_head_moves_people_and_it_is_on_the_trail(cast, section):
    membership = cast.officer.memberships.get()
    address = f"/office/agencies/edu/roles/{membership.pk}/section/"
    page_of(cast.officer).post(address, {"section": section.pk})
    membership.refresh_from_db()
    assert membership.section is None
    page_of(cast.head).post(address, {"section": section.pk})
    membership.refresh_from_db()
    assert membership.section == section
    assert Entry.objects.filter(act="placed_in_section").count() == 1
    assert "基础教育科" in page_of(cast.head).get("/office/agencies/edu/").content.decode()


def test_nobody_is_put_into_a_section_of_another_agency(cast):
    elsewhere = actions.add_section(agency=cast.above, name="秘书科", by=None, at=MORNING)
    with pytest.raises(actions.UnableToManage, match="本机关的科室"):
        actions.place_in_section(
            membership=cast.officer.memberships.get(), section=elsewhere, by=cast.head, at=MORNING
        )


def test_a_section_in_use_stays(cast, section):
    Membership.objects.filter(account=cast.officer).update(section=section)
    with pytest.raises(actions.UnableToManage, match="还有人员或者交给它的申请"):
        actions.remove_section(section=section, by=cast.head, at=MORNING)
    Membership.objects.update(section=None)
    actions.remove_section(section=section, by=cast.head, at=MORNING)
    assert not cast.agency.sections.exists()
