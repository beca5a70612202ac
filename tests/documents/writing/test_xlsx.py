"""The workbook, read back by openpyxl."""

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from documents.writing.reports import a_report, filled
from openpyxl.workbook import Workbook

from gongkai.documents.writing import write
from gongkai.documents.writing.figures import figure_text
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.formats import TABLES
from gongkai.law.report.layout import layout_of


def opened(report: FilledReport) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write(report, "xlsx")))


@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
@pytest.mark.parametrize(("number", "name"), list(enumerate(TABLES, start=1)))
def test_a_table_has_a_sheet_that_looks_like_the_form(form: str, number: int, name: str) -> None:
    report = a_report(form)
    sheet = opened(report).worksheets[number]
    merged = {(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
    for row in layout_of(name, report.tables[name]):
        for cell in row.cells:
            top, left = cell.row + 1, cell.column + 1
            found = sheet.cell(top, left).value
            text = figure_text(report.tables[name], cell.address) if cell.address else cell.text
            assert str("" if found is None else found).replace("\n", "") == text.lstrip("+").rstrip("0") or (
                found == report.tables[name].cells.get(cell.address or "")
            )
            if cell.rowspan > 1 or cell.colspan > 1:
                assert (top, left, top + cell.rowspan - 1, left + cell.colspan - 1) in merged


def test_figures_are_numbers_and_blanks_are_blank() -> None:
    sheet = opened(a_report())["收到和处理政府信息公开申请情况"]
    assert sheet.cell(6, 10).value == 1234
    assert sheet.cell(28, 4).value is None and sheet.cell(28, 4).number_format == "General"


def test_a_figure_that_needs_its_words_is_text() -> None:
    sheet = opened(a_report("fy2019"))["主动公开政府信息情况"]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"7（其中修订16件）", "1082.36万元", 10, -18} <= values


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (Decimal("282.1"), 282.1),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (10**17 + 1, "100000000000000001"),
    ],
)
def test_a_figure_too_long_for_a_spreadsheet_is_text(value: int | Decimal, stored: object) -> None:
    table = filled("fy2021", "table2", administrative_fee__amount=value)
    sheet = opened(FilledReport("虚构市教育局", 2023, {"table2": table}))["主动公开政府信息情况"]
    assert sheet.cell(14, 2).value == stored


def test_sheets_print_on_a4_as_wide_as_the_page_with_their_header_rows() -> None:
    book = opened(a_report())
    assert [sheet.page_setup.paperSize for sheet in book] == [9] * 4
    assert [sheet.page_setup.fitToWidth for sheet in book] == [None] * 4 or all(
        sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book
    )
    assert [sheet.print_title_rows for sheet in book] == [None, None, "$1:$3", "$1:$3"]
    assert book.worksheets[3].page_setup.orientation == "landscape"


def test_the_first_sheet_holds_title_prose_and_signature() -> None:
    book = opened(a_report())
    lines = [row[0] for row in book["年度报告"].iter_rows(values_only=True)]
    assert lines[:4] == [
        "虚构市教育局2023年政府信息公开工作年度报告",
        "一、总体情况",
        "（一）加强领导。由喆堃、赟㛃、𠮷同志负责。",
        "（二）健全制度",
    ]
    assert lines[-3:] == ["无。", "虚构市教育局", "2024年1月29日"]
    assert book.properties.title == lines[0] and str(book.properties.created) == "2024-01-29 00:00:00"


def test_a_paragraph_too_high_for_one_row_takes_several_and_loses_nothing() -> None:
    long, longest = "长" * 2000, "更" * 40_000
    sheet = opened(replace(a_report(), sections={"overview": f"{long}\n{longest}"}))["年度报告"]
    lines = [cell.value for cell in sheet["A"] if cell.value]
    assert lines[2] == long and "".join(lines[3:5]) == longest
    assert "A3:A5" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_prose_is_never_a_formula() -> None:
    sheet = opened(replace(a_report(), sections={"overview": "=1+1"}))["年度报告"]
    assert sheet["A3"].value == "=1+1" and sheet["A3"].data_type == "s"
