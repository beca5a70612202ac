"""``gongkai read``: the figures and the prose of a report, as they stand."""

import argparse

from gongkai.cli import console
from gongkai.cli.files import Reading, each_or_one, exit_status, read_files
from gongkai.cli.printing import print_json
from gongkai.cli.wording import block_rows, blocks_of, headline, section_titles, table3_rows, table4_rows
from gongkai.law.report.exchange import to_json
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.formats import TABLE_NAMES, load_format

_GLIMPSE = 60  # characters of a section shown


def run(arguments: argparse.Namespace) -> int:
    readings = read_files(arguments.files, arguments.jobs)
    if arguments.json:
        print_json(each_or_one(arguments, readings, _as_json))
    else:
        for reading in readings:
            _print(reading)
    return exit_status(readings)


def _as_json(reading: Reading, report: FilledReport) -> dict[str, object]:
    return to_json(report)


def _print(reading: Reading) -> None:
    if reading.report is None:
        return
    console.say(f"{reading.name}", "dim")
    console.say(headline(reading.report), "bold")
    _print_tables(reading.report)
    _print_sections(reading.report)
    for doubt in reading.report.doubts:
        console.say(f"存疑：{doubt.message}", "yellow")
    console.say()


def _print_tables(report: FilledReport) -> None:
    for name, filled in report.tables.items():
        form = load_format(filled.format)
        if name == "table2":
            for block in blocks_of(filled):
                heads = [block.row_header, *(column.label for column in block.columns)]
                console.table(heads, block_rows(report, block), f"{TABLE_NAMES[name]}　{block.title}")
        elif name == "table3":
            heads = ["", *(column.label for column in form.table3_columns)]
            console.table(heads, table3_rows(report, form), TABLE_NAMES[name])
        else:
            heads = ["", *(column.label for column in form.table4_columns)]
            console.table(heads, table4_rows(report, form), TABLE_NAMES[name])


def _print_sections(report: FilledReport) -> None:
    for code, text in report.sections.items():
        glimpse = " ".join(text.split())
        if not glimpse:
            continue
        ending = f"……（共{len(glimpse)}字）" if len(glimpse) > _GLIMPSE else ""
        console.say(f"{section_titles().get(code, code)}：{glimpse[:_GLIMPSE]}{ending}")
