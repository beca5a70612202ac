"""Holiday notices as data: which days they make off days and which they make worked days."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from gongkai.law.breach import LawBreach
from gongkai.law.rulebook import list_tables, read_table

_LONGEST_HOLIDAY = timedelta(days=60)

Scope = Literal["national", "regional", "local"]


@dataclass(frozen=True, slots=True)
class Override:
    """A day on which a notice has the last word: off (weekends inside a holiday included) or,
    where ``worked``, a make-up workday (调休上班). ``entered``: typed in by the office."""

    day: date
    worked: bool
    festival: str
    source: str
    scope: Scope
    entered: bool = False


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A day the office typed in: from a holiday notice that came late (``national``), a festival of
    the region (``regional``), a local shutdown (``local``).

    ``why`` names the festival or the reason, ``source`` the document that says so. Where ``worked``,
    the day is worked whatever the notices say.
    """

    day: date
    worked: bool
    why: str
    source: str
    scope: Scope = "local"


@dataclass(frozen=True, slots=True)
class SettledYear:
    """The office's word that all days off of a year are now entered, so that it is in doubt no
    more: those of the whole country (``national``) or those of the region's own (``regional``)."""

    year: int
    scope: Literal["national", "regional"]


@dataclass(frozen=True, slots=True)
class Notices:
    """All notices in force for a region: the days they change and the years they cover.

    ``region`` is the code of the overlay or ``None``; ``region_years`` are the years for which
    the region's own days off are known.
    """

    region: str | None
    region_name: str
    overrides: Mapping[date, Override]
    years: frozenset[int]
    region_years: frozenset[int]

    def doubts(self, year: int) -> Iterator[str]:
        """Why the days of a year are uncertain, a Chinese sentence each."""
        if year not in self.years:
            yield (
                f"{year}年的国家放假通知尚未载入，该年按周一至周五为工作日推算，日期只是估计；"
                "请在通知公布后补录再核对。"
            )
        if self.region is not None and year not in self.region_years:
            yield (
                f"{year}年{self.region_name}的民族节日放假安排尚未载入，日期只是估计；"
                "请查当地放假通知补录再核对。"
            )


def load_notices(
    region: str | None,
    extra: tuple[Path, ...] = (),
    days: tuple[LocalDay, ...] = (),
    settled: tuple[SettledYear, ...] = (),
) -> Notices:
    """Every shipped national notice, the overlay of a region, the office's own files, then the days
    it typed in; of two words on a day the later one holds."""
    notices = Notices(None, "", {}, frozenset(), frozenset())
    for name in list_tables("workdays"):
        notices = _with_year(notices, read_table("workdays", name))
    if region is not None:
        notices = _with_region(notices, _region_table(region))
    for path in extra:
        notices = _with_file(notices, path)
    return _with_days(notices, days, settled)


def regions() -> tuple[str, ...]:
    """Codes of the regional overlays that are shipped."""
    return tuple(name.removesuffix(".toml") for name in list_tables("regions"))


def _region_table(region: str) -> dict[str, Any]:
    if region not in regions():
        raise LawBreach(f"没有名为“{region}”的地区放假安排，可用的有：{'、'.join(regions())}。")
    return read_table("regions", f"{region}.toml")


def _with_file(notices: Notices, path: Path) -> Notices:
    """Adds one file of the office; a file of another region than the calendar's is passed over."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        if "region" not in table:
            return _with_year(notices, table)
        return _with_region(notices, table) if table["region"] == notices.region else notices
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LawBreach(
            f"放假通知文件“{path.name}”读不出来，未采用；请对照 2026.toml 的写法检查后重试。"
        ) from error


def _with_days(notices: Notices, days: tuple[LocalDay, ...], settled: tuple[SettledYear, ...]) -> Notices:
    entered = {
        day.day: Override(day.day, day.worked, day.why, day.source, day.scope, entered=True) for day in days
    }
    return replace(
        notices,
        overrides={**notices.overrides, **entered},
        years=notices.years | {year.year for year in settled if year.scope == "national"},
        region_years=notices.region_years | {year.year for year in settled if year.scope == "regional"},
    )


def _with_year(notices: Notices, table: dict[str, Any]) -> Notices:
    found = dict(notices.overrides)
    for notice in table["notices"]:
        source = f"{notice['title']}（{notice['notice'] or '文号待核'}）"
        for holiday in notice["holidays"]:
            found |= {override.day: override for override in _overrides(holiday, source, "national")}
    return replace(notices, overrides=found, years=notices.years | {int(table["year"])})


def _with_region(notices: Notices, table: dict[str, Any]) -> Notices:
    found = dict(notices.overrides)
    known = [entry for entry in table["years"] if entry["known"]]
    for entry in known:
        source = f"{table['name']}{entry['year']}年放假安排（{entry['notice'] or table['rule']}）"
        for holiday in entry["holidays"]:
            found |= {override.day: override for override in _overrides(holiday, source, "regional")}
    return replace(
        notices,
        region=table["region"],
        region_name=table["name"],
        overrides=found,
        region_years=notices.region_years | {int(entry["year"]) for entry in known},
    )


def _overrides(holiday: dict[str, Any], source: str, scope: Scope) -> Iterator[Override]:
    first, last = holiday["first"], holiday["last"]
    if not timedelta(0) <= last - first <= _LONGEST_HOLIDAY:
        raise ValueError(f"holiday from {first} to {last}")
    for offset in range((last - first).days + 1):
        yield Override(first + timedelta(days=offset), False, holiday["name"], source, scope)
    for day in holiday.get("makeup_workdays", ()):
        yield Override(day, True, holiday["name"], source, scope)
