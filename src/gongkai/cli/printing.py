"""Values for programs: JSON on the standard output, and outputs written to a file."""

import json
import os
from pathlib import Path

from gongkai.cli.refusal import Refused

KINDS = ("docx", "pdf", "html", "xlsx", "json")


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def output_kind(output: str) -> str:
    """The kind of file that ``-o`` asks for by its suffix. Raises :class:`Refused` for another."""
    kind = Path(output).suffix.removeprefix(".").lower()
    if kind in KINDS:
        return kind
    raise Refused(
        f"{output}：不知道要写成哪种格式，文件名请以 {'、'.join('.' + k for k in KINDS)} 之一结尾。"
    )


def write_output(output: str, data: bytes, inputs: list[str]) -> None:
    """Put ``data`` where ``-o`` says, whole or not at all; never over one of the inputs.

    Raises :class:`Refused`.
    """
    path = Path(output)
    if any(_same_file(path, name) for name in inputs):
        raise Refused(f"{output}：输出文件就是输入文件，写入会毁掉原件；请用 -o 另给一个文件名。")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused(
            f"{output}：写不进去（{error.strerror}），请检查文件夹是否存在、是否有权限。"
        ) from error


def _same_file(path: Path, name: str) -> bool:
    return name != "-" and path.exists() and Path(name).exists() and path.samefile(name)
