"""X-03: the report is submitted and published in time (第四十九条)."""

from collections.abc import Iterator
from datetime import date

from gongkai.law.limits import ReportDue, chinese_date, report_due
from gongkai.law.report.agency_names import kind_of
from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import format_for
from gongkai.law.rulebook import read_table
from gongkai.law.workdays import WorkingCalendar


def in_time(check: Check, context: Context) -> Iterator[Finding]:
    """Published, and submitted where that is known, by 31 January (a department) or 31 March (a
    government). A page dated long after is a warning: it has probably moved to a new site."""
    report = context.report
    if not report.year or not format_for(report.year):
        return
    kind = context.kind or (kind_of(report.agency) if report.agency else "government")
    due = report_due(report.year, kind, WorkingCalendar.load())
    for act, day in (("报送", context.submitted_on), ("公布", report.published_on)):
        if day and day > due.statutory_on:
            yield _late(check, act, day, due)


def _late(check: Check, act: str, day: date, due: ReportDue) -> Finding:
    late = (day - due.statutory_on).days
    moved = act == "公布" and late > read_table("report_checks.toml")["dates"]["moved_page_after"]
    end = "：如是网站改版后的日期，请以首次公布的日期为准" if moved else ""
    return check.finding(
        (),
        f"报告{chinese_date(day)}{act}，比法定的{chinese_date(due.statutory_on)}晚{late}天{end}。",
        expected=due.statutory_on.isoformat(),
        found=day.isoformat(),
        severity="warning" if moved else check.severity,
    )


CHECKS = (
    Check(
        "X-03",
        "部门1月31日前、政府3月31日前报送并公布上一年度的报告",
        "error",
        "第四十九条",
        (),
        in_time,
    ),
)
