"""What somebody typed, as words."""

from datetime import date

import pytest

from gongkai.search.words import MAX_TYPED, Filters, parse


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("招生", ("招生",)),
        ("  招生　名单 ", ("招生", "名单")),
        ("招生 招生", ("招生",)),
        ('"hello world"', ("hello world",)),
        ("“义务教育 阶段” 招生", ("义务教育阶段", "招生")),
        ("关于“双减”工作", ("关于“双减“工作",)),
        ('"没有关上 的', ("“没有关上", "的")),
        ("塔教发〔2020〕12号", ("塔教发(2020)12号",)),
        ("\u200b", ()),
        ("", ()),
        ("%_*' OR 1=1 --", ("%_*’", "or", "1=1", "--")),
    ],
)
def test_words_are_divided_by_spaces_and_held_together_by_quotation_marks(typed: str, words: tuple[str, ...]):
    assert parse(typed).words == words
    assert not parse(typed).was_cut


def test_more_than_can_be_looked_for_is_cut_and_said():
    assert parse("教" * (MAX_TYPED + 1)).words == ("教" * MAX_TYPED,)
    assert parse("教" * (MAX_TYPED + 1)).was_cut
    assert len(parse(" ".join("甲乙丙丁戊己庚辛壬癸子")).words) == 10
    assert parse(" ".join("甲乙丙丁戊己庚辛壬癸子")).was_cut


def test_filters_are_stored_as_plain_values_and_come_back():
    filters = Filters(agency=3, section="基础教育科", since=date(2026, 1, 1))
    assert filters.as_json() == {"agency": 3, "section": "基础教育科", "since": "2026-01-01"}
    assert Filters.from_json(filters.as_json()) == filters
    assert filters.narrows and not Filters().narrows
