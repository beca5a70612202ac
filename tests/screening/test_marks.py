"""Marks of secrecy, of internal papers and drafts; inner addresses and coordinates; wrong words."""

import pytest

from gongkai.screening.rules import Rules
from gongkai.screening.screen import screen_text
from gongkai.screening.wordlists import RULES_VERSION, list_tables, read_table, rules_version
from tests.screening.invented import in_table, in_text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("绝密★长期", "secrecy.mark"),
        ("机密★5年", "secrecy.mark"),
        ("秘密★", "secrecy.mark"),
        ("通知\n机 密\n各单位", "secrecy.mark"),
        ("秘密  3年", "secrecy.mark"),
        ("密级：机密", "secrecy.mark"),
        ("示教密〔2024〕3号", "secrecy.mark"),
        ("内部资料 注意保存", "secrecy.internal"),
        ("（此件不予公开）", "secrecy.internal"),
        ("公开属性：不予公开", "secrecy.internal"),
        ("不予公开\n关于某事的报告", "secrecy.internal"),
        ("关于某事的通知\n（送审稿）", "secrecy.draft"),
        ("系统地址192.168.1.20", "secrecy.network"),
        ("请登录http://oa.example.local/login", "secrecy.network"),
        ("请登录http://fileserver/share", "secrecy.network"),
        (r"见\\server01\share", "secrecy.network"),
        ("位于82.987654，46.745678", "secrecy.coordinates"),
        ("北纬46°44′32″", "secrecy.coordinates"),
    ],
)
def test_marks_are_found(text, kind):
    assert kind in in_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "依法确定为国家秘密的政府信息，不予公开。",
        "不涉及国家秘密、商业秘密和个人隐私",
        "决定不予公开，理由如下",
        "《教育工作国家秘密范围的规定》",
        "关于公开征求意见稿的说明",
        "数学考试机密性要求",
        "访问 https://www.example.gov.cn/zwgk/ 查看",
        "版本 10.0.1.2",
        "增长 82.98%，占比 46.74",
        "第3次修改",
        "由于工作秘密的范围不断变化，需要及时调整",
    ],
)
def test_words_about_secrecy_are_no_marks(text):
    assert in_text(text) == []


def test_a_heading_in_the_middle_of_a_paper_is_no_mark():
    assert (
        in_text("\n".join(["办理结果", "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他"]))
        == []
    )
    assert in_table([["予以公开", "1"], ["不予公开", "2"], ["依申请公开", "3"]]) == []


def test_an_office_may_name_its_own_domains():
    assert in_text("请登录http://oa.example.local/", rules=Rules(domains=frozenset({"example.local"}))) == []


def test_a_table_of_coordinates_is_found_once():
    assert in_table([["名称", "经度", "纬度"], ["甲", "82.98", "46.74"], ["乙", "82.99", "46.75"]]) == [
        "secrecy.coordinates"
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("请到国土资源局办理", "wording.organ_name"),
        ("由国家食品药品监督管理总局负责", "wording.organ_name"),
        ("报银保监会备案", "wording.organ_name"),
        ("台湾政府", "wording.region"),
        ("新疆省", "wording.region"),
        ("维族学生", "wording.people"),
        ("全面布署工作", "wording.slip"),
    ],
)
def test_wrong_words_are_found(text, kind):
    assert in_text(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "原国土资源部印发的文件继续有效",
        "2015年国土资源部印发的文件",
        "国土资源部令第5号",
        "不再保留国土资源部",
        "农业部门和卫生部门要配合",
        "自然资源局、生态环境局、市场监督管理局、国家税务总局",
        "新疆维吾尔自治区、台湾地区、维吾尔族",
        "部署、安排、截至目前",
    ],
)
def test_old_names_of_old_times_and_right_words_are_not(text):
    assert in_text(text) == []


def test_a_word_that_comes_again_is_told_once_with_how_often():
    (finding,) = screen_text("国土资源局\n国土资源局\n国土资源局").findings
    assert "共 3 处" in finding.message and finding.where == "正文第1段"


def test_an_office_may_have_words_of_its_own():
    (finding,) = screen_text("甲乙工程", rules=Rules(extra=(("甲乙工程", "应写全称"),))).findings
    assert (finding.kind, finding.excerpt) == (
        "wording.own_word",
        "甲乙工程",
    ) and "应写全称" in finding.message


def test_every_list_names_its_version_and_source_and_the_version_follows_them():
    for name in list_tables():
        assert read_table(name)["version"] and read_table(name)["source"]
    assert rules_version() == RULES_VERSION and RULES_VERSION.startswith("2026-")
