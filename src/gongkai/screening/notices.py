"""Until when a public notice stands: after that day the names in it must come down."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.screening.sheet import Prose
from gongkai.screening.stretch import Hit

_DAY = r"(?:(20\d\d)\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
_NOTICE = re.compile(r"公示(?:期限?|时间|日期|起止时间)?[^。\n]{0,30}?" + _DAY)
_UNTIL = re.compile(r"[^。\n]{0,12}?(?:至|到|—|－|-|~|～)\s*" + _DAY)
_FOR = re.compile(r"[^。\n]{0,16}?(\d{1,3}|[一二三五七十]{1,2})\s*个?\s*(工作日|日|天|月)")
_COUNTS = {"一": 1, "二": 2, "三": 3, "五": 5, "七": 7, "十": 10, "十五": 15, "二十": 20, "三十": 30}


def notice_ends(text: str) -> tuple[date, int, int] | None:
    """The last day of a public notice named in a text, and where it is named; ``None`` if it names none.

    Working days are counted as at most seven days for five and a week more, so that no notice counts as
    expired too early.
    """
    for found in _NOTICE.finditer(text):
        begun = _date(found[1], found[2], found[3], None)
        until = _UNTIL.match(text, found.end())
        if until:
            ended = _date(until[1], until[2], until[3], begun)
            if ended:
                return ended, found.start(), until.end()
        lasting = _FOR.match(text, found.end())
        if begun and lasting:
            return begun + _length(lasting[1], lasting[2]), found.start(), lasting.end()
    return None


def expired_notice(prose: Prose, on: date | None) -> Iterator[Hit]:
    """A notice whose last day is past on the day handed in."""
    ends = notice_ends(prose.stretch.text) if on else None
    if on and ends and ends[0] < on:
        spans = prose.stretch.spans(ends[1], ends[2])
        yield Hit("personal.expired_notice", False, spans, f"公示至 {ends[0].isoformat()}")


def _date(year: str | None, month: str, day: str, begun: date | None) -> date | None:
    try:
        if year:
            return date(int(year), int(month), int(day))
        if begun is None:
            return None
        same = date(begun.year, int(month), int(day))
        return same if same >= begun else same.replace(year=begun.year + 1)
    except ValueError:
        return None


def _length(count: str, unit: str) -> timedelta:
    number = int(count) if count.isdecimal() else _COUNTS.get(count, 30)
    if unit == "月":
        return timedelta(days=number * 31)
    return timedelta(days=number * 7 // 5 + 9) if unit == "工作日" else timedelta(days=number - 1)
