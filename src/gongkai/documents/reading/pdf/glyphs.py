"""Glyphs of a page, as pdfium gives them, gathered into words."""

import ctypes
import math
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.documents.reading.pdf.rules import UPRIGHT, Turn
from gongkai.documents.reading.pdf.words import FAKE_BOLD_SHIFT, FIRST_IDEOGRAPH, Word

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a glyph whose font does not say which character it is."""

_BLANKS = frozenset([9, 10, 13, 32, 0xA0, 0x200B, 0x3000, 0xFEFF])
_WRITTEN_BLANKS = frozenset([32, 0xA0])
_HYPHEN_AT_LINE_END = 2
_LOWEST, _HIGHEST = 3.0, 24.0
"""Heights of text, in points, that are taken on trust."""

_ROOMY = 1.15
_GAP = 0.2
"""A gap wider than this share of the height of the text parts two words."""

_NARROWEST_BLANK = 0.05
"""A gap wider than this share, with a blank written in it, is a blank between two digits."""


def words_of(text_page: Any, count: int, turn: Turn) -> list[Word]:
    """The words of a raw pdfium text page of ``count`` glyphs, as they lie after ``turn``, in drawing order.

    The boxes are pdfium's loose ones: as wide as the advance and as high as the font, so that neighbours
    touch and ``一`` is no thinner than ``国``.
    """
    gather = _Gatherer()
    box = pdfium.FS_RECTF()
    at, unicode, loose = ctypes.byref(box), pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    high = 0
    for number in range(count):
        code = unicode(text_page, number)
        if code in _BLANKS:
            if code in _WRITTEN_BLANKS and not pdfium.FPDFText_IsGenerated(text_page, number):
                gather.is_behind_blank = True
            continue
        if code >= 0xD800:  # rare characters come in two halves, the second with the box of both
            if code & 0xFC00 == 0xD800 and number + 1 < count:
                high = code
                continue
            code, high = _joined(high, code), 0
        loose(text_page, number, at)
        if not _LOWEST < box.top - box.bottom < _HIGHEST:
            if is_slanted(text_page, number):
                continue
            _tighten(box, text_page, number)
        if turn is UPRIGHT:
            gather.add(_character(code), box.left, -box.top, box.right, -box.bottom)
        else:
            gather.add(_character(code), *turn.box(box.left, box.bottom, box.right, box.top))
        gather.is_behind_blank = False
    return _as_high_as_wide(gather.words())


def is_slanted(text_page: Any, number: int) -> bool:
    """Whether a glyph stands at a slant, as those of a watermark do."""
    quarters = pdfium.FPDFText_GetCharAngle(text_page, number) / (math.pi / 2)
    return bool(abs(quarters - round(quarters)) > 0.02)


def _tighten(box: Any, text_page: Any, number: int) -> None:
    """Mend a box that cannot be right: too large, where pdfium forgot the scale of text written from top to
    bottom; no higher than the ink, where the font does not say how high it is."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text_page, number, left, right, bottom, top)
    ink = max(right.value - left.value, top.value - bottom.value)
    loose = max(box.right - box.left, box.top - box.bottom)
    if not loose / 3 < ink <= loose:
        box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value
    missing = (max(box.right - box.left, 1.0) - box.top + box.bottom) / 2
    if missing > 0:
        box.bottom, box.top = box.bottom - missing, box.top + missing


def _joined(high: int, code: int) -> int:
    """The character of two UTF-16 halves; ``code`` itself where it is no second half."""
    if high and code & 0xFC00 == 0xDC00:
        return 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
    return code


def _as_high_as_wide(words: list[Word]) -> list[Word]:
    """The words with the room that some fonts keep above and below their glyphs taken off: ideographs are as
    high as they are wide, and so are letters as high as ideographs in the same font."""
    squares: dict[float, float] = {}
    for word in words:
        if word.text[0] >= FIRST_IDEOGRAPH and word.text[-1] >= FIRST_IDEOGRAPH:
            high = round(word.height, 1)
            squares[high] = max(squares.get(high, 0.0), (word.right - word.left) / len(word.text))
    return [
        word.as_high_as(side)
        if (side := squares.get(round(word.height, 1))) and word.height > _ROOMY * side
        else word
        for word in words
    ]


def _character(code: int) -> str:
    if 32 < code < 0xD800:
        return chr(code)
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    return UNKNOWN if code < 32 or code == 0xFFFE or code < 0xE000 else chr(code)


class _Gatherer:
    """Glyphs in, words out: a word goes on while its next glyph stands right behind it. A blank written
    between two digits is kept however narrow its font makes it: it parts the groups of one number, or two."""

    __slots__ = ("_bottom", "_done", "_lefts", "_right", "_text", "_top", "is_behind_blank")

    def __init__(self) -> None:
        self.is_behind_blank = False
        self._done: list[Word] = []
        self._text = ""
        self._lefts: list[float] = []
        self._top = self._right = self._bottom = 0.0

    def add(self, text: str, left: float, top: float, right: float, bottom: float) -> None:
        high = bottom - top
        if (
            self._text
            and high < 0.6 * (self._bottom - self._top)
            and self._top <= top
            and bottom <= self._bottom
        ):
            top, bottom, high = self._top, self._bottom, self._bottom - self._top
        if self._text and abs(top - self._top) < 0.1 * high and abs(bottom - self._bottom) < 0.1 * high:
            gap = left - self._right
            shift = left - self._lefts[-1]
            is_ligature = shift == 0 and text.isascii() and text.isalpha()
            if text == self._text[-1] and abs(shift) < FAKE_BOLD_SHIFT * (right - left) and not is_ligature:
                return
            if is_ligature or -_GAP * high < gap < _GAP * high:
                if (
                    self.is_behind_blank
                    and gap > _NARROWEST_BLANK * high
                    and _are_digits(self._text[-1], text)
                ):
                    self._text += " "
                    self._lefts.append(self._right)
                self._text += text
                self._lefts.append(left)
                self._right = right
                return
        self._close()
        self._text, self._lefts, self._top, self._right, self._bottom = text, [left], top, right, bottom

    def _close(self) -> None:
        if self._text:
            lefts = tuple(self._lefts)
            self._done.append(Word(lefts[0], self._top, self._right, self._bottom, self._text, lefts))

    def words(self) -> list[Word]:
        self._close()
        self._text = ""
        return self._done


def _are_digits(before: str, after: str) -> bool:
    return before.isdecimal() and after.isdecimal()


def turned_by(text_page: Any, count: int, sample: int = 40) -> int:
    """By how many degrees clockwise most text of the page is turned, to the next quarter."""
    step = max(1, count // sample)
    turns = [0, 0, 0, 0]
    for number in range(0, count, step):
        if pdfium.FPDFText_GetUnicode(text_page, number) not in _BLANKS:
            angle = pdfium.FPDFText_GetCharAngle(text_page, number)
            turns[round(angle / (math.pi / 2)) % 4] += 1
    return turns.index(max(turns)) * 90
