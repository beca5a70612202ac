"""The tables of a page: ruled ones, painted ones, and ones that only their columns of figures show."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gongkai.documents.reading.pdf.cells import Table, is_full, place, table_of, width_of
from gongkai.documents.reading.pdf.columns import is_value, missing_columns, values_apart
from gongkai.documents.reading.pdf.grid import (
    Grid,
    Lines,
    Place,
    between_stops,
    crossings,
    grid_of,
    implied,
    joined,
)
from gongkai.documents.reading.pdf.rules import Rule, Rules
from gongkai.documents.reading.pdf.words import Word, lines_of

MOST_LINES = 600
"""A page with more lines than this is a drawing; its text is read without them."""

ONE_BLANK = 0.55
"""Groups of digits no further apart than this share of their height have one blank between them."""


def tables_of(rules: Rules, words: Sequence[Word]) -> tuple[list[Table], list[Word]]:
    """The tables of a page and the words that are in none.

    A frame around one space is no table, nor is one around other tables. Where there are no lines, the
    edges of filled areas stand for them: a page may paint white cells upon black.
    """
    found = _found(rules, words)
    painted = _found(_painted(rules, [each.grid for each in found]), words)
    found += [each for each in painted if len(each.grid.xs) > 2 and len(each.grid.ys) > 2]
    tables: list[Table] = []
    for each in found:
        inside = _inside(each.grid, words)
        words = [word for word in words if not each.grid.holds(word.centre, word.middle)]
        if inside:
            held = each.held if len(inside) == each.words else place(each.grid, inside)
            tables.append(table_of(each.grid, held))
    return tables, list(words)


class _Found(NamedTuple):
    """A grid, how many words lie in it, and which lie in each cell."""

    grid: Grid
    words: int
    held: list[list[Word]]


def _inside(grid: Grid, words: Sequence[Word]) -> list[Word]:
    left, top, right, bottom = grid.box
    return [
        word
        for word in words
        if left <= (word.left + word.right) / 2 <= right and top <= (word.top + word.bottom) / 2 <= bottom
    ]


def _painted(rules: Rules, grids: Sequence[Grid]) -> Rules:
    """The edges of areas outside the grids, as lines."""
    painted = Rules()
    for left, top, right, bottom in rules.areas:
        if not any(grid.holds((left + right) / 2, (top + bottom) / 2) for grid in grids):
            painted.horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
            painted.vertical += [Rule(left, top, bottom), Rule(right, top, bottom)]
    return painted


def _found(rules: Rules, words: Sequence[Word]) -> list[_Found]:
    across, down = joined(rules.horizontal), joined(rules.vertical)
    if len(across) + len(down) > MOST_LINES:
        return []
    tables = crossings(across + implied(rules.vertical), down + implied(rules.horizontal))
    found = [each for lines in tables if (each := _filled(lines, words))]
    return [each for each in found if not any(_is_around(each.grid, other.grid) for other in found)]


def _filled(lines: Lines, words: Sequence[Word]) -> _Found | None:
    """The grid of some lines, and of those that its words say are missing; ``None`` if it is a mere frame
    or its cells would still hold several figures each."""
    grid = grid_of(lines)
    if len(grid.cells) == 1:
        return None
    inside = _inside(grid, words)
    held = place(grid, inside)
    if _is_crowded(grid, held):
        if len({line.at for line in lines.down}) < 3:
            return None
        down = (*lines.down, *between_stops(lines.across))
        grid = grid_of(Lines(lines.across, (*down, *missing_columns(inside, grid.ys, down))))
        held = place(grid, inside)
        if _is_crowded(grid, held):
            return None
    return _Found(grid, len(inside), held)


def _is_crowded(grid: Grid, cells: Sequence[Sequence[Word]]) -> bool:
    """Whether a cell holds several figures side by side, or a row several lines of figures."""
    stacks = [0] * len(grid.ys)
    wrapped = _wrapped(grid, cells)
    for cell, held in zip(grid.cells, cells, strict=True):
        if len(held) > 1 and any(is_value(word) for word in held):
            lines = lines_of(held)
            values = [values_apart(line.words) for line in lines]
            if any(_stand_apart(line) for line in values):
                return True
            if all(values) and not is_full(lines[0], width_of(grid, cell)) and cell not in wrapped:
                stacks[cell.row] += len(lines) - 1
    return max(stacks) > 1


def _wrapped(grid: Grid, cells: Sequence[Sequence[Word]]) -> set[Place]:
    """Cells of one row only whose figures are groups of one number, a group a line: where a line between rows
    is missing, the words beside the figures have as many lines. What is left of such a row on the next page
    stands alone in its row."""
    heights = [
        (cell, len(lines_of(held)), held) for cell, held in zip(grid.cells, cells, strict=True) if held
    ]
    beside, filled = [0] * len(grid.ys), [0] * len(grid.ys)
    for cell, high, held in heights:
        is_of_words = not all(is_value(word) for word in held)
        for row in range(cell.row, cell.row + cell.rowspan):
            filled[row] += 1
            beside[row] = max(beside[row], high * is_of_words)
    return {
        cell
        for cell, high, _ in heights
        if cell.rowspan == 1 and (0 < beside[cell.row] < high or filled[cell.row] == 1)
    }


def _stand_apart(values: Sequence[Word]) -> bool:
    """Whether figures on one line have more between them than a blank, as groups of one number have."""
    return any(after.left - before.right > ONE_BLANK * before.height for before, after in pairwise(values))


def _is_around(outer: Grid, inner: Grid) -> bool:
    left, top, right, bottom = inner.box
    return (
        inner is not outer
        and len(inner.cells) >= len(outer.cells)
        and outer.holds(left, top)
        and outer.holds(right, bottom)
    )
