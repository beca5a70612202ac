"""Lanes: the strips of a table without lines in which its columns stand, and what each strip holds."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from gongkai.documents.reading.pdf.columns import Column, starts_value
from gongkai.documents.reading.pdf.words import Line, Word

CLOSE = 0.6
"""Words closer than this share of their height belong together."""

_LINE_GAP = 1.2
"""Lines of one cell are no further apart than this many times their height."""

_OPENING, _CLOSING = "（([【", "）)]】"


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where the lanes of columns begin, from left to right; the lane of the labels is before the first."""

    edges: tuple[float, ...]

    @classmethod
    def of(cls, columns: Sequence[Column], figures: Iterable[tuple[Line, Sequence[Word]]]) -> "Lanes":
        """The lanes of some columns. ``figures``: the lines of the rows with their figures; what stands
        before the figures of a row is its label."""
        first = columns[0].left
        labels = [word.right for line, row in figures for word in line.words if word not in row]
        label = max((right for right in labels if right <= first), default=first - 1)
        between = [(left.right + right.left) / 2 for left, right in pairwise(columns)]
        return cls(((label + first) / 2, *between))

    def lane(self, item: Word | Line) -> int:
        """The number of the lane an item stands in: 0 for the labels, then one for each column."""
        return bisect(self.edges, item.centre)

    def has_room_for(self, item: Line) -> bool:
        """Whether an item does not reach over into the lanes beside its own."""
        lane = self.lane(item)
        slack = 0.2 * item.height
        left = self.edges[lane - 1] if lane else -inf
        right = self.edges[lane] if lane < len(self.edges) else inf
        return left - slack <= item.left and item.right <= right + slack

    def pieces(self, line: Line) -> list[tuple[int, Line]]:
        """What a line has in each lane, words that stand close together as one piece."""
        pieces: list[list[Word]] = []
        for word in line.words:
            before = pieces[-1][-1] if pieces else None
            if before and word.left - before.right <= CLOSE * word.height and self._are_one(before, word):
                pieces[-1].append(word)
            else:
                pieces.append([word])
        lines = [Line(tuple(piece)) for piece in pieces]
        return [(self.lane(piece), piece) for piece in lines]

    def _are_one(self, before: Word, word: Word) -> bool:
        return self.lane(before) == self.lane(word)


@dataclass(slots=True)
class Stack:
    """The pieces of one cell, one below the other."""

    lines: list[Line]

    @property
    def middle(self) -> float:
        return (self.lines[0].top + self.lines[-1].bottom) / 2

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def goes_on_with(self, piece: Line) -> bool:
        """Whether a piece below is the rest of a note that this cell began, or the unit of its number."""
        last = self.lines[-1]
        if piece.top - last.bottom > _LINE_GAP * piece.height:
            return False
        text = self.text
        is_open = sum(text.count(mark) for mark in _OPENING) > sum(text.count(mark) for mark in _CLOSING)
        return is_open or piece.text[0] in _OPENING + "件个项元万%％"


def stacks_of(pieces: Iterable[Line]) -> list[Stack]:
    """The cells of one lane, from its pieces from top to bottom."""
    stacks: list[Stack] = []
    for piece in pieces:
        if stacks and stacks[-1].goes_on_with(piece):
            stacks[-1].lines.append(piece)
        else:
            stacks.append(Stack([piece]))
    return stacks


def are_cells(stacks: Iterable[Stack]) -> bool:
    """Whether cells hold figures and notes on them, nothing else."""
    return all(starts_value(stack.lines[0].text) for stack in stacks)
