"""The index gives every text that may match: a text that holds a word holds all that is asked for it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.search.folding import fold
from gongkai.search.grams import (
    EVERY,
    ancestors,
    is_told_by_index,
    mark,
    needed_for,
    of_head,
    of_text,
)

FOLDED = st.text(st.sampled_from("教育局0129ab (.)年=:"), max_size=30).map(fold)


@given(FOLDED, FOLDED, FOLDED)
def test_a_text_holds_all_that_its_words_need(before: str, word: str, after: str):
    assume(word)
    assert set(needed_for(word)) <= of_text(before + word + after)
    assert set(needed_for(word, in_head=True)) <= of_head(before + word + after)


@given(FOLDED, FOLDED)
def test_what_the_index_tells_alone_is_so(text: str, word: str):
    assume(word and is_told_by_index(word))
    assert (set(needed_for(word)) <= of_text(text)) == (word in text)


@given(FOLDED)
def test_every_word_needs_something_and_nothing_with_a_space(word: str):
    assume(word)
    needed = needed_for(word)
    assert needed and not any(" " in gram for gram in needed)


def test_digits_go_by_threes():
    assert needed_for("(2020)12号") == ["(20", "202", "020", "20)", "0)1", ")12", "12号"]
    assert needed_for("义务教育") == ["义务", "务教", "教育"]


@given(FOLDED)
def test_no_gram_of_a_text_is_taken_for_a_mark_or_for_one_of_a_head(text: str):
    grams = of_text(text) | of_text("::::a==")
    assert not grams & (of_head(text) | {mark("a", 1), mark("a", ""), EVERY})


@pytest.mark.parametrize("value", ["科室 “甲”", "a", 7, "20/20-1"])
def test_a_mark_is_one_plain_token(value: object):
    assert mark("s", value).isascii() and " " not in mark("s", value)
    assert mark("s", value) != mark("k", value)


def test_a_path_lies_in_all_above_it():
    assert list(ancestors("20/20-11/own")) == ["20", "20/20-11", "20/20-11/own"]
    assert list(ancestors("")) == []
