"""Reads the tables of ``law/data``; the points that no text settles are switches there."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Literal


@lru_cache
def read_table(*path: str) -> dict[str, Any]:
    """One TOML file of ``law/data``, by its path there. Read once; treat it as read-only."""
    place = resources.files("gongkai.law") / "data"
    return tomllib.loads(place.joinpath(*path).read_text("utf-8"))


def list_tables(folder: str) -> tuple[str, ...]:
    """Names of the TOML files in a folder of ``law/data``, sorted."""
    place = resources.files("gongkai.law") / "data" / folder
    return tuple(sorted(file.name for file in place.iterdir() if file.name.endswith(".toml")))


@dataclass(frozen=True, slots=True)
class Switch:
    """A point that no text settles: the choice taken, the others, and what is known of it."""

    code: str
    label: str
    choice: str
    choices: tuple[str, ...]
    note: str
    document: str
    valid_from: date
    status: Literal["unsettled"] = "unsettled"

    def __post_init__(self) -> None:
        if self.choice not in self.choices:
            raise ValueError(f"{self.code}: {self.choice} is none of {self.choices}")


@dataclass(frozen=True, slots=True)
class CountingRules:
    """The choice of every switch that the pure functions ask for (``counting_rules.toml``)."""

    consultation_span: str
    fee_clock: str
    reasons_clock: str
    extension_once_per: str
    already_public_row: str
    registry_query_remedy: str
    partly_granted_remedy: str
    redecision_count: str
    split_count: str
    withdrawn_count: str
    appeal_count: str

    @staticmethod
    @lru_cache
    def load() -> "CountingRules":
        """The choices as shipped."""
        return CountingRules(**{switch.code: switch.choice for switch in switches()})


@lru_cache
def switches() -> tuple[Switch, ...]:
    """Every unsettled point, in the order of the file."""
    return tuple(
        Switch(**entry | {"choices": tuple(entry["choices"])})
        for entry in read_table("counting_rules.toml")["switches"]
    )
