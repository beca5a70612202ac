"""Objects of a PDF that hold or do something unseen: attachments, scripts, private data, links."""

from collections.abc import Iterator
from functools import lru_cache, partial

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Name

from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.names import holds_data, is_local

_MOST = 200_000
_SCRIPTS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition")
_LONG = 30
_EXTRAS = {
    "/AF": "pdf.attachment", "/EF": "pdf.attachment", "/Thumb": "pdf.thumbnail",
    "/PieceInfo": "pdf.private_data",
}  # fmt: skip
_TELLING = {"/S", "/URI", "/Metadata", "/Alt", "/ActualText", "/E", *_EXTRAS}
Place = tuple[pikepdf.Object, str, str, str]
"""A dictionary, a key of it, the class of what stands there and an excerpt."""


def object_hits(document: pikepdf.Pdf, data: bytes) -> Iterator[Hit]:
    """A hit for each class; all objects of it go."""
    found: dict[str, list[tuple[pikepdf.Object, str, str]]] = {}
    for entries, key, code, text in _told(document, data):
        found.setdefault(code, []).append((entries, key, text))
    for code, places in found.items():
        yield Hit(code, _WHERE[code], masked(places[0][2]), partial(_drop_all, document, places))


_WHERE = {
    "pdf.attachment": "附件", "pdf.script": "文件动作", "pdf.thumbnail": "页面缩略图",
    "pdf.private_data": "文件",
    "link.local": "链接", "pdf.actual_text": "文字层", "picture.alt_text": "插图说明",
    "pdf.xmp": "元数据（XMP）",
}  # fmt: skip


def _drop_all(document: pikepdf.Pdf, places: list[tuple[pikepdf.Object, str, str]]) -> None:
    for entries, key, _ in places:
        if key in entries:
            del entries[key]
    for name in list(document.attachments):
        del document.attachments[name]


def _told(document: pikepdf.Pdf, data: bytes) -> Iterator[Place]:
    """Dictionary, key, class and an excerpt."""
    names = document.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key, code in (("/EmbeddedFiles", "pdf.attachment"), ("/JavaScript", "pdf.script")):
            if key in names:
                yield names, key, code, ""
    for one in _dictionaries(document):
        keys = set(one.keys())
        if keys & _TELLING:
            yield from _actions(one, keys)
            yield from _extras(document, one, keys)
            yield from _texts(one, keys, data)


def _actions(one: pikepdf.Object, keys: set[str]) -> Iterator[Place]:
    if "/S" in keys and str(one.S) in _SCRIPTS and one.get("/Type") != Name.StructElem:
        for key in keys & {"/S", "/JS", "/F", "/Win"}:
            yield one, key, "pdf.script", ""
    if "/URI" in keys and is_local(str(one.URI)):
        yield one, "/URI", "link.local", str(one.URI)
    if "/S" in keys and str(one.S) in ("/GoToR", "/GoToE") and "/F" in keys:
        yield one, "/F", "link.local", ""


def _extras(document: pikepdf.Pdf, one: pikepdf.Object, keys: set[str]) -> Iterator[Place]:
    for key, code in _EXTRAS.items():
        if key in keys and not (key == "/PieceInfo" and not len(one.PieceInfo.keys())):
            yield one, key, code, ""
    if "/Metadata" in keys and one.objgen != document.Root.objgen and b"exif:GPS" in _bytes(one.Metadata):
        yield one, "/Metadata", "pdf.xmp", ""


def _texts(one: pikepdf.Object, keys: set[str], data: bytes) -> Iterator[Place]:
    """Texts for those who do not see the page, where they say something else than it does."""
    if "/Alt" in keys and isinstance(one.Alt, pikepdf.String) and holds_data(str(one.Alt)):
        yield one, "/Alt", "picture.alt_text", str(one.Alt)
    for key in keys & {"/ActualText", "/E"}:
        text = str(one[key]) if isinstance(one[key], pikepdf.String) else ""
        tells = len(text) > _LONG or holds_data(text)
        if tells and "".join(text.split()) not in _all_words(data):
            yield one, key, "pdf.actual_text", text


def _bytes(stream: pikepdf.Object) -> bytes:
    return stream.read_bytes() if isinstance(stream, pikepdf.Stream) else b""


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """All dictionaries of the file, those inside others too."""
    seen = 0
    for top in document.objects:
        waiting = [top]
        while waiting and seen < _MOST:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                parts = (
                    [part for part in one if isinstance(part, pikepdf.Array | pikepdf.Dictionary)]
                    if len(one) < 10_000
                    else []
                )
            elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                seen += 1
                yield one
                parts = [
                    part for _, part in one.items() if isinstance(part, pikepdf.Array | pikepdf.Dictionary)
                ]
            else:
                continue
            waiting += [part for part in parts if not part.is_indirect]


@lru_cache(1)
def _all_words(data: bytes) -> str:
    """The text of all pages without spaces."""
    document = pdfium.PdfDocument(data)
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()
