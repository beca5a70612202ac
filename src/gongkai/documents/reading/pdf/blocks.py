"""Where the tables without lines are: runs of lines that end in figures, in the same columns."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import takewhile

from gongkai.documents.reading.pdf.columns import Column, columns_of, is_table, is_value, values_apart
from gongkai.documents.reading.pdf.labels import TOUCHING, chunks_of, is_numbered
from gongkai.documents.reading.pdf.words import Line, Word

_HEADER_LINES = 8
_HEADER_GAP = 3.0
"""Lines of a header are no further apart than this many times their height."""

_CLOSE = 0.35


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A line that ends in figures, and its number among the lines."""

    number: int
    line: Line
    values: tuple[Word, ...]


@dataclass(slots=True)
class Block:
    """Rows of figures that stand in the same columns, top to bottom."""

    rows: list[FigureRow]
    columns: list[Column]

    def takes(self, row: FigureRow) -> bool:
        """Add a row, unless it does not fit the columns."""
        columns = columns_of([*(each.values for each in self.rows), row.values])
        if columns:
            self.rows.append(row)
            self.columns = columns
        return bool(columns)


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Runs of rows that fit the same columns, with nothing between them but labels."""
    blocks: list[Block] = []
    block: Block | None = None
    for number, line in enumerate(lines):
        row = FigureRow(number, line, _figures(line))
        if block and row.values and block.takes(row):
            continue
        if row.values:
            block = Block([row], columns_of([row.values]))
            blocks.append(block)
        elif block and line.right > block.columns[0].left:
            block = None
    return [block for block in blocks if _is_table(block) or _has_header(block, lines)]


def _is_table(block: Block) -> bool:
    return is_table([row.values for row in block.rows], block.columns)


def _figures(line: Line) -> tuple[Word, ...]:
    """The figures in which a line ends. Three or more are a row, however close its label; fewer have to
    stand apart from it."""
    ending = tuple(takewhile(is_value, reversed(line.words)))[::-1]
    return ending if len(ending) > 2 or ending == tuple(values_apart(line.words)[-len(ending) :]) else ()


def _has_header(block: Block, lines: Sequence[Line]) -> bool:
    """Whether a line above has a word for the labels and one for each column."""
    first = block.rows[0]
    if len(first.line.words) == len(first.values):
        return False
    for number in header_of(block, lines, frozenset()):
        chunks = chunks_of(lines[number].words)
        named = {column for column in block.columns for chunk in chunks if column.meets(chunk)}
        if len(named) == len(block.columns) < len(chunks) and chunks[0].right <= block.columns[0].left:
            return True
    return False


def label_lines(block: Block, lines: Sequence[Line], taken: Container[int]) -> list[int]:
    """The numbers of a block's lines: its rows, the labels between them, and what of its first and last
    label stands above the first row and below the last."""
    first, last = block.rows[0].number, block.rows[-1].number
    own = list(range(first, last + 1))
    edge = block.columns[0].left
    for step, start, reach in ((-1, first - 1, _CLOSE), (1, last + 1, TOUCHING)):
        number = start
        while 0 <= number < len(lines) and number not in taken and lines[number].right <= edge:
            upper, lower = sorted((lines[number], lines[number - step]), key=lambda line: line.top)
            is_new = is_numbered(lines[number].text)
            if lower.top - upper.bottom > reach * upper.height or (step > 0 and is_new):
                break
            own.append(number)
            if is_new:
                break
            number += step
    return sorted(own)


def header_of(block: Block, lines: Sequence[Line], taken: Container[int]) -> list[int]:
    """The numbers of the lines above a block that name its columns: those up to a heading, a sentence or
    another table."""
    header: list[int] = []
    number = block.rows[0].number - 1
    while number >= 0 and number not in taken and len(header) < _HEADER_LINES:
        line, below = lines[number], lines[number + 1]
        if below.top - line.bottom > _HEADER_GAP * line.height or not _is_head(line, block):
            break
        header.insert(0, number)
        number -= 1
    return header


def _is_head(line: Line, block: Block) -> bool:
    """Whether a line may be part of a header: no heading, no row, no sentence, no text that runs without a
    gap over most of the columns."""
    over = [column for column in block.columns if column.meets(line)]
    runs_over = len(chunks_of(line.words)) == 1 and len(over) > max(1, 0.8 * len(block.columns))
    return not (is_numbered(line.text) or line.text[-1] in "。；：" or _figures(line) or runs_over)
