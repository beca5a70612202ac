"""The bytes of a file of any kind → its content."""

from collections.abc import Callable

from gongkai.documents.reading import (
    calamine,
    doc,
    docx,
    html,
    mhtml,
    odt,
    pdf,
    rtf,
    sniff,
    text,
    wordxml,
    xlsx,
    xmlss,
)
from gongkai.documents.reading.content import Content, Unreadable

MAX_BYTES = 50_000_000


def open_content(data: bytes, *, limit: int = MAX_BYTES) -> Content:
    """The content of a file, whatever its kind; ``limit`` is in bytes. Raises :class:`Unreadable`."""
    if len(data) > limit:
        raise Unreadable(too_big(len(data), limit))
    kind = sniff.kind_of(data)
    return _OPENERS[kind](data)


def too_big(size: int, limit: int = MAX_BYTES) -> str:
    """The sentence for a file of ``size`` bytes, which is more than ``limit``."""
    return (
        f"文件有 {size / 1e6:.0f} MB，超过 {limit / 1e6:.0f} MB 的上限，没有读取；"
        "年报通常不到 1 MB，请压缩图片或另存后再试。"
    )


def _embedded(data: bytes) -> Content:
    """A page embedded in a Word document; another Word document in it brings no pages of its own."""
    kind = sniff.kind_of(data)
    return docx.extract(data) if kind == "docx" else _OPENERS[kind](data)


_OPENERS: dict[str, Callable[[bytes], Content]] = {
    "html": html.extract,
    "mhtml": mhtml.extract,
    "docx": lambda data: docx.extract(data, _embedded),
    "wordxml": wordxml.extract,
    "doc": doc.extract,
    "rtf": rtf.extract,
    "odt": odt.extract,
    "fodt": odt.extract_flat,
    "xlsx": xlsx.extract,
    "xlsb": lambda data: calamine.extract(data, "xlsb"),
    "xls": lambda data: calamine.extract(data, "xls"),
    "xmlss": xmlss.extract,
    "ods": lambda data: calamine.extract(data, "ods"),
    "pdf": pdf.extract,
    "text": text.extract,
}
