"""The check relations as decoder: which readings of table 3's rows fit together.

Rows come with one or more readings of seven cells. A reading of the table is a choice of one
for each row. The choice that breaks the fewest relations is taken if it is the only one; where
several are equally good, the cells in which they differ are in doubt.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.documents.reading.decoding.cuts import Cut, row_may_add_up
from gongkai.law.report.formats import ReportFormat

Choice = dict[str, Cut]
Sums = tuple[int | Decimal, ...]
MAX_STEPS = 60_000
MAX_CHOICES = 64


@dataclass(frozen=True, slots=True)
class Solution:
    """``choices``: the equally good readings of the table (row code → cells), at least one where
    the search came to an end. ``broken``: relations they break. ``complete``: search finished."""

    choices: tuple[Choice, ...]
    broken: int
    complete: bool


def solve(report_format: ReportFormat, readings: Mapping[str, Sequence[Cut]]) -> Solution:
    """Choose a reading for every row. ``readings`` must have at least one for each row in it."""
    search = _Search(column_equations(report_format), readings)
    for allowed in (0, 1, 2, 3, 4):
        search.run(allowed)
        if search.found or search.steps > MAX_STEPS:
            break
    complete = search.steps <= MAX_STEPS and len(search.found) < MAX_CHOICES
    return Solution(tuple(search.found), allowed, complete)


@cache
def column_equations(report_format: ReportFormat) -> list[dict[str, int]]:
    """The column relations of table 3 (T3-01, T3-02) as row code → +1 or -1."""
    equations = []
    for relation in report_format.relations:
        rows = [address.split(".", 1)[1].rpartition(".") for address in relation.addresses]
        if relation.left[0].startswith("table3.") and {column for _, _, column in rows} == {"total"}:
            signs = [1] * len(relation.left) + [-1] * len(relation.right)
            equations.append({row: sign for (row, _, _), sign in zip(rows, signs, strict=True)})
    return equations


class _Search:
    """Depth first over the open rows, fewest readings first, at most ``allowed`` broken relations."""

    def __init__(self, equations: list[dict[str, int]], readings: Mapping[str, Sequence[Cut]]) -> None:
        self.readings = readings
        self.order = sorted(
            (row for row in readings if len(readings[row]) > 1), key=lambda r: len(readings[r])
        )
        self.fixed = {row: cuts[0] for row, cuts in readings.items() if len(cuts) == 1}
        self.equations = [e for e in equations if all(row in readings for row in e)]
        self.found: list[Choice] = []
        self.steps = 0

    def run(self, allowed: int) -> None:
        sums = [self._sum(equation, self.fixed) for equation in self.equations]
        base = sum(not row_may_add_up(cut) for cut in self.fixed.values())
        for chosen in self._walk(0, {}, sums, base, allowed):
            self.found.append({**self.fixed, **chosen})
            if len(self.found) >= MAX_CHOICES:
                return

    def _sum(self, equation: dict[str, int], rows: Mapping[str, Cut]) -> Sums:
        total: Sums = (0,) * 7
        for row, cut in rows.items():
            sign = equation.get(row, 0)
            if sign:
                total = self._add(sign, total, cut)
        return total

    def _walk(
        self, depth: int, chosen: Choice, sums: list[Sums], broken: int, allowed: int
    ) -> Iterator[Choice]:
        broken_now = broken + self._settled_and_broken(depth, sums)
        if broken_now > allowed or self.steps > MAX_STEPS:
            return
        if depth == len(self.order):
            if broken_now == allowed:
                yield dict(chosen)
            return
        row = self.order[depth]
        for cut in self._worth_trying(depth, sums, broken, allowed):
            self.steps += 1
            chosen[row] = cut
            yield from self._walk(
                depth + 1,
                chosen,
                [self._add(e.get(row, 0), s, cut) for e, s in zip(self.equations, sums, strict=True)],
                broken + (not row_may_add_up(cut)),
                allowed,
            )
            del chosen[row]

    @staticmethod
    def _add(sign: int, total: Sums, cut: Cut) -> Sums:
        if not sign:
            return total
        return tuple(t + sign * (v or 0) for t, v in zip(total, cut, strict=True))

    def _settled_and_broken(self, depth: int, sums: list[Sums]) -> int:
        """Relations broken in equations none of whose rows is still open."""
        still_open = self.order[depth:]
        return sum(
            sum(1 for value in total if value)
            for equation, total in zip(self.equations, sums, strict=True)
            if not any(row in equation for row in still_open)
        )

    def _worth_trying(self, depth: int, sums: list[Sums], broken: int, allowed: int) -> Sequence[Cut]:
        """Where nothing may break any more and a row is the last open one of an equation, only the
        reading that closes it."""
        row, rest = self.order[depth], self.order[depth + 1 :]
        cuts = self.readings[row]
        if broken < allowed:
            return cuts
        for equation, total in zip(self.equations, sums, strict=True):
            if row in equation and not any(other in equation for other in rest):
                needed = tuple(-equation[row] * value for value in total)
                return [cut for cut in cuts if tuple(v or 0 for v in cut) == needed]
        return cuts
