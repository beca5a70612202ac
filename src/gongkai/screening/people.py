"""A table as a list of people: which row names the columns, what each holds, who stands in the rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.documents.contents import Cell, Table
from gongkai.screening.names import is_name
from gongkai.screening.wordlists import read_table

LIST = 5
"""So many people make a list."""
_SEARCHED = 12  # rows in which a header is looked for
_LONGEST_HEADER = 24
_SAMPLE = 60
_MOSTLY = 0.7
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=8_192)
def role_of(header: str) -> str:
    """The role of a column with this header; empty where it says nothing known."""
    text = _BLANKS.sub("", header).strip("：:*＊")
    if not text or len(text) > _LONGEST_HEADER:
        return ""
    for entry in read_table("headers")["roles"]:
        if text in entry["equals"] or any(word in text for word in entry["words"]):
            return str(entry["role"])
    return ""


@dataclass(frozen=True, slots=True)
class PeopleList:
    """``columns`` are the numbers of the columns of each role; ``body`` the numbers of the rows under the
    header; ``title`` is what stands above the header and before the table."""

    table: Table
    title: str
    header: tuple[str, ...]
    columns: dict[str, tuple[int, ...]] = field(repr=False)
    body: range

    def cells(self, role: str) -> Iterator[Cell]:
        """The filled cells of all columns of a role."""
        for column in self.columns.get(role, ()):
            yield from self.column(column)

    def column(self, number: int) -> Iterator[Cell]:
        for row in self.body:
            cells = self.table.rows[row]
            if number < len(cells) and cells[number].text.strip():
                yield cells[number]

    def has(self, role: str) -> bool:
        return role in self.columns

    @property
    def names(self) -> tuple[Cell, ...]:
        """The cells with full names of people."""
        return tuple(cell for cell in self.cells("name") if is_name(cell.text))

    def name_in(self, row: int) -> str:
        """The first name of a row."""
        cells = self.table.rows[row]
        columns = self.columns.get("name", ())
        return next((cells[c].text.strip() for c in columns if c < len(cells) and cells[c].text.strip()), "")

    @property
    def is_of_people(self) -> bool:
        """Whether names stand in it, and not mostly organizations."""
        return self.has("name")

    def header_of(self, column: int) -> str:
        return self.header[column] if column < len(self.header) else ""


def read_list(table: Table, before: str = "") -> PeopleList:
    """``before`` is the text just before the table, which may be its title."""
    rows = table.rows
    first, last = _header_rows(rows)
    header = _joined(rows[first:last])
    columns: dict[str, tuple[int, ...]] = {}
    for number, text in enumerate(header):
        role = role_of(text)
        if role:
            columns[role] = (*columns.get(role, ()), number)
    body = range(last, len(rows))
    if "name" not in columns:
        found = _name_columns(rows, body)
        if found and not (columns.get("organization") and len(found) < 2 and _few_names(rows, body, found)):
            columns["name"] = found
    above = " ".join(cell.text for row in rows[:first] for cell in row if cell.text.strip())
    return PeopleList(table, f"{before} {above}", header, columns, body)


def _header_rows(rows: Sequence[tuple[Cell, ...]]) -> tuple[int, int]:
    """The first row of the header and the first below it; equal where there is none."""
    best, most = 0, 0
    for number, row in enumerate(rows[:_SEARCHED]):
        known = sum(bool(role_of(cell.text)) for cell in row)
        if known > most and not _is_form(row) and not holds_person(row):
            best, most = number, known
    if most == 0 or (most == 1 and not _stands_over(rows, best)):
        return _unknown_header(rows)
    end = best + 1
    if end < len(rows) and _goes_on(rows[best], rows[end]):
        end += 1
    return best, end


def _unknown_header(rows: Sequence[tuple[Cell, ...]]) -> tuple[int, int]:
    """The first row of short words over rows with figures; equal numbers where there is none."""
    for number, row in enumerate(rows[:_SEARCHED]):
        filled = [cell.text.strip() for cell in row if cell.text.strip()]
        if len(filled) < 2:
            continue
        worded = all(len(text) <= _LONGEST_HEADER and not text.isdecimal() for text in filled)
        if (
            worded
            and not holds_person(row)
            and any(_has_figure(below) for below in rows[number + 1 : number + 4])
        ):
            return number, number + 1
        break
    return 0, 0


def _has_figure(row: Sequence[Cell]) -> bool:
    return any(cell.text.strip().replace(".", "").replace(",", "").isdecimal() for cell in row)


def holds_person(row: Sequence[Cell]) -> bool:
    """Whether a name stands in a row and no word for one: then it is no header, whatever else is in it."""
    return any(is_name(cell.text) for cell in row) and not any(role_of(cell.text) == "name" for cell in row)


def _is_form(row: Sequence[Cell]) -> bool:
    """``姓名 | 甄示范 | 性别 | 男``: labels with their values beside them are no header."""
    filled = [cell.text for cell in row if cell.text.strip()]
    return len(filled) >= 2 and bool(role_of(filled[0])) and is_name(filled[1]) and not role_of(filled[1])


def _stands_over(rows: Sequence[tuple[Cell, ...]], number: int) -> bool:
    """Whether a row with one known word is a header all the same: short words over something longer."""
    filled = [cell.text for cell in rows[number] if cell.text.strip()]
    return (
        len(rows) > number + 1
        and all(len(text) <= _LONGEST_HEADER for text in filled)
        and len(filled) > 0
        and not any(character.isdigit() for text in filled for character in text)
    )


def _goes_on(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether a header has a second line: known words under blanks or under a wider word."""
    texts = [cell.text for cell in lower if cell.text.strip()]
    if not texts or any(is_name(text) for text in texts) or any(re.search(r"\d{2}", text) for text in texts):
        return False
    gaps = sum(not cell.text.strip() for cell in upper)
    return gaps > 0 and any(role_of(text) for text in texts)


def _joined(rows: Sequence[tuple[Cell, ...]]) -> tuple[str, ...]:
    """One header a column; of two lines the lower one, if it says something, led by the upper."""
    width = max((len(row) for row in rows), default=0)
    texts = (
        [row[number].text.strip() if number < len(row) else "" for row in rows] for number in range(width)
    )
    return tuple("".join(parts) if role_of("".join(parts)) else (parts or [""])[-1] for parts in texts)


def _name_columns(rows: Sequence[tuple[Cell, ...]], body: range) -> tuple[int, ...]:
    """The columns in which names stand, told by what is in them."""
    width = max((len(rows[row]) for row in body), default=0)
    return tuple(number for number in range(width) if _holds_names(rows, body, number))


def _holds_names(rows: Sequence[tuple[Cell, ...]], body: range, column: int) -> bool:
    texts = [
        rows[row][column].text.strip()
        for row in body[:_SAMPLE]
        if column < len(rows[row]) and rows[row][column].text.strip()
    ]
    named = [text for text in texts if is_name(text)]
    return len(named) >= 2 and len(named) >= _MOSTLY * len(texts) and len(set(named)) * 2 > len(named)


def _few_names(rows: Sequence[tuple[Cell, ...]], body: range, columns: tuple[int, ...]) -> bool:
    """One column of names in a table of organizations: their heads or their contacts."""
    return len(columns) == 1 and len(body) > 0 and len(rows[body[0]]) > 2
