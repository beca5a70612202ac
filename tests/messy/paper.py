"""A report as laid out on paper, before it becomes a file: a title, lines of text, and grids of slots."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["label", "header", "title", "value", "joined", "filler"]


@dataclass(slots=True, eq=False)
class Slot:
    """A printed cell where it starts. ``address`` is set where a figure of the form stands."""

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    role: Role = "filler"
    address: str | None = None


@dataclass(slots=True, eq=False)
class Grid:
    """A printed table: ``lines`` hold the slots that start in each row."""

    name: str
    lines: list[list[Slot]]

    @property
    def slots(self) -> Iterator[Slot]:
        return (slot for line in self.lines for slot in line)

    @property
    def width(self) -> int:
        return max((len(row) for row in matrix(self)), default=0)

    def with_figures(self, text: str) -> "Grid":
        """The same grid with one text in place of every figure: a version that nobody should read."""
        lines = [
            [Slot(text if s.role == "value" else s.text, s.colspan, s.rowspan, s.role) for s in line]
            for line in self.lines
        ]
        return Grid(self.name, lines)

    def values(self) -> Iterator[Slot]:
        return (slot for slot in self.slots if slot.role == "value")


@dataclass(slots=True, eq=False)
class Line:
    """A paragraph. ``kind`` is ``heading`` for the six section headings; ``section`` is the code of the
    section whose words these are."""

    text: str
    kind: Literal["title", "heading", "prose", "noise"] = "prose"
    section: str = ""


@dataclass(slots=True, eq=False)
class Paper:
    """A whole report. ``file_title`` goes where a file names itself (``<title>``, properties)."""

    file_title: str
    parts: list[Line | Grid] = field(default_factory=list)

    @property
    def grids(self) -> list[Grid]:
        return [part for part in self.parts if isinstance(part, Grid)]

    @property
    def lines(self) -> list[Line]:
        return [part for part in self.parts if isinstance(part, Line)]


Place = tuple[Slot, bool]
"""A slot at a grid position, and whether it starts there."""


def matrix(grid: Grid) -> list[list[Place | None]]:
    """The grid with every span laid out: each position's slot, ``None`` where nothing is printed."""
    rows: list[dict[int, Place]] = [{} for _ in grid.lines]
    for number, line in enumerate(grid.lines):
        column = 0
        for slot in line:
            while column in rows[number]:
                column += 1
            for down in range(min(slot.rowspan, len(rows) - number)):
                for right in range(slot.colspan):
                    rows[number + down].setdefault(column + right, (slot, down == 0 and right == 0))
            column += slot.colspan
    width = max((max(row, default=-1) + 1 for row in rows), default=0)
    return [[row.get(column) for column in range(width)] for row in rows]
