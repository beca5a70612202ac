"""``gongkai total``: members' reports added up, with the proof of every figure."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gongkai.cli import console
from gongkai.cli.files import exit_status, read_files
from gongkai.cli.lists import names_in
from gongkai.cli.outcome import Refused
from gongkai.cli.outputs import output_kind, write_output, write_report
from gongkai.documents.writing.reconciliation import workbook
from gongkai.law.report.filled import FilledReport
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
    return exit_status(readings)


def _named(report: FilledReport, file: str) -> FilledReport:
    """A report whose agency could not be read goes by its file."""
    return report if report.agency else replace(report, agency=Path(file).name)


def _sum(members: list[FilledReport], arguments: argparse.Namespace) -> Rollup:
    expected = names_in(arguments.expected)
    try:
        return rollup(members, agency=arguments.agency, year=arguments.year, expected=expected)
    except ValueError as error:
        raise Refused(str(error)) from error


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
