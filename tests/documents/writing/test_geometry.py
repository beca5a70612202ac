"""Widths, line breaks and where the signature stands."""

import pytest
from documents.writing.reports import a_report

from gongkai.documents.writing.document import Grid, document
from gongkai.documents.writing.geometry import (
    agency_indent,
    column_shares,
    figure_rooms,
    figure_size,
    label_lines,
    title_lines,
)


def grid(form: str, table: str) -> Grid:
    printed = (section.table for section in document(a_report(form)).sections)
    return next(found.grid for found in printed if found and found.grid.name == table)


@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
@pytest.mark.parametrize("table", ["table2", "table3", "table4"])
def test_the_columns_fill_the_table(form: str, table: str) -> None:
    assert sum(column_shares(grid(form, table))) == pytest.approx(1)


def test_three_columns_and_two_stand_evenly_in_the_2019_table() -> None:
    first, *rest = column_shares(grid("fy2019", "table2"))
    assert [first, rest[0], rest[1] + rest[2], rest[3]] == pytest.approx([0.25] * 4)
    assert rest[0] + rest[1] == pytest.approx(rest[2] + rest[3])


def test_labels_break_where_their_sense_does() -> None:
    form = grid("fy2021", "table3")
    broken = {cell.text: label_lines(form, cell) for row in form.rows for cell in row.cells}
    assert broken["商业企业"] == "商业\n企业"
    assert broken["社会公益组织"] == "社会公\n益组织"
    assert broken["自然人"] == "自然人"
    assert broken["（三）不予公开"] == "（三）\n不予公开"
    assert broken["三、本年度办理结果"] == "三、本年度办理结果"
    assert broken["（一）予以公开"] == "（一）予以公开"


@pytest.mark.parametrize(
    ("text", "size"),
    [("", 9), ("12345", 9), ("1234567890", 4.5), ("7（其中修订16件）", 9)],
)
def test_a_number_too_long_for_its_cell_is_set_smaller_and_words_wrap(text: str, size: float) -> None:
    assert figure_size(text, 5) == size


def test_the_cells_of_table_4_have_room_for_five_digits() -> None:
    assert {int(room) for room in figure_rooms(grid("fy2021", "table4"))} == {5}
    assert {int(room) for room in figure_rooms(grid("fy2021", "table3"))} == {6}


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("虚构局政府信息公开工作年度报告", ("虚构局政府信息公开工作年度报告",)),
        (
            "虚构市教育局2023年政府信息公开工作年度报告",
            ("虚构市教育局2023年", "政府信息公开工作年度报告"),
        ),
        ("政府信息公开工作年度报告（虚构市教育局二〇二三年）", None),
        ("虚构市教育局关于二〇二三年度政务公开工作的情况报告", None),
    ],
)
def test_a_long_title_breaks_before_its_subject(title: str, lines: tuple[str, ...] | None) -> None:
    assert title_lines(title) == (lines or (title,))


@pytest.mark.parametrize(
    ("agency", "dated", "indent"),
    [("虚构市教育局", "2021年1月29日", 4.25), ("虚构" * 20, "2021年1月29日", 0), ("虚构局", "", 2.5)],
)
def test_the_agency_is_centred_over_its_date(agency: str, dated: str, indent: float) -> None:
    assert agency_indent(agency, dated) == indent
