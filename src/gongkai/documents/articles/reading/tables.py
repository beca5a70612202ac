"""Rows of cells as a reader of files gives them → the table of an article, merged cells taken apart."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from gongkai.documents.articles.article import Grid
from gongkai.documents.reading.content import Row

MOST_COLUMNS = 60
MOST_CELLS = 40_000
Owner = tuple[int, int]
"""Row and place of the cell that a square of the table belongs to."""


class TooLarge(Exception):
    """A table too large to stand in an article."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(f"有一张表太大（{rows} 行 {columns} 列），没有取用；请把它作为附件公开。")


def in_order(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """The rows in stretches: those of one table (``True``), or lines."""
    for table, found in groupby(rows, key=lambda row: row.table):
        yield table is not None, list(found)


def grid_of(rows: Sequence[Row], header_rows: int | None = None) -> tuple[Grid, bool]:
    """The table, and whether it has merged cells, which repeat their words in every square.

    Rows and columns without words fall away. Raises :class:`TooLarge`.
    """
    wide = max((cell.column + cell.colspan for row in rows for cell in row.cells), default=0)
    if wide > MOST_COLUMNS * 10 or len(rows) * wide > MOST_CELLS * 10:
        raise TooLarge(len(rows), wide)
    owners = _owners(rows, wide)
    columns = [n for n in range(wide) if n == 0 or any(line[n] != line[n - 1] for line in owners)]
    texts = [[_text(rows, line[n]) for n in columns] for line in owners]
    heads = _header_rows(rows) if header_rows is None else header_rows
    filled = [place for place, line in enumerate(texts) if any(line)]
    used = [n for n in range(len(columns)) if any(line[n] for line in texts)]
    if len(used) > MOST_COLUMNS or len(used) * len(filled) > MOST_CELLS:
        raise TooLarge(len(filled), len(used))
    kept = tuple(tuple(texts[place][n] for n in used) for place in filled)
    counted = [owners[place][columns[n]] for place in filled for n in used]
    named = [owner for owner in counted if owner is not None]
    grid = Grid(kept, sum(place < heads for place in filled) if len(kept) > 1 else 0)
    return grid, len(set(named)) < len(named)


def _owners(rows: Sequence[Row], wide: int) -> list[list[Owner | None]]:
    owners: list[list[Owner | None]] = [[None] * wide for _ in rows]
    for place, row in enumerate(rows):
        for number, cell in enumerate(row.cells):
            for line in owners[place : place + cell.rowspan]:
                line[cell.column : cell.column + cell.colspan] = [(place, number)] * cell.colspan
    return owners


def _text(rows: Sequence[Row], owner: Owner | None) -> str:
    return "" if owner is None else rows[owner[0]].cells[owner[1]].text


def _header_rows(rows: Sequence[Row]) -> int:
    """A first row with cells merged across has a second under it, down to where its tallest cell ends."""
    first = rows[0].cells
    if any(cell.colspan > 1 for cell in first):
        return min(max(cell.rowspan for cell in first), max(len(rows) - 1, 1))
    return 1
