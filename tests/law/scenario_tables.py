"""Reads ``scenarios/*.toml``: one table a subject, one row a sentence."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.clock.events import Event
from gongkai.law.clock.exchange import parse_case

_FOLDER = Path(__file__).with_name("scenarios")


def scenarios(name: str) -> Any:
    """Parametrises a test over a table, each row named by its sentence."""
    return pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in table(name)])


def table(name: str) -> list[dict[str, Any]]:
    """The rows of a table."""
    rows: list[dict[str, Any]] = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))["scenarios"]
    return rows


def events_of(lines: list[str]) -> tuple[Event, ...]:
    """``2025-04-14 extended 5`` and its like as events."""
    if not lines:
        return ()
    return parse_case({"events": exchange_events(lines)}).events


def exchange_events(lines: list[str]) -> list[dict[str, object]]:
    """The same in the exchange form."""
    return [_member(line) for line in lines]


def _member(line: str) -> dict[str, object]:
    on, kind, *rest = line.split()
    member: dict[str, object] = {"on": on, "kind": kind}
    for word in rest:
        if word.isdigit():
            member["days"] = int(word)
        elif word[0].isdigit():
            member["ordered_until" if kind == "received" else "until"] = date.fromisoformat(word).isoformat()
        else:
            member["with"] = word
    return member
