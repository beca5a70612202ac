"""Word documents of before 2007 (.doc, .wps), read without any program but this one.

Tracked deletions and hidden text are left out; the numbers of automatic lists, which the file does not hold
as text, are not worked out.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.documents.reading.content import Content, Row
from gongkai.documents.reading.grid import BREAK, Grid
from gongkai.documents.reading.sprms import RowShape
from gongkai.documents.reading.word97 import Paragraph, paragraphs

NARROWEST = 60
"""Twips (a millimetre): edges of cells nearer than this are one line of the table."""
_PRINTED_AS = str.maketrans(
    {"\x0b": BREAK, "\x0c": BREAK, "\x0e": BREAK, "\x1e": "-"}
    | dict.fromkeys("\x01\x02\x03\x04\x05\x06\x08\x1f", "")
)


@dataclass(slots=True)
class _Table:
    """A table while its rows come in: finished rows, the cells of the open row, the text of the open cell."""

    rows: list[tuple[list["_Blocks"], RowShape | None]] = field(default_factory=list)
    cells: list["_Blocks"] = field(default_factory=list)
    blocks: "_Blocks" = field(default_factory=list)


_Blocks = list[str | _Table]


def extract(data: bytes) -> Content:
    """The rows of an old Word document. Raises :class:`Unreadable`."""
    return Content("doc", printed(paragraphs(data)))


def printed(found: Iterable[Paragraph]) -> tuple[Row, ...]:
    """The rows that paragraphs and the tables they stand in make."""
    grid = Grid()
    _print(grid, _blocks(found))
    grid.flush()
    return tuple(grid.rows)


def _blocks(found: Iterable[Paragraph]) -> _Blocks:
    """Paragraphs and tables in order, tables in cells inside them."""
    levels = [_Table()]
    for paragraph in found:
        while len(levels) <= paragraph.depth:
            levels.append(_Table())
        while len(levels) - 1 > paragraph.depth:
            _close(levels)
        table = levels[-1]
        if paragraph.ends_row:
            table.rows.append((table.cells, paragraph.shape))
            table.cells, table.blocks = [], []
            continue
        table.blocks.append(paragraph.text.translate(_PRINTED_AS))
        if paragraph.ends_cell:
            table.cells.append(table.blocks)
            table.blocks = []
    while len(levels) > 1:
        _close(levels)
    return levels[0].blocks


def _close(levels: list[_Table]) -> None:
    """Puts the innermost table where it stands; what never became a row is text."""
    table = levels.pop()
    if table.rows:
        levels[-1].blocks.append(table)
    for blocks in (*table.cells, table.blocks):
        levels[-1].blocks += blocks


def _print(grid: Grid, blocks: _Blocks) -> None:
    for block in blocks:
        if isinstance(block, str):
            grid.parts += (block, BREAK)
        else:
            _print_table(grid, block)


def _print_table(grid: Grid, table: _Table) -> None:
    lines = _lines(shape for _, shape in table.rows if shape is not None)
    grid.open_table()
    for cells, shape in table.rows:
        if shape is None or len(shape.edges) != len(cells) + 1:
            shape, places = RowShape(()), list(range(len(cells) + 1))  # noqa: PLW2901
        else:
            places = [bisect_left(lines, edge - NARROWEST) for edge in shape.edges]
        grid.open_row(skip=places[0])
        for number, blocks in enumerate(cells):
            width = max(places[number + 1] - places[number], 1)
            grid.close_cell()
            if number in shape.from_left and grid.widen(width):
                continue
            if number in shape.from_above and grid.reach_down(width):
                continue
            grid.open_cell(width, reaches=True)
            _print(grid, blocks)
        grid.close_row()
    grid.close_table()


def _lines(shapes: Iterable[RowShape]) -> Sequence[int]:
    """The lines down a table on which its cells end, in twips."""
    lines: list[int] = []
    for edge in sorted({edge for shape in shapes for edge in shape.edges}):
        if not lines or edge - lines[-1] > NARROWEST:
            lines.append(edge)
    return lines
