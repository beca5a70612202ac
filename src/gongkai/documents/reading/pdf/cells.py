"""The text of a ruled table: words put into the cells of its grid."""

import itertools
import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.documents.reading.pdf.grid import Grid, Place
from gongkai.documents.reading.pdf.words import Line, Word, join, lines_of

_FIGURES = re.compile(r"[\d.,]+")


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page: its grid and the text of each cell, in the order of ``grid.cells``. The lines of
    a table that is not ``ruled`` are only where its words begin; ``goes_on``: it is the rest of the one on
    the page before."""

    grid: Grid
    texts: tuple[str, ...]
    ruled: bool = True
    goes_on: bool = False

    @property
    def top(self) -> float:
        return self.grid.ys[0]

    @property
    def width(self) -> float:
        return self.grid.xs[-1] - self.grid.xs[0]


def place(grid: Grid, words: Iterable[Word]) -> list[list[Word]]:
    """The words that lie in a grid, cell by cell in the order of ``grid.cells``."""
    owner = _owners(grid)
    held: list[list[Word]] = [[] for _ in grid.cells]
    for word in words:
        row = owner[_space(grid.ys, (word.top + word.bottom) / 2)]
        first = row[_space(grid.xs, word.left + 1)]
        if first == row[_space(grid.xs, word.right - 1)]:
            held[first].append(word)
            continue
        for piece in _pieces(word, grid.xs, row):
            held[row[_space(grid.xs, piece.centre)]].append(piece)
    return held


def table_of(grid: Grid, held: Sequence[Sequence[Word]]) -> Table:
    """The table of a grid whose cells hold these words."""
    texts = (_text(words, width_of(grid, cell)) for words, cell in zip(held, grid.cells, strict=True))
    return Table(grid, tuple(texts))


def _owners(grid: Grid) -> list[list[int]]:
    """For each space of the grid, by row and column, the number of the cell that covers it."""
    owners = [[0] * (len(grid.xs) - 1) for _ in grid.ys[1:]]
    for number, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.rowspan):
            owners[row][cell.column : cell.column + cell.colspan] = [number] * cell.colspan
    return owners


def _space(marks: Sequence[float], at: float) -> int:
    return bisect(marks, at, 1, len(marks) - 1) - 1


def width_of(grid: Grid, cell: Place) -> float:
    """How wide a cell is."""
    return grid.xs[cell.column + cell.colspan] - grid.xs[cell.column]


def _pieces(word: Word, xs: Sequence[float], row: Sequence[int]) -> list[Word]:
    """A word cut where it runs on from one cell into the next.

    A number that stands over a line is too wide for its column and stays whole, unless its figures stand
    further apart there than elsewhere: then it is two numbers that nearly touch.
    """
    edges = (*word.lefts, word.right)
    owners = [row[_space(xs, (low + high) / 2)] for low, high in itertools.pairwise(edges)]
    cuts = [at for at in range(1, len(owners)) if owners[at] != owners[at - 1]]
    if cuts and word.text.isdecimal():
        steps = [high - low for low, high in itertools.pairwise(edges)]
        cuts = [at for at in cuts if steps[at - 1] > 1.08 * min(steps)]
    pieces: list[Word] = []
    for cut in reversed(cuts):
        word, tail = word.split(cut)
        pieces.insert(0, tail)
    return [word, *pieces]


def _text(words: Sequence[Word], width: float) -> str:
    """What a cell says, a line of it a line. Characters written one below the other are one word, and a
    number broken because its column is too narrow is one number."""
    lines = lines_of(words)
    if len(lines) > 1 and all(len(line.text) == 1 and not line.text.isdecimal() for line in lines):
        return "".join(word.text for word in words)
    text = ""
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and not (is_full(before, width) and _FIGURES.fullmatch(line.text)):
            text += "\n"
        text += join(line.words)
    return text


def is_full(line: Line, width: float) -> bool:
    """Whether a line of figures has no room left for one more."""
    text = line.text
    return (
        _FIGURES.fullmatch(text) is not None
        and (line.right - line.left) * (len(text) + 1) / len(text) > width
    )
