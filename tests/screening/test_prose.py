"""Names in running text: rows of pupils, illness beside a name, notices that have ended."""

from datetime import date

import pytest

from gongkai.screening.notices import notice_ends
from gongkai.screening.rules import Rules
from tests.screening.invented import NAMES, in_text

ROW = "、".join(NAMES)


@pytest.mark.parametrize(
    "text",
    [
        f"一年级（1）班新生名单\n{ROW}",
        f"优秀少先队员：{ROW}。",
        "示例幼儿园拟录取幼儿名单\n" + "\n".join(NAMES),
        "小学组获奖学生\n" + "  ".join(NAMES),
        "六年级三好学生：甄 示、贾 样、王示例、李样例、赵示意、阿依古丽·示例",
        "1.甄示范 2.贾样本 3.王示例 4.李样例 5.赵示意（以上为三年级学生）".replace(
            "（以上为三年级学生）", ""
        ).join(["三年级学生：", ""]),
    ],
)
def test_a_row_of_pupils_names_blocks(text):
    assert in_text(text) == ["personal.minor"]


@pytest.mark.parametrize(
    "text",
    [
        f"优秀教师名单：{ROW}。",
        f"领导小组成员：{ROW}。",
        f"高三年级优秀学生：{ROW}。",
        "学生应当：遵守纪律、团结同学、尊敬师长、热爱学习、勤俭节约、锻炼身体",
        "小学课程：语文、数学、英语、科学、体育、美术、音乐",
        "小学新生：甄示范、贾样本、王示例、李样例",
    ],
)
def test_other_rows_do_not(text):
    assert in_text(text) == []


def test_a_row_of_people_in_need_blocks():
    assert in_text(f"低保家庭名单：{ROW}。") == ["personal.health_or_hardship"]


@pytest.mark.parametrize(
    "text",
    [
        "甄示范（肢体残疾二级）领取补贴",
        "贾样本患有白血病",
        "王示例同学系低保家庭",
        "李样例，因患尿毒症申请救助",
    ],
)
def test_illness_beside_a_name_is_to_be_looked_at(text):
    assert in_text(text) == ["personal.health_or_hardship"]


@pytest.mark.parametrize(
    "text",
    [
        "落实残疾人联合会工作部署",
        "建立家庭经济困难学生资助体系",
        "高中为贫困地区招生",
        "各学校应当对患有传染病的学生及时登记，包括肺结核等",
        "本年度资助项目属于国家助学金",
    ],
)
def test_policy_about_health_and_hardship_is_no_finding(text):
    assert in_text(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("公示期：2024年3月1日至2024年3月7日", date(2024, 3, 7)),
        ("公示时间：2024年3月1日—3月7日", date(2024, 3, 7)),
        ("公示期为2024年12月28日至1月6日", date(2025, 1, 6)),
        ("公示期自2024年3月1日起7天", date(2024, 3, 7)),
        ("公示时间从2024.3.1起5个工作日", date(2024, 3, 17)),
        ("现将名单公示如下", None),
        ("公示期：2024年13月1日至2024年14月7日", None),
        ("公示期：3月1日至3月7日", None),
        ("公示期为2024年3月1日起一个月", date(2024, 4, 1)),
    ],
)
def test_the_last_day_of_a_notice_is_read(text, ends):
    found = notice_ends(text)
    assert (found[0] if found else None) == ends


def test_a_notice_that_has_ended_is_a_finding_only_from_the_day_after():
    text = "公示时间：2024年3月1日至3月7日"
    assert in_text(text) == []
    assert in_text(text, rules=Rules(on=date(2024, 3, 7))) == []
    assert in_text(text, rules=Rules(on=date(2024, 3, 8))) == ["personal.expired_notice"]
