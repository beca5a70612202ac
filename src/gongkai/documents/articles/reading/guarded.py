"""Reads files nobody vouches for as articles: each in a child process with limits on time and memory."""

import logging
import signal
import threading

from gongkai.documents.articles.reading import ReadArticle, Unreadable
from gongkai.documents.articles.reading.worker import from_message
from gongkai.documents.reading.guarded import BROKE_DOWN, FAULT, TOO_SLOW, Child, Died
from gongkai.documents.reading.opening import MAX_BYTES
from gongkai.documents.reading.worker import SECONDS
from gongkai.documents.redaction.rasters import packed, unpacked

WORKER = "gongkai.documents.articles.reading.worker"
_AT_ONCE = threading.BoundedSemaphore(2)
_log = logging.getLogger(__name__)


def read_guarded(data: bytes, name: str, *, seconds: float = SECONDS) -> ReadArticle:
    """As :func:`gongkai.documents.articles.reading.read_article`, of untrusted bytes.

    Raises :class:`Unreadable` with one Chinese sentence.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"文件超过 {MAX_BYTES / 1e6:.0f} MB 的上限，没有读取；请压缩其中的图片，或把它作为附件公开。"
        )
    with _AT_ONCE:
        head, body = unpacked(_asked(packed({"name": name}, data), seconds))
    if "fault" in head:
        _log.error("cannot read a file as an article:\n%s", head["fault"])
        raise Unreadable(FAULT)
    if "unreadable" in head:
        raise Unreadable(str(head["unreadable"]))
    return from_message(head, body)


def _asked(message: bytes, seconds: float) -> bytes:
    child = Child(WORKER)
    child.wait_until_ready()
    try:
        answer = child.ask(message, seconds)
    except TimeoutError as error:
        child.stop()
        raise Unreadable(TOO_SLOW) from error
    except Died as error:
        out_of_time = child.stop() == -signal.SIGXCPU
        raise Unreadable(TOO_SLOW if out_of_time else BROKE_DOWN) from error
    except BaseException:
        child.stop()
        raise
    child.stop()
    return answer
