"""One part of a file as screening looks at it: running text, or a table with what its columns hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from gongkai.documents.contents import Contents, Passage, Table
from gongkai.screening.columns import tables_in_lines
from gongkai.screening.labels import header_label, label_before
from gongkai.screening.people import PeopleList, holds_person, read_list, role_of
from gongkai.screening.stretch import CELL, Stretch

_HEADER_ROLES = {"phone": "phone", "id_number": "id_number", "bank_card": "bank_card"}
_TITLE_PASSAGES = 4
_TITLE_LENGTH = 120
_PAGED = {"pdf", "ofd"}
_FLOWING = {"docx", "doc", "rtf", "odt"}
_HEADER_ROWS = 3


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
    from_lines: bool = False
    """Whether its rows are lines of the running text, which is looked at as such too."""

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
    return header_label(people.header_of(column))


Sheet = Prose | Grid


def sheets_of(contents: Contents, name: str = "") -> Iterator[Sheet]:
    """Tables that stand in lines of text, the running text, each table with the text just before it; no
    members. The name of the file is a title too: it may be the only one."""
    passages = contents.passages
    titles = [PurePath(name).stem, *(passage.text[:_TITLE_LENGTH] for passage in passages[:_TITLE_PASSAGES])]
    opening = " ".join(titles).strip()
    for before, table in tables_in_lines(passages):
        yield grid_of(table, f"{opening} {_near(passages, before)}", from_lines=True)
    if passages:
        yield Prose(Stretch.of(passages), opening)
    for before, table in _whole_tables(contents):
        yield grid_of(table, f"{opening} {_near(passages, before)} {table.place}")


def _whole_tables(contents: Contents) -> Iterator[tuple[int, Table]]:
    """Each table with how many passages stand before it; one that goes on over pages is one."""
    known = len(contents.before) == len(contents.tables)
    befores = contents.before if known else (len(contents.passages),) * len(contents.tables)
    held: tuple[int, Table] | None = None
    for before, table in zip(befores, contents.tables, strict=True):
        if held and _may_go_on(contents.kind, held[0], before) and _goes_on(held[1], table):
            held = held[0], Table(held[1].place, held[1].rows + table.rows)
            continue
        if held:
            yield held
        held = before, table
    if held:
        yield held


def _may_go_on(kind: str, before: int, next_before: int) -> bool:
    """On a page, feet and heads stand between the parts of a table; in a flowing text nothing does."""
    return kind in _PAGED or (kind in _FLOWING and before == next_before)


def _goes_on(table: Table, following: Table) -> bool:
    """Whether a table is the rest of the one before: as wide, under the same header or none."""
    first, second = table.rows[0], following.rows[0]
    if len(first) != len(second):
        return False
    known = {tuple(cell.text for cell in row) for row in table.rows[:_HEADER_ROWS]}
    if tuple(cell.text for cell in second) in known or holds_person(second):
        return True
    return not any(role_of(cell.text) for cell in second)


def _near(passages: Sequence[Passage], before: int) -> str:
    return " ".join(p.text[:_TITLE_LENGTH] for p in passages[max(before - _TITLE_PASSAGES, 0) : before])


def grid_of(table: Table, before: str = "", *, from_lines: bool = False) -> Grid:
    cells = [
        (cell, (row, column))
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line)
        if cell.text
    ]
    stretch = Stretch.of((cell for cell, _ in cells), CELL)
    return Grid(stretch, read_list(table, before), tuple(position for _, position in cells), from_lines)
