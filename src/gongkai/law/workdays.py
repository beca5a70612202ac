"""The working calendar of a Chinese office: national notices plus regional overlays.

``WorkingCalendar.load()`` knows the years that have a notice in ``law/data/workdays``. Outside
them Monday to Friday count as working days, and ``doubts_between`` says so: an answer that
touches such a year is an estimate, on the early side unless make-up workdays outnumber holidays.
What an office types in itself (``LocalDay``) is handed over as values and wins over every notice.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import accumulate, compress
from pathlib import Path

from gongkai.law.breach import LawBreach
from gongkai.law.notices import LocalDay, Notices, Override, Scope, SettledYear, load_notices

_FIRST = date(2000, 1, 1).toordinal()
_LAST = date(2099, 12, 31).toordinal()


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    MAKEUP_WORKDAY = "makeup_workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    REGIONAL_HOLIDAY = "regional_holiday"
    LOCAL_CLOSURE = "local_closure"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    DayKind.WORKDAY: "工作日",
    DayKind.MAKEUP_WORKDAY: "调休上班",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "节假日放假",
    DayKind.REGIONAL_HOLIDAY: "地方民族节日放假",
    DayKind.LOCAL_CLOSURE: "当地停止办公",
}
_OFF_KINDS: Mapping[Scope, DayKind] = {
    "national": DayKind.HOLIDAY,
    "regional": DayKind.REGIONAL_HOLIDAY,
    "local": DayKind.LOCAL_CLOSURE,
}


@dataclass(frozen=True, slots=True)
class DayFact:
    """One line of a proof sheet: the day, its kind, the festival and the notice that says so.

    ``doubt`` is the Chinese sentence saying why the kind is only an estimate, else empty.
    """

    day: date
    kind: DayKind
    festival: str
    source: str
    doubt: str

    @property
    def is_working_day(self) -> bool:
        return self.kind in (DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY)


class WorkingCalendar:
    """Which days are worked, with constant-time arithmetic from 2000 to 2099.

    Days outside that range raise ``LawBreach``.
    """

    def __init__(self, notices: Notices) -> None:
        self.region = notices.region
        self._notices = notices
        worked = bytearray(_is_weekday(ordinal) for ordinal in range(_FIRST, _LAST + 1))
        for override in notices.overrides.values():
            worked[_index(override.day)] = override.worked
        self._worked = worked
        # _count[i]: working days from the first day of the range up to and including day i.
        self._count = array("l", accumulate(worked))
        self._days = array("l", (_FIRST + i for i, is_worked in enumerate(worked) if is_worked))

    @staticmethod
    def load(
        region: str | None = None,
        extra: Iterable[Path] = (),
        days: Iterable[LocalDay] = (),
        settled: Iterable[SettledYear] = (),
    ) -> "WorkingCalendar":
        """The calendar of a region (``65-xinjiang``; ``None``: national notices only).

        ``extra`` are notice files of the office, in the form of ``law/data/workdays`` or
        ``law/data/regions``, read once a process; they win over what is shipped. ``days`` are
        days the office typed in; they win over the files, ``settled`` years lose their doubt.
        Raises ``LawBreach`` for an unknown region, a file that is no notice or a day out of range.
        """
        return _load(region, tuple(extra), tuple(days), tuple(settled))

    @cached_property
    def version(self) -> str:
        """Twelve characters that change with every day, source or settled year of this calendar; to
        keep beside what was reckoned with it."""
        notices = self._notices
        known = (notices.region, sorted(notices.years), sorted(notices.region_years))
        lines = [repr(known), *(_line(override) for _, override in sorted(notices.overrides.items()))]
        return sha256("\n".join(lines).encode()).hexdigest()[:12]

    def changed_days(self, other: "WorkingCalendar") -> tuple[date, ...]:
        """The days that are worked in one of two calendars and off in the other."""
        changed = (mine != others for mine, others in zip(self._worked, other._worked, strict=True))
        return tuple(map(date.fromordinal, compress(range(_FIRST, _LAST + 1), changed)))

    def is_working_day(self, day: date) -> bool:
        return bool(self._worked[_index(day)])

    def add_working_days(self, start: date, days: int) -> date:
        """The last day of a period of ``days`` working days (≥ 0); ``start`` is not counted."""
        if days < 0:
            raise ValueError("a period has no negative length")
        if days == 0:
            return start
        target = self._count[_index(start)] + days - 1
        if target >= len(self._days):
            raise _beyond()
        return date.fromordinal(self._days[target])

    def working_days_between(self, after: date, through: date) -> int:
        """Working days later than ``after``, up to and including ``through``; negative if reversed."""
        return self._count[_index(through)] - self._count[_index(after)]

    def on_or_after(self, day: date) -> date:
        """The first working day that is not before ``day``."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def on_or_before(self, day: date) -> date:
        """The last working day that is not after ``day``."""
        worked = self._count[_index(day)]
        if worked == 0:
            raise _beyond()
        return date.fromordinal(self._days[worked - 1])

    def describe(self, day: date) -> DayFact:
        """What kind of day this is, and on whose word."""
        override = self._notices.overrides.get(day)
        # A day that a notice makes off is off whatever a missing notice may add.
        certain = override is not None and (override.entered or not override.worked)
        doubt = "" if certain else "".join(self.doubts_between(day, day))
        if override is None:
            kind = DayKind.WORKDAY if self.is_working_day(day) else DayKind.WEEKEND
            return DayFact(day, kind, "", "", doubt)
        return DayFact(day, _kind(override), override.festival, override.source, doubt)

    def days_between(self, after: date, through: date) -> Iterator[DayFact]:
        """Every day later than ``after`` up to and including ``through``: a proof sheet."""
        for ordinal in range(after.toordinal() + 1, through.toordinal() + 1):
            yield self.describe(date.fromordinal(ordinal))

    def doubts_between(self, first: date, last: date) -> tuple[str, ...]:
        """Why an answer that rests on the days from ``first`` to ``last`` is an estimate.

        One Chinese sentence for each year without a notice; empty when every day is certain.
        """
        years = range(first.year, last.year + 1)
        return tuple(doubt for year in years for doubt in self._notices.doubts(year))


@lru_cache(maxsize=64)
def _load(
    region: str | None,
    extra: tuple[Path, ...],
    days: tuple[LocalDay, ...],
    settled: tuple[SettledYear, ...],
) -> WorkingCalendar:
    return WorkingCalendar(load_notices(region, extra, days, settled))


def _is_weekday(ordinal: int) -> bool:
    # Ordinal 1 is a Monday.
    return (ordinal - 1) % 7 < 5


def _index(day: date) -> int:
    ordinal = day.toordinal()
    if not _FIRST <= ordinal <= _LAST:
        raise _beyond()
    return ordinal - _FIRST


def _beyond() -> LawBreach:
    return LawBreach("日期超出工作日历的范围（2000年至2099年），无法计算，请核对日期。")


def _kind(override: Override) -> DayKind:
    if not override.worked:
        return _OFF_KINDS[override.scope]
    weekday = _is_weekday(override.day.toordinal())
    return DayKind.WORKDAY if weekday else DayKind.MAKEUP_WORKDAY


def _line(override: Override) -> str:
    kind = f"{override.worked:d} {override.scope} {override.entered:d}"
    return f"{override.day} {kind} {override.festival} {override.source}"
