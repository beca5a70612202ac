"""The commands and their options, with their help in Chinese."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from gongkai import __version__

# argparse words its own complaints in English; these are the ones a user can meet.
_COMPLAINTS = (
    (r"the following arguments are required: (?P<list>.*)", "缺少参数：{list}"),
    (r"unrecognized arguments: (?P<list>.*)", "不认识的参数：{list}"),
    (r"argument (?P<name>.*): expected (?:one|at least one) argument", "{name} 后面缺少值"),
    (r"argument (?P<name>.*): not allowed with argument (?P<other>.*)", "{name} 与 {other} 不能同时使用"),
    (r"one of the arguments (?P<list>.*) is required", "须从这些参数中选一个：{list}"),
    (r"ambiguous option: (?P<name>.*) could match (?P<list>.*)", "{name} 可能是几个选项，请写全：{list}"),
    (r"argument (?P<name>.*): ignored explicit argument .*", "{name} 后面不带值"),
    (
        r"argument (?P<name>.*?): invalid choice: (?P<quote>['\"])(?P<given>.*)(?P=quote) "
        r"\(choose from (?P<list>.*)\)",
        "{name}不能是“{given}”，可选：{list}",
    ),
    (r"argument (?P<name>.*?): (?P<why>.*)", "{name}：{why}"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: object) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{_in_chinese(message)}。用 {self.prog} --help 查看说明。\n")


def _in_chinese(message: str) -> str:
    for pattern, chinese in _COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            parts = found.groupdict()
            if "list" in parts:
                parts["list"] = "、".join(re.split(r",? ", parts["list"].replace("'", "")))
            return chinese.format_map(parts)
    return message


_ABOUT = "政府信息公开：读、核、写年度报告，算期限和信息处理费，公开前筛查文件。"


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; ``command`` names the module that runs it."""
    parser = _Parser(prog="gongkai", description=_ABOUT)
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=_Parser)
    for name, help_text, add in _COMMANDS:
        add(commands.add_parser(name, help=help_text, description=help_text))
    return parser


def _files(parser: argparse.ArgumentParser, help_text: str) -> None:
    parser.add_argument("files", nargs="+", metavar="文件", help=f"{help_text}；可以给文件夹，- 表示标准输入")
    parser.add_argument("--jobs", type=_positive, metavar="个数", help="同时读几个文件（默认：处理器核数）")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON，供其他程序使用")


def _output(parser: argparse.ArgumentParser, kinds: str) -> None:
    parser.add_argument(
        "-o", "--output", required=True, metavar="文件", help=f"写到哪里，按后缀定格式：{kinds}"
    )


def _read(parser: argparse.ArgumentParser) -> None:
    _files(parser, "年度报告（网页、Word、PDF、Excel、文本均可）")
    _json(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    _files(parser, "要核对的年度报告")
    parser.add_argument(
        "--previous", nargs="+", default=[], metavar="文件", help="上一年度的报告，核对年度衔接"
    )
    parser.add_argument(
        "--members", nargs="+", default=[], metavar="文件", help="下级各单位的报告，核对汇总数"
    )
    parser.add_argument("--expected", type=Path, metavar="名单", help="应报的下级单位，一行一个，缺报的指出")
    parser.add_argument("--parent", metavar="文件", help="上级的汇总报告，核对本单位是否计入其中")
    parser.add_argument("--submitted", type=_day, metavar="日期", help="报送日期，核对是否按期")
    _json(parser)


def _write(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("figures", metavar="数据.json", help="gongkai read --json 那样的数据；- 表示标准输入")
    _output(parser, ".docx .pdf .html .xlsx .json")


def _convert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("input", metavar="报告", help="任意格式的年度报告；- 表示标准输入")
    _output(parser, ".docx .pdf .html .xlsx .json")


def _total(parser: argparse.ArgumentParser) -> None:
    _files(parser, "下级各单位的年度报告")
    _output(parser, ".xlsx（附对账表）或 .docx .pdf .html .json")
    parser.add_argument("--agency", metavar="名称", help="汇总单位的名称")
    parser.add_argument(
        "--year", type=_positive, metavar="年度", help="报告年度（默认：多数报告的年度，一样多时必须给）"
    )
    parser.add_argument("--expected", type=Path, metavar="名单", help="应报单位名单，一行一个，缺报的列出")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="甲", help="前一份报告（例如上一年度）")
    parser.add_argument("after", metavar="乙", help="后一份报告")
    _json(parser)


def _due(parser: argparse.ArgumentParser) -> None:
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("date", nargs="?", type=_day, metavar="收到日期", help="收到申请之日，如 2025-09-08")
    asked.add_argument("--events", metavar="文件", help="案件事件，一行一案的 JSON；- 表示标准输入")
    parser.add_argument("--region", metavar="地区", help="地方节假日，如 65-xinjiang")
    parser.add_argument(
        "--notice", action="append", default=[], type=Path, metavar="文件", help="另加一份放假通知（TOML）"
    )
    _json(parser)


def _fee(parser: argparse.ArgumentParser) -> None:
    basis = parser.add_mutually_exclusive_group(required=True)
    basis.add_argument("--cases", type=_count, metavar="件数", help="按件：同一申请人一个自然月内的申请件数")
    basis.add_argument("--pages", type=_count, metavar="页数", help="按量：一件申请提供的页数")
    parser.add_argument("--on", type=_day, metavar="日期", help="收费决定的日期（默认：今天）")
    _json(parser)


def _screen(parser: argparse.ArgumentParser) -> None:
    _files(parser, "要公开的文件（Word、Excel、PDF、网页、文本、压缩包等）")
    parser.add_argument(
        "--phone", action="append", default=[], metavar="号码", help="本单位对外公布的电话，不算问题；可重复"
    )
    parser.add_argument("--on", type=_day, metavar="日期", help="按哪一天判断公示期和年龄（默认：今天）")
    parser.add_argument("--clean", type=Path, metavar="文件夹", help="另写一份去掉隐藏内容的副本")
    parser.add_argument(
        "--mask", type=Path, metavar="文件夹", help="另写一份遮盖个人信息的副本；与 --clean 同用时先清理"
    )
    _json(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2025-09-08 的样子") from error


def _positive(text: str) -> int:
    return _number(text, at_least=1)


def _count(text: str) -> int:
    return _number(text, at_least=0)


def _number(text: str, at_least: int) -> int:
    if text.isascii() and text.isdigit() and int(text) >= at_least:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”应是不小于 {at_least} 的整数")


_COMMANDS: tuple[tuple[str, str, Callable[[argparse.ArgumentParser], None]], ...] = (
    ("read", "读出报告里的数和文字", _read),
    ("check", "核对报告：勾稽关系、格式、叙述与表格", _check),
    ("write", "用数据写出报告", _write),
    ("convert", "把报告换成另一种文件格式", _convert),
    ("total", "汇总下级各单位的报告，并附对账表", _total),
    ("diff", "比较两份报告：数的增减、文字雷同", _diff),
    ("due", "算答复期限，并说明每一步的依据", _due),
    ("fee", "算信息处理费", _fee),
    ("screen", "公开前筛查：个人信息、隐藏内容、密级标志和用语", _screen),
)
