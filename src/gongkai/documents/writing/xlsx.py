"""An annual report as a workbook: one sheet of prose, one sheet for each statutory table."""

import io
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from gongkai.documents.writing.document import Document, Grid, PrintedSection, PrintedTable, document
from gongkai.documents.writing.figures import figure_text, has_unit
from gongkai.documents.writing.geometry import column_shares, label_lines
from gongkai.law.report.filled import FilledReport, FilledTable
from gongkai.law.report.formats import cell_kind
from gongkai.law.report.layout import LaidCell

_PROSE_SHEET = "年度报告"
_WIDTH = 100  # characters across a table
_PROSE_WIDTH = 74  # characters; a page holds no wider column
_CELL_LIMIT = 32_767  # characters in a cell
_ROW_HEIGHT = 22  # points, of a table
LINE_HEIGHT = 15  # points, of a table
_TITLE_HEIGHT = 48  # points
_PROSE_HEIGHT = 17  # points a line
_PROSE_CHARACTERS = 33  # Chinese, in a line
_HIGHEST_ROW = 400  # points; a spreadsheet allows 409
_SONG = {"font_name": "宋体", "font_size": 10, "align": "center", "valign": "vcenter", "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"},
    "heading": {"font_name": "黑体", "font_size": 14, "valign": "vcenter"},
    "prose": {"font_name": "仿宋_GB2312", "font_size": 12, "valign": "top", "text_wrap": True},
    "signature": {"font_name": "仿宋_GB2312", "font_size": 12, "align": "right", "indent": 4},
    "label": _SONG | {"border": 1},
    "item": _SONG | {"border": 1, "align": "left"},
    "words": _SONG | {"border": 1, "num_format": "@"},
    "count": _SONG | {"border": 1},
    "signed": _SONG | {"border": 1, "num_format": "+General;-General;General"},
    "amount": _SONG | {"border": 1},
}


class Book:
    """A workbook under way: sheets in the house's styles, and its bytes in the end."""

    def __init__(self, printed: Document) -> None:
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        created = datetime.combine(printed.file_date, time())
        self._book.set_properties({"title": printed.title, "author": printed.agency, "created": created})
        self.styles = {name: self._book.add_format(style) for name, style in _STYLES.items()}

    def sheet(self, name: str, *, landscape: bool = False) -> Any:
        """A new sheet that prints on A4, as wide as the page."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_margins(left=0.8, right=0.8, top=1.2, bottom=1)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&C{name}")
        sheet.set_footer("&C— &P —")
        if landscape:
            sheet.set_landscape()
        return sheet

    def close(self) -> bytes:
        self._book.close()
        return self._bytes.getvalue()


def render(report: FilledReport) -> bytes:
    """A .xlsx file. Figures are numbers, except where a note or a unit must be read with them."""
    printed = document(report)
    book = Book(printed)
    write_prose(book, printed)
    write_tables(book, printed)
    return book.close()


def write_tables(book: Book, printed: Document) -> None:
    """A sheet for each table of the report, named by its caption, looking like the form."""
    for section in printed.sections:
        if section.table:
            _write_table(book, section.table)


def write_prose(book: Book, printed: Document) -> None:
    """A sheet with all that stands outside the tables: title, headings, prose, signature."""
    sheet = book.sheet(_PROSE_SHEET)
    sheet.set_column(0, 0, _PROSE_WIDTH)
    lines = [
        ("title", printed.title),
        *(line for section in printed.sections for line in _lines(section)),
        *(("signature", line) for line in (printed.agency, printed.dated) if line),
    ]
    row = 0
    for style, text in lines:
        row = _write_line(sheet, row, text, style, book.styles[style])


def _write_line(sheet: Any, row: int, text: str, style: str, drawn: Any) -> int:
    """Write one line and return the row of the next. A long paragraph takes several rows, merged,
    because no single row may be as high as it needs."""
    height = _TITLE_HEIGHT if style == "title" else _PROSE_HEIGHT * -(-len(text) // _PROSE_CHARACTERS) + 6
    rows = -(-height // _HIGHEST_ROW)
    for number in range(row, row + rows):
        sheet.set_row(number, height / rows)
    if rows > 1:
        sheet.merge_range(row, 0, row + rows - 1, 0, "", drawn)
    sheet.write_string(row, 0, text, drawn)
    return row + rows


def _lines(section: PrintedSection) -> Iterator[tuple[str, str]]:
    yield "heading", section.heading
    for paragraph in section.paragraphs:
        for start in range(0, len(paragraph.text), _CELL_LIMIT):
            yield "prose", paragraph.text[start : start + _CELL_LIMIT]


def _write_table(book: Book, table: PrintedTable) -> None:
    grid, rows = table.grid, table.grid.rows
    sheet = book.sheet(grid.caption, landscape=grid.name == "table4")
    for column, share in enumerate(column_shares(grid)):
        sheet.set_column(column, column, _WIDTH * share)
    heads = sum(row.repeats for row in rows)
    if heads:
        sheet.repeat_rows(0, heads - 1)
        sheet.freeze_panes(heads, 0)
    for number, row in enumerate(rows):
        sheet.set_row(number, max(_ROW_HEIGHT, *(_height(grid, cell) for cell in row.cells)))
        for cell in row.cells:
            _write_cell(book, sheet, table, cell)


def _height(grid: Grid, cell: LaidCell) -> float:
    """What a label that wraps needs, if it stands in one row."""
    room = _WIDTH * sum(column_shares(grid)[cell.column : cell.column + cell.colspan]) / 2
    return 0 if cell.rowspan > 1 else LINE_HEIGHT * -(-len(cell.text) // int(room))


def _write_cell(book: Book, sheet: Any, table: PrintedTable, cell: LaidCell) -> None:
    number = _number(table.filled, cell.address) if cell.address else None
    text = figure_text(table.filled, cell.address) if cell.address else label_lines(table.grid, cell)
    style = book.styles[_style(table.grid, cell, words=bool(text) and number is None)]
    if cell.rowspan > 1 or cell.colspan > 1:
        last = cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1
        sheet.merge_range(cell.row, cell.column, *last, "", style)
    if number is not None:
        sheet.write_number(cell.row, cell.column, number, style)
    elif text:
        sheet.write_string(cell.row, cell.column, text, style)
    else:
        sheet.write_blank(cell.row, cell.column, None, style)


def _style(grid: Grid, cell: LaidCell, *, words: bool) -> str:
    if not cell.address:
        return "item" if grid.name == "table3" and cell.scope == "row" else "label"
    return "words" if words else cell_kind(cell.address)


def _number(filled: FilledTable, address: str) -> float | None:
    """The figure as a spreadsheet keeps it; ``None`` if that is not the whole of it: for a blank, a
    figure with a note or a unit, and one with more digits than a spreadsheet can hold."""
    value = filled.cells.get(address)
    if value is None or address in filled.notes or (has_unit(address) and value):
        return None
    return float(value) if Decimal(repr(float(value))) == value else None
