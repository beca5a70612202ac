"""A part's pages as a PDF of their own, or why it has none."""

import io
import logging
from typing import Self

import pikepdf

from gongkai.documents.bundling.cleaner import SECONDS
from gongkai.documents.reading.guarded import Child, Died
from gongkai.documents.redaction.assembling import add_picture
from gongkai.documents.redaction.encoding import Encoded, bilevel, in_grey, is_black_and_white, toned
from gongkai.documents.redaction.opening import opened_file
from gongkai.documents.redaction.pages import MAX_BYTES, PageSize, Unredactable
from gongkai.documents.redaction.rasters import unpacked

CLEANER = "gongkai.documents.bundling.cleaner"
DPI = 200
NO_PAGES = "这种文件不能转成页面"
_BROKE_DOWN = "打开这个文件时程序中止了，疑似异常文件"
_FAULT = "打开这个文件时程序出错（已记入日志）"
_A4 = (595.28, 841.89)
_MARGIN = 42
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
_log = logging.getLogger(__name__)


class Unusable(Exception):
    """A part that cannot be turned into pages. The message is half a Chinese sentence that says why."""


class Preparer:
    """Prepares the parts of one bundle. The child that cleans them is kept until one is too much for it."""

    def __init__(self) -> None:
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def prepared(self, data: bytes, name: str) -> bytes:
        """A PDF of the part's pages: those of a PDF as they are, those of a picture on A4. Raises
        :class:`Unusable`."""
        if not data:
            raise Unusable("文件是空的")
        if len(data) > MAX_BYTES:
            raise Unusable(f"文件超过 {MAX_BYTES / 1e6:.0f} MB")
        if b"%PDF-" in data[:1024]:
            return self._cleaned(data, name)
        if data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
            return _on_sheets(data, name)
        raise Unusable(NO_PAGES)

    def _cleaned(self, data: bytes, name: str) -> bytes:
        try:
            head, body = unpacked(self._cleaner().ask(data, SECONDS))
        except (TimeoutError, Died) as error:
            self._stop()
            raise Unusable(_BROKE_DOWN) from error
        if "fault" in head:
            _log.error("cannot clean %s:\n%s", name or "a file", head["fault"])
            raise Unusable(_FAULT)
        if "unusable" in head:
            raise Unusable(str(head["unusable"]))
        return body

    def _cleaner(self) -> Child:
        if self._child is None:
            self._child = Child(CLEANER)
            self._child.wait_until_ready()
        return self._child

    def _stop(self) -> None:
        if self._child is not None:
            self._child.stop()
            self._child = None


def _on_sheets(data: bytes, name: str) -> bytes:
    """A picture's pages, each on a sheet of A4 as it lies: upright or across."""
    document = pikepdf.new()
    try:
        with opened_file(data, name) as file:
            for page, size in enumerate(file.pages.sizes, 1):
                image = in_grey(file.raster(page, DPI).image)
                black = is_black_and_white(image)
                picture = bilevel(file.raster(page, 1.5 * DPI).image) if black else toned(image)
                _lay(document, size, picture)
    except Unredactable as error:
        raise Unusable(str(error).partition("；")[0].rstrip("。")) from error
    stream = io.BytesIO()
    document.save(stream, deterministic_id=True)
    return stream.getvalue()


def _lay(document: pikepdf.Pdf, size: PageSize, picture: Encoded) -> None:
    sheet = PageSize(*(_A4 if size.height >= size.width else _A4[::-1]))
    room = (sheet.width - 2 * _MARGIN, sheet.height - 2 * _MARGIN)
    scale = min(room[0] / size.width, room[1] / size.height, 1)
    width, height = round(size.width * scale, 2), round(size.height * scale, 2)
    place = (round((sheet.width - width) / 2, 2), round((sheet.height - height) / 2, 2), width, height)
    add_picture(document, sheet, picture, place)
