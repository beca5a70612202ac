"""Dated time limits: which limit was in force on the day of an event."""

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from gongkai.law.breach import LawBreach
from gongkai.law.rulebook import read_table
from gongkai.law.workdays import WorkingCalendar

Unit = Literal["working_day", "day", "month", "year"]
ReportKind = Literal["agency", "government"]

UNIT_LABELS: Mapping[Unit, str] = {"working_day": "个工作日", "day": "日", "month": "个月", "year": "年"}


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period, the provision it rests on, and why it may be an estimate."""

    due_on: date
    label: str
    article: str
    doubts: tuple[str, ...]

    @property
    def estimated(self) -> bool:
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One limit: ``value`` of ``unit``, in force from ``valid_from`` to ``valid_until`` inclusive.

    ``status`` is ``unverified`` where we have not read the text itself.
    """

    code: str
    label: str
    value: int
    unit: Unit
    article: str
    document: str
    valid_from: date
    status: Literal["verified", "unverified"]
    valid_until: date | None = None

    def in_force_on(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_until or day)

    @property
    def text(self) -> str:
        """As a clerk says it: 20个工作日."""
        return f"{self.value}{UNIT_LABELS[self.unit]}"

    def end(self, start: date, calendar: WorkingCalendar) -> date:
        """The last day of the period that begins on ``start`` (itself never counted).

        Periods in days, months and years run over rest days; one that ends on a rest day ends on
        the first working day after it (民事诉讼法第八十五条).
        """
        if self.unit == "working_day":
            return calendar.add_working_days(start, self.value)
        return calendar.on_or_after(self._raw_end(start))

    def due(self, start: date, calendar: WorkingCalendar) -> Due:
        """``end`` with its article and its doubts."""
        last = self.end(start, calendar)
        # Of a period that runs over rest days only its last days can be moved by a notice.
        first = start + timedelta(days=1) if self.unit == "working_day" else self._raw_end(start)
        return Due(last, self.label, self.article, calendar.doubts_between(first, last))

    def _raw_end(self, start: date) -> date:
        if self.unit == "day":
            return start + timedelta(days=self.value)
        return add_months(start, self.value * (12 if self.unit == "year" else 1))


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """All known limits; ``on`` picks the one in force on the day of the event."""

    limits: tuple[TimeLimit, ...]

    @staticmethod
    @lru_cache
    def load() -> "TimeLimits":
        return TimeLimits(tuple(TimeLimit(**entry) for entry in read_table("time_limits.toml")["limits"]))

    def on(self, code: str, day: date) -> TimeLimit:
        """The limit ``code`` on ``day``. Raises ``LawBreach`` where none was in force, ``KeyError``
        for a code that does not exist."""
        entries = [limit for limit in self.limits if limit.code == code]
        if not entries:
            raise KeyError(code)
        for limit in entries:
            if limit.in_force_on(day):
                return limit
        first = min(entries, key=lambda limit: limit.valid_from)
        raise LawBreach(
            f"“{first.label}”自{chinese_date(first.valid_from)}起施行，{chinese_date(day)}还不适用，请核对日期。",
            first.article,
        )


@dataclass(frozen=True, slots=True)
class ReportDue:
    """When an annual report is due: the statutory day and the last working day not after it."""

    statutory_on: date
    last_working_day_on: date
    label: str
    article: str
    doubts: tuple[str, ...]

    @property
    def estimated(self) -> bool:
        return bool(self.doubts)


def report_due(year: int, kind: ReportKind, calendar: WorkingCalendar) -> ReportDue:
    """When the annual report on ``year`` is due: an agency's on 31 January, a government's on
    31 March of the next year (第四十九条). Raises ``LawBreach`` for years before the 2019 report."""
    entry = next(entry for entry in read_table("time_limits.toml")["report_days"] if entry["kind"] == kind)
    if year < entry["first_report_year"]:
        raise LawBreach(
            f"{year}年度报告不适用现行《条例》的报送期限，现行期限自{entry['first_report_year']}年度报告起适用。",
            entry["article"],
        )
    statutory = date(year + 1, entry["month"], entry["day"])
    working = calendar.on_or_before(statutory)
    return ReportDue(
        statutory, working, entry["label"], entry["article"], calendar.doubts_between(working, statutory)
    )


def add_months(start: date, count: int) -> date:
    """The same day ``count`` months later, or that month's last day where it has no such day."""
    years, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, months.monthrange(year, month)[1]))


def chinese_date(day: date) -> str:
    """2025年9月8日."""
    return f"{day.year}年{day.month}月{day.day}日"
