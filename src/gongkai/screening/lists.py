"""What a list of people tells that it may not: children, health, numbers of pupils, where they live."""

import re
from collections.abc import Iterator, Sequence

from gongkai.documents.contents import Cell
from gongkai.screening import evidence
from gongkai.screening.addresses import coarsened, is_fine, shorten
from gongkai.screening.names import is_name, mask_name, shorten_name
from gongkai.screening.people import LIST, PeopleList
from gongkai.screening.rules import Rules
from gongkai.screening.runs import mask_digits
from gongkai.screening.sheet import Grid
from gongkai.screening.stretch import Hit, Span, whole
from gongkai.screening.wordlists import words

_HIDDEN = re.compile(r"[*＊×●○]|[xX]{2}")
_BY_COLUMN = (
    ("id_number", "personal.id_number", range(15, 19), (3, 2)),
    ("bank_card", "personal.bank_card", range(8, 31), (0, 4)),
    ("phone", "personal.landline", range(7, 9), (0, 2)),
)
"""Numbers that their column tells: which, how many digits, and how many of them masking leaves."""


def lists_in(grid: Grid, rules: Rules) -> Iterator[Hit]:
    """``personal.minor``, ``health_or_hardship``, ``student_number``, ``birth_date``, ``address``;
    accounts and phones that only their column tells."""
    people = grid.people
    yield from _health_cells(people)
    yield from _addresses(people)
    if not people.is_of_people:
        return
    yield from _minors(people, rules)
    yield from _student_numbers(people)
    yield from _births(people)
    yield from _told_by_column(people, rules)


def _minors(people: PeopleList, rules: Rules) -> Iterator[Hit]:
    names = people.names
    if len(names) < LIST:
        return
    about = f"{people.title} {' '.join(people.header)}"
    young_rows = evidence.children(people, rules.on, about)
    if young_rows >= min(LIST, (len(people.body) + 1) // 2) or _are_pupils(people, about):
        spans = tuple(whole(cell, mask_name(cell.text)) for cell in names)
        yield _column("personal.minor", spans, shorten_name(names[0].text), f"共 {len(names)} 人")


def _are_pupils(people: PeopleList, about: str) -> bool:
    in_class = people.has("grade") and not evidence.names_staff([*people.header, people.title])
    named = evidence.is_of_pupils(people.title, people.header) or evidence.names_class(people.title)
    if not (in_class or named) or (evidence.is_older(people.title) and not evidence.is_young(people.title)):
        return False
    told = " ".join(cell.text for role in ("grade", "school") for cell in _some(people, role))
    if evidence.is_young(told) or evidence.is_young(" ".join(people.header)):
        return True
    return not evidence.is_older(told) and (evidence.is_young(about) or not evidence.is_older(about))


def _some(people: PeopleList, role: str, most: int = 400) -> Iterator[Cell]:
    for number, cell in enumerate(people.cells(role)):
        if number >= most:
            return
        yield cell


def _health_cells(people: PeopleList) -> Iterator[Hit]:
    """A column that tells health beside names; or a list whose title tells it of everyone on it."""
    if not people.is_of_people or not (names := people.names):
        return
    telling = [
        cell for cell in people.cells("health") if cell.text.strip() not in words("people", "empty_values")
    ]
    if not telling:
        telling = [cell for cell in _remarks(people) if evidence.tells_health(cell.text)]
    if telling:
        spans = tuple(whole(cell, "***") for cell in telling)
        yield _column(
            "personal.health_or_hardship", spans, shorten_name(names[0].text), f"共 {len(telling)} 处"
        )
    elif len(names) >= LIST and _title_tells_health(people):
        spans = tuple(whole(cell, mask_name(cell.text)) for cell in names)
        yield _column(
            "personal.health_or_hardship", spans, shorten_name(names[0].text), f"共 {len(names)} 人"
        )


def _remarks(people: PeopleList) -> Iterator[Cell]:
    """The cells of columns whose header says nothing known, in the rows that hold a name."""
    known = {column for columns in people.columns.values() for column in columns}
    for row in people.body:
        if is_name(people.name_in(row)):
            for column, cell in enumerate(people.table.rows[row]):
                if column not in known and len(cell.text) > 1:
                    yield cell


def _title_tells_health(people: PeopleList) -> bool:
    about = f"{people.title} {' '.join(people.header)}"
    return evidence.tells_health(about) and not people.has("staff")


def _student_numbers(people: PeopleList) -> Iterator[Hit]:
    cells = [cell for cell in people.cells("student_number") if sum(c.isdigit() for c in cell.text) >= 3]
    if cells:
        spans = tuple(whole(cell, mask_digits(cell.text, 2, 2)) for cell in cells)
        yield _column(
            "personal.student_number", spans, mask_digits(cells[0].text, 2, 2), f"共 {len(cells)} 处", False
        )


def _births(people: PeopleList) -> Iterator[Hit]:
    born = [(cell, evidence.birth_of(cell.text)) for cell in people.cells("birth")]
    full = [(cell, birth) for cell, birth in born if birth and "*" not in birth]
    if full:
        spans = tuple(whole(cell, f"{birth[:4]}年") for cell, birth in full)
        yield _column("personal.birth_date", spans, f"{full[0][1][:4]}年***", f"共 {len(full)} 处", False)


def _addresses(people: PeopleList) -> Iterator[Hit]:
    """Each cell of a column of addresses that is finer than a village; an organization's is no home."""
    if not people.is_of_people:
        return
    for column in people.columns.get("address", ()):
        if people.has("organization") and people.header_of(column).strip() in {
            "地址",
            "详细地址",
            "通讯地址",
        }:
            continue
        for cell in people.column(column):
            if is_fine(cell.text):
                span = whole(cell, coarsened(cell.text))
                yield Hit("personal.address", True, (span,), shorten(cell.text))


def _told_by_column(people: PeopleList, rules: Rules) -> Iterator[Hit]:
    """Numbers with a mistake in them, accounts with no check digit, phones without their area code."""
    for role, kind, lengths, kept in _BY_COLUMN:
        if role == "phone" and (people.has("organization") or people.has("staff")):
            continue
        for cell in people.cells(role):
            text = cell.text.strip()
            digits = "".join(c for c in text if c.isdecimal() or c in "Xx")
            plain = len(digits) in lengths and len(digits) * 10 >= len(text) * 7 and not _HIDDEN.search(text)
            if plain and not rules.allows(digits):
                own = (rules.keep_first, rules.keep_last) if role == "id_number" else kept
                masked = mask_digits(cell.text, *own)
                span = whole(cell, masked)
                yield Hit(kind, role != "phone", (span,), masked.strip()[:20])


def _column(kind: str, spans: Sequence[Span], excerpt: str, note: str, blocks: bool = True) -> Hit:
    """One hit for many cells: where the first and the last stand."""
    first, last = spans[0].place, spans[-1].place
    where = first if first == last else f"{first} 至 {last}"
    return Hit(kind, blocks, tuple(spans), excerpt, note, where)
