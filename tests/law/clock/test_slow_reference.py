"""The clock against its slow opponent; ``scripts/clock_trials.py`` does the same a million times."""

import json

import pytest

from gongkai.law.clock.exchange import answer_case
from tests.law.clock.duel import compare, verdict
from tests.law.clock.random_cases import CHOICES, random_cases
from tests.law.clock.slow_reference import judge
from tests.law.scenario_tables import exchange_events, scenarios


def case_of(row):
    return {"region": row.get("region"), "events": exchange_events(row["events"])}


def rules_of(row):
    return {name: row[name] for name in CHOICES if name in row}


@scenarios("clock")
def test_the_opponent_knows_the_worked_examples(row):
    estimated = row.get("estimated", False)
    assert judge(case_of(row), rules_of(row)) == ("due", row.get("due_on"), row["state"], estimated)


@scenarios("breaches")
def test_the_opponent_refuses_what_is_not_lawful(row):
    if not row["events"]:
        pytest.skip("a case without events is no case of the exchange form")
    assert judge(case_of(row)) == ("error", row["article"])


def test_both_agree_on_random_cases():
    score = compare(random_cases(seed=20_26, count=20_000))
    assert score.differences == []
    assert min(score.counts.values()) >= 20, "every kind of case is drawn"


@pytest.mark.parametrize("switch", CHOICES)
def test_a_clock_that_reckons_otherwise_would_be_caught(switch):
    """The opponent is asked under the other choice: on some of the cases they must disagree."""
    one, other = ({switch: choice} for choice in CHOICES[switch])
    cases = [case for case, _ in random_cases(seed=7, count=1_000)]
    assert any(verdict(case, one) != judge(case, other) for case in cases)


def test_an_ordered_day_is_part_of_the_exchange_form():
    events = [{"kind": "received", "on": "2025-04-14", "ordered_until": "2025-04-30"}]
    assert answer_case(json.dumps({"id": 1, "events": events})).to_json()["due_on"] == "2025-04-30"
    events[0]["ordered_until"] = "月底"
    assert "ordered_until 不是有效日期" in str(answer_case(json.dumps({"events": events})).breach)
