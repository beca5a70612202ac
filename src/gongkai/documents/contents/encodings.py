"""Bytes of text → text and back, so that what is not changed keeps its bytes."""

import codecs
import re
from dataclasses import dataclass

from gongkai.documents.contents.pieces import Unwritable
from gongkai.documents.reading.charset import BOMS, CHINESE, declared_encoding, is_plausible

_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开"
    "公政府信息县市区局名单编号身份证电话地址单位学校姓日月第项及关通知办事务报表教育社会"
)
_TWO_BYTES = re.compile("[\x80-\u07ff]")
"""Characters of two bytes in UTF-8, as which short words of GBK can be misread."""
_LOST = "\ufffd"
_ENCODING_LOST = "文件的编码（{}）写不下改后的文字；请把文件另存为 UTF-8 编码，再试。"
_MOST_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with how it was encoded. ``is_whole``: every byte of it meant a character."""

    text: str
    encoding: str
    bom: bytes = b""
    is_whole: bool = True

    def encoded(self, text: str) -> bytes:
        """Another text in the same encoding. Raises :class:`Unwritable` where it has no such character."""
        if not self.is_whole:
            raise Unwritable("文件里有无法识别的字节，改写会丢失内容；请用记事本另存为 UTF-8 编码，再试。")
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise Unwritable(_ENCODING_LOST.format(self.encoding.upper())) from error


def decoded(data: bytes) -> Decoded:
    """The text of a file in any Chinese encoding. Never fails: bytes that mean nothing become U+FFFD."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _in(data[len(bom) :], encoding, bom)
    candidates = [_in(data, encoding) for encoding in _likely(data)]
    whole = [each for each in candidates if each.is_whole]
    if whole and whole[0].encoding == "utf-8" and not _TWO_BYTES.search(whole[0].text):
        return whole[0]
    if whole and data:
        return max(whole, key=lambda each: _likelihood(each.text))
    return min(candidates, key=lambda each: each.text.count(_LOST))


def is_text(sample: bytes) -> bool:
    """Whether the first bytes of a file are text: they say so themselves, or read as Chinese or ASCII."""
    found = decoded(sample)
    text = found.text.rstrip(_LOST)
    odd = sum(character < " " and character not in "\t\n\r\f\x1b" for character in text) + text.count(_LOST)
    if not text or odd * 50 > len(text):
        return False
    return bool(found.bom) or b"\0" not in sample or _likelihood(text) > 0.2


def _likely(data: bytes) -> list[str]:
    wide = ["utf-16-le", "utf-16-be"] if b"\0" in data[:4096] else []
    declared = declared_encoding(data)
    own = [declared] if declared and not wide else []
    return list(dict.fromkeys([*wide, "utf-8", *own, *CHINESE]))


def _in(data: bytes, encoding: str, bom: bytes = b"") -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), encoding, bom, is_whole=False)
    return Decoded(text, encoding, bom, _restores(text, encoding, data))


def _restores(text: str, encoding: str, data: bytes) -> bool:
    """Whether the text gives the same bytes again; a few old double codes do not."""
    if codecs.lookup(encoding).name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        return True
    try:
        return text.encode(encoding) == data
    except UnicodeEncodeError:
        return False


def _likelihood(text: str) -> float:
    """How much of the text is of the characters every Chinese text is full of."""
    sample = text[:_MOST_LOOKED_AT]
    foreign = [character for character in sample if character > "\x7f"]
    if not foreign:
        return 1.0
    known = sum(character in _FREQUENT for character in foreign) / len(foreign)
    ideographs = sum("\u4e00" <= character <= "\u9fff" for character in foreign) / len(foreign)
    odd = sum(
        not (character.isprintable() or character.isspace()) or "\ue000" <= character <= "\uf8ff"
        for character in foreign
    )
    return known + 0.1 * ideographs - odd / len(foreign) + 0.2 * is_plausible(sample)
