"""Words and lines: what the glyphs of a page are first gathered into.

Coordinates in this package are points, x to the right and **y down**, of the page as it is seen; the origin
is wherever the page's own origin falls, so only differences mean anything.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FAKE_BOLD_SHIFT = 0.25
"""A glyph drawn again within this share of its width is the same glyph, made bold."""

FIRST_IDEOGRAPH = "\u2e80"
"""Characters before it are letters and digits, with blanks between words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of glyphs with no gap between them. ``lefts``: the left edge of each glyph of ``text``."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    lefts: tuple[float, ...]

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def as_high_as(self, height: float) -> "Word":
        """The word around the same middle, of another height."""
        top = self.middle - height / 2
        return Word(self.left, top, self.right, top + height, self.text, self.lefts)

    def followed_by(self, word: "Word") -> "Word":
        """The word with another behind it."""
        return Word(
            self.left,
            min(self.top, word.top),
            word.right,
            max(self.bottom, word.bottom),
            self.text + word.text,
            self.lefts + word.lefts,
        )

    def split(self, at: int) -> tuple["Word", "Word"]:
        """The word cut before its glyph ``at``."""
        edge = self.lefts[at]
        return (
            Word(self.left, self.top, edge, self.bottom, self.text[:at], self.lefts[:at]),
            Word(edge, self.top, self.right, self.bottom, self.text[at:], self.lefts[at:]),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, from left to right."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        """The height of most of its text."""
        return max(self.words, key=lambda word: len(word.text)).height

    @property
    def middle(self) -> float:
        return sum(word.middle for word in self.words) / len(self.words)

    @property
    def text(self) -> str:
        return join(self.words)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words gathered into lines, top to bottom. Words are on one line when the middle of the smaller lies
    within the upper or lower half of the other."""
    ordered = sorted(words, key=lambda word: word.top + word.bottom)
    lines: list[list[Word]] = []
    for word in ordered:
        if lines and word.middle - lines[-1][0].middle < 0.5 * min(word.height, lines[-1][0].height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(without_echoes(sorted(line, key=lambda word: word.left)))) for line in lines]


def without_echoes(words: Sequence[Word]) -> list[Word]:
    """Words of a line, left to right, without those drawn a second time to look bold."""
    kept: list[Word] = []
    for word in words:
        shift = FAKE_BOLD_SHIFT * word.height
        if not any(other.text == word.text and word.left - other.left < shift for other in kept[-3:]):
            kept.append(word)
    return kept


def join(words: Sequence[Word]) -> str:
    """The text of words on one line, with blanks where the eye sees them."""
    parts = [words[0].text]
    for before, after in itertools.pairwise(words):
        parts.append(_blank(before, after) + after.text)
    return "".join(parts)


def _blank(before: Word, after: Word) -> str:
    gap = (after.left - before.right) / max(before.height, 1.0)
    latin = (before.text[-1] < FIRST_IDEOGRAPH) + (after.text[0] < FIRST_IDEOGRAPH)
    return " " if gap > (0.8, 0.5, 0.1)[latin] else ""
