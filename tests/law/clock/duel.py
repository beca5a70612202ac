"""Both clocks on the same cases; what they disagree about, and how many of which kind there were."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.law.breach import LawBreach
from gongkai.law.clock import deadline
from gongkai.law.clock.exchange import parse_case
from gongkai.law.limits import TimeLimits
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import WorkingCalendar
from tests.law.clock.slow_reference import Verdict, judge


@dataclass
class Score:
    """What a run has seen. ``counts`` also holds what was drawn, so that a reader sees the spread."""

    cases: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.cases += other.cases
        self.counts += other.counts
        self.differences += other.differences


def verdict(case: dict[str, Any], rules: dict[str, str]) -> Verdict:
    """The law floor's answer in the form of the slow reference's."""
    try:
        parsed = parse_case(case)
        calendar = WorkingCalendar.load(parsed.region)
        found = deadline(
            parsed.events,
            TimeLimits.load(),
            calendar,
            replace(CountingRules.load(), **rules),
        )
    except LawBreach as breach:
        return ("error", breach.article)
    return ("due", found.due_on, found.state, found.estimated)


def compare(cases: Iterable[tuple[dict[str, Any], dict[str, str]]]) -> Score:
    score = Score()
    for case, rules in cases:
        ours, slow = verdict(case, rules), judge(case, rules)
        score.cases += 1
        score.counts.update(traits(case, rules, slow))
        if ours != slow:
            score.differences.append(f"{json.dumps(case)} {rules}: {ours} / {slow}")
    return score


def traits(case: dict[str, Any], rules: dict[str, str], slow: Verdict) -> set[str]:
    """What a case has, for the count."""
    kinds = {event["kind"] for event in case["events"]}
    found = {f"with {kind}" for kind in kinds}
    found.add(f"region {case['region'] or 'national'}")
    found.add(f"received {case['events'][0]['on'][:4]}")
    found.add("unlawful" if slow[0] == "error" else f"state {slow[2]}")
    found |= {"switches drawn"} if rules else {"switches as shipped"}
    found |= {"estimated"} if slow[0] == "due" and slow[3] else set()
    found |= {"ordered anew"} if "ordered_until" in case["events"][0] else set()
    found |= {"overlapping consultations"} if overlapping(case["events"]) else set()
    if {"supplemented", "consultation_opened", "extended", "fee_paid"} <= kinds and slow[0] == "due":
        found.add("lawful with supplement, consultation, extension and fee together")
    return found


def overlapping(events: list[dict[str, Any]]) -> bool:
    running = 0
    for event in events:
        running += {"consultation_opened": 1, "consultation_closed": -1}.get(event["kind"], 0)
        if running > 1:
            return True
    return False
