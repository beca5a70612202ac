"""Tables printed with rows and columns exchanged, turned back."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from gongkai.documents.reading.content import Cell, Row
from gongkai.documents.reading.decoding.labels import EXACT, table3_rows

MANY = 8


def upright(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, with every table turned whose one row carries the labels of table 3's rows."""
    turned: list[Row] = []
    for table, run in groupby(rows, key=lambda row: row.table):
        group = list(run)
        turned += _turn(group) if table is not None and any(map(_is_label_row, group)) else group
    return tuple(turned)


def _is_label_row(row: Row) -> bool:
    """Many row labels beside each other: a header that should have been a column."""
    return len(row.cells) > MANY and len(_labels(row)) > MANY


def _labels(row: Row) -> set[str]:
    found = (table3_rows().find(cell.text) for cell in row.cells)
    return {match[0] for match in found if match and match[1] == EXACT}


def _turn(rows: Sequence[Row]) -> Iterator[Row]:
    cells: dict[int, list[Cell]] = {}
    for index, row in enumerate(rows):
        for cell in row.cells:
            flipped = Cell(cell.text, index, colspan=cell.rowspan, rowspan=cell.colspan)
            cells.setdefault(cell.column, []).append(flipped)
    for column in sorted(cells):
        yield Row(tuple(cells[column]), rows[0].table)
