"""Digits without separators, cut into cells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.reading.decoding.cuts import TooMany, block_cuts, cut_tokens, place, row_adds_up

cells = st.lists(st.integers(min_value=0, max_value=12000), min_size=6, max_size=6)


def test_zeros_cut_themselves() -> None:
    assert cut_tokens(["0000000"], 7) == [(0,) * 7]


def test_white_space_that_remains_is_a_cut_that_stands() -> None:
    assert cut_tokens(["4", "0", "0", "00", "0", "4"], 7) == [(4, 0, 0, 0, 0, 0, 4)]


def test_a_sign_begins_a_cell() -> None:
    assert cut_tokens(["35", "-15"], 2, signed=frozenset({1})) == [(35, -15)]


def test_the_relations_find_the_cuts_of_a_real_table_4() -> None:
    found = block_cuts(["10203120001200000"], 3, 5)
    assert (1, 0, 2, 0, 3, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0) in found


@given(cells)
@settings(deadline=None)
def test_the_true_cut_is_always_among_the_cuts(parts: list[int]) -> None:
    row = (*parts, sum(parts))
    found = block_cuts(["".join(map(str, row))], 1, 7)
    assert row in found


@given(st.lists(st.integers(min_value=0, max_value=99), min_size=1, max_size=4))
def test_fewer_figures_than_cells_can_stand_anywhere(values: list[int]) -> None:
    placed = place(values, 7)
    assert all([v for v in cut if v is not None] == values for cut in placed)
    assert len(set(placed)) == len(placed)


def test_blanks_count_as_nothing_when_a_row_is_added_up() -> None:
    assert row_adds_up((72, None, None, None, None, None, 72))
    assert not row_adds_up((72, None, None, None, None, None, 71))


def test_too_many_cuts_are_given_up() -> None:
    with pytest.raises(TooMany):
        cut_tokens(["1" * 40], 7)
    with pytest.raises(TooMany):
        place(list(range(12)), 24)
