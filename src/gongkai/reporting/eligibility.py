"""Which lines of the register of applications table 3 counts, and as what. Pure functions.

The points that no text settles are the switches of ``law.rulebook``; they are asked here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law.outcomes import DECISIONS, OUTCOMES, counted_outcome
from gongkai.law.rulebook import CountingRules
from gongkai.reporting.counting import CountedCase

_DECISIONS = {decision.code: decision for decision in DECISIONS}
_ROW_ORDER = {outcome.code: number for number, outcome in enumerate(OUTCOMES)}
_GIVING = {"granted", "partly_granted"}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of the register. ``decision`` is a code of ``law.outcomes`` or empty; ``is_elsewhere``
    says that another agency answers; ``is_split`` that its parts are cases of their own."""

    id: int
    applicant_kind: str
    received_on: date
    closed_on: date | None = None
    decision: str = ""
    is_elsewhere: bool = False
    is_split: bool = False
    is_withdrawn: bool = False
    split_from: int | None = None
    re_decides: int | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """The cases that count, and the lines that the counting rules leave out."""

    cases: tuple[CountedCase, ...]
    left_out: tuple[CaseLine, ...]


def admit(lines: Iterable[CaseLine], rules: CountingRules | None = None) -> Admitted:
    """Put every line to the counting rules."""
    chosen = rules or CountingRules.load()
    here = [line for line in lines if not line.is_elsewhere]
    parts: dict[int, list[CaseLine]] = {}
    for line in here:
        if line.split_from is not None:
            parts.setdefault(line.split_from, []).append(line)
    cases, left_out = [], []
    for line in here:
        if _is_left_out(line, chosen):
            left_out.append(line)
        else:
            cases.append(_whole(line, parts, chosen) if line.is_split else _single(line, chosen))
    return Admitted(tuple(cases), tuple(left_out))


def _is_left_out(line: CaseLine, rules: CountingRules) -> bool:
    by_whole = rules.split_count == "whole"
    return (
        (line.re_decides is not None and rules.redecision_count == "not_counted")
        or (line.is_withdrawn and rules.withdrawn_count == "not_counted")
        or (line.is_split and not by_whole)
        or (line.split_from is not None and by_whole)
    )


def _single(line: CaseLine, rules: CountingRules) -> CountedCase:
    outcome = counted_outcome(_DECISIONS[line.decision], rules).code if line.closed_on else None
    return CountedCase(line.id, line.applicant_kind, line.received_on, line.closed_on, outcome)


def _whole(line: CaseLine, parts: Mapping[int, Sequence[CaseLine]], rules: CountingRules) -> CountedCase:
    """A letter that was split, counted as one: closed when its last part is."""
    single = [
        _whole(part, parts, rules) if part.is_split else _single(part, rules)
        for part in parts.get(line.id, ())
    ]
    days = [part.closed_on for part in single if part.closed_on]
    if len(days) < len(single) or not days:
        return CountedCase(line.id, line.applicant_kind, line.received_on)
    outcome = _outcome_of([part.outcome for part in single if part.outcome])
    return CountedCase(line.id, line.applicant_kind, line.received_on, max(days), outcome)


def _outcome_of(outcomes: Sequence[str]) -> str:
    """Parts that ended alike say how the whole did; some given and some not is partly granted; else
    the most frequent outcome, the first in the order of the rows where several are."""
    if len(set(outcomes)) > 1 and _GIVING.intersection(outcomes):
        return "partly_granted"
    numbers = Counter(outcomes)
    return min(numbers, key=lambda code: (-numbers[code], _ROW_ORDER[code]))
