"""A day as people type or print it: 2026-03-01, 2026/3/1, 2026.3.1, 20260301, 2026年3月1日."""

import re
import unicodedata
from datetime import date

_DAY = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?号?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


class NotADay(ValueError):
    """The text names no day; the message says how to write one."""


def parse_day(text: str) -> date:
    """The day a text names; a time of day behind it is ignored. Raises ``NotADay``."""
    plain = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"\s+|[（(]?(?:周|星期)[一二三四五六日天][）)]?$", "", plain)
    found = _DAY.fullmatch(plain) or _RUN_TOGETHER.fullmatch(plain)
    if not found:
        raise NotADay(f"“{shown(text)}”不是日期；请写成2026年3月1日或者2026-03-01的样子。")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise NotADay(f"没有“{shown(text)}”这一天，请核对年、月、日。") from None


def shown(text: str) -> str:
    """A typed text as a message may repeat it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 20 else f"{plain[:19]}…"
