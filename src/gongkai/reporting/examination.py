"""A report put to the checks, with what the office knows beside it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.law.report.checks import check
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.findings import Finding
from gongkai.reporting.compiling import blanks
from gongkai.reporting.models import AnnualReport, Waiver

LATENESS = "X-03"
_FINISHED = (AnnualReport.State.SIGNED, AnnualReport.State.SUBMITTED, AnnualReport.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Examination:
    """What the checks say: findings still open, findings waived with a reason, blank cells."""

    open: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]
    blanks: tuple[str, ...]

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
    """Check a report (or ``filled``, a version not saved yet) against last year's and the deadline."""
    current = report.filled if filled is None else filled
    previous = previous_of(report)
    findings = check(
        current,
        previous=previous.filled if previous else None,
        submitted_on=_handed_over_on(report),
        kind=report.agency.report_kind,
    )
    findings = tuple(f for f in findings if not _about_blanks(f, current))
    waivers = {(waiver.code, waiver.message): waiver for waiver in report.waivers.all()}
    return Examination(
        open=tuple(f for f in findings if (f.code, f.message) not in waivers),
        waived=tuple((f, waivers[f.code, f.message]) for f in findings if (f.code, f.message) in waivers),
        blanks=blanks(current),
    )


def _about_blanks(finding: Finding, filled: FilledReport) -> bool:
    """Blank cells are counted and led to one by one; a list of them is no finding to work on."""
    blank_only = bool(finding.cells) and all(filled[cell] is None for cell in finding.cells)
    return finding.severity == "warning" and blank_only


def _handed_over_on(report: AnnualReport) -> date | None:
    moment = report.submitted_at or report.published_at
    return timezone.localdate(moment) if moment else None
