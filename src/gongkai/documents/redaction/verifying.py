"""Looks for anything in a redacted file that is not the picture of a page."""

import io
import re

import pikepdf
import pypdfium2

from gongkai.documents.redaction.assembling import METADATA

_CATALOG = {
    "/Type", "/Pages", "/Lang", "/ViewerPreferences", "/Metadata", "/OutputIntents",
}  # fmt: skip
_PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
_IMAGE = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/DecodeParms",
    "/Length",
}  # fmt: skip
_DRAWING = re.compile(rb"q [\d.]+ 0 0 [\d.]+ 0 0 cm /P Do Q")


def verify(redacted: bytes) -> tuple[str, ...]:
    """What the file holds besides pictures, as Chinese sentences; nothing, if it may be released."""
    try:
        with pikepdf.open(io.BytesIO(redacted)) as document:
            found = [*_of_the_file(document, redacted), *_of_the_pages(document)]
    except pikepdf.PdfError:
        return ("文件打不开，无法核对。",)
    return (*found, *_words(redacted))


def _of_the_file(document: pikepdf.Pdf, redacted: bytes) -> list[str]:
    root, found = document.Root, []
    if document.is_encrypted:
        found.append("文件是加密的。")
    if len(document.attachments):
        found.append("文件里有附件。")
    if set(document.trailer.keys()) & {"/Info", "/Encrypt"}:
        found.append("文件里有文档属性。")
    if "/Metadata" not in root or root.Metadata.read_bytes() != METADATA:
        found.append("文件里有别的元数据。")
    if other := set(root.keys()) - _CATALOG:
        found.append(f"文件目录里有不该有的内容：{'、'.join(sorted(other))}。")
    if redacted.count(b"%%EOF") != 1 or not redacted.rstrip().endswith(b"%%EOF"):
        found.append("文件末尾之后还有内容，可能是旧版本。")
    return found


def _of_the_pages(document: pikepdf.Pdf) -> list[str]:
    found, known = [], 0
    for number, page in enumerate(document.pages, 1):
        entries = page.obj
        if other := set(entries.keys()) - _PAGE:
            found.append(f"第 {number} 页有不该有的内容：{'、'.join(sorted(other))}。")
        if not _DRAWING.fullmatch(entries.Contents.read_bytes()):
            found.append(f"第 {number} 页画了图片以外的内容。")
        if set(entries.Resources.keys()) != {"/XObject"} or set(entries.Resources.XObject.keys()) != {"/P"}:
            found.append(f"第 {number} 页带有图片以外的资源。")
            continue
        picture = entries.Resources.XObject["/P"]
        if picture.Subtype != "/Image" or set(picture.keys()) - _IMAGE or _has_comments(picture):
            found.append(f"第 {number} 页的图片带有别的内容。")
        known += 1
    streams = sum(isinstance(held, pikepdf.Stream) for held in document.objects)
    structural = sum(
        isinstance(held, pikepdf.Stream) and held.get("/Type") in ("/ObjStm", "/XRef")
        for held in document.objects
    )
    if not found and streams - structural != 2 * known + 2:
        found.append("文件里有页面没有用到的内容。")
    return found


def _has_comments(picture: pikepdf.Object) -> bool:
    """Whether a JPEG has segments for anything but the picture (Exif, comments, thumbnails)."""
    if picture.get("/Filter") != "/DCTDecode":
        return False
    data, at = picture.read_raw_bytes(), 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFE or 0xE1 <= marker <= 0xEF or (marker == 0xE0 and length != 16):
            return True
        at += 2 + length
    return False


def _words(redacted: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(redacted)
    try:
        return [
            f"第 {number} 页还能取出文字。"
            for number, page in enumerate(document, 1)
            if page.get_textpage().count_chars()
        ]
    finally:
        document.close()
