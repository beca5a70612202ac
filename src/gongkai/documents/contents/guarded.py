"""Opens files nobody vouches for, in child processes with limits on time and memory."""

import atexit
import os

from gongkai.documents.contents.exchange import from_plain
from gongkai.documents.contents.holding import Contents
from gongkai.documents.contents.opening import check_size
from gongkai.documents.contents.worker import SECONDS, packed
from gongkai.documents.reading.guarded import Guard

WORKER = "gongkai.documents.contents.worker"

_guard = Guard(module=WORKER, seconds=SECONDS)
atexit.register(_guard.close)
os.register_at_fork(after_in_child=_guard.forget)


def read_contents_guarded(data: bytes, name: str) -> Contents:
    """As :func:`gongkai.documents.contents.read_contents`, of untrusted bytes: within 20 seconds and 512 MB.

    Raises :class:`gongkai.documents.reading.Unreadable` with one Chinese sentence.
    """
    check_size(data)
    return from_plain(_guard.answer(packed(data, name))["contents"])
