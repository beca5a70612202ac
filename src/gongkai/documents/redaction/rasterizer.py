"""The child process that opens a file nobody vouches for and turns its pages into dots.

It answers messages of :mod:`gongkai.documents.redaction.rasters`: first the file, then pages of it.
"""

import os
import sys
import traceback
from typing import Any

from gongkai.documents.reading.worker import limit_memory, limit_time, receive, send
from gongkai.documents.redaction.pages import Unredactable
from gongkai.documents.redaction.pdf_source import PdfSource
from gongkai.documents.redaction.picture_source import PictureSource
from gongkai.documents.redaction.rasters import packed, to_message, unpacked

MEMORY = 800_000_000
SECONDS = 30
"""For opening the file, and for each page."""
TOO_MUCH = (
    f"打开这个文件要用的内存超过 {MEMORY // 1_000_000} MB，已停止，疑似异常文件；请另存或打印后扫描，再上传。"
)

Source = PdfSource | PictureSource


def main() -> None:
    """Answers until there are no more messages."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not look like an answer
    limit_memory(MEMORY)
    send(answers, b"")
    desk = Desk()
    while (message := receive(sys.stdin.buffer)) is not None:
        limit_time(SECONDS)
        send(answers, desk.answer(message))


class Desk:
    """The file that is open."""

    def __init__(self) -> None:
        self._source: Source | None = None

    def answer(self, message: bytes) -> bytes:
        """What was asked for; or ``unredactable``, a sentence; or ``fault``, where it was ours."""
        try:
            return self._answer(*unpacked(message))
        except Unredactable as error:
            return packed({"unredactable": str(error)})
        except MemoryError:
            return packed({"unredactable": TOO_MUCH})
        except Exception:
            return packed({"fault": traceback.format_exc()})

    def _answer(self, head: dict[str, Any], body: bytes) -> bytes:
        if "open" in head:
            self._source = opened(body)
            sizes = [(size.width, size.height) for size in self._source.sizes]
            return packed({"kind": self._source.kind, "sizes": sizes})
        assert self._source is not None
        return to_message(self._source.raster(head["page"], head["dpi"]))


def opened(data: bytes) -> Source:
    """The file's pages. Raises :class:`Unredactable`."""
    return PdfSource(data) if b"%PDF-" in data[:1024] else PictureSource(data)


if __name__ == "__main__":
    main()
