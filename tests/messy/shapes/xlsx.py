"""Workbooks: the whole report in one sheet, or a sheet a table."""

import random
from collections.abc import Collection
from io import BytesIO

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from messy.paper import Grid, Line, Paper, Slot, matrix

Knobs = Collection[str]


def render(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": rng.choice((paper.file_title, ""))})
    if "hidden_copy" in knobs:
        _hidden_sheet(book, paper)
    sheet = _Sheet(
        book, rng.choice(("Sheet1", "年报")), knobs, *((3, 2) if "offset_sheet" in knobs else (0, 0))
    )
    sheet.page.activate()
    for number, part in enumerate(paper.parts):
        if isinstance(part, Line):
            sheet.write_line(part.text)
        elif "sheet_per_table" in knobs:
            _Sheet(book, f"表{number}", knobs).write_grid(part)
        else:
            sheet.write_grid(part)
            sheet.row += rng.choice((0, 1))
    book.close()
    return out.getvalue()


def _hidden_sheet(book: Workbook, paper: Paper) -> None:
    """An earlier version with other figures on a sheet nobody sees."""
    sheet = _Sheet(book, "底稿", ())
    sheet.page.hide()
    for grid in paper.grids:
        sheet.write_grid(grid.with_figures("7"))


class _Sheet:
    """A worksheet written from the top: ``row`` is the next free one."""

    def __init__(self, book: Workbook, name: str, knobs: Knobs, row: int = 0, column: int = 0) -> None:
        self.page: Worksheet = book.add_worksheet(name)
        self.row, self.column, self.knobs = row, column, knobs
        number = "#,##0" if "thousands" in knobs else "General"
        self.border = book.add_format({"border": 1, "num_format": number})

    def write_line(self, text: str) -> None:
        self.page.write_string(self.row, self.column, text)
        self.row += 1

    def write_grid(self, grid: Grid) -> None:
        for number, row in enumerate(matrix(grid)):
            for column, place in enumerate(row):
                if place and place[1]:
                    last = min(number + place[0].rowspan, len(grid.lines)) - 1
                    self._write(self.row + number, self.column + column, self.row + last, place[0])
        self.row += len(grid.lines)

    def _write(self, top: int, left: int, bottom: int, slot: Slot) -> None:
        if bottom > top or slot.colspan > 1:
            self.page.merge_range(top, left, bottom, left + slot.colspan - 1, "", self.border)
        text = slot.text
        number = slot.role == "value" and text.isascii() and text.isdecimal()
        if not number or "numbers_as_text" in self.knobs:
            self.page.write_string(top, left, text, self.border)
        elif "formula_fields" in self.knobs and (slot.address or "").endswith(".total"):
            self.page.write_formula(top, left, "=SUM(A1:F1)", self.border, int(text))
        else:
            self.page.write_number(top, left, int(text), self.border)
