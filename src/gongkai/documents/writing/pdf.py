"""An annual report as a tagged PDF (PDF/A-2a, PDF/UA-1) in the layout of GB/T 9704-2012."""

from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

from gongkai.documents.typesetting import ACCESSIBLE, typeset
from gongkai.documents.writing.document import Document, Paragraph, PrintedTable, document
from gongkai.documents.writing.figures import figure_text
from gongkai.documents.writing.geometry import (
    FIGURE_SIZE,
    agency_indent,
    column_shares,
    figure_rooms,
    figure_size,
    label_lines,
    title_lines,
)
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.layout import LaidCell, LaidRow

_INSET = {"table2": 5, "table3": 3.5, "table4": 5}  # points above and below the words of a cell


def render(report: FilledReport) -> bytes:
    """A PDF file. Raises ``Unwritable`` if no Chinese font is found or none has a character."""
    return typeset(_template(), _data(document(report)), ACCESSIBLE)


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.documents.writing") / "report.typ").read_bytes()


def _data(printed: Document) -> dict[str, Any]:
    """What the template prints."""
    return {
        "title": printed.title,
        "lines": title_lines(printed.title),
        "agency": printed.agency or None,
        "dated": printed.dated or None,
        "date": {part: getattr(printed.file_date, part) for part in ("year", "month", "day")},
        "indent": agency_indent(printed.agency, printed.dated),
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": [_split(p) | {"closes": p is printed.closing} for p in section.paragraphs],
                "table": _table(section.table) if section.table else None,
            }
            for section in printed.sections
        ],
    }


def _split(paragraph: Paragraph) -> dict[str, Any]:
    return {"lead": paragraph.text[: paragraph.lead], "rest": paragraph.text[paragraph.lead :]}


def _table(table: PrintedTable) -> dict[str, Any]:
    grid = table.grid
    rooms = dict(zip(grid.addresses, figure_rooms(grid), strict=True))
    bands = groupby(grid.rows, key=lambda row: row.block)
    return {
        "columns": column_shares(grid),
        "inset": _INSET[grid.name],
        "repeats": any(row.repeats for row in grid.rows),
        "bands": [_band(table, list(rows), rooms) for _, rows in bands],
    }


def _band(table: PrintedTable, rows: list[LaidRow], rooms: dict[str, float]) -> dict[str, Any]:
    """Rows under one heading: a block of table 2, or the whole of another table."""
    cells = [[_cell(table, cell, rooms) for cell in row.cells] for row in rows]
    return {
        "head": [line for row, line in zip(rows, cells, strict=True) if row.header],
        "rows": [line for row, line in zip(rows, cells, strict=True) if not row.header],
    }


def _cell(table: PrintedTable, cell: LaidCell, rooms: dict[str, float]) -> dict[str, Any]:
    laid = {"x": cell.column, "y": cell.row, "colspan": cell.colspan, "rowspan": cell.rowspan}
    if not cell.address:
        left = table.grid.name == "table3" and cell.scope == "row"
        return laid | {"left": left, "text": label_lines(table.grid, cell), "size": FIGURE_SIZE}
    text = figure_text(table.filled, cell.address)
    return laid | {"left": False, "text": text, "size": figure_size(text, rooms[cell.address])}
