"""Tables without lines, laid out as grids from their rows of figures, their labels and their headers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.documents.reading.pdf.blocks import Block, blocks_of
from gongkai.documents.reading.pdf.cells import Table
from gongkai.documents.reading.pdf.columns import Column, with_units
from gongkai.documents.reading.pdf.furniture import Items, is_page_number
from gongkai.documents.reading.pdf.grid import Grid, Place
from gongkai.documents.reading.pdf.labels import Label, Piece, chunks_of, labels_of, row_beside
from gongkai.documents.reading.pdf.lanes import Stack, stacks_of
from gongkai.documents.reading.pdf.rules import Rule
from gongkai.documents.reading.pdf.words import Line

_WRAPPED = 0.7
"""Lines of one head are no further apart than this share of their height."""

SLOTS = 3
"""Columns kept for labels: those of a part, of a group and of an item."""


def with_unruled(
    items: Items, across: Sequence[Rule], before: Sequence[Column]
) -> tuple[Items, list[Column]]:
    """What is on a page, top to bottom, with its tables without lines put together from their lines of
    text, and the columns of the one at its end, if there is one. ``across``: horizontal lines, which part
    labels where they run between them; ``before``: the columns at the end of the page before."""
    lines = [with_units(item) for item in items if isinstance(item, Line) and not is_page_number(item.text)]
    found: list[Line | Table] = [item for item in items if isinstance(item, Table)]
    blocks = blocks_of(lines, () if found and found[0] is items[0] else before)
    taken = {line for block in blocks for line in (*block.header, *block.lines)}
    found += [_table(block, across) for block in blocks]
    found += [line for line in lines if line not in taken]
    found.sort(key=lambda item: item.top)
    is_last = blocks and isinstance(found[-1], Table) and not found[-1].ruled
    return tuple(found), blocks[-1].columns if is_last else []


@dataclass(slots=True)
class _Row:
    """A row to be: its middle, its labels, and by lane how many lanes a text spans and the text."""

    middle: float
    labels: list[Label] = field(default_factory=list)
    texts: dict[int, tuple[int, str]] = field(default_factory=dict)

    def put(self, lane: int, span: int, text: str) -> None:
        """Add a text, below one that is there already."""
        before = self.texts.get(lane)
        self.texts[lane] = (max(span, before[0]), f"{before[1]}\n{text}") if before else (span, text)


def _table(block: Block, across: Sequence[Rule]) -> Table:
    block.columns = _with_blank_columns(block.columns, block.header)
    lanes = block.lanes
    pieces = [(line, lane, piece) for line in block.lines for lane, piece in lanes.pieces(line)]
    rows = [_Row(line.middle) for line in block.lines if line in block.figures]
    for lane in range(1, len(block.columns) + 1):
        for stack in stacks_of(piece for _, at, piece in pieces if at == lane):
            _row_of(stack, rows).put(lane, 1, stack.text)
    for label in labels_of(_label_pieces(block, pieces), across):
        place = label.row if label.row is not None else row_beside(label, [row.middle for row in rows])
        if place is None:
            rows.append(_Row(label.lines[0].middle, [label]))
        else:
            rows[place].labels.append(label)
    rows.sort(key=lambda row: row.middle)
    return _laid_out(_heads(block), rows, block)


def _row_of(stack: Stack, rows: list[_Row]) -> _Row:
    """The row a cell belongs to: the one at its middle, else the one beside which it starts or ends, else a
    new one."""
    high = stack.lines[0].height
    places = ((stack.middle, 0.7), (stack.lines[0].middle, 0.4), (stack.lines[-1].middle, 0.4))
    for at, reach in places:
        row = min(rows, key=lambda row: abs(row.middle - at))
        if abs(row.middle - at) <= reach * high:
            return row
    rows.append(_Row(stack.middle))
    return rows[-1]


def _label_pieces(block: Block, pieces: Sequence[tuple[Line, int, Line]]) -> list[Piece]:
    """The pieces of labels; the last on a row's own line is tied to that row."""
    numbers = {
        line: number for number, line in enumerate(line for line in block.lines if line in block.figures)
    }
    labels = [(line, piece) for line, lane, piece in pieces if lane == 0]
    last = dict(labels)
    return [Piece(piece, numbers.get(line) if last[line] is piece else None) for line, piece in labels]


def _heads(block: Block) -> list[_Row]:
    """The rows of a header: what stands over a lane alone put together from its lines, what stands over
    several spanning them."""
    lanes = block.lanes
    heads: list[tuple[int, int, Stack, bool]] = []
    for line in block.header:
        chunks = chunks_of(line.words)
        for chunk in chunks:
            over = [lane for lane, column in enumerate(block.columns, 1) if column.meets(chunk)]
            start, span = (over[0], len(over)) if over else (lanes.lane(chunk), 1)
            above = next((head for head in reversed(heads) if head[:2] == (start, span)), None)
            is_one = above and _is_wrapped(above[2].lines[-1], chunk) and not (above[3] and len(chunks) > 1)
            if above and is_one and lanes.has_room_for(above[2].lines[-1]):
                above[2].lines.append(chunk)
            else:
                heads.append((start, span, Stack([chunk]), len(chunks) == 1))
    rows: list[_Row] = []
    for start, span, stack, _ in sorted(heads, key=lambda head: head[2].middle):
        if (
            not rows
            or stack.middle - rows[-1].middle > 0.6 * stack.lines[0].height
            or start in rows[-1].texts
        ):
            rows.append(_Row(stack.middle))
        rows[-1].put(start, span, stack.text)
    return rows


def _is_wrapped(upper: Line, lower: Line) -> bool:
    return lower.top - upper.bottom < _WRAPPED * lower.height


def _laid_out(heads: Sequence[_Row], rows: Sequence[_Row], block: Block) -> Table:
    """A grid of columns for labels, if there are any, and of figures; its lines are where words begin."""
    slots = SLOTS if any(row.labels for row in rows) or any(0 in head.texts for head in heads) else 0
    width = len(block.columns)
    cells: list[Place] = []
    texts: list[str] = []
    for number, row in enumerate([*heads, *rows]):
        if row.texts and number >= len(heads):
            row.texts = {lane: row.texts.get(lane, (1, "")) for lane in range(1, width + 1)}
        for column, span, text in [*_named(row.labels, slots, number >= len(heads)), *_placed(row, slots)]:
            cells.append(Place(number, column, 1, span))
            texts.append(text)
    left = min(line.left for line in block.lines)
    labels = (left + (block.columns[0].left - left) * slot / SLOTS for slot in range(slots))
    xs = (*labels, *(column.left for column in block.columns), block.columns[-1].right)
    ys = (*(row.middle for row in [*heads, *rows]), rows[-1].middle + 1)
    return Table(Grid(xs, ys, tuple(cells)), tuple(texts), ruled=False, goes_on=block.goes_on)


def _named(labels: Sequence[Label], slots: int, is_row: bool) -> list[tuple[int, int, str]]:
    """The labels of a row side by side in the columns before the figures, the last reaching up to them."""
    if not slots or not is_row:
        return []
    names = [label.text for label in sorted(labels, key=lambda label: label.left)] or [""]
    names = [*names[: slots - 1], " ".join(names[slots - 1 :])] if len(names) > slots else names
    last = len(names) - 1
    return [(slot, 1 if slot < last else slots - last, name) for slot, name in enumerate(names)]


def _placed(row: _Row, slots: int) -> list[tuple[int, int, str]]:
    """The texts of a row by column; one over the labels reaches over all of them."""
    return [
        (slots + lane - 1, span, text) if lane else (0, slots, text)
        for lane, (span, text) in sorted(row.texts.items())
    ]


def _with_blank_columns(columns: Sequence[Column], heads: Sequence[Line]) -> list[Column]:
    """The columns of a block, those too in which no row has a figure but whose head stands beside the heads
    of the others."""
    chunks = [chunk for line in heads for chunk in chunks_of(line.words)]
    lowest = [
        chunk
        for number, chunk in enumerate(chunks)
        if chunk.centre > columns[0].left - chunk.height
        and not any(Column(below.left, below.right).meets(chunk) for below in chunks[number + 1 :])
    ]
    if len(columns) < 2 or len(lowest) <= len(columns):
        return list(columns)
    named = {min(lowest, key=lambda head: abs(head.centre - column.centre)) for column in columns}
    top = min(head.top - head.height for head in named)
    blank = [
        Column(head.left, head.right)
        for head in lowest
        if head.middle > top and not any(column.meets(head) for column in columns)
    ]
    found = sorted([*columns, *blank], key=lambda column: column.left)
    return found if len(named) == len(columns) else list(columns)
