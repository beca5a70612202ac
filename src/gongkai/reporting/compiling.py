"""Compiling a report: what may be done to its figures before it is saved. Pure functions."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from gongkai.law.report.filled import Doubt, FilledReport, FilledTable, Value, blank_table
from gongkai.law.report.formats import TABLES, ReportFormat, format_for
from gongkai.law.report.relations import relations_of

Step = Callable[[FilledReport], FilledReport]


def blank_report(agency: str, year: int, report_format: ReportFormat) -> FilledReport:
    """The empty form of an agency's report."""
    return FilledReport(
        agency=agency,
        year=year,
        tables={name: blank_table(name, report_format) for name in TABLES},
        sections={section.code: "" for section in report_format.sections},
        title=f"{agency}{year}年政府信息公开工作年度报告",
    )


def counted_report(agency: str, year: int, figures: Mapping[str, Value]) -> FilledReport:
    """Only the tables that are counted, as a report to draw."""
    report_format = format_for(year)
    assert report_format is not None  # nothing else is counted
    report = with_cells(blank_report(agency, year, report_format), figures)
    counted = {address.partition(".")[0] for address in figures}
    return replace(report, tables={name: report.tables[name] for name in TABLES if name in counted})


def with_cells(report: FilledReport, cells: Mapping[str, Value]) -> FilledReport:
    """The report with these figures. A doubt ends when a figure is put in one of its cells; words
    beside a figure (其中修订16件) go with the figure they were said of."""
    tables = {name: _with(table, cells) for name, table in report.tables.items()}
    changed = replace(report, tables=tables)
    return replace(changed, doubts=tuple(doubt for doubt in report.doubts if _stands(doubt, changed)))


def _with(table: FilledTable, cells: Mapping[str, Value]) -> FilledTable:
    figures = {address: cells.get(address, value) for address, value in table.cells.items()}
    notes = {a: note for a, note in table.notes.items() if figures[a] == table.cells[a]}
    return replace(table, cells=figures, notes=notes)


def _stands(doubt: Doubt, report: FilledReport) -> bool:
    return not doubt.cells or all(report[cell] is None for cell in doubt.cells)


def blanks(report: FilledReport) -> tuple[str, ...]:
    """The blank cells, in reading order."""
    return tuple(address for address, value in report.cells() if value is None)


def fill_totals(report: FilledReport) -> FilledReport:
    """Every total that has at least one figure among its parts, computed anew from them."""
    return _summed(report, only_blank=False)


def fill_blanks(report: FilledReport) -> FilledReport:
    """Blank totals first, then 0 in every cell that is still blank: the form wants a figure in each.

    A total that is printed stays as it is, right or wrong.
    """
    summed = _summed(report, only_blank=True)
    return with_cells(summed, dict.fromkeys(blanks(summed), 0))


def _summed(report: FilledReport, *, only_blank: bool) -> FilledReport:
    """Rows and columns meet in one corner, so a second pass settles what the first one moved."""
    wanted = {r.right[0] for r in relations_of(report) if not (only_blank and report[r.right[0]] is not None)}
    for relation in (*relations_of(report), *relations_of(report)):
        parts = [value for value in map(report.__getitem__, relation.left) if value is not None]
        if len(relation.right) == 1 and relation.right[0] in wanted and parts:
            report = with_cells(report, {relation.right[0]: sum(parts, 0)})
    return report


def bring_forward(previous: FilledReport) -> Step:
    """Last year's 结转下年度继续办理 become this year's 上年结转, column by column (T3-05)."""

    def step(report: FilledReport) -> FilledReport:
        pairs = carry_over(report, previous)
        return with_cells(report, {into: value for into, value in pairs.items() if value is not None})

    return step


def carry_over(report: FilledReport, previous: FilledReport) -> dict[str, Value]:
    """What last year's report hands on: this year's address → last year's figure."""
    addresses = [address for address, _ in report.cells() if address.startswith("table3.brought_forward.")]
    return {a: previous[a.replace("brought_forward", "carried_forward")] for a in addresses}


def taken_over(report: FilledReport, read: FilledReport) -> FilledReport:
    """The tables and prose that were read, under the report's own agency, year and title.

    A table that the file lacks stays as it is.
    """
    sections = {code: read.sections.get(code) or text for code, text in report.sections.items()}
    return replace(
        report,
        tables={name: read.tables.get(name) or table for name, table in report.tables.items()},
        sections=sections,
        doubts=read.doubts,
    )


def changes(before: FilledReport, after: FilledReport) -> dict[str, list[str | None]]:
    """The cells that differ: address → [figure before, figure after], as text for the trail."""
    old, new = dict(before.cells()), dict(after.cells())
    addresses = [*new, *(address for address in old if address not in new)]
    return {a: [_text(old.get(a)), _text(new.get(a))] for a in addresses if old.get(a) != new.get(a)}


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
