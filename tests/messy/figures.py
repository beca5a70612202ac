"""Figures as offices write them in a cell: thousands separators, units, notes, signs, letters for digits.

Each style takes the plain digits and gives the printed text. A style that changes what the cell *means*
to a careful human reader is not here.
"""

import random
from collections.abc import Callable
from decimal import Decimal

from gongkai.law.report.filled import Value

_FULL_WIDTH = str.maketrans("0123456789.-+,", "０１２３４５６７８９．－＋，")


def plain(value: Value) -> str:
    """The figure in plain digits; a blank is empty."""
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _thousands(text: str, rng: random.Random) -> str:
    sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    whole, point, rest = digits.partition(".")
    return f"{sign}{int(whole):,}".replace(",", rng.choice((",", ",", "，", " "))) + point + rest


def _superscript_note(text: str, rng: random.Random) -> str:
    return text + rng.choice(("¹", "①", "*", "※", "[1]", "（注1）", "²"))


def _wordy_note(text: str, rng: random.Random) -> str:
    return text + rng.choice(("（其中修订16件）", "(含上年结转)", "（其中：电子渠道2件）", "（详见附件）"))


def _letters(text: str, rng: random.Random) -> str:
    return "".join(
        rng.choice("OoＯ〇○") if c == "0" and rng.random() < 0.5
        else rng.choice("lI") if c == "1" and len(text) > 1 and rng.random() < 0.5
        else c
        for c in text
    )  # fmt: skip


def _spread(text: str, rng: random.Random) -> str:
    return rng.choice((" ", "\u3000", "\u2009")).join(text)


Style = Callable[[str, random.Random], str]

STYLES: dict[str, Style] = {
    "thousands": _thousands,
    "full_width_digits": lambda text, rng: text.translate(_FULL_WIDTH),
    "unit_in_cell": lambda text, rng: text + rng.choice(("件", " 件", "条", "（件）", "项")),
    "decimal_zero": lambda text, rng: text + rng.choice((".0", ".00")),
    "note_marks": _superscript_note,
    "wordy_notes": _wordy_note,
    "letters_for_digits": _letters,
    "spread_digits": _spread,
    "padded": lambda text, rng: (
        rng.choice(("\u3000", "\xa0\xa0", " ")) + text + rng.choice(("\xa0", "", " "))
    ),
    "word_artefact": lambda text, rng: "[bookmark: _GoBack]" + text,
    "quoted_text": lambda text, rng: "'" + text,
}

ZEROS = ("零", "〇", "O", "0", "0件")
BLANKS = ("", "/", "\xa0", "\u3000", "／", " ")
SOFT_ZEROS = ("无", "-", "—", "--", "－")
"""0 to one careful reader, a blank to another: both are right, and so is a doubt."""


def signed(value: int, rng: random.Random, *, worded: bool) -> str:
    """A change against last year: +10, -18, 10; ``worded`` as offices also write it: 增10, ↓3, +(0) -(0)."""
    size = abs(value)
    if not worded:
        return rng.choice((f"+{size}", f"{value}")) if value > 0 else str(value)
    up = (f"+{size}", f"增{size}", f"增加{size}", f"＋{size}", f"↑{size}", f"+ {size}", f"+（{size}）")
    down = (f"减{size}", f"减少{size}", f"－{size}", f"−{size}", f"–{size}", f"↓{size}", f"- {size}")
    none = ("0", "+0", "+(0) -(0)", "增0", "无增减", "0（无变化）")
    return rng.choice(up if value > 0 else down if value < 0 else none)


def amount(value: Decimal, rng: random.Random) -> str:
    """An amount with its own unit: 1082.36万元, 10823600元, ￥1,082.36万元."""
    in_yuan = format((value * 10000).normalize(), "f")
    return rng.choice(
        (
            f"{value:f}万元",
            f"{value:f} 万元",
            f"{in_yuan}元",
            f"{value:,f}万元",
            f"￥{value:f}万元",
            f"{value:f}（万元）",
        )
    )
