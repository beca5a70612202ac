"""All the ways a run of digits without separators can be cut into cells.

A cell is ``0`` or a number without a leading zero; where white space remains, it is a cut that
stands. Sizes stay small because zeros cut themselves: only runs of non-zero digits are open.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from gongkai.law.report.filled import Value

Cut = tuple[Value, ...]
"""One reading of a row: its cells in order, ``None`` for a blank."""

LIMIT = 20_000
"""Above this many readings a row is given up as doubtful."""


class TooMany(Exception):
    """More readings than ``LIMIT``."""


def cut_tokens(tokens: Sequence[str], width: int, *, signed: frozenset[int] = frozenset()) -> list[Cut]:
    """Every reading of ``tokens`` (runs of digits, cut at each boundary) as ``width`` cells.

    ``signed``: the columns that may carry a sign. Raises :class:`TooMany`.
    """
    found: list[Cut] = []
    for cut in _cut_from(tuple(tokens), 0, width, signed):
        found.append(cut)
        if len(found) > LIMIT:
            raise TooMany
    return found


def ways(tokens: Sequence[str], width: int) -> int:
    """An upper bound of the number of cuts, leading zeros not considered."""
    return comb(max(0, sum(len(token) for token in tokens) - 1), width - 1)


def _cut_from(tokens: tuple[str, ...], column: int, width: int, signed: frozenset[int]) -> Iterator[Cut]:
    if not tokens:
        if column == width:
            yield ()
        return
    rest = tokens[1:]
    longest = width - column - len(rest)
    for parts in range(1, longest + 1):
        for head in _split(tokens[0], parts, column, signed):
            for tail in _cut_from(rest, column + parts, width, signed):
                yield head + tail


def _split(digits: str, parts: int, column: int, signed: frozenset[int]) -> Iterator[Cut]:
    """``digits`` as exactly ``parts`` numbers."""
    if parts == 1:
        if _is_number(digits, column in signed):
            yield (int(digits),)
        return
    for end in range(1, len(digits) - parts + 2):
        head = digits[:end]
        if _is_number(head, column in signed):
            for tail in _split(digits[end:], parts - 1, column + 1, signed):
                yield (int(head), *tail)


def _is_number(text: str, signed: bool) -> bool:
    return re.fullmatch(r"[+\-]?(0|[1-9]\d*)" if signed else r"0|[1-9]\d*", text) is not None


def place(values: Sequence[Value], width: int) -> list[Cut]:
    """Every way to lay fewer values than cells into ``width`` cells, blanks between."""
    found: list[Cut] = []
    for columns in combinations(range(width), len(values)):
        cells: list[Value] = [None] * width
        for column, value in zip(columns, values, strict=True):
            cells[column] = value
        found.append(tuple(cells))
        if len(found) > LIMIT:
            raise TooMany
    return found


def row_adds_up(cut: Cut) -> bool:
    """T3-03 on a row of table 3 and T4 on a block: the last cell is the sum of the others."""
    *parts, total = cut
    return (total or 0) == sum(part or 0 for part in parts)


def row_may_add_up(cut: Cut) -> bool:
    """Whether the sum holds or, the total being blank, cannot be tested."""
    return cut[-1] is None or row_adds_up(cut)


def block_cuts(tokens: Sequence[str], blocks: int, width: int) -> list[Cut]:
    """Readings of ``tokens`` as ``blocks`` groups of ``width`` cells, each of which adds up: a row
    of table 3 (one group of seven) or table 4 (three of five). Raises :class:`TooMany`."""
    found: list[Cut] = []
    for cut in _blocks_from(tuple(tokens), blocks, width):
        found.append(cut)
        if len(found) > LIMIT:
            raise TooMany
    return found


def _blocks_from(tokens: tuple[str, ...], blocks: int, width: int) -> Iterator[Cut]:
    if blocks == 0:
        if not tokens:
            yield ()
        return
    for head, rest in _adding(tokens, width, 0, last=blocks == 1):
        for tail in _blocks_from(rest, blocks - 1, width):
            yield head + tail


def _adding(
    tokens: tuple[str, ...], width: int, so_far: int, *, last: bool
) -> Iterator[tuple[Cut, tuple[str, ...]]]:
    """The first ``width`` cells such that the last is ``so_far`` plus the others, and what is left
    of the tokens (nothing, if ``last``)."""
    if not tokens:
        return
    if width == 1:
        rest = _after(tokens, str(so_far))
        if rest is not None and not (last and rest):
            yield (so_far,), rest
        return
    digits, beyond = tokens[0], tokens[1:]
    for end in range(1, _longest(tokens, width) + 1):
        part = int(digits[:end])
        left = (digits[end:], *beyond) if end < len(digits) else beyond
        for tail, remaining in _adding(left, width - 1, so_far + part, last=last):
            yield (part, *tail), remaining


def _after(tokens: tuple[str, ...], number: str) -> tuple[str, ...] | None:
    """What is left after a number; ``None`` if the tokens do not begin with it."""
    digits, beyond = tokens[0], tokens[1:]
    if not digits.startswith(number):
        return None
    return (digits[len(number) :], *beyond) if len(digits) > len(number) else beyond


def _longest(tokens: tuple[str, ...], width: int) -> int:
    """The most digits the next cell can have: as many more must follow, in the total at least."""
    digits = tokens[0]
    if digits.startswith("0"):
        return 1
    following = sum(len(token) for token in tokens) - (width - 2)
    return min(len(digits), following // 2)
