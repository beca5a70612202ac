"""Reports written where ``-o`` says: whole or not at all, and never over an input."""

import os
from collections.abc import Sequence
from pathlib import Path

from gongkai.cli.failures import reason
from gongkai.cli.outcome import Refused
from gongkai.documents.writing import KINDS, Unwritable, write
from gongkai.law.report.filled import FilledReport


def output_kind(output: str) -> str:
    """The kind of file that ``-o`` asks for by its suffix. Raises :class:`Refused` for another."""
    kind = Path(output).suffix.removeprefix(".").lower()
    if kind in KINDS:
        return kind
    suffixes = "、".join(f".{kind}" for kind in KINDS)
    raise Refused(f"{output}：不知道要写成哪种格式，文件名请以 {suffixes} 之一结尾。")


def write_report(report: FilledReport, output: str, inputs: Sequence[str]) -> None:
    """Raises :class:`Refused` where it cannot be written as asked."""
    try:
        data = write(report, output_kind(output))
    except Unwritable as error:
        raise Refused(f"{output}：{error}") from error
    write_output(output, data, inputs)


def write_output(output: str, data: bytes, inputs: Sequence[str]) -> None:
    """Raises :class:`Refused` where ``output`` is one of ``inputs`` or cannot be written."""
    path = Path(output)
    if any(_same_file(path, name) for name in inputs):
        raise Refused(f"{output}：输出文件就是输入文件，写入会毁掉原件；请用 -o 另给一个文件名。")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused(f"{output}：写不进去（{reason(error)}），请检查文件夹是否存在、是否有权限。") from error


def _same_file(path: Path, name: str) -> bool:
    return path.exists() and Path(name).exists() and path.samefile(name)
