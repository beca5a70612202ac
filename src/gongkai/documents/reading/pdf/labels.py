"""Labels of a table without lines: pieces of text one below the other that are one label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from gongkai.documents.reading.pdf.rules import Rule
from gongkai.documents.reading.pdf.words import Line, Word

_MARKER = re.compile(r"\(?(?:[一二三四五六七八九十]+|\d{1,2})(?:\)[、.]?|[、.,])")
_CHUNK = 0.6
"""Words closer than this share of their height belong to one label."""

TOUCHING = 1.6
"""Lines of one label are no further apart than this many times their height …"""

_LOOSE = 0.2
"""… nor by so much more than the closest lines of labels in the table."""


def is_numbered(text: str) -> bool:
    """Whether a text starts with an item's number: ``（一）``, ``2.``, ``三、``; a radical is a numeral."""
    return _MARKER.match(normalize("NFKC", text[:8])) is not None


@dataclass(slots=True)
class Label:
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


def chunks_of(words: Sequence[Word]) -> list[Line]:
    """Words of a line, those close together as one piece."""
    chunks: list[list[Word]] = []
    for word in words:
        if chunks and word.left - chunks[-1][-1].right <= _CHUNK * word.height:
            chunks[-1].append(word)
        else:
            chunks.append([word])
    return [Line(tuple(chunk)) for chunk in chunks]


class Piece(NamedTuple):
    """A piece of a label, and the number of the row whose figures follow right behind it."""

    line: Line
    row: int | None


def labels_of(pieces: Sequence[Piece], across: Sequence[Rule]) -> list[Label]:
    """Pieces one below the other put together, each label from its number on and none with the figures of
    two rows."""
    ordered = sorted(pieces, key=lambda piece: piece.line.top)
    gaps = [gap for piece in ordered for gap in _gaps_above(piece, ordered)]
    reach = max(0.0, min(gaps, default=0.0)) + _LOOSE
    labels: list[Label] = []
    for piece in ordered:
        above = (
            None
            if is_numbered(piece.line.text)
            else _label_above(piece, labels, min(reach, TOUCHING), across)
        )
        if above:
            above.lines.append(piece.line)
            above.row = piece.row if above.row is None else above.row
        else:
            labels.append(Label([piece.line], piece.row))
    return labels


def _gaps_above(piece: Piece, others: Sequence[Piece]) -> Iterator[float]:
    """The distances, in heights, of a piece from those above that may be of the same label."""
    line = piece.line
    for other in others:
        if other.row is not None and piece.row is not None:
            continue
        gap = (line.top - other.line.bottom) / line.height
        if -0.5 < gap < TOUCHING and _overlap(other.line, line) and not is_numbered(line.text):
            yield gap


def _label_above(piece: Piece, labels: Sequence[Label], reach: float, across: Sequence[Rule]) -> Label | None:
    line = piece.line
    for label in reversed(labels):
        last = label.lines[-1]
        gap = (line.top - last.bottom) / line.height
        if -0.5 < gap < reach and _overlap(last, line) and not _parted(last, line, across):
            return label if piece.row is None or label.row is None else None
    return None


def _overlap(upper: Line, lower: Line) -> bool:
    return lower.left < upper.right and lower.right > upper.left


def _parted(upper: Line, lower: Line, across: Sequence[Rule]) -> bool:
    centre = (lower.left + lower.right) / 2
    return any(upper.middle < rule.at < lower.middle and rule.start < centre < rule.end for rule in across)


def row_beside(label: Label, rows: Sequence[float]) -> int | None:
    """The row, of those with these middles, a label belongs to that stands before the row's own label, or
    above or below its figures: the row at its middle, else the one beside its first line."""
    high = label.lines[0].height
    for at, tolerance in ((label.middle, 0.6 * high), (label.lines[0].middle, 0.4 * high)):
        row = min(range(len(rows)), key=lambda number: abs(rows[number] - at))
        if abs(rows[row] - at) <= tolerance:
            return row
    return None
