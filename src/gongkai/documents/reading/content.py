"""What every file format is turned into before it is understood: rows of cells, in reading order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell where it starts. ``column`` is the grid column (0-based) after row and column
    spans are laid out; ``text`` keeps line breaks as ``\\n``."""

    text: str
    column: int = 0
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table row (``table``: 0-based number of its table in the file) or, where ``table`` is
    ``None``, a paragraph or line of text in one cell.

    Only cells that *start* in this row are in it; a cell that reaches down from above is not
    repeated. Blank cells are kept, with empty text.
    """

    cells: tuple[Cell, ...]
    table: int | None = None

    @property
    def text(self) -> str:
        return "\t".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Content:
    """A file opened: its kind (``html``, ``docx``, ``pdf`` …), its rows in reading order, and the
    title the file gives itself outside its text (``<title>``, document properties), if any."""

    kind: str
    rows: tuple[Row, ...]
    title: str = ""


class Unreadable(Exception):
    """A file that is no report or cannot be read. The message is one Chinese sentence that says
    what the matter is and what to do."""


def line(text: str) -> Row:
    """A paragraph or line of text as a row."""
    return Row((Cell(text),))
