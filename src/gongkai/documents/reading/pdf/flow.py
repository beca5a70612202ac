"""Pages put one after the other: tables and paragraphs that run over a page's end go on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import inf
from statistics import median

from gongkai.documents.reading.content import Cell, Row, line
from gongkai.documents.reading.pdf.cells import Table
from gongkai.documents.reading.pdf.furniture import Items
from gongkai.documents.reading.pdf.words import Line

SAME_EDGE = 5.0
"""Columns and edges of a table's halves on two pages agree within this many points."""

_NARROWEST = 18
"""Where the longest lines are shorter than this many characters, no line is full."""

_HEADING = re.compile(r"(?:[一二三四五六七八九十]+|[(（][一二三四五六七八九十]+[)）])[、.．]?")
_ENDS = "。；：！？.;:!?”」》)）"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with the left edge of its page's text and its page's number."""

    line: Line
    margin: float
    page: int


def rows_of(pages: Sequence[Items]) -> tuple[Row, ...]:
    """The rows of a file from what its pages hold, tables numbered from 0."""
    rows: list[Row] = []
    number = 0
    margins = _margins(pages)
    paragraphs = _Paragraphs(_width(pages, margins))
    for block in _blocks(pages, margins):
        if isinstance(block, _Placed):
            rows.extend(paragraphs.add(block))
        else:
            rows.extend(paragraphs.end())
            rows.extend(_table_rows(block, number))
            number += 1
    return (*rows, *paragraphs.end())


def _lines(items: Items) -> list[Line]:
    return [item for item in items if isinstance(item, Line)]


def _margins(pages: Sequence[Items]) -> list[float]:
    """The left edge of the text of each page: that of the page whose lines start furthest left, moved as
    far as a page's lines reach further right, for margins that change sides."""
    lefts = [_left(items) for items in pages]
    rights = [max((line.right for line in _lines(items)), default=-inf) for items in pages]
    tables = [max((x.grid.xs[-1] for x in items if isinstance(x, Table)), default=-inf) for items in pages]
    left = min(lefts, default=inf)
    ends = zip(lefts, rights, tables, strict=True)
    right = max((end for start, *both in ends if start - left < SAME_EDGE for end in both), default=0.0)
    return [min(start, left + max(0.0, end - right)) for start, end in zip(lefts, rights, strict=True)]


def _left(items: Items) -> float:
    """Where the text of a page starts: at its table, where all lines start two characters right of it,
    since they are then short paragraphs, each of them indented."""
    lines = _lines(items)
    left = min((line.left for line in lines), default=inf)
    high = lines[0].height if lines else 0.0
    tables = (item.grid.xs[0] for item in items if isinstance(item, Table) and item.ruled)
    return min((edge for edge in tables if 1.5 * high < left - edge < 2.5 * high), default=left)


def _width(pages: Sequence[Items], margins: Sequence[float]) -> float:
    """How far most full lines reach from the left margin of their page."""
    reaches = [
        line.right - margin for items, margin in zip(pages, margins, strict=True) for line in _lines(items)
    ]
    longest = max(reaches, default=0.0)
    return median([reach for reach in reaches if reach > 0.7 * longest] or [0.0])


def _blocks(pages: Sequence[Items], margins: Sequence[float]) -> list[_Placed | list[Table]]:
    """Lines, and tables with their halves together."""
    blocks: list[_Placed | list[Table]] = []
    for page, (items, margin) in enumerate(zip(pages, margins, strict=True)):
        for place, item in enumerate(items):
            if isinstance(item, Line):
                blocks.append(_Placed(item, margin, page))
            elif place == 0 and blocks and isinstance(blocks[-1], list) and _goes_on(blocks[-1][-1], item):
                blocks[-1].append(item)
            else:
                blocks.append([item])
    return blocks


def _goes_on(upper: Table, lower: Table) -> bool:
    """Whether a table at the head of a page is the rest of the one at the foot of the page before."""
    if not (upper.ruled and lower.ruled):
        return lower.goes_on
    return abs(upper.width - lower.width) <= SAME_EDGE


def _table_rows(halves: Sequence[Table], number: int) -> Iterator[Row]:
    marks = _common_marks(halves)
    for half in halves:
        shift = halves[0].grid.xs[0] - half.grid.xs[0]
        columns = [
            _nearest(marks, x + shift) if half.ruled else index for index, x in enumerate(half.grid.xs)
        ]
        rows: list[list[Cell]] = [[] for _ in half.grid.ys[1:]]
        for place, text in zip(half.grid.cells, half.texts, strict=True):
            start, end = columns[place.column], columns[place.column + place.colspan]
            rows[place.row].append(Cell(text, start, max(1, end - start), place.rowspan))
        yield from (Row(tuple(cells), number) for cells in _without_slivers(rows))


def _without_slivers(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """The rows without those in which nothing starts but one empty cell: the strip between a table's last
    line and the end of the page, or between two lines that ought to be one."""
    slivers = {
        index
        for index, cells in enumerate(rows)
        if len(cells) == 1 and cells[0].rowspan == 1 and not cells[0].text
    }
    kept: list[list[Cell]] = []
    for index, cells in enumerate(rows):
        if index not in slivers:
            lost = [len(slivers.intersection(range(index, index + cell.rowspan))) for cell in cells]
            kept.append(
                [replace(cell, rowspan=cell.rowspan - less) for cell, less in zip(cells, lost, strict=True)]
            )
    return kept


def _common_marks(halves: Sequence[Table]) -> list[float]:
    """The column lines of a table's halves, laid over each other at their left edges."""
    marks: list[float] = []
    for x in sorted(x - half.grid.xs[0] + halves[0].grid.xs[0] for half in halves for x in half.grid.xs):
        if not marks or x - marks[-1] > SAME_EDGE:
            marks.append(x)
    return marks


def _nearest(marks: Sequence[float], x: float) -> int:
    return min(range(len(marks)), key=lambda index: abs(marks[index] - x))


class _Paragraphs:
    """Lines in, paragraphs out."""

    def __init__(self, width: float) -> None:
        self._width = width
        self._lines: list[_Placed] = []

    def add(self, placed: _Placed) -> tuple[Row, ...]:
        """Take a line; the paragraph before it, if that ends there, as a row."""
        goes_on = bool(self._lines) and _continues(self._lines[0], self._lines[-1], placed, self._width)
        done = () if goes_on else self.end()
        self._lines.append(placed)
        return done

    def end(self) -> tuple[Row, ...]:
        """The last paragraph as a row, if there is one."""
        if not self._lines:
            return ()
        text = reduce(_run_on, (placed.line.text for placed in self._lines))
        self._lines = []
        return (line(text),)


def _run_on(text: str, more: str) -> str:
    both_words = text[-1].isascii() and text[-1].isalpha() and more[0].isascii() and more[0].isalpha()
    return f"{text} {more}" if both_words else text + more


def _continues(first: _Placed, before: _Placed, after: _Placed, width: float) -> bool:
    """Whether a line goes on with a paragraph, of which ``first`` and ``before`` are the first and the last
    line yet: the last is full, this one is not indented, and they are set alike. A line under a finished
    sentence that starts below the paragraph's first line starts a paragraph itself."""
    upper, lower = before.line, after.line
    high = upper.height
    unbroken = lower.words[0].right - lower.left if lower.text[0].isascii() else 0.0
    room = before.margin + width - upper.right
    indent, first_indent = lower.left - after.margin, first.line.left - first.margin
    is_finished = upper.text[-1] in _ENDS
    if width < _NARROWEST * high or room > max(1.6 * high, unbroken) or indent > 0.9 * high:
        return False
    if abs(upper.height - lower.height) > 0.25 * high:
        return False
    if before.page == after.page and lower.top - upper.bottom > 1.5 * high:
        return False
    return not (is_finished and (abs(indent - first_indent) < 0.5 * high or _HEADING.match(lower.text)))
