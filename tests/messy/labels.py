"""Damage to labels: what scanners, converters, typists and mirrors do to the words of the form."""

import random
import re
from collections.abc import Callable

import opencc

_TO_TRADITIONAL = opencc.OpenCC("s2t")
_WRONG = str.maketrans({"制": "製", "复": "復", "发": "髮", "面": "麵", "系": "繫", "干": "乾", "准": "凖"})
_PINYIN = {
    "政": "zhèng", "务": "wù", "務": "wù", "开": "kāi", "開": "kāi", "费": "fèi", "費": "fèi",
    "处": "chǔ", "處": "chǔ", "结": "jié", "結": "jié", "诉": "sù", "訴": "sù", "总": "zǒng",
    "總": "zǒng", "请": "qǐng", "請": "qǐng", "转": "zhuǎn", "轉": "zhuǎn", "维": "wéi", "維": "wéi",
    "业": "yè", "業": "yè", "机": "jī", "機": "jī",
}  # fmt: skip
_KANGXI = {
    "一": "⼀", "二": "⼆", "八": "⼋", "十": "⼗", "人": "⼈", "行": "⾏", "文": "⽂", "金": "⾦",
    "工": "⼯", "力": "⼒", "子": "⼦", "大": "⼤", "自": "⾃", "长": "⻓", "立": "⽴", "示": "⽰",
    "方": "⽅", "无": "⽆", "见": "⻅",
}  # fmt: skip
_TYPOS = {
    "屏": "展", "收": "牧", "数": "教", "结": "给", "转": "传", "许": "讦", "罚": "罰", "制": "治",
    "案": "安", "询": "讯", "研": "妍", "企": "仓", "律": "津", "维": "唯", "审": "宙", "复": "夏",
    "政": "攻", "费": "贵", "法": "注",
}  # fmt: skip
_NUMBER = re.compile(r"^(\d)[.、]|^（([一二三四五六七])）|^([一二三四])、")


def _characters(text: str) -> list[int]:
    """Positions that may be hurt: Chinese characters past the numbering of a label long enough."""
    numbered = _NUMBER.match(text)
    start = numbered.end() if numbered else 0
    places = [i for i in range(start, len(text)) if "\u4e00" <= text[i] <= "\u9fff"]
    return places if len(places) >= 6 else []


def lose_glyph(text: str, rng: random.Random) -> str:
    places = _characters(text)
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + text[at + 1 :]


def mistype(text: str, rng: random.Random) -> str:
    places = [i for i in _characters(text) if text[i] in _TYPOS]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + _TYPOS[text[at]] + text[at + 1 :]


def to_traditional(text: str, rng: random.Random) -> str:
    """As a mirror converts a page: by the character, some of them wrongly."""
    return str(_TO_TRADITIONAL.convert(text.translate(_WRONG) if rng.random() < 0.5 else text))


def with_pinyin(text: str, rng: random.Random) -> str:
    return "".join(f"{c}({_PINYIN[c]})" if c in _PINYIN and rng.random() < 0.35 else c for c in text)


def to_kangxi(text: str, rng: random.Random) -> str:
    return "".join(_KANGXI.get(c, c) for c in text)


def spaced(text: str, rng: random.Random) -> str:
    """Letterspaced, evenly or at random."""
    gap = rng.choice((" ", " ", "\u3000", "\n"))
    if len(text) <= 6:
        return gap.join(text)
    return "".join(c + (gap if rng.random() < 0.15 else "") for c in text).strip()


def half_width(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans("（）：，“”、", '():,"",'))


def renumber(text: str, rng: random.Random) -> str:
    """``1.`` as ``1、``, ``1．``, ``(1)`` or ``1``; （一） as (一); 一、 as 一． or 1、"""
    digit = re.match(r"^(\d)[.、]", text)
    if digit:
        return rng.choice(("{}、", "{}．", "({})", "{} ", "（{}）", "{}.  ")).format(digit[1]) + text[2:]
    if text.startswith("（"):
        return text.replace("（", "(", 1).replace("）", ")", 1)
    return text


def unnumber(text: str, rng: random.Random) -> str:
    return _NUMBER.sub("", text)


def strip_remark(text: str, rng: random.Random) -> str:
    """（二）部分公开 without the remark in brackets that the form prints after it."""
    return re.sub(r"（区分处理的.*?）", "", text)


def synonyms(text: str, rng: random.Random) -> str:
    """Words an office puts in place of the form's own."""
    for old, new in (("总计", "合计"), ("其他处理", "其他"), ("数量", "件数"), ("商业企业", "企业")):
        if old in text and rng.random() < 0.7:
            text = text.replace(old, new)
    return text


DAMAGE: dict[str, Callable[[str, random.Random], str]] = {
    "lost_glyph": lose_glyph,
    "typo": mistype,
    "traditional": to_traditional,
    "pinyin": with_pinyin,
    "kangxi": to_kangxi,
    "letterspaced": spaced,
    "half_width": half_width,
    "renumbered": renumber,
    "unnumbered": unnumber,
    "remark_stripped": strip_remark,
    "synonyms": synonyms,
}
EVERYWHERE = frozenset({"traditional", "pinyin", "kangxi"})
"""Damage done to a whole page, prose and headings too."""
