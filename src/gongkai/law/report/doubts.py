"""Doubts of a reader that last year's report settles.

Figures run together can often be cut in several ways. Where last year's stock, items or carried-over
cases fit one of the cuts and no other, that one is taken.
"""

from collections.abc import Mapping
from dataclasses import replace

from gongkai.law.report.checks import CHECKS, Context
from gongkai.law.report.filled import Doubt, FilledReport, Value
from gongkai.law.report.predecessor import objection

MOST_READINGS = 64
"""A doubt with as many readings may have had more: it is left as it is."""


def settled_by_last_year(report: FilledReport, previous: FilledReport) -> FilledReport:
    """The report with every doubt settled of which one reading alone keeps the relations with
    ``previous``; the others stay. Another agency's or another year's report settles none."""
    if objection(report, previous):
        return report
    for doubt in report.doubts:
        fitting = [reading for reading in doubt.readings if _fits(report, previous, doubt, reading)]
        if len(fitting) == 1 and 1 < len(doubt.readings) < MOST_READINGS:
            report = replace(
                filled_in(report, fitting[0]), doubts=tuple(d for d in report.doubts if d is not doubt)
            )
    return report


def filled_in(report: FilledReport, cells: Mapping[str, Value]) -> FilledReport:
    """The report with other values in some of its cells."""
    tables = {
        name: replace(table, cells={address: cells.get(address, v) for address, v in table.cells.items()})
        for name, table in report.tables.items()
    }
    return replace(report, tables=tables)


def _fits(report: FilledReport, previous: FilledReport, doubt: Doubt, reading: Mapping[str, Value]) -> bool:
    """Whether no relation with last year is broken at the doubtful cells."""
    context = Context(filled_in(report, reading), previous=previous)
    broken = (finding for check in CHECKS if check.needs == ("previous",) for finding in check.run(context))
    return not any(set(finding.cells) & set(doubt.cells) for finding in broken)
