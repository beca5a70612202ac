"""Readers that misbehave, to be run in a guarded child."""

import os
import signal
import sys
import time

from gongkai.documents.reading.content import Unreadable
from gongkai.law.report.filled import FilledReport


def obey(data: bytes) -> FilledReport:
    """Does what the file says."""
    return {
        b"sleep": _sleep, b"spin": _spin, b"eat": _eat, b"recurse": _recurse, b"crash": _crash,
        b"quit": _quit, b"fault": _fault, b"print": _print, b"refuse": _refuse, b"flood": _flood,
    }.get(data, _report)()  # fmt: skip


def _report() -> FilledReport:
    return FilledReport(agency="测试县教育局", year=2023, tables={})


def _sleep() -> FilledReport:
    time.sleep(60)
    return _report()


def _spin() -> FilledReport:
    os.kill(os.getpid(), signal.SIGXCPU)
    return _report()


def _eat() -> FilledReport:
    eaten = [bytes(50_000_000) for _ in range(1000)]
    return FilledReport(agency=str(len(eaten)), year=None, tables={})


def _recurse() -> FilledReport:
    return _recurse()


def _crash() -> FilledReport:
    os.abort()


def _quit() -> FilledReport:
    sys.exit(3)


def _fault() -> FilledReport:
    raise ZeroDivisionError("the reader's own fault")


def _print() -> FilledReport:
    print("stray output" * 100, flush=True)
    return _report()


def _refuse() -> FilledReport:
    raise Unreadable("读不了。")


def _flood() -> FilledReport:
    return FilledReport(agency="年" * 40_000_000, year=None, tables={})


def not_there() -> None:
    """No reader at all."""
