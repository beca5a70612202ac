"""Reads files nobody vouches for: in child processes with limits on time and memory.

A file that is too much for its child costs that child and nothing else. Children are kept warm between
files, so that many files are read as fast as the reader is. Safe to call from many threads.
"""

import atexit
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.opening import MAX_BYTES, too_big
from gongkai.documents.reading.worker import LENGTH, SECONDS
from gongkai.law.report.exchange import from_json
from gongkai.law.report.filled import FilledReport

TOO_SLOW = f"文件过于复杂，{SECONDS} 秒内没有读完，已停止，疑似异常文件；请用 Word、WPS 或浏览器另存后再试。"
BROKE_DOWN = "读这个文件时读取程序中止了，可能是损坏或异常的文件；请用 Word、WPS 或浏览器另存后再试。"
FAULT = "读这个文件时程序出错（已记入日志）；请把文件转成 .docx 或 .html 再试，并把问题告诉维护者。"
WORKER = "gongkai.documents.reading.worker"
READER = "gongkai.documents.reading:read"
FILES_PER_WORKER = 500
LARGE = 5_000_000
"""A file of more bytes than this leaves its child swollen; the child is not used again."""
MOST_ANSWERED = 64_000_000
START_SECONDS = 60
_log = logging.getLogger(__name__)


class Died(Exception):
    """The child ended without an answer."""


class Child:
    """One child process that runs ``module``, and the pipes to it. Use it from one thread at a time.

    It speaks as :mod:`gongkai.documents.reading.worker` does: an empty message when it is ready, then an
    answer to each message.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self.answered = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), start_new_session=True,
        )  # fmt: skip
        self._pipes = (cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout))
        self._to, self._from = (pipe.fileno() for pipe in self._pipes)
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)

    def wait_until_ready(self) -> None:
        try:
            self._receive(time.monotonic() + START_SECONDS)
        except (Died, TimeoutError) as error:
            self.stop()
            raise RuntimeError("the child process does not start") from error

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, data: bytes, seconds: float) -> bytes:
        """The answer to a file. Raises :class:`TimeoutError` or :class:`Died`."""
        deadline = time.monotonic() + seconds
        self._send(len(data).to_bytes(LENGTH, "big") + data, deadline)
        self.answered += 1
        return self._receive(deadline)

    def stop(self) -> int:
        """Kills the child and whatever it started; gives how it ended."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        ended = self._process.wait()
        for pipe in self._pipes:
            pipe.close()
        return ended

    def _send(self, message: bytes, deadline: float) -> None:
        rest = memoryview(message)
        while rest:
            _wait(self._to, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._to, rest) :]
            except BrokenPipeError as error:
                raise Died from error

    def _receive(self, deadline: float) -> bytes:
        size = int.from_bytes(self._exactly(LENGTH, deadline), "big")
        if size > MOST_ANSWERED:
            raise Died
        return self._exactly(size, deadline)

    def _exactly(self, size: int, deadline: float) -> bytes:
        pieces = bytearray()
        while len(pieces) < size:
            _wait(self._from, select.POLLIN, deadline)
            piece = os.read(self._from, min(size - len(pieces), 1 << 20))
            if not piece:
                raise Died
            pieces += piece
        return bytes(pieces)


def _wait(descriptor: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    if not poll.poll(max(deadline - time.monotonic(), 0) * 1000):
        raise TimeoutError


def _environment() -> dict[str, str]:
    """What the child needs to find its code and programs, and no secret of ours."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}


class Guard:
    """A few children and the queue before them."""

    def __init__(
        self,
        reader: str = READER,
        *,
        seconds: float = SECONDS,
        workers: int | None = None,
        module: str = WORKER,
    ) -> None:
        """``reader`` is a ``module:function`` from bytes to a report; ``seconds`` are a file's at most;
        ``module`` is what a child runs."""
        self._reader, self._seconds, self._module = reader, seconds, module
        self._idle: list[Child] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(workers or max(os.cpu_count() or 1, 2))

    def read(self, data: bytes, name: str = "") -> FilledReport:
        """The report in a file's bytes; ``name`` is for the log. Raises :class:`Unreadable`."""
        if len(data) > MAX_BYTES:
            raise Unreadable(too_big(len(data)))
        return from_json(self.answer(data, name)["report"])

    def answer(self, message: bytes, name: str = "") -> dict[str, object]:
        """What a child answers to a message. Raises :class:`Unreadable`."""
        with self._free:
            answer = self._ask(message)
        if "fault" in answer:
            _log.error("cannot read %s:\n%s", name or "a file", answer["fault"])
            raise Unreadable(FAULT)
        if "unreadable" in answer:
            raise Unreadable(str(answer["unreadable"]))
        return answer

    def _ask(self, data: bytes) -> dict[str, object]:
        worker = self._take()
        try:
            answer: dict[str, object] = json.loads(worker.ask(data, self._seconds))
        except TimeoutError as error:
            worker.stop()
            raise Unreadable(TOO_SLOW) from error
        except Died as error:
            out_of_time = worker.stop() == -signal.SIGXCPU
            raise Unreadable(TOO_SLOW if out_of_time else BROKE_DOWN) from error
        except BaseException:
            worker.stop()
            raise
        if worker.answered >= FILES_PER_WORKER or len(data) > LARGE or "spent" in answer:
            worker.stop()
        else:
            with self._lock:
                self._idle.append(worker)
        return answer

    def _take(self) -> Child:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                worker = Child(self._module, self._reader)
                worker.wait_until_ready()
                return worker
            if worker.is_alive:
                return worker
            worker.stop()

    def close(self) -> None:
        """Stops the children that wait."""
        with self._lock:
            while self._idle:
                self._idle.pop().stop()

    def forget(self) -> None:
        """After a fork the children are the parent's: they are not ours to use or stop."""
        self._idle = []
        self._lock = threading.Lock()


_guard = Guard()
atexit.register(_guard.close)
os.register_at_fork(after_in_child=_guard.forget)


def read_guarded(data: bytes, name: str = "") -> FilledReport:
    """As :func:`gongkai.documents.reading.read`, of untrusted bytes: within 8 seconds and 512 MB.

    Raises :class:`Unreadable` with one Chinese sentence.
    """
    return _guard.read(data, name)


def read_file(path: Path) -> FilledReport:
    """As :func:`read_guarded`, of a file. Raises :class:`Unreadable`, also where it cannot be opened."""
    return read_guarded(_bytes_of(path), str(path))


def read_many(
    paths: Iterable[Path], jobs: int | None = None, on_progress: Callable[[], None] | None = None
) -> Iterator[tuple[Path, FilledReport | Unreadable]]:
    """Many files at once, in the order given, each with its report or why it has none.

    ``jobs`` is how many at a time (default: one a processor); ``on_progress`` is called after each.
    """
    listed = list(paths)
    guard = Guard(workers=jobs)
    with ThreadPoolExecutor(max_workers=max(min(jobs or os.cpu_count() or 1, len(listed)), 1)) as threads:
        try:
            for path, outcome in zip(
                listed, threads.map(lambda path: _outcome(guard, path), listed), strict=True
            ):
                if on_progress is not None:
                    on_progress()
                yield path, outcome
        finally:
            threads.shutdown(cancel_futures=True)
            guard.close()


def _outcome(guard: Guard, path: Path) -> FilledReport | Unreadable:
    try:
        return guard.read(_bytes_of(path), str(path))
    except Unreadable as error:
        return error


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Unreadable(
                "找不到这个文件；请检查路径和文件名。" if not path.exists() else "这不是文件，没有读取。"
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(too_big(size))
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("打不开这个文件（没有权限或磁盘出错）；请检查后再试。") from error


def iter_files(folder: Path) -> Iterator[Path]:
    """The files in a folder and its subfolders, in the order of their names; hidden ones and Office's
    lock files (``~$…``) are left out."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from iter_files(path)
        elif path.is_file():
            yield path
