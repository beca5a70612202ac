"""The smallest changes of cells that make all sums of a table hold.

A repair does not assert which figure is wrong: all that are equally small are given, the likelier
first, each with who may have slipped.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gongkai.law.report.filled import FilledReport, FilledTable, Value
from gongkai.law.report.formats import Sum
from gongkai.law.report.relations import relations_of
from gongkai.law.report.slips import CellChange, Source, is_total, slip_of
from gongkai.law.report.wording import cell_name

LARGEST = 5
"""Repairs of more cells than this are not sought: so many wrong figures have no telling remedy."""

_BUDGET = 12_000


@dataclass(frozen=True, slots=True)
class Repair:
    """Cells to change so that all sums they touch hold.

    ``changes``: in reading order. ``mends``: the broken sums. ``source``: who likelier slipped, the
    agency that published or the reader of the file, and ``reason`` why (Chinese). ``equals``: how
    many repairs as small there are of the same sums, this one counted.
    """

    changes: tuple[CellChange, ...]
    mends: tuple[Sum, ...]
    source: Source
    reason: str
    equals: int

    @property
    def message(self) -> str:
        """One Chinese sentence that proposes, and says how sure it is."""
        steps = "，".join(_step(change) for change in self.changes)
        who = "公布时" if self.source == "publisher" else "识读时"
        others = "" if self.equals == 1 else f"；同样小的改法共{self.equals}种，请对照台账再定"
        return f"只改{len(self.changes)}格即可全部相等：{steps}（可能是{who}的错：{self.reason}{others}）。"


def _step(change: CellChange) -> str:
    found = "空白" if change.found is None else change.found
    return f"{cell_name(change.address)}由{found}改为{change.proposed}"


def repairs(report: FilledReport) -> tuple[Repair, ...]:
    """All smallest repairs of each broken part of the report, likelier first; none where nothing is
    broken or where more than ``LARGEST`` cells would have to change. Blanks are read as :func:`fills`
    reads them. Sums with a cell in doubt are left out."""
    filled = fills(report)
    return tuple(repair for sums in _parts(report) for repair in _repairs_of(report, sums, filled))


def repaired(report: FilledReport, repair: Repair) -> FilledReport:
    """The report with its blanks filled and the repair made."""
    values = fills(report) | {change.address: change.proposed for change in repair.changes}
    tables = {name: _with(table, values) for name, table in report.tables.items()}
    return replace(report, tables=tables)


def _with(table: FilledTable, values: Mapping[str, int]) -> FilledTable:
    return replace(table, cells={a: values.get(a, value) for a, value in table.cells.items()})


def fills(report: FilledReport) -> dict[str, int]:
    """Each blank cell of tables three and four (or one that is no count) → what the sums make it.

    A cell that its sums agree on gets that figure; otherwise a blank item is 0 and a blank total the
    sum of its items. Cells in doubt are left alone.
    """
    found: dict[str, int] = {}
    for sums in _parts(report):
        known = {a: value for a in _cells(sums) if (value := _count(report[a])) is not None}
        totals = {s.right[0]: s for s in sums if len(s.right) == 1}
        blank = [a for a in _cells(sums) if a not in known]
        _derive(sums, known)
        known |= {a: 0 for a in blank if a not in known and a not in totals}
        _derive(sums, known)
        for address in blank:
            if address not in known:
                known[address] = sum(known.get(a, 0) for a in totals[address].left)
        found |= {address: known[address] for address in blank}
    return found


def _derive(sums: Iterable[Sum], known: dict[str, int]) -> None:
    """Add every cell that is the only unknown of its sums, if they agree on it."""
    while True:
        wanted: dict[str, set[int]] = defaultdict(set)
        for relation in sums:
            unknown = [a for a in relation.addresses if a not in known]
            if len(unknown) == 1:
                gap = _residual(relation, {**known, unknown[0]: 0})
                wanted[unknown[0]].add(-gap if unknown[0] in relation.left else gap)
        agreed = {
            a: figures.pop() for a, figures in wanted.items() if len(figures) == 1 and min(figures) >= 0
        }
        if not agreed:
            return
        known |= agreed


def _count(value: Value) -> int | None:
    """The value if it is a count at all."""
    return int(value) if value is not None and value >= 0 and value == int(value) else None


def _residual(relation: Sum, values: Mapping[str, int]) -> int:
    return sum(values[a] for a in relation.left) - sum(values[a] for a in relation.right)


def _cells(sums: Iterable[Sum]) -> list[str]:
    return list(dict.fromkeys(a for relation in sums for a in relation.addresses))


def _parts(report: FilledReport) -> list[tuple[Sum, ...]]:
    """The report's sums, those that share cells together."""
    parts: list[tuple[set[str], list[Sum]]] = []
    for relation in relations_of(report):
        if report.doubtful.isdisjoint(relation.addresses):
            joined = [part for part in parts if not part[0].isdisjoint(relation.addresses)]
            cells = set(relation.addresses).union(*(part[0] for part in joined))
            sums = [s for part in joined for s in part[1]] + [relation]
            parts = [part for part in parts if part not in joined] + [(cells, sums)]
    return [tuple(sums) for _, sums in parts]


def _repairs_of(report: FilledReport, sums: tuple[Sum, ...], filled: Mapping[str, int]) -> list[Repair]:
    values = {a: filled.get(a, _count(report[a]) or 0) for a in _cells(sums)}
    search = _Search(sums, values)
    if not search.broken:
        return []
    solutions = search.smallest()
    ranked = []
    for solution in solutions:
        changes = tuple(CellChange(a, report[a], values[a] + solution[a]) for a in values if a in solution)
        slip = slip_of(changes)
        repair = Repair(changes, search.broken, slip.source, slip.reason, len(solutions))
        ranked.append(((slip.rank, not all(map(is_total, changes))), repair))
    return [repair for _, repair in sorted(ranked, key=lambda entry: entry[0])]


class _TooMany(Exception):
    """The search has looked at more sets of cells than it may."""


class _Search:
    """Looks for the smallest sets of cells whose change lets all sums hold.

    A broken sum must have one of its cells changed, so the search branches on the cells of a broken
    sum that none of the chosen cells is in. Where there is no such sum left but the chosen cells do
    not do, one more cell must come from a sum they are in.
    """

    def __init__(self, sums: tuple[Sum, ...], values: Mapping[str, int]) -> None:
        self.values = values
        self.sums = sums
        self.residuals = [_residual(relation, values) for relation in sums]
        self.broken = tuple(s for s, gap in zip(sums, self.residuals, strict=True) if gap)
        self.signs: dict[str, dict[int, int]] = defaultdict(dict)
        for place, relation in enumerate(sums):
            for sign, addresses in ((1, relation.left), (-1, relation.right)):
                for address in addresses:
                    self.signs[address][place] = sign
        self.looks = 0

    def smallest(self) -> list[dict[str, int]]:
        """Every solution of the least size, as address → change; none beyond the bounds."""
        try:
            for size in range(1, LARGEST + 1):
                if found := list(self._extend((), frozenset(), size)):
                    return found
        except _TooMany:
            pass
        return []

    def _extend(self, chosen: tuple[str, ...], banned: frozenset[str], left: int) -> Iterator[dict[str, int]]:
        self._count_look()
        touched = {place for address in chosen for place in self.signs[address]}
        open_ = [p for p, gap in enumerate(self.residuals) if gap and p not in touched]
        if left == 0:
            solution = None if open_ else self._solve(chosen, touched)
            if solution:
                yield solution
            return
        if max(Counter(self.sums[place].code for place in open_).values(), default=0) > left:
            return  # sums of one code share no cell: each needs a change of its own
        for address in self._candidates(open_, touched):
            if address not in banned and address not in chosen:
                yield from self._extend((*chosen, address), banned, left - 1)
                banned |= {address}

    def _count_look(self) -> None:
        self.looks += 1
        if self.looks > _BUDGET:
            raise _TooMany

    def _candidates(self, open_: list[int], touched: set[int]) -> list[str]:
        """Cells one of which must change: those of the shortest open sum, else of the sums touched."""
        if open_:
            return list(min((self.sums[place] for place in open_), key=lambda s: len(s.addresses)).addresses)
        return _cells(self.sums[place] for place in sorted(touched))

    def _solve(self, chosen: tuple[str, ...], touched: set[int]) -> dict[str, int] | None:
        """The changes that let the touched sums hold, if there are, all of them needed and no figure
        below 0. A set (of four cells or more) with a choice of answers is passed over: as a rule it has
        a smaller one within it."""
        changes: dict[str, int] = {}
        waiting = set(touched)
        while waiting:
            ready = [p for p in waiting if sum(p in self.signs[a] for a in chosen if a not in changes) <= 1]
            if not ready:
                return None
            for place in ready:
                waiting.discard(place)
                if not self._settle(place, chosen, changes):
                    return None
        return changes

    def _settle(self, place: int, chosen: tuple[str, ...], changes: dict[str, int]) -> bool:
        """Derive the one change a sum still leaves open; ``False`` if the sum then does not hold."""
        here = [a for a in chosen if place in self.signs[a]]
        gap = self.residuals[place] + sum(self.signs[a][place] * changes[a] for a in here if a in changes)
        unknown = [a for a in here if a not in changes]
        if not unknown:
            return gap == 0
        address = unknown[0]
        changes[address] = -gap * self.signs[address][place]
        return changes[address] != 0 and self.values[address] + changes[address] >= 0
