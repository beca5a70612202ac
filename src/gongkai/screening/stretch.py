"""Many short texts as one long text, so that one pass finds everything and each find knows its place."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gongkai.documents.contents import Cell

CELL = "\x01"
"""Between two cells: in no text, no blank, part of no number."""


class Unit(Protocol):
    """A passage or a cell."""

    @property
    def text(self) -> str: ...

    @property
    def place(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Piece(Cell):
    """A word of a line that is a row of a table; ``offset`` is where it begins in the line."""

    offset: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one unit, and what masking writes in their stead (``None``: left to a person)."""

    place: str
    start: int
    end: int
    new: str | None = None


class Taken:
    """The spans of one place that are spoken for, none overlapping another."""

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def overlaps(self, span: Span) -> bool:
        at = bisect_right(self.spans, span.start, key=_start)
        before = at > 0 and self.spans[at - 1].end > span.start
        return before or (at < len(self.spans) and self.spans[at].start < span.end)

    def add(self, span: Span) -> None:
        insort(self.spans, span, key=_start)


def _start(span: Span) -> int:
    return span.start


@dataclass(frozen=True, slots=True)
class Hit:
    """A find before it is worded. ``spans`` has several where a line end or a cell border splits it."""

    kind: str
    blocks: bool
    spans: tuple[Span, ...]
    excerpt: str
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units joined by ``separator``."""

    text: str
    units: tuple[Unit, ...]
    separator: str
    _starts: list[int] = field(repr=False)

    @classmethod
    def of(cls, units: Iterable[Unit], separator: str = "\n") -> "Stretch":
        listed = tuple(units)
        starts, at = [], 0
        for unit in listed:
            starts.append(at)
            at += len(unit.text) + len(separator)
        return cls(separator.join(unit.text for unit in listed), listed, separator, starts)

    def index(self, at: int) -> int:
        """The number of the unit that holds a position."""
        return bisect_right(self._starts, at) - 1

    def start_of(self, number: int) -> int:
        return self._starts[number]

    def spans(self, start: int, end: int, new: str | None = None) -> tuple[Span, ...]:
        """A stretch of text as spans of its units. ``new`` is as long as what it replaces, or one unit's."""
        first, last = self.index(start), self.index(max(end - 1, start))
        if first == last:
            base = self._starts[first]
            base -= _offset(self.units[first])
            return (Span(self.units[first].place, start - base, end - base, new),)
        return tuple(self._part(number, start, end, new) for number in range(first, last + 1))

    def _part(self, number: int, start: int, end: int, new: str | None) -> Span:
        base, unit = self._starts[number], self.units[number]
        begin, stop = max(start - base, 0), min(end - base, len(unit.text))
        piece = None if new is None else new[base + begin - start : base + stop - start]
        return Span(unit.place, begin + _offset(unit), stop + _offset(unit), piece)

    def before(self, at: int, length: int = 24) -> str:
        """What stands just before a position, without blanks, within its own cell where cells are joined."""
        return self._near(self.text[max(at - length, 0) : at].rpartition(CELL)[2])

    def after(self, at: int, length: int = 8) -> str:
        return self._near(self.text[at : at + length].partition(CELL)[0])

    @staticmethod
    def _near(text: str) -> str:
        return "".join(text.split())


def whole(unit: Unit, new: str | None = None) -> Span:
    """All of a unit."""
    start = _offset(unit)
    return Span(unit.place, start, start + len(unit.text), new)


def _offset(unit: Unit) -> int:
    return unit.offset if isinstance(unit, Piece) else 0


def where_in_words(spans: Sequence[Span]) -> str:
    """One place, or the first and the last."""
    first, last = spans[0].place, spans[-1].place
    return first if first == last else f"{first} 至 {last}"
