"""How one figure becomes another: slips of the eye that copies or reads, and of the hand that adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.law.report.filled import Value
from gongkai.law.report.formats import split_address

Source = Literal["publisher", "reader"]

_ALIKE = {frozenset(pair) for pair in ("38", "08", "68", "56", "17", "06", "35", "89", "49")}


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell as found (``None``: blank or no count) and what it would have to be."""

    address: str
    found: Value
    proposed: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What may have happened. ``source``: who likelier made it; ``rank``: 0 for the most telling."""

    source: Source
    reason: str
    rank: int


def slip_of(changes: Sequence[CellChange]) -> Slip:
    """The likeliest story behind changes that together mend a table, in reading order."""
    if all(change.found is None for change in changes):
        return Slip("publisher", "空白格没有填", 0)
    if _cut_elsewhere(changes):
        return Slip("reader", "相邻两格的数字连在一起，分界读错一位", 1)
    if len(changes) > 1 and _swapped(changes):
        return Slip("reader", "两格的数互换了位置", 1)
    if all(change.found == 0 and is_total(change) for change in changes):
        return Slip("publisher", "总计没有相加，写成了0", 2)
    if len(changes) > 1 and _one_row(changes) and all(change.proposed == 0 for change in changes):
        return Slip("publisher", "整行的数恰等于相差数，可能重复计入，或没有计入总计", 3)
    reasons = [_misread(str(change.found), str(change.proposed)) for change in changes]
    if all(reasons):
        return Slip("reader", "、".join(dict.fromkeys(reasons)), 4)
    if all(map(is_total, changes)):
        return Slip("publisher", "总计可能加错", 5)
    return Slip("publisher", "两数字形不相近，不像误读", 6)


def _cut_elsewhere(changes: Sequence[CellChange]) -> bool:
    """Whether the same digits, run together, only fall apart at another place."""
    found = "".join(str(change.found) for change in changes)
    return len(changes) > 1 and _one_row(changes) and found == "".join(str(c.proposed) for c in changes)


def _swapped(changes: Sequence[CellChange]) -> bool:
    return [change.found for change in changes] == [change.proposed for change in reversed(changes)]


def _one_row(changes: Sequence[CellChange]) -> bool:
    return len({split_address(change.address)[:2] for change in changes}) == 1


def is_total(change: CellChange) -> bool:
    """Whether the cell is one that adds others up."""
    _, row, column = split_address(change.address)
    return column == "total" or row == "handled_total"


def _misread(found: str, proposed: str) -> str:
    """The one slip of the eye that turns ``proposed`` into ``found``; empty if there is none."""
    if _without_one(found, proposed):
        return "漏了一位数字"
    if _without_one(proposed, found):
        return "多了一位数字"
    different = [pair for pair in zip(found, proposed, strict=False) if pair[0] != pair[1]]
    if len(found) != len(proposed):
        return ""
    if len(different) == 2 and different[0] == different[1][::-1]:
        return "两位数字颠倒"
    if len(different) == 1 and frozenset(different[0]) in _ALIKE:
        return f"{different[0][0]}与{different[0][1]}字形相近"
    return ""


def _without_one(shorter: str, longer: str) -> bool:
    """Whether ``longer`` less one of its digits is ``shorter``."""
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)) if len(longer) > 1)
