"""The form of the report: F-01 the year's tables, F-02 the title, F-03 the six sections."""

import re
from collections.abc import Iterator

from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import TABLE_NAMES, ReportFormat, format_for, load_format
from gongkai.law.report.narrative import chinese_number

_YEAR = re.compile(r"(\d{4}|[一二][〇零○一二三四五六七八九]{3})(?=年)")
_NUMBERED = re.compile(r"(?P<number>[一二三四五六七八九十]+)、")


def form_is_the_years(check: Check, context: Context) -> Iterator[Finding]:
    """Every table, and every block of table two, is of the form its report year must use."""
    report = context.report
    due = format_for(report.year) if report.year else None
    if not due or not report.tables:
        return
    for name in TABLE_NAMES:
        if name not in report.tables:
            yield check.finding((), f"报告里没有找到{TABLE_NAMES[name]}：请按{_titled(due)}补上。")
        else:
            yield from _table_of_another_form(check, report, name, due)


def _table_of_another_form(
    check: Check, report: FilledReport, name: str, due: ReportFormat
) -> Iterator[Finding]:
    table = report.tables[name]
    used = load_format(table.format)
    if name == "table2" and used is due and table.block_formats:
        for code, other in table.block_formats.items():
            yield from _block_of_another_form(check, report, code, load_format(other), due)
    elif used.addresses(name) != due.addresses(name):
        strange = [a for a in table.cells if a not in due.cells]
        yield check.finding(
            strange or list(table.cells),
            f"{TABLE_NAMES[name]}用的是{_years(used)}的格式，{report.year}年度应当用{_titled(due)}，请换用。",
            expected=due.id,
            found=used.id,
        )


def _block_of_another_form(
    check: Check, report: FilledReport, code: str, used: ReportFormat, due: ReportFormat
) -> Iterator[Finding]:
    blocks = [block for block in used.table2 if block.code == code]
    if used is not due and blocks:
        yield check.finding(
            [a for a in blocks[0].addresses() if a in report],
            f"表二“{blocks[0].title}”用的是{_years(used)}的表头，{report.year}年度应当用{_titled(due)}，请换用。",
            expected=due.id,
            found=used.id,
        )


def _titled(report_format: ReportFormat) -> str:
    return f"{report_format.document_number}印发的格式"


def _years(report_format: ReportFormat) -> str:
    until = report_format.applies_until
    return f"{report_format.applies_from}{f'至{until}' if until else ''}年度" + ("" if until else "起")


def title_is_complete(check: Check, context: Context) -> Iterator[Finding]:
    """The title has the report year and says 政府信息公开."""
    report, title = context.report, re.sub(r"\s+", "", context.report.title or "")
    if not title:
        return
    years = [_year(words) for words in _YEAR.findall(title)]
    wanted = f"应为“{report.agency or '机关全称'}{report.year or '××××'}年政府信息公开工作年度报告”"
    problems = []
    if not years:
        problems.append("没有年份")
    elif report.year and report.year not in years:
        problems.append(f"写的是{years[0]}年，报告是{report.year}年度的")
    if "政府信息公开" not in title:
        problems.append("没有写“政府信息公开”")
    if problems:
        yield check.finding((), f"标题“{title}”{'，也'.join(problems)}，{wanted}。", found=title)


def _year(words: str) -> int:
    return int(words) if words.isdigit() and words.isascii() else chinese_number(words.replace("○", "〇"))


def sections_are_numbered(check: Check, context: Context) -> Iterator[Finding]:
    """The six sections are there and numbered 一、 to 六、."""
    report = context.report
    due = format_for(report.year) if report.year else None
    for place, section in enumerate(due.sections if due and report.headings else (), start=1):
        heading = report.headings.get(section.code)
        if heading is None:
            yield check.finding((), f"没有找到“{section.title}”这一部分：六个部分都要有，没有内容的写“无”。")
        elif not _has_number(heading, place):
            yield check.finding(
                (),
                f"“{heading.strip()}”的序号不规范，应写“{section.title}”。",
                expected=section.title,
                found=heading.strip(),
            )


def _has_number(heading: str, place: int) -> bool:
    match = _NUMBERED.match(heading.strip())
    return match is not None and chinese_number(match["number"]) == place


CHECKS = (
    Check(
        "F-01",
        "各表、表二各块用报告年度应当用的格式",
        "warning",
        "国办公开办函〔2019〕60号、国办公开办函〔2021〕30号",
        (),
        form_is_the_years,
    ),
    Check(
        "F-02",
        "标题写明年份和“政府信息公开”",
        "warning",
        "《年度报告格式》标题",
        (),
        title_is_complete,
    ),
    Check(
        "F-03",
        "六个部分齐全，序号依次为一、至六、",
        "warning",
        "第五十条、《年度报告格式》",
        (),
        sections_are_numbered,
    ),
)
