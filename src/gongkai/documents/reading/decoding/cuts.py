"""All the ways a run of digits without separators can be cut into cells.

A cell is ``0`` or a number without a leading zero; where white space remains, it is a cut that
stands. Sizes stay small because zeros cut themselves: only runs of non-zero digits are open.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

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


def block_cuts(tokens: Sequence[str], blocks: int, width: int) -> list[Cut]:
    """Readings of table 4: ``blocks`` groups of ``width`` cells, each adding up."""
    text_tokens = tuple(tokens)
    found: list[Cut] = []
    for cut in _blocks_from(text_tokens, blocks, width):
        found.append(cut)
        if len(found) > LIMIT:
            raise TooMany
    return found


def _blocks_from(tokens: tuple[str, ...], blocks: int, width: int) -> Iterator[Cut]:
    if blocks == 0:
        if not tokens:
            yield ()
        return
    for head, rest in _first_block(tokens, width):
        if row_adds_up(head):
            for tail in _blocks_from(rest, blocks - 1, width):
                yield head + tail


def _first_block(tokens: tuple[str, ...], width: int) -> Iterator[tuple[Cut, tuple[str, ...]]]:
    """Every reading of the first ``width`` cells and what is left of the tokens."""
    if width == 0:
        yield (), tokens
        return
    if not tokens:
        return
    digits, rest = tokens[0], tokens[1:]
    longest = 1 if digits.startswith("0") else len(digits)
    for end in range(1, longest + 1):
        left = (digits[end:], *rest) if end < len(digits) else rest
        for tail, remaining in _first_block(left, width - 1):
            yield (int(digits[:end]), *tail), remaining
