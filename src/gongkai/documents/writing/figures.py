"""How a figure is printed in its cell."""

from decimal import Decimal
from functools import cache

from gongkai.documents.writing.document import printable
from gongkai.law.report.exchange import decimal_text
from gongkai.law.report.filled import FilledTable, Value
from gongkai.law.report.formats import Column, all_formats

UNIT = "万元"


def figure_text(table: FilledTable, address: str) -> str:
    """The words of a cell: a blank stays empty, a note stands in brackets behind its figure
    (22（其中修订16件）), an increase carries its sign, an amount its unit unless the heading does."""
    text = value_text(address, table.cells.get(address))
    note = table.notes.get(address)
    if not note:
        return text
    note = printable(note)
    return f"{text}（{note}）" if text else note


def value_text(address: str, value: Value) -> str:
    """A value as its column prints it; empty for a blank."""
    if value is None:
        return ""
    digits = decimal_text(value) if isinstance(value, Decimal) else str(value)
    if not address.startswith("table2."):
        return digits
    column = _column(address)
    if column.kind == "signed" and value > 0:
        return f"+{digits}"
    return digits + UNIT if has_unit(address) and value else digits


def has_unit(address: str) -> bool:
    """Whether the cell must print the unit, because the heading of its column does not."""
    column = _column(address)
    return column.kind == "amount" and UNIT not in column.label


@cache
def _column(address: str) -> Column:
    return next(form.cells[address][1] for form in all_formats() if address in form.cells)
