"""The made-up cases as they are written down: one case a table, one act a line."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from gongkai.law.workdays import WorkingCalendar

FILES = ("cases_2024", "cases_2025", "cases_now")
FOLDER = resources.files("gongkai.config.demo")
_NOT_SAID = {"name", "arrived", "lines", "more"}


@dataclass(frozen=True, slots=True)
class Line:
    """One act with the case ``name``: ``on`` is the day, ``do`` the verb, ``given`` what it is told."""

    name: str
    on: date
    do: str
    given: Mapping[str, Any]


@lru_cache
def table(name: str) -> dict[str, Any]:
    """A file of the plan."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def lines(today: date, calendar: WorkingCalendar) -> Iterator[Line]:
    """Every line of the plan, case by case, its day reckoned; no case is older than the office."""
    opened: date = table("casework")["opened_on"]
    for file in FILES:
        for entry in table(file)["cases"]:
            arrived = arrival(entry["arrived"], today, calendar)
            if arrived > opened:
                yield from _case(entry, arrived, calendar)


def _case(entry: Mapping[str, Any], arrived: date, calendar: WorkingCalendar) -> Iterator[Line]:
    about = {key: value for key, value in entry.items() if key not in _NOT_SAID}
    yield Line(entry["name"], arrived, "arrive", about)
    yield from _acts(entry["name"], entry.get("lines", ()), arrived, calendar)
    for name, more in entry.get("more", {}).items():
        yield from _acts(name, more, arrived, calendar)


def _acts(
    name: str, written: Sequence[Mapping[str, Any]], arrived: date, calendar: WorkingCalendar
) -> Iterator[Line]:
    for before, after in pairwise(written):
        if after["on"] < before["on"]:
            raise ValueError(f"{name}: {after['do']} stands behind {before['do']}, which comes later")
    for line in written:
        given = {key: value for key, value in line.items() if key not in {"on", "do"}}
        yield Line(name, calendar.add_working_days(arrived, line["on"]), line["do"], given)


def arrival(said: date | int, today: date, calendar: WorkingCalendar) -> date:
    """A day, or so many working days before the last one that is not after today."""
    if isinstance(said, date):
        return said
    found = calendar.on_or_before(today)
    for _ in range(said):
        found = calendar.on_or_before(found - timedelta(days=1))
    return found
