"""A page of knowledge for each decision: its basis, right and wrong use, the evidence it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from gongkai.law.decision_path import Consequences, consequences
from gongkai.law.outcomes import DECISIONS
from gongkai.law.rulebook import CountingRules, Switch, read_table, switches


@dataclass(frozen=True, slots=True)
class Basis:
    """A provision and what it says, in our own words."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What an officer should know before taking a decision; ``code`` is that of the decision.

    ``switches`` are the unsettled points that touch it.
    """

    code: str
    label: str
    basis: tuple[Basis, ...]
    proper_use: tuple[str, ...]
    common_mistakes: tuple[str, ...]
    evidence: tuple[str, ...]
    switches: tuple[Switch, ...]

    def consequences(self, on: date, rules: CountingRules | None = None) -> Consequences:
        """The remedy, the row of table 3 and the rest that a decision on a day brings with it.

        Raises ``LawBreach`` for a day before the decision existed.
        """
        return consequences(self.code, on, rules)


@lru_cache
def grounds() -> tuple[Ground, ...]:
    """One page for each decision, in the order of the decisions."""
    return tuple(_by_code().values())


def ground(decision_code: str) -> Ground:
    """The page of a decision. Raises ``KeyError`` for an unknown code."""
    return _by_code()[decision_code]


@lru_cache
def _by_code() -> Mapping[str, Ground]:
    entries = {entry["decision"]: entry for entry in read_table("grounds.toml")["grounds"]}
    return {found.code: _parse(found.label, entries[found.code]) for found in DECISIONS}


def _parse(label: str, entry: Mapping[str, Any]) -> Ground:
    named = entry.get("switches", ())
    return Ground(
        code=entry["decision"],
        label=label,
        basis=tuple(Basis(**basis) for basis in entry["basis"]),
        proper_use=tuple(entry["proper_use"]),
        common_mistakes=tuple(entry["common_mistakes"]),
        evidence=tuple(entry["evidence"]),
        switches=tuple(switch for switch in switches() if switch.code in named),
    )
