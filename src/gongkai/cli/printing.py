"""Values for programs: JSON on the standard output, and outputs written to a file."""

import json
import os
import sys
from pathlib import Path

from gongkai.cli.refusal import Refused


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def write_output(output: str, data: bytes, inputs: list[str]) -> None:
    """Put ``data`` where ``-o`` says, whole or not at all; never over one of the inputs.

    ``-`` is the standard output. Raises :class:`Refused`.
    """
    if output == "-":
        sys.stdout.buffer.write(data)
        return
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
