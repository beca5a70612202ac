"""Tables as files for a spreadsheet: XLSX, and CSV that no spreadsheet takes for formulas."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from gongkai.pieces.spreadsheets import Cell, csv_of

_WIDEST = 60  # characters


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name and a head."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    """Tables below each other, where there are several under their names."""
    lines: list[tuple[Cell, ...]] = []
    for place, sheet in enumerate(sheets):
        if len(sheets) > 1:
            lines += [(), (sheet.name,)] if place else [(sheet.name,)]
        lines += [sheet.head, *sheet.rows]
    return csv_of(lines)


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """One worksheet for each table; the head stays in view and carries filters."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name[:31]), sheet, head, day)
    return out.getvalue()


def _fill(page: "xlsxwriter.worksheet.Worksheet", sheet: Sheet, head: object, day: object) -> None:
    for column, label in enumerate(sheet.head):
        page.write_string(0, column, label, head)
        page.set_column(column, column, _width(label, [row[column] for row in sheet.rows]))
    for line, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(line, column, cell)
            elif isinstance(cell, date):
                page.write_datetime(line, column, cell, day)
            elif cell is not None:
                page.write_number(line, column, cell)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.head) - 1)


def _width(label: str, cells: Iterable[Cell]) -> float:
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(len(label) * 2, longest * 1.6) + 2, _WIDEST)
