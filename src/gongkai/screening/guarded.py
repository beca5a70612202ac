"""Screens files nobody vouches for, in child processes with limits on time and memory.

Safe to call from many threads. A file that is too much for its child costs that child and nothing else.
"""

import atexit
import json
import logging
import os
import signal
import threading

from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.guarded import Child, Died
from gongkai.documents.reading.worker import LENGTH
from gongkai.screening.exchange import finding_from_json, person_from_json
from gongkai.screening.findings import Screening
from gongkai.screening.rules import Rules, rules_to_json
from gongkai.screening.worker import ANSWER, SECONDS

WORKER = "gongkai.screening.worker"
MAX_BYTES = 210_000_000
TOO_BIG = f"文件超过 {MAX_BYTES // 1_000_000} MB，没有筛查；请拆成几个文件再试。"
TOO_SLOW = f"文件过于复杂，{SECONDS} 秒内没有筛查完，已停止，疑似异常文件；请拆成几个文件，或另存后再试。"
BROKE_DOWN = "筛查这个文件时程序中止了，可能是损坏或异常的文件；请用 Word、WPS 或浏览器另存后再试。"
FAULT = "筛查这个文件时程序出错（已记入日志）；请另存为其他格式再试，并把问题告诉维护者。"
FILES_PER_WORKER = 500
LARGE = 5_000_000
"""A file of more bytes than this leaves its child swollen; the child is not used again."""
_ANYTHING = Rules()
_log = logging.getLogger(__name__)


class ScreeningGuard:
    """A few children, kept warm between files, and the queue before them."""

    def __init__(self, *, seconds: float = SECONDS, workers: int | None = None, worker: str = WORKER) -> None:
        self._seconds, self._worker = seconds, worker
        self._idle: list[Child] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(workers or max(os.cpu_count() or 1, 2))

    def screen(self, data: bytes, name: str, rules: Rules = _ANYTHING) -> Screening:
        """As :func:`gongkai.screening.screen.screen`. Raises :class:`Unreadable`."""
        value = json.loads(self._asked("screen", data, name, rules))
        people = tuple(map(person_from_json, value["people"]))
        return Screening(tuple(map(finding_from_json, value["findings"])), value["scannable"], people)

    def copy(self, act: str, data: bytes, name: str, rules: Rules = _ANYTHING) -> bytes:
        """A copy: ``clean`` without hidden data, ``mask`` with its personal data masked. Raises
        :class:`Unreadable` where there can be none."""
        return self._asked(act, data, name, rules)

    def _asked(self, act: str, data: bytes, name: str, rules: Rules) -> bytes:
        if len(data) > MAX_BYTES:
            raise Unreadable(TOO_BIG)
        header = json.dumps({"act": act, "name": name, "rules": rules_to_json(rules)}).encode()
        with self._free:
            answer = self._ask(len(header).to_bytes(LENGTH, "big") + header + data)
        if answer[:1] != ANSWER:
            return answer[1:]
        value = json.loads(answer[1:])
        if "fault" in value:
            _log.error("cannot screen a file:\n%s", value["fault"])
            raise Unreadable(FAULT)
        if "unreadable" in value:
            raise Unreadable(str(value["unreadable"]))
        return answer[1:]

    def _ask(self, message: bytes) -> bytes:
        child = self._take()
        try:
            answer = child.ask(message, self._seconds)
        except TimeoutError as error:
            child.stop()
            raise Unreadable(TOO_SLOW) from error
        except Died as error:
            out_of_time = child.stop() == -signal.SIGXCPU
            raise Unreadable(TOO_SLOW if out_of_time else BROKE_DOWN) from error
        except BaseException:
            child.stop()
            raise
        self._give_back(child, len(message), spent=b'"spent"' in answer[-40:])
        return answer

    def _give_back(self, child: Child, size: int, *, spent: bool) -> None:
        if child.answered >= FILES_PER_WORKER or size > LARGE or spent:
            child.stop()
            return
        with self._lock:
            self._idle.append(child)

    def _take(self) -> Child:
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None:
                child = Child(self._worker)
                child.wait_until_ready()
                return child
            if child.is_alive:
                return child
            child.stop()

    def close(self) -> None:
        """Stops the children that wait."""
        with self._lock:
            while self._idle:
                self._idle.pop().stop()

    def forget(self) -> None:
        """After a fork the children are the parent's: they are not ours to use or stop."""
        self._idle = []
        self._lock = threading.Lock()


_guard = ScreeningGuard()
atexit.register(_guard.close)
os.register_at_fork(after_in_child=_guard.forget)


def screen_guarded(data: bytes, name: str, rules: Rules = _ANYTHING) -> Screening:
    """As :func:`gongkai.screening.screen.screen`, of untrusted bytes: within 60 seconds and 1 GB.

    Raises :class:`Unreadable` with one Chinese sentence.
    """
    return _guard.screen(data, name, rules)


def clean_guarded(data: bytes, name: str) -> bytes:
    """A copy without hidden data. Raises :class:`Unreadable` where there can be none."""
    return _guard.copy("clean", data, name)


def mask_guarded(data: bytes, name: str, rules: Rules = _ANYTHING) -> bytes:
    """A copy with its personal data masked. Raises :class:`Unreadable` where there can be none."""
    return _guard.copy("mask", data, name, rules)
