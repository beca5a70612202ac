"""Tables without lines, laid out as grids from their rows of figures, their labels and their headers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.documents.reading.pdf.blocks import Block, blocks_of, header_of, label_lines
from gongkai.documents.reading.pdf.cells import Table
from gongkai.documents.reading.pdf.columns import Column, with_units
from gongkai.documents.reading.pdf.furniture import Items
from gongkai.documents.reading.pdf.grid import Grid, Place
from gongkai.documents.reading.pdf.labels import Label, Piece, chunks_of, labels_of, row_beside
from gongkai.documents.reading.pdf.rules import Rule
from gongkai.documents.reading.pdf.words import Line


def with_unruled(items: Items, across: Sequence[Rule]) -> Items:
    """What is on a page, top to bottom, with its tables without lines put together from their lines of
    text. ``across``: horizontal lines, which part labels where they run between them."""
    lines = [with_units(item) for item in items if isinstance(item, Line)]
    found: list[Line | Table] = [item for item in items if isinstance(item, Table)]
    taken: set[int] = set()
    for block in blocks_of(lines):
        own = label_lines(block, lines, taken)
        taken.update(own)
        header = header_of(block, lines, taken)
        taken.update(header)
        found.append(_table(block, [lines[n] for n in header], [lines[n] for n in own], across))
    found += [line for number, line in enumerate(lines) if number not in taken]
    return tuple(sorted(found, key=lambda item: item.top))


@dataclass(slots=True)
class _Row:
    """A row to be: its height on the page, its labels, and by column how far a text reaches and the text."""

    at: float
    labels: list[Label] = field(default_factory=list)
    texts: dict[int, tuple[int, str]] = field(default_factory=dict)


def _table(block: Block, heads: Sequence[Line], own: Sequence[Line], across: Sequence[Rule]) -> Table:
    columns = _with_blank_columns(block, heads)
    rows = [_Row(row.line.middle) for row in block.rows]
    alone: list[_Row] = []
    for label in labels_of(_pieces(block, own), across):
        place = label.row if label.row is not None else row_beside(label, [row.line for row in block.rows])
        if place is None:
            alone.append(_Row(label.lines[0].middle, [label]))
        else:
            rows[place].labels.append(label)
    slots = max(len(row.labels) for row in rows + alone)
    for row, figures in zip(rows, block.rows, strict=True):
        row.texts = {
            slots + place: (1, next((word.text for word in figures.values if column.holds(word)), ""))
            for place, column in enumerate(columns)
        }
    for row in rows + alone:
        row.texts |= _named(row.labels, slots)
    body = sorted(rows + alone, key=lambda row: row.at)
    return _laid_out([*(_head(line, columns, slots) for line in heads), *body], slots, columns)


def _pieces(block: Block, own: Sequence[Line]) -> list[Piece]:
    """The pieces of labels in some lines; those that stand right before a row's figures are tied to it."""
    pieces: list[Piece] = []
    numbers = {row.line: number for number, row in enumerate(block.rows)}
    for line in own:
        number = numbers.get(line)
        words = line.words if number is None else line.words[: -len(block.rows[number].values)]
        chunks = chunks_of(words)
        pieces += [Piece(chunk, number if chunk is chunks[-1] else None) for chunk in chunks]
    return pieces


def _named(labels: Sequence[Label], slots: int) -> dict[int, tuple[int, str]]:
    """Labels side by side in the columns before the figures, the last reaching up to them."""
    names = [label.text for label in sorted(labels, key=lambda label: label.left)] or [""] * min(slots, 1)
    return {slot: (1 if slot < len(names) - 1 else slots - slot, name) for slot, name in enumerate(names)}


def _head(line: Line, columns: Sequence[Column], slots: int) -> _Row:
    """A line of a header: each piece of it over the columns it stands above."""
    row = _Row(line.middle)
    for chunk in chunks_of(line.words):
        below = [number for number, column in enumerate(columns) if column.meets(chunk)]
        if slots and not below and chunk.right <= columns[0].left:
            start, span = 0, slots
        else:
            below = below or [_nearest(chunk.centre, columns)]
            start, span = slots + below[0], len(below)
        before = row.texts.get(start)
        row.texts[start] = (
            (max(span, before[0]), f"{before[1]} {chunk.text}") if before else (span, chunk.text)
        )
    return row


def _nearest(at: float, columns: Sequence[Column]) -> int:
    return min(range(len(columns)), key=lambda number: abs(columns[number].centre - at))


def _laid_out(rows: Sequence[_Row], slots: int, columns: Sequence[Column]) -> Table:
    """A grid of ``slots`` columns of labels and the columns of figures, its lines where words begin."""
    left = min((label.left for row in rows for label in row.labels), default=columns[0].left)
    labels = (left + (columns[0].left - left) * slot / slots for slot in range(slots))
    xs = (*labels, *(column.left for column in columns), columns[-1].right)
    cells: list[Place] = []
    texts: list[str] = []
    for number, row in enumerate(rows):
        for column, (span, text) in sorted(row.texts.items()):
            cells.append(Place(number, column, 1, span))
            texts.append(text)
    ys = (*(row.at for row in rows), rows[-1].at + 1)
    return Table(Grid(xs, ys, tuple(cells)), tuple(texts), ruled=False)


def _with_blank_columns(block: Block, heads: Sequence[Line]) -> list[Column]:
    """The columns of a block, those too in which no row has a figure but its header has a word."""
    columns = list(block.columns)
    for line in heads:
        names = [chunk for chunk in chunks_of(line.words) if chunk.left > columns[0].right]
        if not names:
            continue
        start, end = names[0].left - line.height, names[-1].right + line.height
        below = [column for column in columns if column.right > start and column.left < end]
        named = {min(names, key=lambda name: abs(name.centre - column.centre)) for column in below}
        if len(names) > len(below) == len(named):
            columns += [
                Column(name.left, name.right)
                for name in names
                if not any(column.meets(name) for column in columns)
            ]
            columns.sort(key=lambda column: column.left)
    return columns
