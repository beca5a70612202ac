"""The numbers Word prints before paragraphs and stores nowhere: 一、 （一） 1.

Headings and row labels of a report often have no other number.
"""

from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from gongkai.documents.reading.wordml import W, is_on, number, value

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    legal: bool


class Numbering:
    """Numbers paragraphs as they come; ask for each paragraph once, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """``numbering`` and ``styles`` are the roots of the parts of these names."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._restarted: set[str] = set()
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None and self._lists:
            self._read_styles(styles)

    def __bool__(self) -> bool:
        return bool(self._lists)

    def label(self, paragraph: etree._Element) -> str:
        """What Word prints before the paragraph, without the space behind; empty for most."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return ""
        number_id, depth = self._place(properties)
        if number_id not in self._lists:
            return ""
        abstract, starts = self._lists[number_id]
        if number_id not in self._restarted:
            self._restarted.add(number_id)
            for level in starts:
                self._counts[abstract].pop(level, None)
        return self._count(abstract, depth, starts)

    def _place(self, properties: etree._Element) -> tuple[str, int]:
        """The list a paragraph is in and its depth there, by itself or by its style."""
        by_style = self._styles.get(value(properties, "pStyle") or "", ("0", 0))
        own = properties.find(W + "numPr")
        if own is None:
            return by_style
        return value(own, "numId") or by_style[0], number(own, "ilvl", by_style[1])

    def _count(self, abstract: str, depth: int, starts: dict[int, int]) -> str:
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts[abstract]
        counts[depth] = counts[depth] + 1 if depth in counts else starts.get(depth, level.start)
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if level.format == "bullet":
            return ""
        text = level.text
        for place in range(depth + 1):
            if f"%{place + 1}" in text and place in levels:
                count = counts.setdefault(place, levels[place].start)
                how = "decimal" if level.legal else levels[place].format
                text = text.replace(f"%{place + 1}", printed(count, how))
        return text

    def _read_lists(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(W + "abstractNum"):
            levels = {
                number_of(level): _Level(
                    start=number(level, "start", 1),
                    format=value(level, "numFmt") or "decimal",
                    text=value(level, "lvlText") or "",
                    legal=(legal := level.find(W + "isLgl")) is not None and is_on(legal),
                )
                for level in abstract.iter(W + "lvl")
            }
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for item in numbering.iter(W + "num"):
            starts = {
                number_of(override): number(override, "startOverride", 1)
                for override in item.iter(W + "lvlOverride")
                if override.find(W + "startOverride") is not None
            }
            self._lists[item.get(W + "numId", "")] = (value(item, "abstractNumId") or "", starts)

    def _read_styles(self, styles: etree._Element) -> None:
        own: dict[str, tuple[str, int] | None] = {}
        parents: dict[str, str] = {}
        for style in styles.iter(W + "style"):
            name = style.get(W + "styleId", "")
            numbered = style.find(f"{W}pPr/{W}numPr")
            parents[name] = value(style, "basedOn") or ""
            own[name] = None
            if numbered is not None:
                own[name] = (value(numbered, "numId") or "0", number(numbered, "ilvl"))
        for name in own:
            found, seen = name, set[str]()
            while found in own and own[found] is None and found not in seen:
                seen.add(found)
                found = parents[found]
            self._styles[name] = own.get(found) or ("0", 0)


def number_of(level: etree._Element) -> int:
    text = level.get(W + "ilvl", "")
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def printed(count: int, how: str) -> str:
    """A count in one of Word's number formats; decimal where the format is not known here."""
    if how in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return chinese(count)
    if how in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return chinese(count).translate(str.maketrans(_DIGITS + "十百千", _FORMAL + "拾佰仟"))
    if how in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "taiwaneseCounting"):
        return str(count).translate(str.maketrans("0123456789", _DIGITS))
    if how.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if how.startswith("decimalFullWidth"):
        return str(count).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return _western(count, how)


def _western(count: int, how: str) -> str:
    if how == "none":
        return ""
    if how == "ideographTraditional" and 1 <= count <= 10:
        return _STEMS[count - 1]
    if how in ("lowerLetter", "upperLetter") and 1 <= count <= 780:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if how == "upperLetter" else letter
    if how in ("lowerRoman", "upperRoman") and 1 <= count < 400:
        roman = _roman(count)
        return roman.upper() if how == "upperRoman" else roman
    return f"{count:02}" if how == "decimalZero" else str(count)


def _roman(count: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (count // size)
        count %= size
    return text


def chinese(count: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五; digits from 10 000 on."""
    if not 0 < count < 10_000:
        return str(count)
    text, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, count = divmod(count, size)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text
