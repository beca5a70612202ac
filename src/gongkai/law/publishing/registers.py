"""Table 2 counted from the office's registers: every cell with the records behind it.

``table2_sources.toml`` says which register and which measure feed which cell of which form. Because
stock and flow are counted from the same dates, 现行有效 of a year is that of the year before plus what
was issued less what was repealed (T2-01), and 上一年项目数量 is last year's plus its change (T2-03).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.law.breach import LawBreach
from gongkai.law.limits import chinese_date
from gongkai.law.publishing.switches import PublishingRules
from gongkai.law.report.formats import ReportFormat
from gongkai.law.rulebook import read_table

_YUAN_IN_TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class RegisteredDocument:
    """A rule or a normative document of this agency; ``kind`` is its row, ``government_rule`` or
    ``normative_document``. ``repealed_on``: the first day it no longer holds, by repeal or expiry.

    Raises ``LawBreach`` for a document repealed or disclosed before it was issued.
    """

    id: int
    kind: str
    issued_on: date
    repealed_on: date | None = None
    disclosed_on: date | None = None

    def __post_init__(self) -> None:
        _in_order(self.issued_on, self.repealed_on, "废止日期早于制发日期")
        _in_order(self.issued_on, self.disclosed_on, "公开日期早于制发日期")

    @property
    def begun_on(self) -> date:
        return self.issued_on

    @property
    def ended_on(self) -> date | None:
        return self.repealed_on


@dataclass(frozen=True, slots=True)
class RegisteredItem:
    """A matter the agency may decide or charge for (事项、收费项目), in its list from ``begun_on`` until
    the day before ``ended_on``. ``kind`` is its row.

    Raises ``LawBreach`` for one that ends before it begins.
    """

    id: int
    kind: str
    begun_on: date
    ended_on: date | None = None

    def __post_init__(self) -> None:
        _in_order(self.begun_on, self.ended_on, "取消日期早于设立日期")


@dataclass(frozen=True, slots=True)
class RegisteredDecision:
    """A permit, a penalty, a coercive measure or another decision given; ``kind`` is its row."""

    id: int
    kind: str
    decided_on: date

    @property
    def begun_on(self) -> date:
        return self.decided_on


@dataclass(frozen=True, slots=True)
class RegisteredPayment:
    """A fee collected (``administrative_fee``) or a central procurement (``central_procurement``);
    ``amount`` in 万元. Raises ``LawBreach`` for an amount below zero."""

    id: int
    kind: str
    paid_on: date
    amount: Decimal

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise LawBreach(f"金额不能小于0，登记的是{self.amount}万元，请核对。")

    @property
    def begun_on(self) -> date:
        return self.paid_on


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers that feed table 2; the ids are those of each register, not unique across them."""

    documents: tuple[RegisteredDocument, ...] = ()
    items: tuple[RegisteredItem, ...] = ()
    decisions: tuple[RegisteredDecision, ...] = ()
    payments: tuple[RegisteredPayment, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a cell comes from: the register, the kind of record in it, and the measure."""

    register: str
    kind: str
    measure: str


@dataclass(frozen=True, slots=True)
class CountedCell:
    """A figure with the ids behind it, each once, in the order of the register."""

    value: int | Decimal
    source: Source
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedTable2:
    """Cell address → figure and ids, for every cell of the form, in reading order."""

    cells: Mapping[str, CountedCell] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, int | Decimal]:
        return {address: cell.value for address, cell in self.cells.items()}


def count_table2(
    registers: Registers,
    year: int,
    report_format: ReportFormat,
    on: date | None = None,
    rules: PublishingRules | None = None,
) -> CountedTable2:
    """Table 2 of a year as it stands on a day (default: 31 December)."""
    span = _Span(year, min(on or date(year, 12, 31), date(year, 12, 31)), rules or PublishingRules.load())
    sources = table2_sources(report_format.id)
    return CountedTable2(
        {address: _count(registers, sources[address], span) for address in report_format.addresses("table2")}
    )


def table2_sources(format_id: str) -> Mapping[str, Source]:
    """Cell address → where it comes from. Raises ``KeyError`` for a form the table does not know."""
    return dict(_sources(read_table("table2_sources.toml")[format_id]))


def _sources(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Source]]:
    for entry in entries:
        for row in entry["rows"]:
            for column, measure in entry["columns"].items():
                yield f"table2.{row}.{column}", Source(entry["register"], row, measure)


def in_ten_thousand(yuan: Decimal) -> Decimal:
    """Yuan as 万元, exactly: 251000 is 25.1."""
    return (yuan / _YUAN_IN_TEN_THOUSAND).normalize() + Decimal(0)


@dataclass(frozen=True, slots=True)
class _Span:
    year: int
    last: date
    rules: PublishingRules

    def holds(self, day: date | None) -> bool:
        return day is not None and date(self.year, 1, 1) <= day <= self.last

    @property
    def eve(self) -> date:
        return date(self.year - 1, 12, 31)


def _count(registers: Registers, source: Source, span: _Span) -> CountedCell:
    records = [entry for entry in getattr(registers, source.register) if entry.kind == source.kind]
    value, behind = _MEASURES[source.measure](records, span)
    return CountedCell(value, source, tuple(dict.fromkeys(entry.id for entry in behind)))


Measured = tuple[int | Decimal, list[Any]]


def _begun_in_year(records: list[Any], span: _Span) -> Measured:
    found = [entry for entry in records if span.holds(entry.begun_on)]
    return len(found), found


def _ended_in_year(records: list[Any], span: _Span) -> Measured:
    found = [entry for entry in records if span.holds(entry.ended_on)]
    return len(found), found


def _standing_now(records: list[Any], span: _Span) -> Measured:
    found = [entry for entry in records if _stands(entry, span.last)]
    return len(found), found


def _standing_before(records: list[Any], span: _Span) -> Measured:
    found = [entry for entry in records if _stands(entry, span.eve)]
    return len(found), found


def _net_change(records: list[Any], span: _Span) -> Measured:
    """What came less what went; behind it stands both."""
    begun, ended = _begun_in_year(records, span)[1], _ended_in_year(records, span)[1]
    return len(begun) - len(ended), begun + ended


def _disclosed_in_year(records: list[Any], span: _Span) -> Measured:
    found = [entry for entry in records if span.holds(entry.disclosed_on)]
    return len(found), found


def _disclosed_so_far(records: list[Any], span: _Span) -> Measured:
    found = [entry for entry in records if entry.disclosed_on and entry.disclosed_on <= span.last]
    if span.rules.disclosed_total == "in_force":
        found = [entry for entry in found if _stands(entry, span.last)]
    return len(found), found


def _amount_in_year(records: list[Any], span: _Span) -> Measured:
    found = _begun_in_year(records, span)[1]
    return sum((entry.amount for entry in found), Decimal(0)), found


def _stands(entry: Any, day: date) -> bool:
    return entry.begun_on <= day and (entry.ended_on is None or entry.ended_on > day)


_MEASURES: Mapping[str, Callable[[list[Any], _Span], Measured]] = {
    "begun_in_year": _begun_in_year,
    "ended_in_year": _ended_in_year,
    "standing_now": _standing_now,
    "standing_before": _standing_before,
    "net_change": _net_change,
    "disclosed_in_year": _disclosed_in_year,
    "disclosed_so_far": _disclosed_so_far,
    "amount_in_year": _amount_in_year,
}


def _in_order(first: date, last: date | None, what: str) -> None:
    if last is not None and last < first:
        raise LawBreach(f"{what}（{chinese_date(last)}早于{chinese_date(first)}），请核对。")
