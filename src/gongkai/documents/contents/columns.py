"""Cells with spans laid out in columns, so that the n-th cell of each row stands under the same header."""

from gongkai.documents.contents.holding import MOST_CELLS, TOO_MUCH, Cell
from gongkai.documents.reading.content import Unreadable


class Frame:
    """A table while its cells come in, row by row, left to right. What a cell covers is left blank."""

    def __init__(self, name: str, row_word: str = "第{}行") -> None:
        self._name, self._row_word = name, row_word
        self._rows: list[dict[int, Cell]] = []
        self._reaching: dict[int, int] = {}
        self._column = 0
        self._width = 0
        self._count = 0

    @property
    def place(self) -> str:
        """Where the next cell stands."""
        return self._at(len(self._rows), self._column)

    def open_row(self, skip: int = 0) -> None:
        """Begins a row; ``skip`` columns at its left are no cells."""
        self._rows.append({})
        self._column = min(skip, MOST_CELLS)
        self._pass_covered()

    def put(self, cell: Cell, width: int = 1, height: int = 1) -> None:
        """A cell that covers ``width`` columns and, where the file says so once for all, ``height`` rows."""
        self._rows[-1][self._column] = cell
        self._count += 1
        if height > 1:
            last = len(self._rows) - 1 + height
            self._reaching.update(dict.fromkeys(range(self._column, self._column + width), last))
        self._column += width
        self._width = max(self._width, self._column)
        if self._count > MOST_CELLS:
            raise Unreadable(TOO_MUCH)
        self._pass_covered()

    def rows(self) -> list[tuple[Cell, ...]]:
        """The rows, each filled up with blank cells."""
        used = max((column + 1 for row in self._rows for column in row), default=0)
        if used * len(self._rows) > MOST_CELLS:
            raise Unreadable(TOO_MUCH)
        return [
            tuple(row.get(column) or Cell("", self._at(number, column)) for column in range(used))
            for number, row in enumerate(self._rows, 1)
        ]

    def _at(self, row: int, column: int) -> str:
        return f"{self._name}{self._row_word.format(row)}第{column + 1}列"

    def _pass_covered(self) -> None:
        while self._reaching.get(self._column, -1) > len(self._rows) - 1:
            self._column += 1
