"""Columns told by what stands in them: figures one below the other, with nothing drawn between."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.reading.pdf.rules import Rule
from gongkai.documents.reading.pdf.words import Line, Word, lines_of

_UNIT = re.compile("[(（]?(?:件|个|项|条|份|次|宗|元|万元|[%％])[)）]?")
_MARK = re.compile(r"[¹²³⁴⁵*＊※①-⑩]|\[\d\]|[(（]注\s*\d*[)）]")
_NUMBER = r"[-+－＋−–↑↓增减]?\d+(?:[,，.．]\d+)*"
_VALUE = re.compile(rf"{_NUMBER}(?:{_UNIT.pattern})?(?:{_MARK.pattern})?|[-/／—－–]")
_NOTE = re.compile(rf"{_NUMBER}(?:{_UNIT.pattern})?(?:[（(\[【].*)?|[-/／—－–]")
APART = 0.5
"""Figures in a table stand apart from words by more than this share of their height."""


def is_value(word: Word) -> bool:
    """Whether a word is what a cell of figures holds: a number, or a stroke for none."""
    return _VALUE.fullmatch(word.text) is not None


def starts_value(text: str) -> bool:
    """Whether a text is a number or a stroke, or a number and the start of a note on it."""
    return _NOTE.fullmatch(text) is not None


def with_units(line: Line) -> Line:
    """A line whose figures are one word with the units and the marks of notes behind them."""
    words: list[Word] = []
    for word in line.words:
        before = words[-1] if words else None
        if (
            before
            and (_UNIT.fullmatch(word.text) or _MARK.fullmatch(word.text))
            and is_value(before)
            and word.left - before.right < before.height
        ):
            words[-1] = before.followed_by(word)
        else:
            words.append(word)
    return Line(tuple(words))


@dataclass(frozen=True, slots=True)
class Column:
    """How far the figures of a column reach."""

    left: float
    right: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def holds(self, value: Word) -> bool:
        """Whether a figure is one of the column's own."""
        return self.left <= value.left and value.right <= self.right

    def joined_with(self, other: "Column") -> "Column":
        """The column that reaches as far as both."""
        return Column(min(self.left, other.left), max(self.right, other.right))

    def meets(self, item: "Word | Line | Column") -> bool:
        """Whether something stands above or below the column."""
        return item.left < self.right and item.right > self.left


def columns_of(rows: Sequence[Sequence[Word]]) -> list[Column]:
    """The columns in which the figures of some rows stand, from left to right; none if two figures of a
    row would fall into one."""
    columns: list[Column] = []
    for word in sorted((word for row in rows for word in row), key=lambda word: word.left):
        if columns and word.left < columns[-1].right:
            columns[-1] = Column(columns[-1].left, max(columns[-1].right, word.right))
        else:
            columns.append(Column(word.left, word.right))
    lefts = [column.left for column in columns]
    for row in rows:
        places = [bisect(lefts, word.left) for word in row]
        if len(set(places)) < len(places):
            return []
    return columns


def values_apart(words: Sequence[Word]) -> list[Word]:
    """The figures on one line, its words from left to right, that have only figures close by. Figures
    within a sentence do not."""
    values = [is_value(word) for word in words]
    near = [
        values[at] != values[at + 1] and after.left - before.right < APART * before.height
        for at, (before, after) in enumerate(pairwise(words))
    ]
    return [
        word
        for word, value, before, after in zip(words, values, [False, *near], [*near, False], strict=True)
        if value and not before and not after
    ]


def missing_columns(words: Sequence[Word], ys: Sequence[float], down: Sequence[Rule]) -> list[Rule]:
    """Lines between columns that nobody drew, in a table whose rows lie between ``ys``.

    Where figures of one row have no line between them, one is put there; if no line is drawn at that place
    in any row, the new one goes through every row in which it cuts no word. None at all where a row holds
    several lines of figures: it is not a row then.
    """
    bands = _bands(words, ys)
    values = [_values(band) for band in bands]
    rows = [row for lines in values for row in lines]
    columns = columns_of(rows)
    if any(len(lines) > 1 for lines in values) or not is_table(rows, columns):
        return []
    return [
        line
        for gap in _gaps(columns, bands, values)
        for line in _lines_in(gap, bands, values, list(pairwise(ys)), down)
    ]


def is_table(rows: Sequence[Sequence[Word]], columns: Sequence[Column]) -> bool:
    """Whether rows of figures stand in columns often enough for that to be no accident."""
    return len(columns) > 1 and (len(rows) > 1 or len(columns) > 3)


def _bands(words: Sequence[Word], ys: Sequence[float]) -> list[list[Word]]:
    bands: list[list[Word]] = [[] for _ in ys[1:]]
    for word in words:
        bands[min(max(bisect(ys, word.middle) - 1, 0), len(bands) - 1)].append(word)
    return bands


def _values(band: Sequence[Word]) -> list[list[Word]]:
    """The lines of figures in a row: lines with two or more that stand alone."""
    found = [values_apart(line.words) for line in lines_of(band)]
    return [values for values in found if len(values) > 1]


def _gaps(
    columns: Sequence[Column], bands: Sequence[Sequence[Word]], values: Sequence[Sequence[Sequence[Word]]]
) -> list[Column]:
    """The spaces between columns of figures, and the one between them and their labels."""
    first = columns[0].left
    labels = [
        word.right
        for band, lines in zip(bands, values, strict=True)
        for word in band
        if lines and word.right <= first
    ]
    before = [Column(max(labels), first)] if labels else []
    return before + [Column(left.right, right.left) for left, right in pairwise(columns)]


def _lines_in(
    gap: Column,
    bands: Sequence[Sequence[Word]],
    values: Sequence[Sequence[Sequence[Word]]],
    spans: Sequence[tuple[float, float]],
    down: Sequence[Rule],
) -> list[Rule]:
    """The lines that a gap between columns calls for, row by row."""
    at = (gap.left + gap.right) / 2
    drawn = [
        any(
            gap.left - 2 <= rule.at <= gap.right + 2 and rule.start < sum(span) / 2 < rule.end
            for rule in down
        )
        for span in spans
    ]
    lines: list[Rule] = []
    for band, lines_of_values, has_line, span in zip(bands, values, drawn, spans, strict=True):
        is_between = any(line[0].right <= at <= line[-1].left for line in lines_of_values)
        cuts = any(word.left < at < word.right for word in band)
        if not has_line and not cuts and (is_between or not any(drawn)):
            lines.append(Rule(at, *span))
    return lines
