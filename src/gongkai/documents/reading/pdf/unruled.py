"""Tables without lines: rows of figures one below the other, and the labels to their left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from gongkai.documents.reading.pdf.cells import Table
from gongkai.documents.reading.pdf.columns import Column, columns_of, is_table, is_value, values_apart
from gongkai.documents.reading.pdf.grid import Grid, Place
from gongkai.documents.reading.pdf.rules import Rule
from gongkai.documents.reading.pdf.words import Line, Word

_MARKER = re.compile(r"[(（]?(?:[一二三四五六七八九十]+|\d{1,2})(?:[)）][、.．]?|[、.．])")
_CHUNK = 0.6
"""Words closer than this share of their height belong to one label."""

_HEADER_LINES = 8


@dataclass(slots=True)
class _Block:
    """Rows of figures that stand in the same columns: the numbers of their lines, and their figures."""

    rows: dict[int, list[Word]]
    columns: list[Column]

    def takes(self, number: int, values: list[Word]) -> bool:
        """Add a row, unless it does not fit the columns."""
        columns = columns_of([*self.rows.values(), values])
        if columns:
            self.rows[number], self.columns = values, columns
        return bool(columns)

    @property
    def first(self) -> int:
        return min(self.rows)

    @property
    def last(self) -> int:
        return max(self.rows)


@dataclass(slots=True)
class _Label:
    """A label: its lines, each in its own place, and the row whose figures follow right behind one."""

    lines: list[Line]
    row: int | None

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def middle(self) -> float:
        return (self.lines[0].top + self.lines[-1].bottom) / 2

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def unruled_tables(lines: Sequence[Line], across: Sequence[Rule]) -> tuple[list[Table], list[Line]]:
    """The tables among lines of text, top to bottom, and the lines that are in none. ``across``: horizontal
    lines, which part labels where they run between them."""
    figures = [_figures(line) for line in lines]
    if not any(len(values) > 1 for values in figures):
        return [], list(lines)
    tables: list[Table] = []
    taken: set[int] = set()
    for block in _blocks(lines, figures):
        own = _own_lines(block, lines, taken)
        taken |= own
        tables.append(_table(block, [lines[number] for number in sorted(own)], lines, across))
    return tables, [line for number, line in enumerate(lines) if number not in taken]


def _figures(line: Line) -> list[Word]:
    """The figures in which a line ends. Three or more are a row, however close its label; fewer have to
    stand apart from it."""
    ending = list(takewhile(is_value, reversed(line.words)))[::-1]
    return ending if len(ending) > 2 or ending == values_apart(line.words)[-len(ending) :] else []


def _blocks(lines: Sequence[Line], figures: Sequence[list[Word]]) -> list[_Block]:
    """Runs of rows that fit the same columns, with nothing between them but labels."""
    blocks: list[_Block] = []
    block: _Block | None = None
    for number, (line, values) in enumerate(zip(lines, figures, strict=True)):
        if block and values and block.takes(number, values):
            continue
        if len(values) > 1:
            block = _Block({number: values}, columns_of([values]))
            blocks.append(block)
        elif block and (values or line.right > block.columns[0].left):
            block = None
    found = [block for block in blocks if is_table(list(block.rows.values()), block.columns)]
    for block in found:
        _reach_up(block, figures)
    return found


def _reach_up(block: _Block, figures: Sequence[list[Word]]) -> None:
    """Take the rows right above that have one figure only."""
    number = block.first - 1
    while number >= 0 and len(figures[number]) == 1 and _fits(figures[number][0], block.columns):
        if not block.takes(number, figures[number]):
            return
        number -= 1


def _fits(word: Word | Line, columns: Sequence[Column]) -> bool:
    return any(word.left < column.right and word.right > column.left for column in columns)


def _own_lines(block: _Block, lines: Sequence[Line], taken: set[int]) -> set[int]:
    """The lines of a block: its rows, the labels between them, and what of its first and last label stands
    above the first row and below the last."""
    own = set(range(block.first, block.last + 1))
    edge = block.columns[0].left
    for step, end in ((-1, block.first), (1, block.last)):
        number = end + step
        while 0 <= number < len(lines) and number not in taken and lines[number].right <= edge:
            upper, lower = sorted((lines[number], lines[number - step]), key=lambda line: line.top)
            is_new = _MARKER.match(lines[number].text) is not None
            if lower.top - upper.bottom > (0.35 if step < 0 else 0.8) * upper.height or (step > 0 and is_new):
                break
            own.add(number)
            if is_new:
                break
            number += step
    return own


def _table(block: _Block, own: Sequence[Line], lines: Sequence[Line], across: Sequence[Rule]) -> Table:
    rows = [(lines[number], block.rows[number]) for number in sorted(block.rows)]
    labels: list[list[_Label]] = [[] for _ in rows]
    alone: list[_Label] = []
    for label in _labels(_pieces(own, rows), across):
        row = label.row if label.row is not None else _row_beside(label, [line for line, _ in rows])
        (alone if row is None else labels[row]).append(label)
    entries = [(line.middle, names, values) for (line, values), names in zip(rows, labels, strict=True)]
    entries += [(label.lines[0].middle, [label], []) for label in alone]
    entries.sort(key=lambda entry: entry[0])
    return _laid_out(entries, _with_blank_columns(block, lines), min(line.left for line in own))


def _pieces(own: Sequence[Line], rows: Sequence[tuple[Line, list[Word]]]) -> list[tuple[Line, int | None]]:
    """The pieces of labels in some lines, and the row of those that stand right before its figures."""
    pieces: list[tuple[Line, int | None]] = []
    numbers = {line: number for number, (line, _) in enumerate(rows)}
    for line in own:
        number = numbers.get(line)
        words = line.words if number is None else line.words[: -len(rows[number][1])]
        chunks = list(_chunks(words))
        pieces += [(chunk, number if chunk is chunks[-1] else None) for chunk in chunks]
    return pieces


_Entry = tuple[float, list[_Label], list[Word]]


def _laid_out(entries: Sequence[_Entry], columns: Sequence[Column], left: float) -> Table:
    """Rows as a grid: labels share the columns before the figures; a label alone has no figures, a row
    without a figure in a column has an empty cell there."""
    slots = max(1, *(len(labels) for _, labels, _ in entries))
    step = (columns[0].left - left) / slots
    xs = [left + step * slot for slot in range(slots)] + [column.left for column in columns]
    cells: list[Place] = []
    texts: list[str] = []
    for row, (_, labels, values) in enumerate(entries):
        names = [label.text for label in sorted(labels, key=lambda label: label.left)] or [""]
        for slot, name in enumerate(names):
            cells.append(Place(row, slot, 1, slots - slot if slot == len(names) - 1 else 1))
            texts.append(name)
        here = {_column(word, columns): word.text for word in values}
        for place in range(len(columns) if values else 0):
            cells.append(Place(row, slots + place, 1, 1))
            texts.append(here.get(place, ""))
    ys = [at for at, _, _ in entries]
    return Table(Grid((*xs, columns[-1].right), (*ys, ys[-1] + 1), tuple(cells)), tuple(texts), ruled=False)


def _with_blank_columns(block: _Block, lines: Sequence[Line]) -> list[Column]:
    """The columns of a block, those too in which no row has a figure but its header has a word."""
    columns = list(block.columns)
    above = reversed(lines[max(0, block.first - _HEADER_LINES) : block.first])
    for line in takewhile(lambda line: not any(is_value(word) for word in line.words), above):
        heads = [chunk for chunk in _chunks(line.words) if chunk.left > columns[0].right]
        if not heads:
            continue
        start, end = heads[0].left - line.height, heads[-1].right + line.height
        below = [column for column in columns if column.right > start and column.left < end]
        named = {min(heads, key=lambda head: abs(head.centre - column.centre)) for column in below}
        if len(heads) > len(below) == len(named):
            columns += [Column(head.left, head.right) for head in heads if not _fits(head, columns)]
            columns.sort(key=lambda column: column.left)
    return columns


def _column(word: Word, columns: Sequence[Column]) -> int:
    return next(place for place, column in enumerate(columns) if column.left <= word.left <= column.right)


def _chunks(words: Sequence[Word]) -> Iterator[Line]:
    """Words of a line that stand close together."""
    chunk: list[Word] = []
    for word in words:
        if chunk and word.left - chunk[-1].right > _CHUNK * word.height:
            yield Line(tuple(chunk))
            chunk = []
        chunk.append(word)
    if chunk:
        yield Line(tuple(chunk))


def _labels(pieces: Sequence[tuple[Line, int | None]], across: Sequence[Rule]) -> list[_Label]:
    """Pieces of text one below the other put together, each label from its number on and none with the
    figures of two rows."""
    labels: list[_Label] = []
    for piece, row in sorted(pieces, key=lambda piece: piece[0].top):
        above = None if _MARKER.match(piece.text) else _label_above(piece, row, labels, across)
        if above:
            above.lines.append(piece)
            above.row = row if above.row is None else above.row
        else:
            labels.append(_Label([piece], row))
    return labels


def _label_above(
    piece: Line, row: int | None, labels: Sequence[_Label], across: Sequence[Rule]
) -> _Label | None:
    for label in reversed(labels):
        last = label.lines[-1]
        touches = -0.5 * piece.height < piece.top - last.bottom < 0.8 * piece.height
        overlaps = piece.left < last.right and piece.right > last.left
        if touches and overlaps and not _parted(last, piece, across):
            return label if row is None or label.row is None else None
    return None


def _parted(upper: Line, lower: Line, across: Sequence[Rule]) -> bool:
    centre = (lower.left + lower.right) / 2
    return any(upper.middle < rule.at < lower.middle and rule.start < centre < rule.end for rule in across)


def _row_beside(label: _Label, rows: Sequence[Line]) -> int | None:
    """The row a label belongs to that stands before the label of the row itself, or above or below its
    figures: the row at its middle, else the one beside its first line."""
    high = label.lines[0].height
    for at, tolerance in ((label.middle, 0.6 * high), (label.lines[0].middle, 0.4 * high)):
        row = min(range(len(rows)), key=lambda number: abs(rows[number].middle - at))
        if abs(rows[row].middle - at) <= tolerance:
            return row
    return None
