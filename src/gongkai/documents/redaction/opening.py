"""Opens a file nobody vouches for in a child process of its own, and fetches its pages from there.

A child serves one file and ends with it, so that no file sees anything of another.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gongkai.documents.reading.guarded import Child, Died
from gongkai.documents.redaction.pages import MAX_BYTES, MAX_PIXELS, Pages, PageSize, Unredactable
from gongkai.documents.redaction.rasterizer import SECONDS
from gongkai.documents.redaction.rasters import Raster, from_message, packed, unpacked

RASTERIZER = "gongkai.documents.redaction.rasterizer"
MOST_SECONDS = 900
"""For all pages of a file together."""
TOO_SLOW = "文件过于复杂，没有在时限内画完，已停止，疑似异常文件；请打印后扫描，再上传。"
BROKE_DOWN = "打开这个文件时程序中止了，可能是损坏或异常的文件；请另存或打印后扫描，再上传。"
FAULT = "打开这个文件时程序出错（已记入日志）；请另存或打印后扫描再试，并把问题告诉维护者。"
EMPTY = "这个文件是空的，没有内容可以遮盖；请核对后重新上传。"
_log = logging.getLogger(__name__)
_free = threading.BoundedSemaphore(max(os.cpu_count() or 1, 2))


class OpenFile:
    """A file open in its child. ``pages`` are its pages."""

    def __init__(self, child: Child, data: bytes, name: str) -> None:
        self._child, self._name = child, name
        self._deadline = time.monotonic() + MOST_SECONDS
        head, _ = self._ask(packed({"open": True}, data))
        sizes = tuple(PageSize(float(width), float(height)) for width, height in head["sizes"])
        self.pages = Pages(str(head["kind"]), sizes)

    def raster(self, page: int, dpi: float) -> Raster:
        """Page ``page`` (from 1) as dots. Raises :class:`Unredactable`."""
        if not 1 <= page <= self.pages.count:
            raise Unredactable(f"这个文件只有 {self.pages.count} 页，没有第 {page} 页；请重新选择页码。")
        raster = from_message(*self._ask(packed({"page": page - 1, "dpi": dpi})))
        if raster.image.width * raster.image.height > 2 * MAX_PIXELS:
            raise Unredactable(BROKE_DOWN)
        return raster

    def _ask(self, message: bytes) -> tuple[dict[str, Any], bytes]:
        seconds = min(SECONDS, self._deadline - time.monotonic())
        head, body = unpacked(self._child.ask(message, seconds))
        if "fault" in head:
            _log.error("cannot rasterize %s:\n%s", self._name or "a file", head["fault"])
            raise Unredactable(FAULT)
        if "unredactable" in head:
            raise Unredactable(str(head["unredactable"]))
        return head, body


@contextmanager
def opened_file(data: bytes, name: str = "") -> Iterator[OpenFile]:
    """The file, open until the end of the block; ``name`` is for the log. Raises :class:`Unredactable`."""
    if not data:
        raise Unredactable(EMPTY)
    if len(data) > MAX_BYTES:
        raise Unredactable(
            f"文件有 {len(data) / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB 的上限；请分成几个文件再上传。"
        )
    with _free, _child() as child:
        yield OpenFile(child, data, name)


@contextmanager
def _child() -> Iterator[Child]:
    """A child to the end of the block, and a sentence for how it ended where it ended early."""
    child = Child(RASTERIZER)
    child.wait_until_ready()
    ended: int | None = None
    try:
        yield child
    except TimeoutError as error:
        raise Unredactable(TOO_SLOW) from error
    except Died as error:
        ended = child.stop()
        raise Unredactable(TOO_SLOW if ended == -signal.SIGXCPU else BROKE_DOWN) from error
    finally:
        if ended is None:
            child.stop()
