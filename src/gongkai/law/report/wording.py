"""Cells, rows and columns in the words of the form, short enough for a sentence."""

import re
from functools import lru_cache

from gongkai.law.report.formats import TABLE_NAMES, Column, Row, all_formats, split_address

_ASIDE = re.compile(r"(?<=[^（）]{2})（[^（）]*）$")
_INNER_QUOTES = str.maketrans("“”", "‘’")


@lru_cache(maxsize=1024)
def cell_name(address: str) -> str:
    """表三“（七）总计”行“自然人”列. The address itself where no form knows it."""
    found = _labels(address)
    if found is None:
        return address
    return f"{table_name(address)}“{_row_label(found[0])}”行“{_short(found[1].label)}”列"


def row_name(address: str) -> str:
    """表三“（七）总计”行, for a cell of that row."""
    return cell_name(address).rpartition("“")[0]


def column_name(address: str) -> str:
    """表三“自然人”列, for a cell of that column."""
    return f"{table_name(address)}“{cell_name(address).rpartition('“')[2]}"


def row_label(address: str) -> str:
    """“（七）总计”, for a cell of that row."""
    return row_name(address).removeprefix(table_name(address)).removesuffix("行")


def table_name(address: str) -> str:
    """表三, for a cell of that table."""
    return TABLE_NAMES[split_address(address)[0]]


def _labels(address: str) -> tuple[Row, Column] | None:
    """The row and column of the newest form that has the cell."""
    return next((f.cells[address] for f in reversed(all_formats()) if address in f.cells), None)


def _row_label(row: Row) -> str:
    """The label with its own group before it, so that “3.其他” says of what."""
    inner = row.groups[-1] if row.groups and row.groups[-1].startswith("（") else ""
    return inner + _short(row.label)


def _short(label: str) -> str:
    """The label without the instruction or unit in brackets at its end, quoted inside quotes."""
    return _ASIDE.sub("", label).translate(_INNER_QUOTES)
