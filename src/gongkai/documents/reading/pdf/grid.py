"""Ruled tables: lines that cross become a grid, and the grid's open spaces become cells."""

import itertools
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gongkai.documents.reading.pdf.rules import Rule, Rules

_Box = tuple[float, float, float, float]

SAME_LINE = 1.5
"""Pieces of line whose places differ by less are one line."""

NEAR = 4.0
"""Lines that stop this close before each other meet; grid lines this close together are one."""

SHORTEST = 6.0
MOST_LINES = 1_500
"""A page with more lines than this is a drawing; its text is read without them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a grid: where it starts and how far it reaches."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's grid: the places of its column and row lines, and its cells row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Place, ...]

    @property
    def box(self) -> _Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def grids_of(rules: Rules) -> list[Grid]:
    """The ruled tables of a page. A frame around one space is no table, nor is one around other tables."""
    across, down = _joined(rules.horizontal), _joined(rules.vertical)
    if len(across) + len(down) > MOST_LINES:
        return []
    grids = [_grid(*crossing) for crossing in _crossings(across, down)]
    tables = [grid for grid in grids if len(grid.cells) > 1]
    return [table for table in tables if not any(_inside(other, table) for other in tables)]


def _inside(inner: Grid, outer: Grid) -> bool:
    if inner is outer or len(inner.cells) < len(outer.cells):
        return False
    left, top, right, bottom = inner.box
    return outer.holds(left, top) and outer.holds(right, bottom)


def _joined(pieces: Iterable[Rule]) -> list[Rule]:
    """Lines put together from their pieces: sides of cells, dashes, the two sides of a thick line."""
    joined: list[Rule] = []
    for level in _levels(sorted(pieces)):
        at = sum(piece.at for piece in level) / len(level)
        level.sort(key=lambda piece: piece.start)
        start, end = level[0].start, level[0].end
        for piece in level:
            if piece.start > end + NEAR:
                joined.append(Rule(at, start, end))
                start, end = piece.start, piece.end
            end = max(end, piece.end)
        joined.append(Rule(at, start, end))
    return [line for line in joined if line.end - line.start >= SHORTEST]


def _levels(pieces: Sequence[Rule]) -> list[list[Rule]]:
    levels: list[list[Rule]] = []
    for piece in pieces:
        if levels and piece.at - levels[-1][0].at <= SAME_LINE:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels


def _crossings(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together, as (horizontal, vertical) of each table; lines that cross none are left."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for line in down:
        crossed = [rule for rule in across if _cross(rule, line)]
        mine: tuple[list[Rule], list[Rule]] = ([], [line])
        for group in [group for group in groups if any(rule in crossed for rule in group[0])]:
            groups.remove(group)
            mine[0].extend(group[0])
            mine[1].extend(group[1])
        mine[0].extend(rule for rule in crossed if rule not in mine[0])
        if crossed:
            groups.append(mine)
    return groups


def _cross(across: Rule, down: Rule) -> bool:
    return (
        across.start - NEAR <= down.at <= across.end + NEAR
        and down.start - NEAR <= across.at <= down.end + NEAR
    )


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid:
    xs, ys = _marks(down, across), _marks(across, down)
    walls_left = _walls(down, xs, ys)
    walls_above = _walls(across, ys, xs)
    cells = _cells(
        len(ys) - 1,
        len(xs) - 1,
        lambda row, column: walls_left[column][row],
        lambda row, column: walls_above[row][column],
    )
    return _compact(xs, ys, cells)


def _marks(lines: Iterable[Rule], crossing: Iterable[Rule]) -> list[float]:
    """Where the grid's lines of one direction lie, with an outer one where the other direction's lines
    run out past the last, as at a page's end or in a table drawn without sides."""
    crossing = tuple(crossing)
    marks: list[list[float]] = []
    for at in sorted(line.at for line in lines):
        if marks and at - marks[-1][0] <= NEAR:
            marks[-1].append(at)
        else:
            marks.append([at])
    places = [sum(mark) / len(mark) for mark in marks]
    first, last = min(line.start for line in crossing), max(line.end for line in crossing)
    before = [first] if first < places[0] - 2 * NEAR else []
    after = [last] if last > places[-1] + 2 * NEAR else []
    return before + places + after


def _walls(lines: Iterable[Rule], marks: Sequence[float], crossing: Sequence[float]) -> list[bytearray]:
    """For each mark, whether a line stands on it along each space between the crossing marks."""
    walls = [bytearray(len(crossing) - 1) for _ in marks]
    middles = [(low + high) / 2 for low, high in itertools.pairwise(crossing)]
    for line in lines:
        wall = walls[min(range(len(marks)), key=lambda index: abs(marks[index] - line.at))]
        for space in range(bisect(middles, line.start), bisect(middles, line.end)):
            wall[space] = 1
    return walls


_IsWall = Callable[[int, int], int]


def _cells(rows: int, columns: int, left: _IsWall, above: _IsWall) -> list[Place]:
    """The open spaces between walls, each the widest and then highest rectangle from its corner."""
    taken = [bytearray(columns) for _ in range(rows)]
    cells: list[Place] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            end = column + 1
            while end < columns and not left(row, end) and not taken[row][end]:
                end += 1
            below = row + 1
            while below < rows and _goes_on(below, column, end, left, above):
                below += 1
            cells.append(Place(row, column, below - row, end - column))
            for covered in range(row, below):
                taken[covered][column:end] = b"\1" * (end - column)
    return cells


def _goes_on(row: int, start: int, end: int, left: _IsWall, above: _IsWall) -> bool:
    return not any(above(row, column) for column in range(start, end)) and not any(
        left(row, column) for column in range(start + 1, end)
    )


def _compact(xs: Sequence[float], ys: Sequence[float], cells: Sequence[Place]) -> Grid:
    """The grid without the lines at which no cell starts."""
    columns, rows = sorted({cell.column for cell in cells}), sorted({cell.row for cell in cells})
    return Grid(
        (*(xs[column] for column in columns), xs[-1]),
        (*(ys[row] for row in rows), ys[-1]),
        tuple(
            Place(
                rows.index(cell.row),
                columns.index(cell.column),
                bisect_left(rows, cell.row + cell.rowspan) - rows.index(cell.row),
                bisect_left(columns, cell.column + cell.colspan) - columns.index(cell.column),
            )
            for cell in cells
        ),
    )
