"""Tables as CSV that every spreadsheet opens rightly and none takes for formulas."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

Cell = str | int | float | Decimal | date | None
_LEADING = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(text: str) -> str:
    """A text that a spreadsheet shows as it is, whatever it begins with."""
    return f"'{text}" if text.startswith(_LEADING) else text


def plain(cell: Cell) -> str | int | float | Decimal:
    """A cell as CSV holds it: days as 2026-03-01, nothing for what is not known."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return defused(cell) if isinstance(cell, str) else cell


def csv_of(lines: Iterable[Iterable[Cell]]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([plain(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")
