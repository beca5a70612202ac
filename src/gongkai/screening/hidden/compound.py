"""Files of Office 97–2003: what their storages and properties hold. What they hide cannot be taken out of
them, except properties; the rest has to be saved in today's formats first."""

import io
import struct
from collections.abc import Iterator
from typing import Any

import olefile

from gongkai.documents.reading.archives import DAMAGED
from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden.hits import Hit, masked, unclean
from gongkai.screening.hidden.names import is_local, is_ordinary_name, is_ordinary_remark
from gongkai.screening.hidden.office import PROPERTIES
from gongkai.screening.hidden.old_book import book_hits
from gongkai.screening.hidden.old_word import word_hits

OLD = "这是 Office 97–2003 的旧格式"
_SAVE_AS = unclean(f"{OLD}（请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx）")
_PROPERTY_STREAMS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_MACROS = ("_vba_project_cur", "macros", "_vba_project")
_ERRORS = (
    OSError,
    ValueError,
    IndexError,
    OverflowError,
    struct.error,
    KeyError,
    TypeError,
    AttributeError,
    AssertionError,
)


class Compound:
    """An old document or workbook."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._file = olefile.OleFileIO(io.BytesIO(data))
            self._names = ["/".join(name).lower() for name in self._file.listdir(streams=True, storages=True)]
            self._meta = self._file.get_metadata()
        except _ERRORS as error:
            raise Unreadable(DAMAGED) from error

    def hits(self) -> Iterator[Hit]:
        yield from self._properties()
        names = set(self._names)
        if any(name.rpartition("/")[2] in _MACROS for name in names):
            yield Hit("part.macro", "宏", "", _SAVE_AS)
        if any(name.startswith(("objectpool/", "mbd")) for name in names):
            yield Hit("part.embedded", "嵌入对象", "", _SAVE_AS)
        if any(name.startswith("_sx_db") for name in names):
            yield Hit("book.pivot_cache", "数据透视表", "", _SAVE_AS)
        if names & {"revision log", "user names"}:
            yield Hit("book.revision", "共享工作簿", "", _SAVE_AS)
        try:
            if "worddocument" in names:
                table = "1Table" if self._file.openstream("WordDocument").read(12)[11] & 2 else "0Table"
                found = list(word_hits(self._stream("WordDocument"), self._stream(table), _SAVE_AS))
            else:
                found = list(book_hits(self._data, _SAVE_AS)) if names & {"workbook", "book"} else []
        except _ERRORS as error:
            raise Unreadable(DAMAGED) from error
        yield from found

    def _stream(self, name: str) -> bytes:
        return bytes(self._file.openstream(name).read()) if self._file.exists(name) else b""

    def _properties(self) -> Iterator[Hit]:
        for name in ("author", "last_saved_by"):
            if not is_ordinary_name(text := self._text(name)):
                yield Hit("props.author", PROPERTIES, masked(text), _nothing)
        for name in ("company", "manager"):
            if not is_ordinary_name(text := self._text(name)):
                yield Hit("props.company", PROPERTIES, masked(text), _nothing)
        if "\\" in (text := self._text("template")) or is_local(text):
            yield Hit("props.company", PROPERTIES, masked(text), _nothing)
        if not is_ordinary_remark(text := self._text("comments")):
            yield Hit("props.description", PROPERTIES, masked(text), _nothing)

    def _text(self, name: str) -> str:
        value: Any = getattr(self._meta, name, None)
        if isinstance(value, bytes):
            encoding = {65001: "utf-8", 1200: "utf-16-le"}.get(
                (self._meta.codepage or 936) & 0xFFFF, "gb18030"
            )
            value = value.decode(encoding, "replace")
        return value.strip("\0 ") if isinstance(value, str) else ""

    def save(self) -> bytes:
        """The file with empty property sets of the same size."""
        stream = io.BytesIO(self._data)
        with olefile.OleFileIO(stream, write_mode=True) as file:
            for name in _PROPERTY_STREAMS:
                if file.exists(name):
                    file.write_stream(name, _empty_properties(file.get_size(name)))
        return stream.getvalue()


def _empty_properties(size: int) -> bytes:
    """A property set ([MS-OLEPS] 2.21) without properties."""
    head = (
        struct.pack("<HHI16sI", 0xFFFE, 0, 0x0002_0006, bytes(16), 1)
        + bytes(16)
        + struct.pack("<III", 48, 8, 0)
    )
    return head.ljust(size, b"\0")[:size]


def _nothing() -> None:
    """Saving is the removal."""
