"""Pages put one after the other: tables and paragraphs that run over a page's end go on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.documents.reading.content import Cell, Row, line
from gongkai.documents.reading.pdf.cells import Table
from gongkai.documents.reading.pdf.furniture import Items
from gongkai.documents.reading.pdf.words import Line

SAME_EDGE = 5.0
"""Columns and edges of a table's halves on two pages agree within this many points."""

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
    width = max((_right(items) - _margin(items) for items in pages if _lines(items)), default=0.0)
    for is_table, run in groupby(_blocks(pages), key=lambda block: isinstance(block, list)):
        if is_table:
            for halves in run:
                rows.extend(_table_rows(halves, number))
                number += 1
        else:
            rows.extend(line(text) for text in _paragraphs(tuple(run), width))
    return tuple(rows)


def _lines(items: Items) -> list[Line]:
    return [item for item in items if isinstance(item, Line)]


def _margin(items: Items) -> float:
    return min((line.left for line in _lines(items)), default=0.0)


def _right(items: Items) -> float:
    return max(line.right for line in _lines(items))


def _blocks(pages: Sequence[Items]) -> list[_Placed | list[Table]]:
    """Lines, and tables with their halves together."""
    blocks: list[_Placed | list[Table]] = []
    for page, items in enumerate(pages):
        margin = _margin(items)
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
    return abs(upper.width - lower.width) <= SAME_EDGE


def _table_rows(halves: Sequence[Table], number: int) -> Iterator[Row]:
    marks = _common_marks(halves)
    for half in halves:
        shift = halves[0].grid.xs[0] - half.grid.xs[0]
        columns = [_nearest(marks, x + shift) for x in half.grid.xs]
        rows: list[list[Cell]] = [[] for _ in half.grid.ys[1:]]
        for place, text in zip(half.grid.cells, half.texts, strict=True):
            start, end = columns[place.column], columns[place.column + place.colspan]
            rows[place.row].append(Cell(text, start, max(1, end - start), place.rowspan))
        yield from (Row(tuple(cells), number) for cells in rows)


def _common_marks(halves: Sequence[Table]) -> list[float]:
    """The column lines of a table's halves, laid over each other at their left edges."""
    marks: list[float] = []
    for x in sorted(x - half.grid.xs[0] + halves[0].grid.xs[0] for half in halves for x in half.grid.xs):
        if not marks or x - marks[-1] > SAME_EDGE:
            marks.append(x)
    return marks


def _nearest(marks: Sequence[float], x: float) -> int:
    return min(range(len(marks)), key=lambda index: abs(marks[index] - x))


def _paragraphs(lines: Sequence[_Placed], width: float) -> Iterator[str]:
    text = ""
    before: _Placed | None = None
    for placed in lines:
        if before is None or not _continues(before, placed, width):
            if text:
                yield text
            text = placed.line.text
        else:
            text = _run_on(text, placed.line.text)
        before = placed
    if text:
        yield text


def _run_on(text: str, more: str) -> str:
    both_words = text[-1].isascii() and text[-1].isalpha() and more[0].isascii() and more[0].isalpha()
    return f"{text} {more}" if both_words else text + more


def _continues(before: _Placed, after: _Placed, width: float) -> bool:
    """Whether a line goes on with the paragraph of the line before: that one is full, this one is not
    indented, and they are set alike."""
    upper, lower = before.line, after.line
    high = upper.height
    if upper.right < before.margin + width - 1.6 * high or lower.left > after.margin + 0.9 * high:
        return False
    if abs(upper.height - lower.height) > 0.15 * high:
        return False
    if before.page == after.page and lower.top - upper.bottom > 1.5 * high:
        return False
    return not (_HEADING.match(lower.text) and upper.text[-1] in _ENDS)
