"""A report put to the checks, with what the office knows beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from gongkai.casework.queries.fees import fees_paid
from gongkai.law.report.checks import check
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.findings import Finding
from gongkai.reporting.compiling import blanks
from gongkai.reporting.models import Adjustment, AnnualReport, Waiver
from gongkai.reporting.registers import YearCount, count_year

LATENESS = "X-03"
AGAINST_REGISTERS = frozenset({"T2-06", "T3-06", "T3-07", "T4-06"})
_FINISHED = (AnnualReport.State.SIGNED, AnnualReport.State.SUBMITTED, AnnualReport.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Examination:
    """What the checks say: findings still open, findings waived with a reason, differences from the
    registers that an adjustment explains, blank cells; and the count they were checked against."""

    open: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]
    explained: tuple[tuple[Finding, Adjustment], ...]
    blanks: tuple[str, ...]
    count: YearCount | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.open if finding.severity == "error")

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Errors that must be mended first. Lateness is none of them: holding a late report back
        would only make it later."""
        return tuple(finding for finding in self.errors if finding.code != LATENESS)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.open if finding.severity == "warning")

    @property
    def is_clean(self) -> bool:
        """Nothing to mend and nothing to explain; a note may stand."""
        return not (self.errors or self.warnings or self.blanks)


def previous_of(report: AnnualReport) -> AnnualReport | None:
    """Last year's report of the same agency, once it was signed."""
    return AnnualReport.objects.filter(
        agency=report.agency_id, year=report.year - 1, state__in=_FINISHED
    ).first()


def examine(report: AnnualReport, filled: FilledReport | None = None) -> Examination:
    """Check a report (or ``filled``, a version not saved yet) against last year's, the registers and
    the deadline."""
    current = report.filled if filled is None else filled
    previous, count = previous_of(report), count_beside(report)
    findings = check(
        current,
        previous=previous.filled if previous else None,
        submitted_on=_handed_over_on(report),
        kind=report.agency.report_kind,
        register=count.figures if count else None,
        fees=fees_paid(report.agency, report.year) if count and count.counted.cells else None,
    )
    findings = tuple(f for f in findings if not _about_blanks(f, current))
    waivers = {(waiver.code, waiver.message): waiver for waiver in report.waivers.all()}
    reasons = _explanations(report, findings)
    return Examination(
        open=tuple(f for f in findings if (f.code, f.message) not in waivers and f not in reasons),
        waived=tuple((f, waivers[f.code, f.message]) for f in findings if (f.code, f.message) in waivers),
        explained=tuple(reasons.items()),
        blanks=blanks(current),
        count=count,
    )


def count_beside(report: AnnualReport) -> YearCount | None:
    """The count a report has to agree with. One that was signed agrees with the cut that stood then;
    what the registers say later is no matter of it."""
    count = count_year(report.agency, report.year)
    if count is None or report.signed_at is None:
        return count
    return count if count.cut and count.cut.taken_at <= report.signed_at else None


Figure = int | Decimal


def differences(filled: FilledReport, figures: Mapping[str, Figure]) -> dict[str, tuple[Figure, Figure]]:
    """Cell → (count of the registers, figure of the report) where the two differ; blanks are none."""
    written = {cell: filled[cell] for cell in figures}
    return {
        cell: (figures[cell], value)
        for cell, value in written.items()
        if value is not None and value != figures[cell]
    }


def _explanations(report: AnnualReport, findings: tuple[Finding, ...]) -> dict[Finding, Adjustment]:
    """The differences from the registers that an adjustment gives the reason of."""
    adjusted = {(each.cell, each.counted, each.adjusted): each for each in report.adjustments.all()}
    return {
        finding: adjusted[key]
        for finding in findings
        if finding.code in AGAINST_REGISTERS
        and (key := (finding.cells[0], finding.expected, finding.found)) in adjusted
    }


def _about_blanks(finding: Finding, filled: FilledReport) -> bool:
    """Blank cells are counted and led to one by one; a list of them is no finding to work on."""
    blank_only = bool(finding.cells) and all(filled[cell] is None for cell in finding.cells)
    return blank_only and (finding.severity == "warning" or finding.code in AGAINST_REGISTERS)


def _handed_over_on(report: AnnualReport) -> date | None:
    moment = report.submitted_at or report.published_at
    return timezone.localdate(moment) if moment else None
