"""Tables are read as lists of people: by what their headers, their titles and their values say."""

from datetime import date

import pytest

from gongkai.screening.rules import Rules
from gongkai.screening.screen import screen_table
from tests.screening.invented import CARD, MOBILE, NAMES, id_number, in_table, in_text, roster

MINOR, HEALTH = "personal.minor", "personal.health_or_hardship"


@pytest.mark.parametrize(
    ("headers", "values", "title"),
    [
        (["班级"], ["三年级（2）班"], "学生名单"),
        (["班级"], ["三（2）班"], "三好学生名单"),
        (["学校"], ["示例市第一小学"], "优秀少先队员"),
        (["就读幼儿园"], ["示例幼儿园"], "新生录取名单"),
        (["家长姓名", "班级"], ["样本家长", "一班"], "小学一年级报名表"),
        (["年级", "指导教师"], ["五年级", "样老师"], "学生书法比赛获奖名单"),
        (["年龄"], ["9"], "人员名单"),
        (["出生日期"], ["2016年3月5日"], "名单"),
        (["身份证号"], ["650102201605011234"], "名单"),
        ([], [], "2024年秋季小学一年级新生分班名单"),
        (["年级"], ["初一"], "学生名单"),
        (["班级", "班主任"], ["一年级", "样老师"], ""),
        (["作品"], ["我的家乡"], "2024年小升初派位结果"),
    ],
)
def test_a_list_of_children_blocks(headers, values, title):
    assert MINOR in in_table(roster(headers, values), title, rules=Rules(on=date(2024, 9, 1)))


@pytest.mark.parametrize(
    ("headers", "values", "title"),
    [
        (["学校", "职称"], ["示例市第一小学", "一级教师"], "骨干教师名单"),
        (["任教学校", "任教学科"], ["示例小学", "语文"], "优秀班主任名单"),
        (["任教班级"], ["三年级（2）班"], "名单"),
        (["班级", "职务"], ["三年级（2）班", "教研组长"], "班主任名单"),
        (["学校"], ["示例小学"], "2024年招聘小学教师拟聘用人员公示"),
        (["年级"], ["高二"], "学生名单"),
        (["院校"], ["示例大学"], "优秀大学生名单"),
        (["职务"], ["局长"], "领导小组成员名单"),
        (["年龄"], ["45"], "评审专家名单"),
        (["出生日期"], ["1980年3月5日"], "干部名单"),
    ],
)
def test_a_list_of_grown_ups_does_not_block_as_one_of_children(headers, values, title):
    assert MINOR not in in_table(roster(headers, values), title, rules=Rules(on=date(2024, 9, 1)))


def test_four_names_are_no_list_and_masked_names_are_none():
    rows = roster(["班级"], ["三年级（2）班"])
    assert MINOR not in in_table(rows[:5], "学生名单")
    masked = roster(["班级"], ["三年级（2）班"], [f"{name[0]}**" for name in NAMES])
    assert MINOR not in in_table(masked, "学生名单")
    assert MINOR not in in_table(
        roster(["班级"], ["三年级（2）班"], [f"{name[0]}某某" for name in NAMES]), "学生名单"
    )


def test_names_in_a_grid_without_a_header_are_a_list():
    grid = [list(NAMES), [name[::-1][-1] + "示意" for name in NAMES], ["阿依古丽·示例", *NAMES[:5]]]
    assert MINOR in in_table(grid, "示例小学一年级（1）班名单")


@pytest.mark.parametrize(
    ("headers", "values", "title"),
    [
        (["残疾类别", "等级"], ["肢体", "二级"], "补贴发放表"),
        (["致贫原因"], ["因病"], "花名册"),
        (["备注"], ["白血病"], "名单"),
        (["金额"], ["500"], "家庭经济困难学生资助名单"),
        (["健康状况"], ["慢性病"], "花名册"),
    ],
)
def test_health_or_hardship_beside_names_blocks(headers, values, title):
    assert HEALTH in in_table(roster(headers, values), title)


@pytest.mark.parametrize(
    ("headers", "values", "title"),
    [
        (["健康状况"], ["健康"], "花名册"),
        (["单位"], ["示例市残疾人联合会"], "先进个人名单"),
        (["职务"], ["主任"], "残疾人工作委员会成员名单"),
        (["备注"], ["精神文明建设先进"], "名单"),
    ],
)
def test_words_that_only_look_like_health_do_not(headers, values, title):
    assert HEALTH not in in_table(roster(headers, values), title)


def test_pupils_numbers_and_days_of_birth_are_to_be_looked_at():
    found = screen_table(roster(["准考证号", "出生年月日"], ["20240101234", "1999-08-07"]), title="笔试成绩")
    assert [(f.kind, f.severity.value) for f in found.findings] == [
        ("personal.student_number", "warn"),
        ("personal.birth_date", "warn"),
    ]
    assert "20240101234" not in "".join(f.excerpt + f.message for f in found.findings)
    assert in_text("准考证号：20240101234") == ["personal.student_number"]


def test_an_account_of_any_length_is_told_by_its_column():
    assert in_table(roster(["银行账号"], ["0012345678"]), "发放表") == ["personal.bank_card"] * 6
    assert in_table([["单位名称", "账号"], ["示例中学", "0012345678"], ["示例小学", "0012345679"]]) == []


def test_a_phone_without_area_code_is_told_by_its_column():
    assert in_table(roster(["家庭电话"], ["6234567"]), "名册") == ["personal.landline"] * 6
    assert in_table(roster(["单位名称", "电话"], ["示例中学", "6234567"]), "值班表") == []


@pytest.mark.parametrize(
    ("label", "pieces", "kind"),
    [
        ("手机", list(MOBILE), "personal.mobile"),
        ("银行卡号", [CARD[n : n + 4] for n in range(0, 19, 4)], "personal.bank_card"),
    ],
)
def test_phones_and_cards_cut_up_over_cells_are_told_by_the_label_at_the_left(label, pieces, kind):
    assert in_table([[label, *pieces], ["备注", *["无"] * len(pieces)]]) == [kind]


@pytest.mark.parametrize("cut", [[6, 8, 4], [1] * 18, [6, 12], [14, 4]])
def test_a_number_cut_up_over_cells_is_found(cut):
    number, pieces, at = id_number(), [], 0
    for length in cut:
        pieces.append(number[at : at + length])
        at += length
    assert "personal.id_number" in in_table(
        [["姓名", "身份证号", *[""] * (len(cut) - 1)], ["甄示范", *pieces]]
    )


def test_a_number_written_downwards_is_found():
    assert "personal.id_number" in in_table([[digit, "说明"] for digit in id_number()])


def test_a_form_of_labels_and_values_is_read_from_the_left():
    form = [["姓名", "甄示范", "性别", "男"], ["身份证号", "110101900307451", "电话", "13800 138001"]]
    assert sorted(in_table(form)) == ["personal.id_number", "personal.mobile"]


@pytest.mark.parametrize(
    "rows",
    [
        [["科目", "2023年", "2024年"], *[["支出", "110101199003", "074515"]] * 4],
        [
            ["学校名称", "地址", "联系电话", "负责人"],
            *[["示例小学", "示例市文化路12号", "0901-6234567", "甄示范"]] * 6,
        ],
        [["文号", "标题"], ["国办发〔2024〕12号", "关于做好工作的通知"]],
        [["序号", "供应商", "统一社会信用代码"], ["1", "示例有限公司", "91650100MA77777777"]],
        [["序号", "项目", "金额"], ["1", "校舍", "13800138001"]],
        [["科目编码", "基本支出", "项目支出"], *[["2050201", "13800138001", "15900138002"]] * 5],
        [["甲", "乙", "丙"], *[["15900138002", "12", "7"], ["1380", "5", "3"], ["25", "8", "1"]]],
        [["姓名", "单位"], *[[name, "示例中学"] for name in NAMES]],
    ],
)
def test_ordinary_tables_are_no_finding(rows):
    assert in_table(rows) == []


def test_a_number_rounded_by_a_spreadsheet_is_still_one():
    assert in_table([["姓名", "身份证号"], ["甄示范", "1.10101E+17"]]) == ["personal.id_number"]
    assert in_table([["姓名", "备注"], ["甄示范", "110101199003074000"]]) == ["personal.id_number"]


def test_a_long_list_is_told_one_by_one_only_so_far():
    rows = [["姓名", "身份证号", "银行卡号", "手机"]] + [
        ["甄示范", id_number(f"11010119900307{n:03}"), CARD, MOBILE] for n in range(100, 500)
    ]
    found = screen_table(rows).findings
    ids = [finding for finding in found if finding.kind == "personal.id_number"]
    assert len(ids) == 301 and ids[-1].where == "全文件" and "另有 100 处" in ids[-1].message
