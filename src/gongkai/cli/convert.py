"""``gongkai convert``: a report in another file format."""

import argparse

from gongkai.cli.console import complain
from gongkai.cli.files import read_one
from gongkai.cli.outputs import output_kind, write_report


def run(arguments: argparse.Namespace) -> int:
    output_kind(arguments.output)
    report = read_one(arguments.input)
    for doubt in report.doubts:
        complain(f"{arguments.input}：存疑：{doubt.message}")
    write_report(report, arguments.output, [arguments.input])
    return 0
