"""Tables of the desk as files: XLSX, CSV that no spreadsheet takes for formulas, and PDF."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

import xlsxwriter

from gongkai.documents.typesetting import LENIENT, typeset
from gongkai.pieces.spreadsheets import csv_of

Cell = str | int | date | None
MEDIA: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
_WIDEST = 48  # characters
_TALL = 300  # a cell of a spreadsheet shows no more characters well


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. ``shares`` are the widths of the columns on paper; ``notes`` stand under it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...] = ()
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = True


def written(table: Table, kind: str) -> bytes:
    """The table as a file. Raises ``KeyError`` for a kind that is not written, ``Unwritable`` where a
    PDF finds no Chinese font."""
    return {"xlsx": as_xlsx, "csv": as_csv, "pdf": as_pdf}[kind](table)


def as_csv(table: Table) -> bytes:
    """The head and the rows."""
    return csv_of([table.head, *table.rows])


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def as_xlsx(table: Table) -> bytes:
    """One worksheet: the title, the head, which stays in view and carries filters, then the rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("清单")
        title = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        page.write_string(0, 0, table.title, title)
        for column, label in enumerate(table.head):
            page.write_string(1, column, label, head)
            page.set_column(column, column, _width(table, column))
        for number, row in enumerate(table.rows, start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, column, cell, day)
                elif isinstance(cell, int):
                    page.write_number(number, column, cell, body)
                else:
                    page.write_string(number, column, cell or "", body)
        for number, note in enumerate(table.notes, start=len(table.rows) + 3):
            page.write_string(number, 0, note)
        page.freeze_panes(2, 0)
        page.autofilter(1, 0, max(1, len(table.rows) + 1), len(table.head) - 1)
        _for_paper(page, table)
    return out.getvalue()


def _width(table: Table, column: int) -> float:
    lines = (line for row in table.rows for line in _text(row[column])[:_TALL].splitlines())
    longest = max(map(len, lines), default=0)
    return min(max(len(table.head[column]) * 2.2, longest * 1.9) + 2, _WIDEST)


def _for_paper(page: "xlsxwriter.worksheet.Worksheet", table: Table) -> None:
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)
    if table.landscape:
        page.set_landscape()


def as_pdf(table: Table) -> bytes:
    """The table on A4; the head is repeated on every page."""
    data = {
        "title": _plain(table.title),
        "subtitle": _plain(table.subtitle),
        "head": [_plain(label) for label in table.head],
        "shares": list(table.shares or (1,) * len(table.head)),
        "rows": [[_broken(_text(cell)) for cell in row] for row in table.rows],
        "notes": [_plain(note) for note in table.notes],
        "landscape": table.landscape,
    }
    return typeset(_template(), data, LENIENT)


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.publishing") / "tables.typ").read_bytes()


def _broken(text: str) -> str:
    """A long number may go on in the next line after a stroke."""
    return _plain(text).replace("/", "/\u200b")


def _plain(text: str) -> str:
    """A text without what cannot be printed; its line ends stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(c if c.isprintable() or c == "\n" else " " for c in lines)
