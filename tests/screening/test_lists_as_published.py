"""What labelled lists taught: names of files, odd groups, decimals, shops, classes that are none."""

import pytest

from gongkai.screening.numbers import is_bank_card
from gongkai.screening.screen import screen, screen_table
from tests.screening.invented import CARD, MOBILE, NAMES, card, id_number, in_table, in_text, kinds, roster


def csv(rows):
    return "\n".join(",".join(row) for row in rows).encode()


def places(rows):
    return [(finding.kind, finding.where) for finding in screen_table(rows).findings]


def test_the_name_of_a_file_is_a_title_where_the_file_has_none():
    rows = roster(["发放金额"], ["500"])
    assert "personal.health_or_hardship" in kinds(screen(csv(rows), "2025年低保对象名单.csv"))
    assert kinds(screen(csv(rows), "2025年种粮补贴名单.csv")) == []


def test_rows_with_commas_between_are_a_table():
    lines = ["，".join(row) for row in roster(["联系电话"], [MOBILE])]
    found = in_text("\n".join(lines))
    assert found.count("personal.mobile") == len(NAMES)


def test_a_phone_in_odd_groups_is_found_in_its_column_only():
    rows = roster(["联系电话"], ["1 3800 13800 1"])
    assert in_table(rows).count("personal.mobile") == len(NAMES)
    assert in_table(roster(["得票数"], ["1 3800 13800 1"])) == []


def first_16_pass_too():
    for serial in range(10_000):
        whole = card(f"62220212345678{serial:04}")
        if is_bank_card(whole) and is_bank_card(whole[:16]):
            return whole
    raise AssertionError


@pytest.mark.parametrize("mark", [" ", "-", "\u3000"])
def test_a_card_whose_first_sixteen_digits_pass_the_check_is_found_whole(mark):
    whole = first_16_pass_too()
    grouped = mark.join(whole[at : at + 4] for at in range(0, 19, 4))
    (found,) = screen_table([["姓名", "银行卡号"], ["甄示范", grouped]]).findings
    assert found.excerpt == "*" * 15 + whole[-4:]


def test_a_card_over_cells_is_found_whole_behind_a_column_of_amounts():
    whole = first_16_pass_too()
    pieces = [whole[at : at + 4] for at in range(0, 19, 4)]
    rows = [["姓名", "发放金额", "银行卡号", "", "", "", ""], ["甄示范", "750", *pieces]]
    assert places(rows) == [("personal.bank_card", "表格第2行第3列 至 表格第2行第7列")]


def test_a_citizens_number_over_cells_may_end_with_an_x():
    number = next(n for n in map(id_number, (f"11010119900307{s}" for s in range(900, 999))) if n[-1] == "X")
    rows = [["姓名", "身份证号", "", ""], ["甄示范", number[:6], number[6:14], number[14:]]]
    assert places(rows) == [("personal.id_number", "表格第2行第2列 至 表格第2行第4列")]


def test_a_number_a_spreadsheet_rounded_is_one_find_and_hidden_whole():
    (found,) = screen_table([["姓名", "身份证号"], ["甄示范", "3.30102199003073E+17"]]).findings
    assert (found.kind, found.excerpt) == ("personal.id_number", "330***")


@pytest.mark.parametrize("text", [f"47.{CARD[:16]}", f"SN{CARD}", f"{CARD[:2]}.{CARD[2:]}"])
def test_a_decimal_or_a_serial_number_is_no_card(text):
    assert in_text(f"读数 {text}") == []


def test_an_amount_with_cents_is_no_phone():
    assert in_text(f"食堂食材  {MOBILE}.00  验收合格") == []
    assert in_text(f"联系电话 {MOBILE}") == ["personal.mobile"]


def test_a_phone_for_complaints_under_a_list_is_an_offices():
    rows = [*roster(["联系电话"], [MOBILE]), ["监督电话：0901-6234567", "", ""]]
    assert "personal.landline" not in in_table(rows)


def test_a_month_of_birth_is_no_day_of_birth():
    assert in_table(roster(["出生年月"], ["1988.12"])) == []
    assert "personal.birth_date" in in_table(roster(["出生年月"], ["1988.12.3"]))


def test_a_house_in_numbers_is_no_class_of_a_school():
    rows = roster(["家庭住址", "面积"], ["示例市文化社区丽景华庭17-2-1304", "3.56"])
    assert "personal.minor" not in in_table(rows, title="高龄津贴明细表 丽景华庭17-2-1304 3.56")


def test_a_first_year_of_a_high_school_is_no_list_of_children():
    rows = roster(["年级"], ["一年级"])
    assert "personal.minor" not in in_table(rows, title="第一高中学生名单")
    assert "personal.minor" in in_table(rows, title="第一小学学生名单")


@pytest.mark.parametrize("header", ["机构地址", "单位地址", "办公地点"])
def test_where_an_organization_is_is_no_home(header):
    rows = [["机构名称", "负责人", header], ["示例培训中心", "甄示范", "示例市文化路12号3栋501室"]]
    assert "personal.address" not in in_table(rows)


@pytest.mark.parametrize("place", ["文化路12号商铺203室", "文化路12号写字楼3单元501室"])
def test_a_shop_is_no_home(place):
    assert in_text(f"示例培训中心，{place}") == []


def test_a_branch_of_a_bank_is_nobody_whose_name_is_guan():
    assert in_text("信用社城关支行，建设街17号") == []


def test_a_home_in_a_street_named_after_building_is_a_home():
    assert in_text("甄示范，住建设街99号院3号楼801室。") == ["personal.address"]
    assert in_text("住建局在建设街99号3号楼801室办公。") == []


def test_a_label_in_the_sentence_before_says_nothing_of_a_document():
    assert in_text("不得公开家庭住址。根据《示例法》和示教〔2022〕277号，制定本办法。") == []
