"""Ruled tables: lines that cross become a grid, and the grid's open spaces become cells."""

from bisect import bisect, bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from gongkai.documents.reading.pdf.rules import Rule

_Box = tuple[float, float, float, float]

SAME_LINE = 1.5
"""Pieces of line whose places differ by less are one line."""

NEAR = 4.0
"""Lines that stop this close before each other meet; grid lines this close together are one."""

SMALLEST_GAP = 0.5
SHORTEST = 6.0
MOST_PIECES = 5_000
"""Where there are more pieces of line than this, nothing is made of the gaps between them."""


class Lines(NamedTuple):
    """The lines of one table."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


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


def implied(pieces: Sequence[Rule]) -> list[Rule]:
    """Lines that nobody drew, between cells that keep a distance and lack a side: where the pieces of line
    above and below stop on both sides of the same small gap."""
    if len(pieces) > MOST_PIECES:
        return []
    levels = _levels(sorted(piece for piece in pieces if piece.end - piece.start >= SHORTEST))
    gaps: list[float] = []
    for level in levels:
        level.sort(key=lambda piece: piece.start)
        gaps += [
            (before.end + after.start) / 2
            for before, after in pairwise(level)
            if SMALLEST_GAP <= after.start - before.end <= NEAR
        ]
    return [rule for place in _clusters(sorted(gaps)) for rule in _through(place, levels)]


def between_stops(lines: Sequence[Rule]) -> list[Rule]:
    """The sides of cells that nobody drew but where two lines of a table in turn stop at the same place."""
    stops = _clusters(sorted(end for line in lines for end in line[1:]))
    return [rule for place in stops for rule in _through(place, _levels(sorted(lines)))]


def _through(place: float, levels: Sequence[Sequence[Rule]]) -> Iterator[Rule]:
    """Lines at a place, from each level at which a piece ends there to the next, unless one in between
    runs past it."""
    start: float | None = None
    for level in levels:
        at = level[0].at
        if any(abs(end - place) <= NEAR / 2 for piece in level for end in piece[1:]):
            if start is not None:
                yield Rule(place, start, at)
            start = at
        elif any(piece.start < place < piece.end for piece in level):
            start = None


def joined(pieces: Iterable[Rule]) -> list[Rule]:
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


def crossings(across: Sequence[Rule], down: Sequence[Rule]) -> list[Lines]:
    """Lines that hang together, table by table; lines that cross none are left out, but not those that
    run along all of a table: they are the side of a cell that starts and ends on other pages."""
    tables: list[tuple[set[Rule], list[Rule]]] = []
    alone: list[Rule] = []
    for line in down:
        mine = {rule for rule in across if _cross(rule, line)}
        lines = [line]
        for table in [table for table in tables if not mine.isdisjoint(table[0])]:
            tables.remove(table)
            mine |= table[0]
            lines += table[1]
        if mine:
            tables.append((mine, lines))
        else:
            alone.append(line)
    return [
        Lines(tuple(rules), (*lines, *(line for line in alone if _runs_along(line, rules))))
        for rules, lines in tables
    ]


def _runs_along(line: Rule, across: Iterable[Rule]) -> bool:
    places = [rule.at for rule in across]
    return line.start <= min(places) + NEAR and line.end >= max(places) - NEAR


def _cross(across: Rule, down: Rule) -> bool:
    return (
        across.start - NEAR <= down.at <= across.end + NEAR
        and down.start - NEAR <= across.at <= down.end + NEAR
    )


def grid_of(lines: Lines) -> Grid:
    """The grid of lines that hang together, and its cells."""
    across, down = lines
    xs, ys = marks_of(down, across), marks_of(across, down)
    walls_left = _walls(down, xs, ys)
    walls_above = _walls(across, ys, xs)
    cells = _cells(
        len(ys) - 1,
        len(xs) - 1,
        lambda row, column: walls_left[column][row],
        lambda row, column: walls_above[row][column],
    )
    return _compact(xs, ys, cells)


def marks_of(lines: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where the grid's lines of one direction lie, with an outer one where the other direction's lines
    run out past the last, as at a page's end or in a table drawn without sides."""
    places = _clusters(sorted(line.at for line in lines))
    first = min((line.start for line in crossing), default=places[0])
    last = max((line.end for line in crossing), default=places[-1])
    before = [first] if first < places[0] - 2 * NEAR else []
    after = [last] if last > places[-1] + 2 * NEAR else []
    return before + places + after


def _clusters(places: Sequence[float]) -> list[float]:
    """Places in order, those near each other as one."""
    clusters: list[list[float]] = []
    for at in places:
        if clusters and at - clusters[-1][0] <= NEAR:
            clusters[-1].append(at)
        else:
            clusters.append([at])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def _walls(lines: Iterable[Rule], marks: Sequence[float], crossing: Sequence[float]) -> list[bytearray]:
    """For each mark, whether a line stands on it along each space between the crossing marks."""
    walls = [bytearray(len(crossing) - 1) for _ in marks]
    middles = [(low + high) / 2 for low, high in pairwise(crossing)]
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
