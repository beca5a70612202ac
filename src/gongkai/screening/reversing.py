"""Masks that can be undone: by another column, by another list, by the check character."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.screening import numbers
from gongkai.screening.evidence import birth_of
from gongkai.screening.names import is_masked_name, is_name, shorten_name
from gongkai.screening.rules import MaskedPerson, Rules
from gongkai.screening.sheet import Grid, Prose, Sheet
from gongkai.screening.stretch import Hit, Span, whole

FEW = 10
"""So many numbers left, or fewer, and a mask hides nothing."""
SOME = 100
_SIGNS = "*＊×●○□■?？#✱﹡"
_MASKED = re.compile(
    rf"(?<![\dA-Za-z{_SIGNS}])(\d{{0,14}})([{_SIGNS}]{{2,18}}|[xX]{{4,16}})(\d{{0,8}}[\dXx]?)(?![\dA-Za-z{_SIGNS}])"
)
_MASKED_MIDDLE = re.compile(
    rf"(?<![\dA-Za-z{_SIGNS}])([{_SIGNS}]{{2,10}})(\d{{4,12}})([{_SIGNS}]{{1,10}}[\dXx]?)(?![\dA-Za-z{_SIGNS}])"
)
_DOUBLED = (*(sign * 2 for sign in _SIGNS), "xxxx", "XXXX")
_LENGTH, _AGREE = 18, 3
_MOST_OF_A_NAME = 30
_AROUND = 48


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """One person's number, put together from two lists: ``left`` is how many numbers it can still be."""

    name: str
    first: str
    second: str
    left: int


def masked_number(text: str, *, is_id: bool) -> str:
    """A masked citizen's number as 18 characters, ``*`` where hidden; empty if a text is none.

    ``is_id``: a header says that it is one, so that a shortened mask (``650102****1234``) counts too.
    """
    middle = _MASKED_MIDDLE.fullmatch(text.strip())
    if middle:
        whole = "*" * len(middle[1]) + middle[2] + "".join("*" if c in _SIGNS else c for c in middle[3])
        return whole.upper() if len(whole) == _LENGTH else ""
    found = _MASKED.fullmatch(text.strip())
    if not found or len(found[1]) + len(found[3]) >= _LENGTH:
        return ""
    if len(text.strip()) != _LENGTH and (
        not is_id or len(found[1]) + len(found[3]) < 6 or len(text.strip()) == 11
    ):
        return ""
    return found[1] + "*" * (_LENGTH - len(found[1]) - len(found[3])) + found[3].upper()


def numbers_left(number: str, birth: str = "********") -> int:
    """How many citizens' numbers fit what is shown, with the day of birth from elsewhere if that is told."""
    if len(birth) == 8:
        shown = [known if known != "*" else told for known, told in zip(number[6:14], birth, strict=True)]
        number = number[:6] + "".join(shown) + number[14:]
    left = _ways(number[:6]) * _ways(number[6:10], 100) * _ways(number[10:12], 12)
    left *= _ways(number[12:14], 31) * _ways(number[14:17])
    return max(left // 11, 1) if number[17] != "*" else left


def _ways(digits: str, most: int = 1_000_000) -> int:
    """How many numbers the hidden digits of a part can be."""
    return min(int("1" + "0" * digits.count("*")), most)


def masked_people(sheets: Iterable[Sheet], source: str) -> Iterator[tuple[MaskedPerson, Span]]:
    """Everyone in the lists whose number is shown in part, or whose day of birth is shown."""
    for sheet in sheets:
        if isinstance(sheet, Grid) and sheet.people.is_of_people:
            yield from _in_grid(sheet, source)


def _in_grid(grid: Grid, source: str) -> Iterator[tuple[MaskedPerson, Span]]:
    people = grid.people
    for row in people.body:
        name = people.name_in(row).replace(" ", "").replace("\u3000", "")
        if not is_name(name) and not is_masked_name(name):
            continue
        cells = people.table.rows[row]
        births = [birth_of(cells[c].text) for c in people.columns.get("birth", ()) if c < len(cells)]
        birth = next(filter(None, births), "********")
        found = False
        for column, cell in enumerate(cells):
            number = _number_in(people.columns.get("id_number", ()), column, cell.text)
            if number:
                found = True
                yield (
                    MaskedPerson(name, number, birth, source or people.table.place),
                    whole(cell),
                )
        if not found and birth != "********":
            column = people.columns["birth"][0]
            yield (
                MaskedPerson(name, "*" * _LENGTH, birth, source or people.table.place),
                whole(cells[column]),
            )


def _number_in(id_columns: Sequence[int], column: int, text: str) -> str:
    if len(text) < 8 or not any(sign in text for sign in "*＊×●○□■?？#✱﹡xX"):
        return ""
    return masked_number(text, is_id=column in id_columns)


def reversible(found: Iterable[tuple[MaskedPerson, Span]], rules: Rules) -> Iterator[Hit]:
    """Masks undone within their own row; those that leave some numbers only are to be looked at."""
    keep = rules.keep_first, rules.keep_last
    for person, span in found:
        left = numbers_left(person.number, person.birth)
        if set(person.number) != {"*"} and left <= SOME:
            new = person.number[: keep[0]] + "*" * (_LENGTH - sum(keep)) + person.number[_LENGTH - keep[1] :]
            hidden = Span(span.place, span.start, span.end, new)
            yield Hit("personal.reversible_mask", left <= FEW, (hidden,), _shown(person), _why(left))


def _shown(person: MaskedPerson) -> str:
    return f"{shorten_name(person.name)} {person.number[:3]}***"


def _why(left: int) -> str:
    return "只剩一个号码符合" if left == 1 else f"只剩约 {left} 个号码符合"


def reversible_in_prose(prose: Prose, rules: Rules) -> Iterator[Hit]:
    """A masked number with the day of birth just beside it."""
    text = prose.stretch.text
    if not any(sign in text for sign in _DOUBLED):
        return
    for found in _MASKED.finditer(text):
        number = masked_number(found.group(), is_id=prose.label(found.start()) == "id_number")
        if not number:
            continue
        near = (
            text[max(found.start() - _AROUND, 0) : found.start()]
            + "｜"
            + text[found.end() : found.end() + _AROUND]
        )
        left = numbers_left(number, (birth_of(near) if "生" in near else "") or "********")
        if left <= SOME:
            keep = rules.keep_first, len(found.group()) - rules.keep_last
            raw = found.group()
            masked = "".join(c if at < keep[0] or at >= keep[1] else "*" for at, c in enumerate(raw))
            spans = prose.stretch.spans(*found.span(), masked)
            yield Hit("personal.reversible_mask", left <= FEW, spans, f"{number[:3]}***", _why(left))


def reconstructions(lists: Sequence[Sequence[MaskedPerson]]) -> tuple[Reconstruction, ...]:
    """People whose number two lists give away together, though neither does alone. Each list holds the
    masked people of one published file, as :func:`gongkai.screening.masked_people_of` gives them."""
    by_name: dict[str, list[tuple[int, MaskedPerson]]] = defaultdict(list)
    for number, people in enumerate(lists):
        for person in people:
            by_name[person.name].append((number, person))
    found = []
    for name, entries in by_name.items():
        if not is_name(name):
            continue  # 甄** are many people
        for first, second in _pairs(entries[:_MOST_OF_A_NAME]):
            left = left_together(first, second, alone=_is_only(entries))
            if left is not None:
                found.append(Reconstruction(name, first.source, second.source, left))
    return tuple(found)


def _pairs(entries: Sequence[tuple[int, MaskedPerson]]) -> Iterator[tuple[MaskedPerson, MaskedPerson]]:
    for at, (number, first) in enumerate(entries):
        for other, second in entries[at + 1 :]:
            if other != number:
                yield first, second


def _is_only(entries: Sequence[tuple[int, MaskedPerson]]) -> bool:
    """Whether no list names two people alike."""
    listed = [number for number, _ in entries]
    return len(listed) == len(set(listed))


def left_together(first: MaskedPerson, second: MaskedPerson, *, alone: bool) -> int | None:
    """How many numbers fit two entries of one person; ``None`` if they are two people, leave many, or one of
    them is enough by itself."""
    if min(numbers_left(p.number, p.birth) for p in (first, second)) <= FEW:
        return None
    one, two = _with_birth(first), _with_birth(second)
    both = [(a, b) for a, b in zip(one, two, strict=True) if a != "*" and b != "*"]
    if any(a != b for a, b in both) or not (alone or len(both) >= _AGREE):
        return None
    whole = "".join(a if a != "*" else b for a, b in zip(one, two, strict=True))
    if "*" not in whole and not numbers.is_id_number(whole):
        return None
    left = numbers_left(whole)
    return left if left <= FEW else None


def _with_birth(person: MaskedPerson) -> str:
    shown = [a if a != "*" else b for a, b in zip(person.number[6:14], person.birth, strict=True)]
    return person.number[:6] + "".join(shown) + person.number[14:]


def across_lists(found: Sequence[tuple[MaskedPerson, Span]], rules: Rules) -> Iterator[Hit]:
    """The masks of this file undone by another list of it or by one that is out already."""
    by_name: dict[str, list[MaskedPerson]] = defaultdict(list)
    for person in rules.published:
        by_name[person.name].append(person)
    own: dict[str, list[tuple[MaskedPerson, Span]]] = defaultdict(list)
    for person, span in found:
        own[person.name].append((person, span))
    for name, entries in own.items():
        if not is_name(name):
            continue
        for at, (person, span) in enumerate(entries[:_MOST_OF_A_NAME]):
            others = [*(p for p, _ in entries[:at]), *by_name[name][:_MOST_OF_A_NAME]]
            for other in others:
                left = left_together(person, other, alone=len(entries) <= 2 and len(by_name[name]) <= 1)
                if left is not None:
                    yield Hit(
                        "personal.reconstruction",
                        True,
                        (span,),
                        _shown(person),
                        f"与“{other.source}”合看，{_why(left)}",
                    )
                    break
