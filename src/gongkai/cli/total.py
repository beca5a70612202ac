"""``gongkai total``: members' reports added up, with the proof of every figure."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gongkai.cli import console
from gongkai.cli.files import exit_status, read_files
from gongkai.cli.lists import names_in
from gongkai.cli.outcome import FOUND_ERRORS, Refused
from gongkai.cli.outputs import output_kind, write_output, write_report
from gongkai.documents.writing.reconciliation import workbook
from gongkai.law.report.checks import check
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.findings import SEVERITY_LABELS
from gongkai.law.report.formats import Sum
from gongkai.law.report.relations import relations_of
from gongkai.law.report.rollup import Rollup, rollup


def run(arguments: argparse.Namespace) -> int:
    kind = output_kind(arguments.output)
    readings = read_files(arguments.files, arguments.jobs)
    members = [_named(reading.report, reading.name) for reading in readings if reading.report is not None]
    summed = _sum(members, arguments)
    inputs = [reading.name for reading in readings]
    unreadable = {reading.name: reading.error for reading in readings if reading.error}
    if kind == "xlsx":
        write_output(arguments.output, workbook(summed, unreadable), inputs)
    else:
        write_report(summed.report, arguments.output, inputs)
    for line in _lines(summed):
        console.say(line)
    for name, sentence in unreadable.items():
        console.say(f"读不出来，没有计入：{name}（{sentence.rstrip('。')}）")
    broken = list(_broken_relations(summed))
    for line in broken:
        console.say(line, "bold red")
    found = FOUND_ERRORS if broken or _left_out(summed) else 0
    return max(found, exit_status(readings))


def _named(report: FilledReport, file: str) -> FilledReport:
    """A report whose agency could not be read goes by its file."""
    return report if report.agency else replace(report, agency=Path(file).name)


def _sum(members: Sequence[FilledReport], arguments: argparse.Namespace) -> Rollup:
    expected = names_in(arguments.expected)
    year = arguments.year or _year_of_most(members)
    try:
        return rollup(members, agency=arguments.agency, year=year, expected=expected)
    except ValueError as error:
        raise Refused(str(error)) from error


def _year_of_most(members: Sequence[FilledReport]) -> int | None:
    """The year most reports are of. Raises :class:`Refused` where two years have as many."""
    counted = Counter(report.year for report in members if report.year)
    most = max(counted.values(), default=0)
    years = sorted(year for year, count in counted.items() if count == most)
    if len(years) > 1:
        shown = "、".join(f"{year}年度" for year in years)
        raise Refused(f"{shown}的报告一样多，都是 {most} 份，定不了汇总哪一年；请用 --year 指定年度。")
    return years[0] if years else None


def _left_out(summed: Rollup) -> bool:
    """Whether a report that should be there is not in the sum."""
    members = summed.members
    return bool(members.missing or members.other_years or members.repeated)


def _lines(summed: Rollup) -> Iterator[str]:
    """What was added up, and what stands apart."""
    members = summed.members
    year = f"{members.year}年度" if members.year else "年度不明"
    yield f"汇总 {len(members.summed)} 个单位，{year}：{'、'.join(members.summed)}"
    if members.missing:
        yield f"缺报：{'、'.join(members.missing)}"
    if members.unexpected:
        yield f"不在名单里，已计入：{'、'.join(members.unexpected)}"
    if members.repeated:
        yield f"重复报送，只计第一份：{'、'.join(members.repeated)}"
    for name, other in members.other_years.items():
        yield f"年度不同，没有计入：{name}（{other}年度）"
    for name, tables in summed.other_formats.items():
        yield f"格式不同：{name}（{'、'.join(tables)}）"
    for name, cells in summed.blanks.items():
        yield f"有空格：{name}，{len(cells)} 格，按没有数处理"
    for doubt in summed.report.doubts:
        yield f"存疑：{doubt.message}"


def _broken_relations(summed: Rollup) -> Iterator[str]:
    """A line for each relation that the sum breaks, with the members it comes from."""
    relations = {(r.code, frozenset(r.addresses)): r for r in relations_of(summed.report)}
    for finding in check(summed.report):
        relation = relations.get((finding.code, frozenset(finding.cells)))
        if relation:
            yield (
                f"{SEVERITY_LABELS[finding.severity]}　{finding.code}　{finding.message}（{finding.article}）"
                f"来自：{'、'.join(_unbalanced(summed, relation))}"
            )


def _unbalanced(summed: Rollup, relation: Sum) -> Iterator[str]:
    """The members whose own part of the relation differs, blanks counted as 0 as the sum counts them."""
    for place, name in enumerate(summed.members.summed):
        left, right = (
            sum(summed.contributions[address][place].value or 0 for address in side)
            for side in (relation.left, relation.right)
        )
        if left != right:
            yield name
