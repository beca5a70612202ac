"""The same text is found by its digest, nearly the same text by its pairs of characters."""

import time

import pytest
from hypothesis import strategies as st

from gongkai.law.similar import Haystack, Profile, form_digest, likeness, may_be_alike, normalised, rank
from tests.law.properties import for_all

texts = st.text(max_size=60)

SAME = [
    ("申请公开2024年招生计划。", "申请公开２０２４年招生计划"),
    ("申请公开 2024 年\n招生计划", "申请公开，2024年：招生计划！"),
    ("請公開學區劃分範圍", "请公开学区划分范围"),
    ("ABC示例学校", "ａｂｃ示例學校"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_width_case_spaces_punctuation_and_script_do_not_matter(a: str, b: str) -> None:
    assert normalised(a) == normalised(b)
    assert form_digest([a]) == form_digest([b])
    assert likeness(a, b) == 1


@pytest.mark.parametrize(
    ("a", "b"), [("2024年招生计划", "2025年招生计划"), ("甲小学食堂合同", "乙小学食堂合同")]
)
def test_another_year_or_another_school_is_another_text(a: str, b: str) -> None:
    assert form_digest([a]) != form_digest([b])
    assert 0 < likeness(a, b) < 1


def test_the_digest_keeps_its_parts_apart() -> None:
    assert form_digest(["甲", "乙丙"]) != form_digest(["甲乙", "丙"])
    assert form_digest(["甲", ""]) != form_digest(["甲"])
    assert len(form_digest([])) == 64


def test_a_text_without_letters_is_like_nothing() -> None:
    assert likeness("……", "……") == 0
    assert likeness("", "招生计划") == 0
    assert rank(Profile.of(""), [("a", Profile.of("招生计划"))], 0.0) == []


def test_a_single_character_stands_for_itself() -> None:
    assert likeness("甲", "甲") == 1
    assert likeness("甲", "乙") == 0


REGISTER = {
    "same": "申请公开示例小学2024年秋季课后服务收费的依据和标准",
    "reworded": "请公开示例小学2024年秋季学期课后服务收费依据和标准",
    "other": "申请公开城区供水管网改造项目的环评批复",
}


def test_the_most_alike_come_first_and_the_rest_is_left_out() -> None:
    asked = Profile.of("申请公开：示例小学２０２４年秋季课后服务收费的依据和标准。")
    found = rank(asked, ((key, Profile.of(text)) for key, text in REGISTER.items()), 0.5)
    assert [match.key for match in found] == ["same", "reworded"]
    assert found[0].likeness == 1
    assert 0.5 <= found[1].likeness < 1


def test_equals_keep_their_order() -> None:
    twin = Profile.of("招生计划")
    assert [match.key for match in rank(twin, [(2, twin), (1, twin)], 0.9)] == [2, 1]


@for_all(texts, texts)
def test_likeness_is_symmetric_and_between_nothing_and_all(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, a) == bool(normalised(a))


@for_all(st.text("请請开開２2Ａa，。 \n第號", max_size=60))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@for_all(texts, st.lists(texts, max_size=8), st.floats(0, 1))
def test_ranking_finds_exactly_what_comparing_one_by_one_finds(text, others, at_least) -> None:
    profiles = [(index, Profile.of(other)) for index, other in enumerate(others)]
    found = {match.key: match.likeness for match in rank(Profile.of(text), profiles, at_least)}
    one_by_one = {index: likeness(text, other) for index, other in enumerate(others)}
    assert found == {key: alike for key, alike in one_by_one.items() if alike >= at_least and alike > 0}


def test_a_register_of_twenty_thousand_is_compared_within_a_second() -> None:
    others = [
        (n, Profile.of(f"{text}第{n}号{text[::-1]}")) for n in range(7000) for text in REGISTER.values()
    ]
    asked = Profile.of(REGISTER["same"] + "第5号" + REGISTER["same"][::-1])
    start = time.perf_counter()
    found = rank(asked, others, 0.6)
    assert time.perf_counter() - start < 1
    assert found[0].key == 5


@for_all(
    st.lists(st.text(alphabet="甲乙丙丁", max_size=12), max_size=30),
    st.text(alphabet="甲乙丙丁", max_size=12),
)
def test_a_haystack_gives_up_everything_that_is_alike(straws: list[str], needle: str) -> None:
    profile = Profile.of(needle)
    profiles = [(place, Profile.of(straw)) for place, straw in enumerate(straws)]
    alike = {match.key for match in rank(profile, profiles, 0.6)}
    assert alike <= set(Haystack(enumerate(straws)).near(profile, 0.6))
    assert alike <= {place for place, straw in enumerate(straws) if may_be_alike(profile, straw, 0.6)}


def test_a_haystack_counts_across_its_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Haystack, "BLOCK", 3)
    texts = ["学校招生计划", "道路施工合同", "学校招生办法", "河道清淤", "学校招生计划表", "招生"]
    assert set(Haystack(enumerate(texts)).near(Profile.of("学校招生计划"))) == {0, 2, 4}


def test_nothing_is_near_a_text_without_letters() -> None:
    assert list(Haystack([(1, "学校"), (2, "")]).near(Profile.of("。。"))) == []
