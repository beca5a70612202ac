"""Dates and times in cells, as the number format of the cell shows them."""

import re
from datetime import datetime, timedelta

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_BUILT_IN = {
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    45: "mm:ss", 47: "mm:ss", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The date formats every workbook knows, as they look in Chinese."""
_TOKEN = re.compile(
    r"\"([^\"]*)\"|\\(.)|\[[^\]]*\]|[_*].|(AM/PM|A/P|上午/下午)|([yYmMdDhHsS])\4*|(.)", re.DOTALL
)
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|[_*].")
_IS_DATE = re.compile(r"[ydhs年月日]|(?<![a-z])m", re.IGNORECASE)
_LONGEST = 200


def date_format(code: int, stated: str | None) -> str | None:
    """The format of a date or time; ``None`` where the format is of another kind. ``stated`` is what the
    workbook says the number ``code`` means."""
    if stated is None:
        return _BUILT_IN.get(code)
    pattern = stated.split(";")[0][:_LONGEST]
    plain = _LITERAL.sub("", pattern).lower()
    if "general" in plain or "0" in plain or "#" in plain or "@" in plain:
        return None
    return pattern if _IS_DATE.search(plain) else None


def shown(serial: float, pattern: str, *, from_1904: bool = False) -> str:
    """A moment counted from the workbook's epoch, as the format shows it."""
    try:
        epoch = _EPOCH_1904 if from_1904 else _EPOCH
        if not from_1904 and serial < 60:
            serial += 1 if serial >= 1 else 0  # the workbook's 29 February 1900 never was
        moment = epoch + timedelta(seconds=round(serial * 86_400))
    except (OverflowError, ValueError):
        return f"{serial:g}"
    parts, before = list[str](), ""
    for found in _TOKEN.finditer(pattern):
        quoted, escaped, noon, letter, other = found.groups()
        if letter:
            is_minute = before == "h" or _LITERAL.sub("", pattern[found.end() :])[1:2].lower() == "s"
            parts.append(_field(found[0].lower(), moment, is_minute=is_minute))
            before = letter.lower()
        elif noon:
            parts.append("上午" if moment.hour < 12 else "下午")
        else:
            parts.append(quoted or escaped or other or "")
    return "".join(parts).strip()


def _field(token: str, moment: datetime, *, is_minute: bool) -> str:
    """One part of a date: ``yyyy``, ``mm`` …"""
    letter, size = token[0], len(token)
    if letter == "m" and is_minute:
        return f"{moment.minute:0{min(size, 2)}}"
    if letter == "y":
        return f"{moment.year if size > 2 else moment.year % 100:02}"
    if size > 2 and letter in "md":
        return f"{moment.month}月" if letter == "m" else f"星期{'一二三四五六日'[moment.weekday()]}"
    number = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}[letter]
    return f"{number:0{min(size, 2)}}"
