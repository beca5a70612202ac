"""The sheet of a spreadsheet, whatever its format: cells named as on the screen, hidden ones marked."""

from gongkai.documents.contents.holding import MOST_CELLS, TOO_MUCH, Cell, Collector
from gongkai.documents.reading.content import Unreadable

WIDEST = 256
"""A sheet used wider than this is not filled with blank cells."""
_MOST_COLUMNS = 16_384


class Sheet:
    """Cells as they come in. ``place`` is the sheet's (``工作表“名单”``)."""

    def __init__(self, place: str, is_hidden: bool = False) -> None:
        self.place, self.is_hidden = place, is_hidden
        self._rows: dict[int, dict[int, Cell]] = {}
        self._twice: list[Cell] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._count = 0
        self._letters: dict[int, str] = {}

    def hide_columns(self, first: int, last: int) -> None:
        """Tell this before the cells come in."""
        self._hidden_columns.append((first, last))

    def put(self, row: int, column: int, text: str, *, is_hidden: bool = False) -> str:
        """A cell (0-based); gives its place."""
        self._count += 1
        if self._count > MOST_CELLS:
            raise Unreadable(TOO_MUCH)
        cells = self._rows.setdefault(row, {})
        place = self.cell_place(row, column)
        hidden = self.is_hidden or is_hidden or any(a <= column <= b for a, b in self._hidden_columns)
        if column in cells:
            place = f"{place}（重复{len(self._twice) + 1}）"
            self._twice.append(Cell(text, place, hidden))
        else:
            cells[column] = Cell(text, place, hidden)
        return place

    def collect(self, collector: Collector) -> None:
        """The sheet as a table; a cell that a broken file holds twice is a passage."""
        collector.table(self.place, self._laid_out())
        for cell in self._twice:
            collector.passage(cell.text, cell.place, hidden=cell.hidden)

    def _laid_out(self) -> list[tuple[Cell, ...]]:
        rows = [number for number in sorted(self._rows) if any(c.text for c in self._rows[number].values())]
        columns = {column for number in rows for column, cell in self._rows[number].items() if cell.text}
        first, last = min(columns, default=0), max(columns, default=-1)
        if last - first >= WIDEST or (last - first + 1) * len(rows) > MOST_CELLS:
            return [tuple(cell for _, cell in sorted(self._rows[number].items())) for number in rows]
        return [
            tuple(
                self._rows[number].get(column) or Cell("", self.cell_place(number, column))
                for column in range(first, last + 1)
            )
            for number in rows
        ]

    def cell_place(self, row: int, column: int) -> str:
        """Where a cell (0-based) stands."""
        letters = self._letters.get(column)
        if letters is None:
            letters = self._letters[column] = column_letters(column)
        return f"{self.place}{letters}{row + 1}"


def column_number(letters: str) -> int:
    """``A`` → 0, ``AB`` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 → ``A``, 27 → ``AB``."""
    letters = ""
    number += 1
    while number > 0:
        number, digit = divmod(number - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
