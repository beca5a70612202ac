"""Where the tables without lines are: runs of lines with figures in the same columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.documents.reading.pdf.columns import Column, columns_of, is_table, is_value, values_apart
from gongkai.documents.reading.pdf.labels import TOUCHING, chunks_of, is_numbered
from gongkai.documents.reading.pdf.lanes import Lanes, are_cells, stacks_of
from gongkai.documents.reading.pdf.words import Line, Word

_SAME_SIZE = 0.3
"""Lines of one table differ in height by no more than this share."""

_CLOSE = 0.5
"""A label's line above its figures is no further from them than this share of its height."""

_HEADER_LINES = 8
_HEADER_GAP = 3.0
"""Lines of a header are no further apart than this many times their height."""

_SENTENCE_ENDS = "。；：;"
_MOST_LINES = 500
"""A page with more lines than this is no page of a report."""

_MEMORY = 8
"""A cell's note has no more lines than this."""


@dataclass(slots=True)
class Block:
    """The lines of one table, top to bottom, and its header's. ``figures``: those of its rows' lines."""

    lines: list[Line]
    columns: list[Column]
    figures: dict[Line, tuple[Word, ...]]
    header: list[Line] = field(default_factory=list)
    goes_on: bool = False

    @property
    def lanes(self) -> Lanes:
        return Lanes.of(self.columns, self.figures.items())

    def takes(self, line: Line) -> bool:
        """Add a line that may belong to the table: a row, a piece of a label, a piece of a note."""
        if not _are_alike(line, self.lines[-1]):
            return False
        figures = figures_of(line)
        if figures:
            columns = columns_of([*self.figures.values(), figures])
            if not columns:
                return False
            self.columns = columns
            self.figures[line] = figures
        elif line.text[-1] in _SENTENCE_ENDS or not self.has_cells_only([*self.lines[-_MEMORY:], line]):
            return False
        self.lines.append(line)
        return True

    def has_cells_only(self, lines: Sequence[Line]) -> bool:
        """Whether the last of some lines has only figures and their notes among the columns."""
        lanes = self.lanes
        pieces = [piece for line in lines for lane, piece in lanes.pieces(line) if lane]
        last = [piece for lane, piece in lanes.pieces(lines[-1]) if lane]
        return all(
            are_cells(
                stacks_of(other for other in pieces if Column(piece.left, piece.right).meets(other))[-1:]
            )
            for piece in last
        )

    def has_apt_header(self) -> bool:
        """Whether a line of the header has a word for the labels and one for each column."""
        first = self.lines[0]
        if len(first.words) == len(self.figures.get(first, ())):
            return False
        for line in self.header:
            pieces = chunks_of(line.words)
            named = {column for column in self.columns for piece in pieces if column.meets(piece)}
            if len(named) == len(self.columns) < len(pieces) and pieces[0].right <= self.columns[0].left:
                return True
        return False

    def find_tight_column(self) -> None:
        """Add a column before the first if the figures in it stand close behind their labels."""
        edge = self.columns[0].left
        last = [[word for word in line.words if word.right <= edge][-2:] for line in self.figures]
        tight = [
            words[1] for words in last if len(words) == 2 and is_value(words[1]) and not is_value(words[0])
        ]
        if len(tight) * 2 > len(self.figures):
            self.columns = [*columns_of([[word] for word in tight])[:1], *self.columns]

    def widens_to(self, before: Sequence[Column]) -> bool:
        """Take over the columns of the table before, if each of the block's own is one of them."""
        places = [
            [number for number, column in enumerate(before) if column.meets(own)] for own in self.columns
        ]
        if (
            not before
            or any(len(place) != 1 for place in places)
            or len({place[0] for place in places}) < len(places)
        ):
            return False
        own = {place[0]: column for place, column in zip(places, self.columns, strict=True)}
        self.columns = [column.joined_with(own.get(number, column)) for number, column in enumerate(before)]
        return True


def blocks_of(lines: Sequence[Line], before: Sequence[Column]) -> list[Block]:
    """The tables without lines among the lines of a page, top to bottom. ``before``: the columns of such a
    table at the end of the page before, which the first may go on with."""
    if len(lines) > _MOST_LINES:
        return []
    blocks: list[Block] = []
    free = number = 0
    while number < len(lines):
        block = _starting_with(lines[number], lines[free:number])
        if block is None:
            number += 1
            continue
        above = number + 1 - len(block.lines)
        _take_below(block, lines[number + 1 :])
        top = _take_header(block, lines[free:above])
        block.goes_on = not (blocks or top or block.header) and block.widens_to(before)
        if block.goes_on or block.has_apt_header() or is_table(list(block.figures.values()), block.columns):
            block.find_tight_column()
            blocks.append(block)
            free = above + len(block.lines)
        number = above + len(block.lines)
    return blocks


def _starting_with(line: Line, above: Sequence[Line]) -> Block | None:
    """A block of one row, if the line is one, with what of its label and its notes stands above it."""
    figures = figures_of(line)
    columns = columns_of([figures])
    if not columns:
        return None
    block = Block([line], columns, {line: figures})
    for count in range(min(_MEMORY, len(above)), 0, -1):
        lines = above[-count:]
        if all(_is_close(*pair) for pair in pairwise([*lines, line])) and _may_stand_above(lines, block):
            block.lines[:0] = lines
            break
    return block


def _may_stand_above(lines: Sequence[Line], block: Block) -> bool:
    """Whether lines above a row are of its label and its notes: no sentence, and no label above one that
    starts with a number."""
    has_label = False
    for count, line in enumerate(lines, 1):
        label = [piece for lane, piece in block.lanes.pieces(line) if not lane]
        is_new = bool(label) and is_numbered(label[0].text)
        if (
            line.text[-1] in _SENTENCE_ENDS
            or (is_new and has_label)
            or not block.has_cells_only(lines[:count])
        ):
            return False
        has_label = has_label or bool(label)
    return True


def _is_close(upper: Line, lower: Line) -> bool:
    return lower.top - upper.bottom <= _CLOSE * upper.height and _are_alike(upper, lower)


def _take_below(block: Block, lines: Iterable[Line]) -> None:
    """Give a block its further rows and what belongs to the last of them."""
    for line in lines:
        if not block.takes(line):
            break
    end = max(number for number, line in enumerate(block.lines) if line in block.figures) + 1
    pitch = max((lower.top - upper.bottom for upper, lower in pairwise(block.lines[:end])), default=0.0)
    while end < len(block.lines) and _hangs_on(block.lines[end - 1], block.lines[end], pitch):
        end += 1
    del block.lines[end:]


def _hangs_on(upper: Line, lower: Line, pitch: float) -> bool:
    """Whether a line below the last row is the rest of its label, or a row without figures: one that is no
    further below than rows of the table are below each other."""
    gap = lower.top - upper.bottom
    return gap <= (1.1 * pitch if is_numbered(lower.text) else TOUCHING * lower.height)


def _take_header(block: Block, lines: Sequence[Line]) -> int:
    """Give a block its header. Returns how many of the lines above are left."""
    left = len(lines)
    below = block.lines[0]
    while left and len(block.header) < _HEADER_LINES and _is_head(lines[left - 1], below, block):
        left -= 1
        below = lines[left]
        block.header.insert(0, below)
    return left


def _is_head(line: Line, below: Line, block: Block) -> bool:
    """Whether a line may be part of a header: no heading, no row, no sentence, no text that runs without a
    gap over most of the columns."""
    pieces = block.lanes.pieces(line)
    over = [column for column in block.columns if column.meets(line)]
    runs_over = len(pieces) == 1 and len(over) > max(1, 0.8 * len(block.columns))
    is_far = below.top - line.bottom > _HEADER_GAP * line.height
    is_text = is_numbered(line.text) or line.text[-1] in _SENTENCE_ENDS or bool(figures_of(line))
    return not (is_far or is_text or runs_over) and _are_alike(line, below)


def _are_alike(line: Line, other: Line) -> bool:
    return abs(line.height - other.height) <= _SAME_SIZE * other.height


def figures_of(line: Line) -> tuple[Word, ...]:
    """The figures of a line that stand apart from its words."""
    return tuple(values_apart(line.words))
