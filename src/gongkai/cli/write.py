"""``gongkai write``: a report from its figures."""

import argparse
import json
import sys
from pathlib import Path

from gongkai.cli.failures import reason
from gongkai.cli.outcome import Refused
from gongkai.cli.outputs import output_kind, write_report
from gongkai.law.report.exchange import NotAReport, from_json
from gongkai.law.report.filled import FilledReport


def run(arguments: argparse.Namespace) -> int:
    output_kind(arguments.output)
    write_report(_report(arguments.figures), arguments.output, [arguments.figures])
    return 0


def _report(name: str) -> FilledReport:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return from_json(json.loads(data))
    except OSError as error:
        raise Refused(f"{name}：打不开这个文件（{reason(error)}），请核对文件名。") from error
    except NotAReport as error:
        raise Refused(f"{name}：{error}") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{name}：不是 JSON 数据；年度报告文件请用 gongkai convert 转换。") from error
