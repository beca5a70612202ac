"""What the registers say of a year, live or as it was frozen: applications and remedies (tables 3 and 4),
documents, matters and decisions (table 2)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from gongkai import __version__
from gongkai.agencies.models import Agency
from gongkai.casework.models import Application, CaseEvent
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.publishing.registers import CountedTable2
from gongkai.law.publishing.switches import PublishingRules
from gongkai.law.report.formats import ReportFormat, format_for, load_format, split_address
from gongkai.law.rulebook import CountingRules
from gongkai.remedies.queries import counted_remedies
from gongkai.reporting import table2
from gongkai.reporting.counting import (
    HANDLED,
    Counted,
    CountedCase,
    CountedRemedy,
    Cut,
    PassedOver,
    count_table3,
    count_table4,
    cut_after,
    passed_over,
    table3_with_totals,
    table4_with_totals,
    year_end,
)
from gongkai.reporting.eligibility import CaseLine, admit
from gongkai.reporting.models import YearCut

Disposal = Application.Disposal
_COLUMNS = (
    "pk", "applicant_kind", "received_on", "closed_on", "decision", "disposal", "counted",
    "split_from_id", "re_decides_id",
)  # fmt: skip


@dataclass(frozen=True)
class YearCount:
    """The cells of a year that the registers fill: ``counted`` are those of tables 3 and 4. ``cut`` is the
    frozen record they come from, ``None`` where they were counted from what the registers say now."""

    year: int
    counted: Counted
    cut: YearCut | None
    table2: CountedTable2 = field(default_factory=CountedTable2)

    @cached_property
    def figures(self) -> Mapping[str, int | Decimal]:
        """Cell address → count or amount."""
        return {**self.table2.figures, **self.counted.figures}

    @property
    def tables(self) -> str:
        """The tables that are filled, in words."""
        named = (("表二", self.table2.cells), ("表三、表四", self.counted.cells))
        return "、".join(name for name, cells in named if cells)

    def ids_of(self, address: str) -> tuple[int, ...]:
        """The records behind a cell."""
        if address in self.table2.cells:
            return self.table2.cells[address].ids
        return self.counted.cells[address]

    def counted_to(self, today: date) -> date:
        """The last day the count takes in."""
        return self.cut.cut_on if self.cut else min(today, year_end(self.year))


@dataclass(frozen=True)
class Registers:
    """The lines of an agency's registers, made ready for counting."""

    cases: tuple[CountedCase, ...]
    left_out: tuple[CaseLine, ...]
    remedies: tuple[CountedRemedy, ...]

    def count(self, year: int, previous: Cut | None, on: date | None = None) -> Counted:
        """The tables of a year, as they stand on a day, in the form that the year must use."""
        form = _form(year)
        return count_table3(self.cases, year, form, previous, on) | count_table4(
            self.remedies, year, form, previous, on
        )

    def passed_over(self, counted: Counted, year: int, previous: Cut | None) -> PassedOver:
        """What no later year counts, as far as ``previous`` does not say so already."""
        found = passed_over(self.cases, self.remedies, counted, year)
        left_out = {line.id for line in self.left_out if line.received_on <= year_end(year)}
        known = previous or Cut(year - 1)
        return PassedOver((found.cases | left_out) - known.closed, found.remedies - known.settled)


def count_year(agency: Agency, year: int) -> YearCount | None:
    """The count of a year: frozen if its cut was taken, else of what the registers say now. ``None``
    where they hold nothing of that year or before: then people type, as they did before."""
    cut = YearCut.objects.filter(agency=agency, year=year).first()
    if cut is not None:
        return YearCount(year, counted_from(cut), cut, table2.thawed(cut.content))
    return _live(agency, year)


def count_on(agency: Agency, day: date) -> YearCount | None:
    """The tables of a year up to a day of it, by what the registers say now."""
    return _live(agency, day.year, day)


def _live(agency: Agency, year: int, on: date | None = None) -> YearCount | None:
    form = format_for(year)
    if form is None:
        return None
    counted, of_table2 = Counted({}), table2.count_of(agency, year, form, on)
    if cases_are_begun_by(agency, year):
        registers = read_registers(agency)
        counted = registers.count(year, last_cut(agency, year, registers), on)
    return YearCount(year, counted, None, of_table2) if counted.cells or of_table2.cells else None


def are_begun_by(agency: Agency, year: int) -> bool:
    """Whether any register holds anything of a year or its past."""
    form = format_for(year)
    return cases_are_begun_by(agency, year) or (
        form is not None and bool(table2.count_of(agency, year, form).cells)
    )


def cases_are_begun_by(agency: Agency, year: int) -> bool:
    """Whether the registers of applications and remedies hold anything of a year or its past."""
    last = year_end(year)
    return _received(agency).filter(received_on__lte=last).exists() or any(
        entry["filed_on"] <= last for entry in counted_remedies(agency)
    )


def freeze(agency: Agency, year: int) -> dict[str, Any]:
    """The content of the cut of a year, as ``YearCut`` describes it."""
    registers = read_registers(agency)
    previous = last_cut(agency, year, registers)
    counted = registers.count(year, previous)
    passed = registers.passed_over(counted, year, previous)
    before = YearCut.objects.filter(agency=agency, year=year - 1).first()
    return {
        "format": _form(year).id,
        "cases_begun": cases_are_begun_by(agency, year),
        "table2": table2.frozen(table2.count_of(agency, year, _form(year))),
        **_tables(counted),
        "passed_over": {"cases": sorted(passed.cases), "remedies": sorted(passed.remedies)},
        "rules": asdict(CountingRules.load()),
        "publishing_rules": asdict(PublishingRules.load()),
        "calendar": calendar_of(agency).version,
        "product": __version__,
        "previous": before.sha256 if before else None,
    }


def counted_from(cut: YearCut) -> Counted:
    """The cells of tables 3 and 4 of a frozen cut, totals included; none where only table 2 was kept."""
    form, content = load_format(cut.content["format"]), cut.content
    if not content.get("cases_begun", True):
        return Counted({})
    return table3_with_totals(_addressed("table3", content), form) | table4_with_totals(
        _addressed("table4", content), form
    )


def last_cut(agency: Agency, year: int, registers: Registers) -> Cut | None:
    """What the years before one say for good. Years without a cut of their own after the first that
    has one are counted from what the registers say now."""
    frozen = {cut.year: cut for cut in YearCut.objects.filter(agency=agency, year__lt=year)}
    found: Cut | None = None
    for each in range(min(frozen, default=year), year):
        if each in frozen:
            counted, kept = counted_from(frozen[each]), frozen[each].content["passed_over"]
            passed = PassedOver(frozenset(kept["cases"]), frozenset(kept["remedies"]))
        else:
            counted = registers.count(each, found)
            passed = registers.passed_over(counted, each, found)
        found = cut_after(counted, each, found, passed)
    return found


def read_registers(agency: Agency) -> Registers:
    """The registers as they stand."""
    admitted = admit(case_lines(agency))
    return Registers(admitted.cases, admitted.left_out, tuple(map(counted_remedy, counted_remedies(agency))))


def _received(agency: Agency) -> QuerySet[Application]:
    return Application.objects.filter(
        agency=agency, matter=Application.Matter.DISCLOSURE, received_on__isnull=False
    )


def case_lines(agency: Agency) -> Iterator[CaseLine]:
    """The applications that are received, as the log's index tells of them."""
    withdrawn = frozenset(
        CaseEvent.objects.filter(
            case__agency=agency, kind=CaseEvent.Kind.WITHDRAWN, struck_by__isnull=True
        ).values_list("case_id", flat=True)
    )
    for line in _received(agency).order_by("pk").values_list(*_COLUMNS, named=True).iterator(chunk_size=5000):
        is_split = line.disposal == Disposal.SPLIT
        assert line.received_on is not None
        yield CaseLine(
            id=line.pk,
            applicant_kind=line.applicant_kind,
            received_on=line.received_on,
            closed_on=line.closed_on,
            decision=line.decision,
            is_elsewhere=not is_split and (line.disposal == Disposal.TRANSFERRED or not line.counted),
            is_split=is_split,
            is_withdrawn=line.pk in withdrawn,
            split_from=line.split_from_id,
            re_decides=line.re_decides_id,
        )


def counted_remedy(entry: Mapping[str, Any]) -> CountedRemedy:
    """An entry of the register of remedies, made ready for counting."""
    return CountedRemedy(
        id=entry["id"],
        forum=entry["forum"],
        reconsidered_before=entry["reconsidered_before"],
        filed_on=entry["filed_on"],
        results=tuple((on, code) for on, code in entry["results"]),
    )


def _form(year: int) -> ReportFormat:
    form = format_for(year)
    assert form is not None  # a report and a cut are only of years that have a form
    return form


def _tables(counted: Counted) -> dict[str, dict[str, dict[str, list[int]]]]:
    """Row → column → ids, without the totals."""
    tables: dict[str, dict[str, dict[str, list[int]]]] = {"table3": {}, "table4": {}}
    for address, ids in counted.cells.items():
        table, row, column = split_address(address)
        if column != "total" and row != HANDLED:
            tables[table].setdefault(row, {})[column] = list(ids)
    return tables


def _addressed(table: str, content: Mapping[str, Any]) -> dict[str, list[int]]:
    return {
        f"{table}.{row}.{column}": ids
        for row, columns in content[table].items()
        for column, ids in columns.items()
    }
