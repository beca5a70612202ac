"""X-04: prose copied from last year's report or from another member's (内容雷同)."""

from collections.abc import Iterator

from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.comparison import compare_prose, copies
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import all_formats
from gongkai.law.report.predecessor import called

_TITLES = {section.code: section.title for section in all_formats()[-1].sections}
_ARTICLE = "国办公开办函〔2021〕30号"


def prose_is_new(check: Check, context: Context) -> Iterator[Finding]:
    """Sections that stand nearly word for word in last year's report, or in what was given for it."""
    before = context.previous or FilledReport()
    name = called(context.report, before)
    for found in compare_prose(before.sections, context.report.sections):
        if found.copied:
            yield check.finding(
                (),
                f"“{_title(found.section)}”与{name}有{found.similarity.contained:.0%}相同，属内容雷同："
                "请按本年工作重写。",
                found=f"{found.similarity.contained:.2f}",
            )


def prose_is_the_members_own(check: Check, context: Context) -> Iterator[Finding]:
    """Sections that stand nearly word for word in another member's report."""
    for section in dict.fromkeys(code for member in context.members for code in member.sections):
        texts = {
            member.agency or f"第{place}份报告": member.sections.get(section, "")
            for place, member in enumerate(context.members, start=1)
        }
        for copy, source, part in copies(texts):
            yield check.finding(
                (),
                f"{copy}的“{_title(section)}”与{source}的有{part:.0%}相同，属内容雷同：请退回重写。",
                found=f"{part:.2f}",
            )


def _title(section: str) -> str:
    return _TITLES.get(section, section)


CHECKS = (
    Check("X-04", "各部分文字不与上一年度报告雷同", "warning", _ARTICLE, ("previous",), prose_is_new),
    Check(
        "X-04", "各部分文字不与其他成员单位雷同", "warning", _ARTICLE, ("members",), prose_is_the_members_own
    ),
)
