"""What describes an item in the catalog."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.publishing.metadata import (
    IndexNumber,
    make_index_number,
    metadata_conditions,
    metadata_fields,
    metadata_gaps,
    parse_index_number,
)

FILLED = {
    "index_number": "000000000/2026-00001", "title": "示例通知", "formed_on": "2026-01-05",
    "publisher": "示例县教育局", "topic": "教育", "genre": "通知", "published_on": "2026-01-08",
    "disclosure_class": "主动公开",
}  # fmt: skip


def test_of_the_fourteen_core_fields_six_are_mandatory_three_conditional_five_optional():
    core = [field for field in metadata_fields().values() if field.core]
    assert Counter(field.need for field in core) == {"mandatory": 6, "conditional": 3, "optional": 5}


def test_every_conditional_field_names_a_condition_that_exists():
    named = {field.when for field in metadata_fields().values() if field.need == "conditional"}
    assert named == set(metadata_conditions())
    assert all(not field.when for field in metadata_fields().values() if field.need != "conditional")


def test_an_item_with_its_mandatory_fields_lacks_nothing():
    assert metadata_gaps(FILLED) == ()


@pytest.mark.parametrize("code", FILLED)
def test_each_mandatory_field_is_missed(code):
    [gap] = metadata_gaps(FILLED | {code: " "})
    label = metadata_fields()[code].label
    assert (gap.code, gap.sentence) == (code, f"请填写“{label}”。")
    assert bool(gap.article) is (code in {"index_number", "title"})


def test_an_official_document_needs_its_number_and_a_normative_one_its_validity():
    gaps = metadata_gaps(FILLED, {"official_document", "normative_document"})
    assert [gap.code for gap in gaps] == ["document_number", "effective_on", "validity"]
    assert gaps[0].sentence == "正式公文应当填写“文号”。"


def test_a_long_summary_is_named_with_its_length():
    [gap] = metadata_gaps(FILLED | {"summary": "字" * 101})
    assert (gap.article, gap.sentence) == ("", "“内容概述”有101字，建议不超过100字。")
    assert metadata_gaps(FILLED | {"summary": "字" * 100}) == ()


def test_an_unknown_condition_is_refused():
    with pytest.raises(KeyError):
        metadata_gaps(FILLED, {"unknown"})


def test_an_index_number_is_twenty_characters_long():
    made = make_index_number("00001434-9", 2018, 222)
    assert str(made) == "000014349/2018-00222"
    assert len(str(made)) == 20
    assert made.short == "2018-00222"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("000014349/2018-00222", IndexNumber("000014349", 2018, 222)),
        ("11341702486344515H/202110-00013", IndexNumber("11341702486344515H", 2021, 13, 10)),
        ("０００００００００／２０２６—００００１", IndexNumber("000000000", 2026, 1)),
        (" 00000000x / 2026-00001 ", IndexNumber("00000000X", 2026, 1)),
    ],
)
def test_index_numbers_are_read_as_sites_write_them(text, number):
    assert parse_index_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "2018-00222", "000014349/2018-222", "0000143/2018-00222", "000014349/202113-00001", "/-"]
)
def test_anything_else_is_no_index_number(text):
    with pytest.raises(LawBreach, match="索引号的格式不对"):
        parse_index_number(text)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("00001434", 2018, 1), "机构代码"),
        (("000014349", 1900, 1), "年份或者月份"),
        (("000014349", 2018, 0), "流水号"),
        (("000014349", 2018, 100_000), "流水号"),
    ],
)
def test_what_cannot_be_is_not_made(arguments, what):
    with pytest.raises(LawBreach, match=what):
        make_index_number(*arguments)


@pytest.mark.parametrize(("year", "month"), [(1948, None), (10_000, None), (2018, 0), (2018, 13)])
def test_a_year_and_a_month_exist(year, month):
    with pytest.raises(LawBreach, match="年份或者月份"):
        IndexNumber("000014349", year, 1, month)


@given(
    st.from_regex(r"[0-9A-Z]{9}([0-9A-Z]{9})?", fullmatch=True),
    st.integers(1949, 9999) | st.sampled_from([1949, 9999]),
    st.integers(1, 99_999) | st.sampled_from([1, 99_999]),
    st.none() | st.integers(1, 12),
)
def test_what_is_written_is_read_again(code, year, serial, month):
    number = IndexNumber(code, year, serial, month)
    assert parse_index_number(str(number)) == number


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text):
    try:
        assert parse_index_number(str(parse_index_number(text)))
    except LawBreach as refused:
        assert refused.article
