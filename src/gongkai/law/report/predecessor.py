"""Whether a report is what another one has to follow on from: last year's, of the same agency."""

from gongkai.law.report.agency_names import clearly_differ
from gongkai.law.report.filled import FilledReport


def objection(report: FilledReport, previous: FilledReport) -> str:
    """Why ``previous`` is not last year's report of the agency of ``report``, in Chinese; empty where it
    is, or does not say otherwise."""
    if report.agency and previous.agency and clearly_differ(report.agency, previous.agency):
        return f"用来对照的是“{previous.agency}”的报告，不是本机关“{report.agency}”的"
    if report.year and previous.year and previous.year != report.year - 1:
        return f"用来对照的报告是{previous.year}年度，本报告是{report.year}年度，不是上一年度"
    return ""


def called(report: FilledReport, previous: FilledReport) -> str:
    """``previous`` as a sentence about ``report`` calls it: 上一年度报告 only where it may be that."""
    if not objection(report, previous):
        return "上一年度报告"
    year = f"{previous.year}年度报告" if previous.year else "报告"
    return f"“{previous.agency}”{year}" if previous.agency else year
