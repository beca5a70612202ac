"""What is published already is offered before anybody applies (第三十六条第一项)."""

import pytest
from django.test import Client

from gongkai.casework.models import OfficeProfile
from gongkai.portal.offers import published_that_may_answer
from gongkai.publishing.actions.releasing import withdraw_item
from tests.agencies.cast import cast, quick_settings  # noqa: F401
from tests.publishing.office import Publisher, an_item, content, moment, published, publisher

DRAFT = "申请公开贵局2026年义务教育阶段学校招生入学工作的有关政策文件，谢谢"


@pytest.fixture
def office(cast) -> Publisher:  # noqa: F811
    return publisher(cast)


def admission(office: Publisher, **more):
    said = content("关于做好2026年义务教育阶段学校招生入学工作的通知", "坚持免试就近入学。", **more)
    return published(office, an_item(office, said)).item


def titles(office: Publisher, text: str = DRAFT) -> list[str]:
    return [offer.title for offer in published_that_may_answer(office.agency, text)]


def test_a_published_item_that_answers_is_offered_with_its_page(office: Publisher):
    item = admission(office)
    published(office, an_item(office, content("关于举办春季运动会的通知", "各校报名。")))
    (offer,) = published_that_may_answer(office.agency, DRAFT)
    assert offer.title == "关于做好2026年义务教育阶段学校招生入学工作的通知"
    assert offer.address == f"/items/{item.pk}/" and offer.likeness >= 0.6


def test_another_year_another_matter_and_an_empty_draft_find_nothing(office: Publisher):
    admission(office)
    assert titles(office, DRAFT.replace("2026", "2019")) == []
    assert titles(office, "某中学食堂采购合同和供应商名单") == []
    assert titles(office, "请问") == []


def test_what_is_not_on_the_website_or_was_withdrawn_is_not_offered(office: Publisher):
    said = content("关于做好2026年义务教育阶段学校招生入学工作的通知")
    published(office, an_item(office, said), channels=("bulletin_board",))
    assert titles(office) == []
    item = admission(office)
    assert len(titles(office)) == 1
    withdraw_item(item=item, reason="有误", by=office.officer, at=moment())
    assert titles(office) == []


def test_a_draft_and_a_document_number_are_enough(office: Publisher):
    admission(office, document_number="示教基〔2026〕7号")
    assert len(titles(office, "示教基〔2026〕7号")) == 1


def test_the_applicant_is_shown_the_item_before_applying(office: Publisher):
    item = admission(office)
    OfficeProfile.objects.update_or_create(agency=office.agency, defaults={"accepts_applications": True})
    client = Client()
    typed = {"description": DRAFT, "access": "email", "carrier": "electronic"}
    page = client.post("/apply/edu/", typed, follow=True)
    assert page.status_code == 200
    assert f"/items/{item.pk}/" in page.content.decode()
