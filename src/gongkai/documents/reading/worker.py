"""The child process in which untrusted files are read; :mod:`gongkai.documents.reading.guarded` starts it.

It takes files and gives answers over its standard streams, each led by its length in 8 bytes. An answer is
JSON, never a pickle: the parent trusts nothing that comes from here.
"""

import importlib
import json
import os
import resource
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from gongkai.documents.reading.content import Unreadable
from gongkai.law.report.exchange import to_json
from gongkai.law.report.filled import FilledReport

MEMORY = 400_000_000
"""Bytes a file may cost on top of what the empty worker holds: together less than 512 MB."""
SECONDS = 8
"""So that a call that names a hostile file is over within ten."""
LENGTH = 8
TOO_MUCH_MEMORY = (
    f"读这个文件要用的内存超过 {MEMORY // 1_000_000} MB，已停止，疑似异常文件；"
    "请用 Word、WPS 或浏览器另存后再试。"
)
TOO_NESTED = "文件里的内容嵌套过深，读不了，疑似异常文件；请用 Word、WPS 或浏览器另存后再试。"

Reader = Callable[[bytes], FilledReport]


def main() -> None:
    """Reads files with the function named ``module:function`` in the first argument until there are none."""
    module, _, name = sys.argv[1].partition(":")
    reader: Reader = getattr(importlib.import_module(module), name)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not look like an answer
    limit_memory()
    send(answers, b"")
    while (data := receive(sys.stdin.buffer)) is not None:
        limit_time()
        send(answers, json.dumps(answer(reader, data), ensure_ascii=False).encode("utf-8", "replace"))


def answer(reader: Reader, data: bytes) -> dict[str, object]:
    """``report`` in the exchange form; or ``unreadable``, a sentence, and ``fault``, where it was ours."""
    try:
        return {"report": to_json(reader(data))}
    except Unreadable as error:
        return {"unreadable": str(error)}
    except MemoryError:
        return {"unreadable": TOO_MUCH_MEMORY, "spent": True}
    except RecursionError:
        return {"unreadable": TOO_NESTED}
    except Exception:
        return {"fault": traceback.format_exc()}


def receive(stream: BinaryIO) -> bytes | None:
    """The next message, or ``None`` at the end of the stream."""
    size = stream.read(LENGTH)
    return stream.read(int.from_bytes(size, "big")) if len(size) == LENGTH else None


def send(stream: BinaryIO, message: bytes) -> None:
    """Writes one message, led by its length."""
    stream.write(len(message).to_bytes(LENGTH, "big") + message)
    stream.flush()


def limit_memory(memory: int = MEMORY) -> None:
    """So many bytes on top of what is held now, from here on, and no core dump."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        held = int(statistics.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))


def limit_time(seconds: int = SECONDS) -> None:
    """Processor seconds from now; the parent watches the clock on the wall."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))


if __name__ == "__main__":
    main()
