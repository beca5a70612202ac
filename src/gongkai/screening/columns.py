"""Lines of text that are rows of a table all the same: a header of known words, and as many words below."""

import re
from collections.abc import Iterator, Sequence

from gongkai.documents.contents import Cell, Passage, Table
from gongkai.screening.people import role_of
from gongkai.screening.stretch import Piece

_WIDE = re.compile(r"[^\s|]+(?:[ \u00a0\u3000][^\s|]+)*")
_NARROW = re.compile(r"[^\s|]+")
_COMMAS = re.compile(r"[^，,]+")
_LONGEST_HEADER = 120
_FEWEST_COLUMNS, _FEWEST_ROLES, _FEWEST_ROWS = 3, 2, 2
_GIVE_UP = 3


def tables_in_lines(passages: Sequence[Passage]) -> Iterator[tuple[int, Table]]:
    """Each such table, with how many passages stand before it."""
    at = 0
    while at < len(passages):
        split = _header(passages[at])
        if split is None:
            at += 1
            continue
        rows, end = _rows(passages, at, split)
        if len(rows) > _FEWEST_ROWS:
            yield at, Table(passages[at].place, tuple(rows))
        at = max(end, at + 1)


def _header(passage: Passage) -> re.Pattern[str] | None:
    """How a line is cut, if it is a header."""
    if len(passage.text) > _LONGEST_HEADER or not any(mark in passage.text for mark in " \t\u3000|，,"):
        return None
    for split in (_WIDE, _NARROW, _COMMAS):
        words = [found.group() for found in split.finditer(passage.text)]
        roles = {role for word in words if (role := role_of(word))}
        if len(words) >= _FEWEST_COLUMNS and len(roles) >= _FEWEST_ROLES and "name" in roles:
            return split
    return None


def _rows(
    passages: Sequence[Passage], first: int, split: re.Pattern[str]
) -> tuple[list[tuple[Cell, ...]], int]:
    rows: list[tuple[Cell, ...]] = []
    missed = 0
    for number in range(first, len(passages)):
        cells = tuple(_cut(passages[number], split))
        if rows and len(cells) != len(rows[0]):
            missed += 1
            if missed == _GIVE_UP:
                return rows, number - _GIVE_UP + 1
            continue
        missed = 0
        rows.append(cells)
    return rows, len(passages)


def _cut(passage: Passage, split: re.Pattern[str]) -> Iterator[Cell]:
    for found in split.finditer(passage.text):
        yield Piece(found.group(), passage.place, passage.hidden, found.start())
