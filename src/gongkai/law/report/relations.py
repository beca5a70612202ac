"""Sums that must hold inside one report, and whether they do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.formats import Sum, load_format

Verdict = Literal["holds", "broken", "undecided"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A relation on a report. ``left`` and ``right`` are the sums of the cells that are filled;
    ``blanks`` the addresses that are not. With blanks the verdict is *undecided* unless the
    filled cells agree already (a blank then reads as 0)."""

    relation: Sum
    left: int | Decimal
    right: int | Decimal
    blanks: tuple[str, ...]

    @property
    def difference(self) -> int | Decimal:
        return self.left - self.right

    @property
    def verdict(self) -> Verdict:
        if self.difference == 0:
            return "holds"
        return "undecided" if self.blanks else "broken"


def relations_of(report: FilledReport) -> Iterator[Sum]:
    """The sums that apply to a report: each table's own form decides."""
    for name, table in report.tables.items():
        relations = load_format(table.format).relations
        yield from (s for s in relations if s.left[0].startswith(name + "."))


def evaluate(report: FilledReport, relations: Iterable[Sum] | None = None) -> tuple[Evaluation, ...]:
    """Evaluate the given relations (default: all that apply) on a report."""
    chosen = relations_of(report) if relations is None else relations
    return tuple(_evaluate(report, relation) for relation in chosen)


def _evaluate(report: FilledReport, relation: Sum) -> Evaluation:
    blanks = tuple(a for a in relation.addresses if report[a] is None)
    return Evaluation(relation, _total(report, relation.left), _total(report, relation.right), blanks)


def _total(report: FilledReport, addresses: tuple[str, ...]) -> int | Decimal:
    values: list[Value] = [report[address] for address in addresses]
    return sum((value for value in values if value is not None), 0)
