"""Which kind of file bytes are, by what is in them, and the look into it."""

import re
from collections.abc import Iterator

from gongkai.documents.reading.archives import Archive
from gongkai.screening.hidden.archive import Members, Opened
from gongkai.screening.hidden.compound import Compound
from gongkai.screening.hidden.hits import Hit, Uncleanable
from gongkai.screening.hidden.opendocument import OpenDocument
from gongkai.screening.hidden.pdf import Portable
from gongkai.screening.hidden.picture import Picture, is_picture
from gongkai.screening.hidden.plain import Plain
from gongkai.screening.hidden.rich import Rich
from gongkai.screening.hidden.slides import Slides
from gongkai.screening.hidden.webpage import WebPage
from gongkai.screening.hidden.word import Word
from gongkai.screening.hidden.workbook import Workbook

ROUNDS = 5
LEFT = "清理后仍有隐藏的内容，没有生成副本；请用原来的软件去掉后另存，再上传。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div)\b", re.IGNORECASE)


class Nothing:
    """A file of a kind nothing is known to hide in."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def hits(self) -> Iterator[Hit]:
        return iter(())

    def save(self) -> bytes:
        return self._data


def open_file(data: bytes, depth: int = 0) -> Opened:
    """The file as what it is. Raises :class:`Unreadable`."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or _is_prefixed(data):
        return _package(data, depth)
    if data.startswith(_OLE):
        return Compound(data)
    if b"%PDF-" in data[:1024]:
        return Portable(data)
    if is_picture(data):
        return Picture(data)
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return Rich(data)
    start = data[:16_384]
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Nothing(data)
    return WebPage(data) if _PAGE.search(start.replace(b"\0", b"")) else Plain(data)


def _is_prefixed(data: bytes) -> bool:
    """Whether something stands before an archive that programs open all the same."""
    place = data.rfind(b"PK\x05\x06", max(len(data) - 66_000, 0))
    return (
        place > 0
        and b"PK\x03\x04" in data[:100_000]
        and not data.startswith((_OLE, b"%PDF", b"\xff\xd8", b"\x89PNG", b"GIF8", b"RIFF"))
    )


def _package(data: bytes, depth: int) -> Opened:
    archive = Archive(data)
    names = set(archive)
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return Word(data)
    if "xl/workbook.xml" in names:
        return Workbook(data)
    if "ppt/presentation.xml" in names:
        return Slides(data)
    if "mimetype" in names and "content.xml" in names:
        return OpenDocument(data)
    return Members(data, depth, look, clean_bytes)


def look(data: bytes, name: str, depth: int = 0) -> Iterator[Hit]:
    """What is hidden in a file; ``name`` tells nothing that its bytes do not."""
    return open_file(data, depth).hits()


def clean_bytes(data: bytes, name: str, depth: int = 0) -> bytes:
    """A copy in which nothing is hidden. Raises :class:`Uncleanable`."""
    current = data
    for _ in range(ROUNDS):
        opened = open_file(current, depth)
        hits = list(opened.hits())
        if not hits:
            return current
        for hit in hits:
            hit.remove()
        current = opened.save()
    raise Uncleanable(LEFT)
