"""Bytes of text → text, whatever the file says of itself: UTF-8, GB18030, Big5, UTF-16, and text that was
decoded wrongly once before it was saved (``鏀垮簻淇℃伅`` for 政府信息).

Every annual report holds one of a few words; a decoding in which one of them appears is the right one.
"""

import codecs
import re
from collections.abc import Callable, Iterator

WORDS = ("公开", "公開", "信息", "行政", "年度", "办理", "本年")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHINESE = ("utf-8", "gb18030", "big5hkscs")
SAME_AS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(
    [0, 0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)]
)
_INVISIBLE_HERE = re.compile("[" + "".join(map(re.escape, map(chr, _INVISIBLE))) + "]")
_FROM_WINDOWS = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def decode(data: bytes) -> str:
    """The text of ``data``. Never fails: bytes that mean nothing become U+FFFD."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _repaired(data[len(bom) :].decode(encoding, "replace"))
    likely = _likely_encodings(data)
    clean = [text for text in _decodings(data, likely) if text is not None]
    for text in clean:
        if is_plausible(text):
            return text
    damaged = [data.decode(encoding, "replace") for encoding in likely]
    plausible = [text for text in damaged if is_plausible(text)]
    if plausible:
        return min(plausible, key=_losses)
    return _repaired(clean[0] if clean else min(damaged, key=_losses))


def is_plausible(text: str) -> bool:
    """Whether a word that no annual report lacks stands in the text."""
    return any(word in text for word in WORDS)


def without_invisible(text: str) -> str:
    """The text without zero-width characters, bidi marks and NULs, which hide inside numbers."""
    return text.translate(_INVISIBLE) if _INVISIBLE_HERE.search(text) else text


def declared_encoding(data: bytes) -> str | None:
    """The encoding an HTML or XML file declares in its first 4 KB, as Python knows it; GB2312 and GBK
    are read as GB18030, which holds both."""
    found = _DECLARED.search(data, 0, 4096)
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    try:
        return codecs.lookup(SAME_AS.get(name, name)).name
    except LookupError:
        return None


def _likely_encodings(data: bytes) -> list[str]:
    wide = ["utf-16-le", "utf-16-be"] if b"\0" in data[:4096] else []
    declared = declared_encoding(data)
    order = ["utf-8", *([declared] if declared and not wide else []), *CHINESE]
    return list(dict.fromkeys([*wide, *order]))


def _decodings(data: bytes, encodings: list[str]) -> Iterator[str | None]:
    for encoding in encodings:
        try:
            yield data.decode(encoding)
        except UnicodeError:
            yield None


def _losses(text: str) -> int:
    return text.count("\ufffd")


def _utf8_read_as_gbk(text: str) -> bytes:
    return text.replace("\ufffd", "").encode("gb18030", "replace")


def _bytes_read_as_windows(text: str) -> bytes:
    return text.translate(_FROM_WINDOWS).encode("latin-1", "replace")


_MISTAKES: tuple[tuple[Callable[[str], bytes], str], ...] = (
    (_utf8_read_as_gbk, "utf-8"),
    (_bytes_read_as_windows, "utf-8"),
    (_bytes_read_as_windows, "gb18030"),
)


def _repaired(text: str) -> str:
    """Undoes one wrong decoding where that gives a plausible text at little loss; else the text as it is."""
    if text.isascii() or is_plausible(text):
        return text
    for undo, encoding in _MISTAKES:
        candidate = undo(text).decode(encoding, "replace")
        if is_plausible(candidate) and _losses(candidate) * 5 <= len(candidate):
            return candidate
    return text
