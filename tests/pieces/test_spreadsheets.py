"""CSV that every spreadsheet opens rightly and none takes for formulas."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.pieces.spreadsheets import csv_of, defused

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_what_is_written_is_read_again(cells: list[str]):
    data = csv_of([cells])
    read = next(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read == list(map(defused, cells))


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@cmd", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_taken_for_a_formula(text: str):
    assert defused(text) == f"'{text}"


def test_numbers_and_days_stay_what_they_are_and_the_unknown_is_empty():
    data = csv_of([("金额", 3, -1, Decimal("4.50"), date(2026, 3, 1), None)])
    assert data == "\ufeff金额,3,-1,4.50,2026-03-01,\r\n".encode()
