"""The department-function table finds the section that an application belongs to, and says why."""

import pytest
from hypothesis import strategies as st

from gongkai.law.functions import FunctionLine, suggest_section
from tests.law.properties import for_all

TABLE = (
    FunctionLine("基础教育科", ["负责义务教育招生、学籍管理", "学区划分", "课后服务管理工作"]),
    FunctionLine("人事科", ["教师招聘、职称评聘和调配", "教师资格认定"]),
    FunctionLine("财务基建科", ["教育经费预决算；学校收费监督管理", "校舍建设、政府采购"]),
    FunctionLine("学生资助中心", ["家庭经济困难学生资助"]),
    FunctionLine("办公室", ["综合协调、文件管理工作", ""]),
)

ASKED = [
    ("申请公开2025年城区小学学区划分方案", "基础教育科"),
    ("2024年中小学教师招聘岗位表和拟聘用名单", "人事科"),
    ("2024年部门决算，教育经费支出明细", "财务基建科"),
    ("示例小学食堂改扩建的校舍建设批复", "财务基建科"),
    ("2024年春季学期家庭经济困难学生资助名额分配表", "学生资助中心"),
    ("课后服务收费标准", "基础教育科"),
]


@pytest.mark.parametrize(("text", "section"), ASKED)
def test_the_section_charged_with_the_matter_comes_first(text: str, section: str) -> None:
    found = suggest_section(text, TABLE)
    assert found[0].section == section
    assert all(hit in text for hit in found[0].hits)
    assert found[0].hits[0] in found[0].explanation
    assert section in found[0].explanation


def test_words_every_section_is_charged_with_point_nowhere() -> None:
    assert suggest_section("申请公开有关管理工作的文件", TABLE) == ()


def test_a_word_claimed_by_several_sections_counts_less() -> None:
    lines = [FunctionLine("甲科", ["招生"]), FunctionLine("乙科", ["招生"]), FunctionLine("丙科", ["学籍"])]
    found = suggest_section("招生和学籍", lines)
    assert [(one.section, one.score) for one in found] == [("丙科", 4), ("甲科", 2), ("乙科", 2)]


def test_the_longest_shared_words_are_shown_once() -> None:
    (found,) = suggest_section("教师资格认定", [FunctionLine("人事科", ["教师资格认定", "教师资格"])])
    assert found.hits == ("教师资格认定",)


def test_nothing_is_suggested_from_nothing() -> None:
    assert suggest_section("", TABLE) == ()
    assert suggest_section("学区划分", ()) == ()


words = st.text("学区划分招生管理工作、和", max_size=12)


@for_all(words, st.lists(st.builds(FunctionLine, section=st.just("某科"), matters=st.lists(words))))
def test_every_hit_stands_in_text_and_matters_and_the_best_come_first(text, lines) -> None:
    found = suggest_section(text, lines)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    matters = "".join(matter for line in lines for matter in line.matters)
    for one in found:
        assert one.score > 0
        assert all(len(hit) >= 2 and hit in matters for hit in one.hits)
