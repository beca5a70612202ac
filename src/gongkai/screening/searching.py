"""All checks of people, secrets and words over a file's contents, each at its place, none told twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from gongkai.documents.contents import Contents, Passage
from gongkai.screening.addresses import addresses_in
from gongkai.screening.applicants import private_in
from gongkai.screening.findings import Listed
from gongkai.screening.identifying import numbers_in
from gongkai.screening.lists import lists_in
from gongkai.screening.marks import marks_in
from gongkai.screening.notices import expired_notice
from gongkai.screening.prose import health_in_prose, lists_in_prose, numbered_in_prose
from gongkai.screening.reversing import across_lists, masked_people, reversible, reversible_in_prose
from gongkai.screening.rules import MaskedPerson, Rules
from gongkai.screening.sheet import Grid, Prose, Sheet, sheets_of
from gongkai.screening.splits import split_numbers
from gongkai.screening.stretch import Hit, Span, Stretch, Taken, where_in_words
from gongkai.screening.wording import wording_in

FILE_NAME = "文件名"
_ONE_AT_A_PLACE = {
    f"personal.{kind}"
    for kind in ("id_number", "bank_card", "mobile", "landline", "student_number", "address")
}
"""Kinds of which the same characters are one only: the check that comes first has the word."""


def hits_in(contents: Contents, name: str, rules: Rules) -> list[Hit]:
    """Every find in a file, in the files inside it and in their names."""
    return hits_and_people(contents, name, rules)[0]


def hits_and_people(contents: Contents, name: str, rules: Rules) -> tuple[list[Hit], tuple[Listed, ...]]:
    """Every find, and the people of its lists of whom another list may tell more."""
    sheets = list(_sheets(contents, name))
    people = list(masked_people(sheets, ""))
    found = list(_without_repeats(_all(contents, sheets, people, name, rules)))
    hidden = {unit.place for unit in contents.places if unit.hidden}
    if hidden:
        found = [_told_hidden(hit) if hit.spans[0].place in hidden else hit for hit in found]
    listed = (Listed(one.name, one.number, one.birth, where_in_words((span,))) for one, span in people)
    return [hit for hit in found if not _is_off(hit.kind, rules)], tuple(listed)


def _all(
    contents: Contents,
    sheets: list[Sheet],
    people: list[tuple[MaskedPerson, Span]],
    name: str,
    rules: Rules,
) -> Iterator[Hit]:
    yield from _in_name(name, FILE_NAME, rules)
    for sheet in sheets:
        yield from hits_in_sheet(sheet, rules)
    yield from reversible(people, rules)
    yield from across_lists(people, rules)
    for inside, _ in _members(contents):
        yield from _in_name(inside, f"压缩包中“{inside}”的文件名", rules)


def hits_in_sheet(sheet: Sheet, rules: Rules) -> Iterator[Hit]:
    """The finds in one part, the surest first."""
    yield from numbers_in(sheet, rules)
    if isinstance(sheet, Grid) and sheet.from_lines:
        yield from lists_in(sheet, rules)
        return
    if isinstance(sheet, Grid):
        yield from split_numbers(sheet, rules)
        yield from lists_in(sheet, rules)
    else:
        yield from lists_in_prose(sheet)
        yield from health_in_prose(sheet)
        yield from numbered_in_prose(sheet)
        yield from reversible_in_prose(sheet, rules)
        yield from expired_notice(sheet, rules.on)
    yield from addresses_in(sheet)
    yield from private_in(sheet, rules)
    yield from marks_in(sheet, rules)
    yield from wording_in(sheet, rules)


def _in_name(name: str, place: str, rules: Rules) -> Iterator[Hit]:
    stem = PurePath(name).name
    if not stem:
        return
    prose = Prose(Stretch.of([Passage(stem, place)]), stem)
    yield from numbers_in(prose, rules)
    yield from private_in(prose, rules)


def _sheets(contents: Contents, name: str = "") -> Iterator[Sheet]:
    yield from sheets_of(contents, name)
    for inside, member in _members(contents):
        yield from sheets_of(member, inside)


def _members(contents: Contents) -> Iterator[tuple[str, Contents]]:
    for name, member in contents.members:
        yield name, member
        yield from _members(member)


def masked_people_in(contents: Contents, source: str) -> tuple[MaskedPerson, ...]:
    """What a file shows of masked numbers and days of birth: to be kept for later lists' screening."""
    return tuple(person for person, _ in masked_people(_sheets(contents), source))


def _without_repeats(hits: Iterable[Hit]) -> Iterator[Hit]:
    taken: dict[str, Taken] = defaultdict(Taken)
    for hit in hits:
        if hit.kind in _ONE_AT_A_PLACE:
            if len(hit.spans) == 1 and taken[hit.spans[0].place].overlaps(hit.spans[0]):
                continue
            for span in hit.spans:
                taken[span.place].add(span)
        yield hit


def _told_hidden(hit: Hit) -> Hit:
    return replace(hit, note=f"{hit.note}，在隐藏内容里" if hit.note else "在隐藏内容里")


def _is_off(kind: str, rules: Rules) -> bool:
    return kind in rules.off or kind.partition(".")[0] in rules.off
