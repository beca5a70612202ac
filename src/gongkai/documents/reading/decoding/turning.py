"""Tables printed with rows and columns exchanged, turned back."""

from collections.abc import Iterator, Sequence

from gongkai.documents.reading.content import Cell, Row
from gongkai.documents.reading.decoding.figures import read_figure
from gongkai.documents.reading.decoding.labels import EXACT, applicant_columns, table3_rows

MANY = 8


def upright(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, with every run turned whose first row carries the labels of table 3's rows and
    whose others carry figures under them."""
    turned: list[Row] = []
    index = 0
    while index < len(rows):
        end = index + 1
        if _is_label_row(rows[index]):
            while end < len(rows) and rows[end].table == rows[index].table and _goes_on(rows[end]):
                end += 1
        filled = [row for row in rows[index:end] if row.text.strip()]
        turned += _turn(filled) if len(filled) > 1 else rows[index:end]
        index = end
    return tuple(turned)


def _goes_on(row: Row) -> bool:
    return not row.text.strip() or _has_figures(row)


def _has_figures(row: Row) -> bool:
    """A label and figures after it; a row of blanks only after the name of an applicant kind."""
    figures = [read_figure(cell.text) for cell in row.cells]
    words = [cell.text for cell, figure in zip(row.cells, figures, strict=True) if figure is None]
    filled = any(figure is not None and not figure.blank for figure in figures)
    named = bool(words) and applicant_columns().find(words[-1]) is not None
    return len(words) <= 2 and len(figures) > MANY and (filled or named)


def _is_label_row(row: Row) -> bool:
    """Many row labels beside each other: a header that should have been a column."""
    return row.table is not None and len(row.cells) > MANY and len(_labels(row)) > MANY


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
