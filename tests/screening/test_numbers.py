"""Citizens' numbers, cards and phones are found through whatever stands between their digits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening.numbers import (
    is_bank_card,
    is_day,
    is_id_number,
    is_mobile,
    is_old_id_number,
    passes_luhn,
)
from gongkai.screening.rules import Rules
from gongkai.screening.screen import screen_text
from tests.screening.invented import CARD, MOBILE, card, id_number, in_table, in_text, roster

PROVINCES = ("11", "31", "44", "65", "83")
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2024, 12, 31))
id_numbers = st.builds(
    lambda province, area, day, order: id_number(f"{province}{area:04}{day:%Y%m%d}{order:03}"),
    st.sampled_from(PROVINCES),
    st.integers(101, 9999),
    days,
    st.integers(0, 999),
)
mobiles = st.builds(
    lambda second, rest: f"1{second}{rest:09}", st.sampled_from("3456789"), st.integers(10, 999_999_998)
)
cards = st.builds(
    lambda prefix, rest, length: card((prefix + f"{rest:020}")[: length - 1]),
    st.sampled_from(("622848", "621700", "620522", "603367")),
    st.integers(10**17, 10**19),
    st.sampled_from((16, 17, 18, 19)),
)
fillers = st.text(st.sampled_from("经办单位联系人请于工作日前来办理，。；：（）\n"), max_size=30)


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) for c in text)


@st.composite
def noisy(draw, numbers):
    """A number as people and programs mangle it."""
    number = draw(numbers)
    how = draw(st.sampled_from(("plain", "full", "zero", "blanks", "hyphen", "newline")))
    if how == "full":
        return full_width(number)
    if how == "zero":
        at = draw(st.integers(1, len(number) - 1))
        return number[:at] + draw(st.sampled_from("\u200b\u200c\ufeff\u2060\u00ad")) + number[at:]
    if how == "plain":
        return number
    cuts = {11: (3, 7), 18: (6, 14)}.get(len(number), (4, 8, 12, 16))
    sign = {"blanks": draw(st.sampled_from(" \u00a0\u3000")), "hyphen": "-", "newline": "\n"}[how]
    pieces = [number[a:b] for a, b in zip((0, *cuts), (*cuts, len(number)), strict=True)]
    return sign.join(piece for piece in pieces if piece)


@given(fillers, noisy(id_numbers), fillers)
def test_a_citizens_number_is_found_through_noise(before, number, after):
    assert "personal.id_number" in in_text(f"{before}号{number}号{after}")


@given(fillers, noisy(mobiles), fillers)
def test_a_mobile_number_is_found_through_noise(before, number, after):
    assert "personal.mobile" in in_text(f"{before}话{number}号{after}")


@given(noisy(cards))
def test_a_bank_card_is_found_through_noise(number):
    assert "personal.bank_card" in in_text(f"卡号{number}。")


@given(id_numbers)
def test_no_excerpt_and_no_message_holds_the_number(number):
    (finding,) = screen_text(f"身份证号{number}").findings
    assert finding.excerpt.startswith(number[:3]) and finding.excerpt.endswith(number[-2:])
    assert number[3:16] not in finding.excerpt + finding.message + finding.where


@given(id_numbers, st.integers(0, 17), st.sampled_from("0123456789"))
def test_a_digit_changed_breaks_the_number(number, at, digit):
    changed = number[:at] + digit + number[at + 1 :]
    if changed != number and at < 17:
        assert not is_id_number(changed)


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("19900307", True),
        ("19900230", False),
        ("20240229", True),
        ("20230229", False),
        ("18000101", False),
        ("1990030", False),
    ],
)
def test_a_day_of_birth_exists(digits, is_one):
    assert is_day(digits) is is_one


def test_the_forms_are_told_apart():
    assert is_old_id_number("110101900307451") and not is_old_id_number("110101901307451")
    assert is_bank_card(CARD) and passes_luhn(CARD) and not is_bank_card("0" * 16)
    assert is_mobile(MOBILE) and not is_mobile("12800138001") and not is_mobile("13333333333")


def test_two_numbers_side_by_side_are_two():
    assert in_text(f"{id_number()} {MOBILE} {CARD}") == [
        "personal.id_number",
        "personal.mobile",
        "personal.bank_card",
    ]
    assert in_text(f"{id_number()}{MOBILE}") == ["personal.id_number", "personal.mobile"]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：12652301458012345X",
        "统一社会信用代码：911101080000000000",
        "订单号：13800138001",
        "项目编号13800138001",
        "合计13800138001元",
        "面积13800138001.25平方米",
        "国办发〔2024〕12号，2024年3月1日至2024年12月31日",
        "ISBN 978-7-5130-1234-5",
        "流水号6222021234567890128",
        "中标金额6222021234567890128元",
        "监督电话：0901-6234567，传真：0901-6234568",
        "2021 3500 4200 5100 6200 7300",
        "138 2400 3600 1200 5500 4800 9100",
        "详见 http://www.example.gov.cn/art/13800138001.html",
        "110101 19900230 4514",
        "版本10.12.3.4",
    ],
)
def test_other_numbers_are_no_finding(text):
    assert in_text(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证号：110101199003074515", "personal.id_number"),
        ("身份证：110101900307451", "personal.id_number"),
        ("甄示范（110101900307451）", "personal.id_number"),
        ("学籍号G" + "110101201509014517", "personal.id_number"),
        ("身份证号1.10101E+17", "personal.id_number"),
        ("1.10101199003074E+17", "personal.id_number"),
        ("银行账号6.22848E+18", "personal.bank_card"),
        ("身份证号：11010119900230451X", "personal.id_number"),
        ("流水号11010119900307451X", ""),
        ("11010119900307451X", ""),
        ("110101199003074515", ""),
        ("15位编号110101900307451", ""),
        ("甄示范1.10101E+17", "personal.id_number"),
        ("面积1.234567E+15", ""),
        ("一卡通账号 " + card("0367421234567890"), "personal.bank_card"),
        (card("0367421234567890"), ""),
        ("手机：138 0013 8001", "personal.mobile"),
        ("电话+86-138-0013-8001", "personal.mobile"),
        ("电话：13800 138001", "personal.mobile"),
        ("1 3 8 0 0 1 3 8 0 0 1", "personal.mobile"),
        ("家庭电话：0901-6234567", "personal.landline"),
    ],
)
def test_what_a_number_is_may_depend_on_its_label(text, kind):
    assert in_text(text) == ([kind] if kind else [])


def test_the_offices_own_numbers_are_no_finding():
    rules = Rules(phones=frozenset({"138-0013-8001", "0901-6234567"}))
    assert in_text("咨询电话138 0013 8001，+86 13800138001；家长热线家庭电话0901-6234567", rules=rules) == []
    assert in_text("咨询电话13800138002", rules=rules) == ["personal.mobile"]


def test_a_mobile_number_blocks_in_a_list_and_warns_elsewhere():
    assert not screen_text(f"联系人甄示范，{MOBILE}").blocks
    assert "personal.mobile" in in_table(roster(["电话"], [MOBILE]))


def test_old_numbers_stand_beside_names_in_lists_too():
    assert in_table([["姓名", "说明"], ["甄示范", "110101900307451"], ["贾样本", "无"]]) == [
        "personal.id_number"
    ]
    assert in_table([["名称", "说明"], ["课桌", "110101900307451"]]) == []


def test_an_allowed_landline_is_no_finding_in_a_list():
    rows = roster(["家庭电话"], ["0901-6234567"])
    assert set(in_table(rows)) == {"personal.landline"}
    assert in_table(rows, rules=Rules(phones=frozenset({"09016234567"}))) == []


def test_a_company_account_is_no_persons_card():
    assert in_text("开户名称：示例有限公司，账号：" + card("301234567890123")) == []


def test_a_kind_may_be_switched_off():
    assert in_text(f"{id_number()}，{MOBILE}", rules=Rules(off=frozenset({"personal.mobile"}))) == [
        "personal.id_number"
    ]
    assert in_text(f"{id_number()}，布署", rules=Rules(off=frozenset({"personal"}))) == ["wording.slip"]
