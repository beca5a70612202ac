"""What a case keeps private is found again in what is to be published."""

import pytest

from gongkai.screening.rules import PrivatePerson, Rules
from gongkai.screening.screen import screen_table, screen_text
from tests.screening.invented import id_number

PERSON = PrivatePerson(
    name="甄示范",
    id_number=id_number(),
    phone="13800138001",
    address="示例市新城街道文化路12号3栋501室",
    email="zhen@example.com",
)
RULES = Rules(private=(PERSON,))


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("甄示范：你的申请已收悉", "block"),
        ("甄 示 范", "block"),
        ("号码" + id_number(), "block"),
        ("电话138-0013-8001", "block"),
        ("文化路12号3栋501室", "block"),
        ("邮箱ZHEN@example.com", "block"),
        ("甄某某：你的申请已收悉", "warn"),
        ("甄先生来访", "warn"),
        ("尾号8001", "warn"),
        ("138****8001", "warn"),
        ("证件后四位4514", "warn"),
    ],
)
def test_private_fields_are_found_whole_and_in_part(text, severity):
    found = [f for f in screen_text(text, RULES).findings if f.kind == "personal.applicant"]
    assert [f.severity.value for f in found] == [severity]
    assert all(
        datum not in f.excerpt + f.message for f in found for datum in ("甄示范", id_number(), PERSON.phone)
    )


def test_another_persons_data_are_not():
    text = "贾样本：你的申请已收悉，电话13900139002，文化路15号，尾号9002"
    assert "personal.applicant" not in [f.kind for f in screen_text(text, RULES).findings]
    assert screen_text("甄示范来访", Rules(private=(PrivatePerson(),))).findings == ()


def test_cells_are_searched_too():
    assert screen_table([["标题", "内容"], ["答复书", "甄示范"]], RULES).blocks
