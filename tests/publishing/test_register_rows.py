"""Whatever stands in a list, each row has a fate, and what can be entered fits its record."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.entered import EnteredDecision, EnteredDocument
from gongkai.publishing.register_rows import key_of, read_rows
from gongkai.publishing.register_words import REGISTERS

TODAY = date(2026, 3, 2)
CELL = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["2026-02-03", "20260230", "3万元", "1e99", "９９９９９９９９９９９９９万元", "-5", "NaN",
         "废止", "政府规章", "㍿" * 40]
    ),
)  # fmt: skip


def lines_of(register: str, cells: list[list[str]]):
    head = tuple(names[0] for names in REGISTERS[register].values())
    return [(1, head), *((at, tuple(row)) for at, row in enumerate(cells, 2))]


@given(
    st.sampled_from(["documents", "matters", "entries"]), st.lists(st.lists(CELL, max_size=12), max_size=4)
)
def test_every_row_has_a_fate(register: str, cells: list[list[str]]):
    reading = read_rows(lines_of(register, cells), register, "administrative_fee", TODAY)
    filled = [row for row in cells if any(cell.strip() for cell in row)]
    assert len(reading.rows) == len(filled)
    for row in reading.rows:
        assert (row.entered is None) == bool(row.problems)
        assert all(problem.endswith("。") for problem in row.problems)


@given(st.lists(CELL, min_size=10, max_size=10))
def test_what_can_be_entered_fits(cells: list[str]):
    for register in ("documents", "entries"):
        for row in read_rows(lines_of(register, [cells]), register, "penalty", TODAY).rows:
            if isinstance(row.entered, EnteredDocument):
                assert row.entered.title.strip() and len(row.entered.document_number) <= 80
                assert row.entered.issued_on <= TODAY
            if isinstance(row.entered, EnteredDecision):
                assert len(row.entered.number) <= 80 and len(row.entered.party) <= 120
                assert row.entered.amount is None or 0 <= row.entered.amount < Decimal(10) ** 14


def test_the_same_record_has_the_same_key_however_it_was_written():
    rows = [["示教规[2026]1号", "甲"], ["示教规〔2026〕1号", "乙"]]
    head = (1, ("文号", "名称", "成文日期"))
    lines = [head, *((at, (*row, "2026-01-05")) for at, row in enumerate(rows, 2))]
    assert [row.entered for row in read_rows(lines, "documents", "", TODAY).rows] == [None, None]
    single = read_rows(lines[:2], "documents", "", TODAY).rows[0]
    assert single.entered is not None and key_of(single.entered) == ("示教规〔2026〕1号",)
