"""What a PDF says of itself: properties and the metadata beside them."""

import re
from collections.abc import Iterator
from functools import partial

import pikepdf

from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.names import gives_user_away, holds_data, is_ordinary_name

_ORDINARY = {
    "/Title", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped",
    "/PTEX.Fullbanner", "/GTS_PDFXVersion", "/GTS_PDFXConformance", "/SourceModified", "/AAPL:Keywords",
}  # fmt: skip
_CREATORS, _MOST = ("<dc:creator", "<pdf:Author", "pdf:Author="), 20
_EVENTS = 2
"""That a file was saved and converted is no history."""
_PROGRAMS = ("/ICV", "/KSO", "/ICNApp")
_TAGS = re.compile(r"<[^<>]*>")
_HISTORY = re.compile(
    r"<(?:xmpMM:(?:Ingredients|Pantry|ManageFrom)|"
    r"photoshop:(?:DocumentAncestors|AuthorsPosition|TextLayers)|"
    r"xmpRights:Owner|pdfx:[\w.-]+|Iptc4xmpCore:\w+|exif:GPS\w+|xmpGImg:image|stRef:filePath|crs:\w+)\b"
)
_OF_OFFICE = re.compile(
    r"<pdfx:(?:SourceModified|Created|LastSaved|Producer|Creator|ICV|KSOProductBuildVer|Company|Comments)\b"
)


def property_hits(document: pikepdf.Pdf) -> Iterator[Hit]:
    """Names of people, own properties, histories."""
    info = document.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key in list(info.keys()):
            text = _text(info[key])
            if _tells(key, text):
                yield Hit("pdf.author", f"文件属性 {key[1:31]}", masked(text), partial(_drop, info, key))
    metadata = document.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream) and (excerpt := _telling(metadata)) is not None:
        yield Hit("pdf.xmp", "元数据（XMP）", excerpt, partial(_drop, document.Root, "/Metadata"))


def _tells(key: str, text: str) -> bool:
    """Whether a property names somebody, or is one somebody added himself."""
    if key in ("/Author", "/Company", "/Comments"):
        return not is_ordinary_name(text)
    return gives_user_away(text) or (
        key not in _ORDINARY and not key.startswith(_PROGRAMS) and bool(text.strip())
    )


def _text(value: object) -> str:
    return str(value)[:2_000] if isinstance(value, pikepdf.String) else ""


def _telling(metadata: pikepdf.Stream) -> str | None:
    """An excerpt of what metadata tells of people; ``None`` where it tells nothing of them."""
    text = metadata.read_bytes().decode("utf-8", "replace")
    for mark in _CREATORS:
        for piece in text.split(mark)[1:_MOST]:
            written = _TAGS.sub(" ", "<" + piece[:2_000].partition("</")[0]).strip(" =\"'")
            if not is_ordinary_name(written.partition('"')[0]):
                return masked(written)
    if "stEvt:changed" in text or text.count("stEvt:action>") > 2 * _EVENTS:
        return ""
    if any(not _OF_OFFICE.match(found[0] + " ") for found in _HISTORY.finditer(text)):
        return ""
    described = _TAGS.sub("", "<" + text.partition("<dc:description")[2].partition("</dc:description>")[0])
    if holds_data(described):
        return masked(described)
    return None


def _drop(entries: pikepdf.Object, key: str) -> None:
    if key in entries:
        del entries[key]
