"""Reading one cell: a figure, a blank, words beside a figure, or no figure at all."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.documents.reading.decoding.folding import fold
from gongkai.law.report.filled import Value

BLANK_MARKS = frozenset(
    {"", "/", "\\", "-", "--", "——", "—", "－", "–", "一", "_", "|", "无", "空", "N/A", "n/a", "*"}
)
NOTE_MARKS = re.compile(r"[⓪①-⓿❶-➓⁰¹²³⁴-⁹†‡※＊*]|\[\d{1,2}\]|【\d{1,2}】")
"""Marks of a footnote; some would fold to digits (``0²`` is not 02)."""
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]$")
_UNITS = "件|条|项|个|宗|次|份|起|人|部|万元|亿元|元|人民币"
_NUMBER = re.compile(
    rf"(?P<sign>[+\-−]|增加|减少|增|减|↑|↓)?(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<unit>{_UNITS})?"
)
_SIGNED_PAIR = re.compile(r"\+\(?(\d+)\)?[/、,，]?-\(?(\d+)\)?")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_LOOKALIKES = str.maketrans(
    {"O": "0", "o": "0", "〇": "0", "○": "0", "◯": "0", "零": "0", "l": "1", "I": "1"}
)
LONGEST = 18
"""Digits of the longest figure that can be true; more of them are several figures run together."""
_STRAY = re.compile(r"(?![^\d]*[增减加少升降上下负])[一-鿿]{0,2}(\d+)(?:[一-鿿]{0,2}|[(（].*)")
_LETTERED = re.compile(r"[0-9OoIl〇○◯零]+")
_NEGATIVE = {"-", "−", "减少", "减", "↓"}
_FACTORS = {"亿元": Decimal(10000), "万元": Decimal(1), "元": Decimal("0.0001")}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell holds. ``value`` is ``None`` for a blank; ``unit`` as printed (``元``, ``件``).
    ``sure`` is false where the glyphs had to be mended (O for 0, a space inside a number)."""

    value: Value = None
    note: str = ""
    unit: str = ""
    sure: bool = True

    @property
    def blank(self) -> bool:
        """Nothing stands there; a cell that could not be read is not blank."""
        return self.value is None and self.sure


@lru_cache(maxsize=16384)
def read_figure(text: str) -> Figure | None:
    """A cell's figure; ``None`` if the cell holds words, not a figure."""
    bare = _BOOKMARK.sub("", text)
    marks = "".join(NOTE_MARKS.findall(bare))
    cleaned = fold(NOTE_MARKS.sub("", bare)).strip()
    joined = re.sub(r"\s+", "", cleaned).strip("'‘’\"“”`¥")
    if joined in BLANK_MARKS:
        return Figure(note="" if joined in {"", "|"} else joined)
    figure = _whole(joined) or _with_note(joined)
    if figure is None:
        return None
    split = re.search(r"\d\s+\d", cleaned) is not None
    return Figure(figure.value, figure.note + marks, figure.unit, figure.sure and not split)


def read_value(text: str) -> Figure:
    """The figure of a cell that must hold one. A number among stray characters (a watermark, a note
    cut off) is not sure; words alone give a blank that is not sure."""
    figure = read_figure(text)
    if figure is not None:
        return figure
    stray = _STRAY.fullmatch(re.sub(r"\s+", "", fold(text)))
    return Figure(int(stray[1]), sure=False) if stray else Figure(note=text.strip(), sure=False)


def _with_note(text: str) -> Figure | None:
    """``22(其中修订16件)``: the figure, and the words in brackets as its note."""
    bracket = _BRACKETED.search(text)
    if not bracket or bracket.start() == 0:
        return None
    figure = _whole(text[: bracket.start()])
    words = bracket.group(0)[1:-1]
    if figure and words in _FACTORS:
        return Figure(figure.value, "", words, figure.sure)
    return figure and Figure(figure.value, words, figure.unit, figure.sure)


def _whole(text: str) -> Figure | None:
    pair = _SIGNED_PAIR.fullmatch(text)
    if pair:
        return _signed_pair(int(pair[1]), int(pair[2]))
    text = re.sub(r"^([+\-−])\((\d+)\)$", r"\1\2", text)
    match = _NUMBER.fullmatch(text.removeprefix("人民币"))
    if match:
        return _number(match)
    if _LETTERED.fullmatch(text):
        digits = text.translate(_LOOKALIKES)
        return Figure(int(digits), sure=set(text) <= set("〇○◯零") or text in {"O", "o"})
    return None


def _signed_pair(up: int, down: int) -> Figure:
    """``+(0) -(0)``: an increase and a decrease in one cell; the change is their difference."""
    return Figure(up - down, note="" if not (up and down) else f"+{up}-{down}", sure=not (up and down))


def _number(match: re.Match[str]) -> Figure | None:
    digits = match["digits"]
    if "," in digits:
        if not _THOUSANDS.fullmatch(digits):
            return None
        digits = digits.replace(",", "")
    whole, _, fraction = digits.partition(".")
    if len(whole) > LONGEST:
        return Figure(note=digits, sure=False)
    value = Decimal(digits) if fraction.strip("0") else int(whole or 0)
    return Figure(-value if match["sign"] in _NEGATIVE else value, unit=match["unit"] or "")


def in_ten_thousand_yuan(figure: Figure, header_unit: str) -> tuple[Decimal, ...]:
    """The amount in 万元. Several where no unit is printed and both are possible: an amount of
    more than two decimals cannot be 元, and 0 is 0 in any unit."""
    if figure.value is None:
        return ()
    amount = Decimal(figure.value)
    unit = figure.unit if figure.unit in _FACTORS else header_unit
    if unit in _FACTORS:
        return (plain(amount * _FACTORS[unit]),)
    if amount == 0 or amount.normalize().as_tuple().exponent < -2:  # type: ignore[operator]
        return (plain(amount),)
    return (plain(amount), plain(amount * _FACTORS["元"]))


def plain(amount: Decimal) -> Decimal:
    """Without trailing zeros after the point and without an exponent."""
    text = format(amount, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else Decimal(text)
