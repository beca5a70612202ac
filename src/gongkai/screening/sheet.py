"""One part of a file as screening looks at it: running text, or a table with what its columns hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.documents.contents import Contents, Table
from gongkai.screening.labels import label_before
from gongkai.screening.people import PeopleList, read_list
from gongkai.screening.stretch import CELL, Stretch

_HEADER_ROLES = {"phone": "phone", "id_number": "id_number", "bank_card": "bank_card"}
_TITLE_PASSAGES = 4
_TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text; ``title`` is how it begins."""

    stretch: Stretch
    title: str

    def label(self, at: int) -> str:
        return label_before(self.stretch.before(at))

    def in_list(self, at: int) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as one text, cells set apart so that no number reaches over a border."""

    stretch: Stretch
    people: PeopleList
    positions: tuple[tuple[int, int], ...]
    """The row and the column of each unit."""

    @property
    def title(self) -> str:
        return self.people.title

    def label(self, at: int) -> str:
        """What the cell itself, its header or the cell at its left says."""
        number = self.stretch.index(at)
        row, column = self.positions[number]
        own = label_before(self.stretch.before(at))
        if own:
            return own
        if row in self.people.body:
            role = role_label(self.people, column)
            if role:
                return role
        left = self.stretch.units[number - 1].text if column and number else ""
        return label_before(left) if len(left) <= _TITLE_LENGTH else ""

    def in_list(self, at: int) -> bool:
        row, _ = self.positions[self.stretch.index(at)]
        return self.people.is_of_people and row in self.people.body


def role_label(people: PeopleList, column: int) -> str:
    """What the header of a column announces, as :func:`label_before` says it."""
    for role, columns in people.columns.items():
        if column in columns:
            return _HEADER_ROLES.get(role, "")
    return label_before(people.header_of(column))


Sheet = Prose | Grid


def sheets_of(contents: Contents) -> Iterator[Sheet]:
    """The running text first, then each table with the text just before it; no members."""
    passages = contents.passages
    opening = " ".join(passage.text[:_TITLE_LENGTH] for passage in passages[:_TITLE_PASSAGES])
    if passages:
        yield Prose(Stretch.of(passages), opening)
    known = len(contents.before) == len(contents.tables)
    for number, table in enumerate(contents.tables):
        before = contents.before[number] if known else len(passages)
        near = " ".join(p.text[:_TITLE_LENGTH] for p in passages[max(before - _TITLE_PASSAGES, 0) : before])
        yield grid_of(table, f"{opening} {near} {table.place}")


def grid_of(table: Table, before: str = "") -> Grid:
    cells = [
        (cell, (row, column))
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line)
        if cell.text
    ]
    stretch = Stretch.of((cell for cell, _ in cells), CELL)
    return Grid(stretch, read_list(table, before), tuple(position for _, position in cells))


def texts(sheets: Sequence[Sheet]) -> str:
    return "\n".join(sheet.stretch.text for sheet in sheets)
