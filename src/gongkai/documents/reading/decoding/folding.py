"""Making labels comparable: full-width, compatibility and traditional forms fold to one.

Labels are compared by their *core*: the Chinese characters alone, folded, without the numeral
in front (``（一）予以公开`` and ``1.予以 公开`` both give ``予以公开``). Spaces, punctuation, pinyin in
brackets and digits never take part.
"""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF), (0x2E80, 0x2FDF))
_LEADING_NUMERAL = re.compile("^[一二三四五六七八九十]+")


def is_ideograph(char: str) -> bool:
    code = ord(char)
    return any(low <= code <= high for low, high in _IDEOGRAPHS)


@cache
def _simplified() -> dict[str, str]:
    """Traditional character → simplified, one character each."""
    characters = [chr(code) for low, high in _IDEOGRAPHS[:2] for code in range(low, high + 1)]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {a: b for a, b in zip(characters, converted, strict=True) if a != b and len(b) == 1}


@lru_cache(maxsize=65536)
def fold_character(char: str) -> str:
    """One character folded; may give several (㎡ → m2), or none for what is invisible."""
    if char.isascii():
        return char
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) == 1:
        category = unicodedata.category(folded)
        return "" if category == "Cf" else _simplified().get(folded, folded)
    return folded


class _SkeletonTable(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = fold_character(char) if is_ideograph(char) else ""
        self[code] = folded
        return folded


class _FoldTable(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = fold_character(chr(code))
        return self[code]


_SKELETON = _SkeletonTable()
_FOLD = _FoldTable()


def fold(text: str) -> str:
    """The whole text folded: NFKC, simplified, invisible characters dropped."""
    return text.translate(_FOLD)


@lru_cache(maxsize=16384)
def skeleton(text: str) -> str:
    """The Chinese characters of a text, folded."""
    return text.translate(_SKELETON)


@lru_cache(maxsize=16384)
def core(text: str) -> str:
    """The skeleton without the numeral in front."""
    return _LEADING_NUMERAL.sub("", skeleton(text))


def skeleton_with_positions(text: str) -> tuple[str, list[int]]:
    """The skeleton, and for each of its characters the index in ``text`` it came from."""
    characters: list[str] = []
    positions: list[int] = []
    for index, char in enumerate(text):
        folded = _SKELETON[ord(char)]
        if folded:
            characters.append(folded)
            positions.extend([index] * len(folded))
    return "".join(characters), positions
