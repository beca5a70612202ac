from dataclasses import replace
from datetime import date

import pytest

from gongkai.law.breach import LawBreach
from gongkai.law.lifecycle import Act
from gongkai.law.outcomes import DECISIONS, decision
from gongkai.law.remedies import (
    Clock,
    Route,
    remedy_due,
    remedy_paragraph,
    remedy_results,
    route_for,
    table4_cell,
)
from gongkai.law.rulebook import CountingRules
from tests.law.scenario_tables import scenarios

TODAY = date(2025, 6, 3)


@scenarios("remedies")
def test_a_decision_opens_the_route_of_its_day(row) -> None:
    assert route_for(decision(row["decision"], row["on"]), row["on"]).value == row["route"]


def test_exactly_the_refusals_under_three_articles_go_to_reconsideration_first() -> None:
    first = [d.code for d in DECISIONS if route_for(d, TODAY) is Route.RECONSIDERATION_FIRST]
    assert first == [d.code for d in DECISIONS if d.code.startswith("denied.") and "registry" not in d.code]


def test_the_unsettled_routes_are_switches() -> None:
    strict = replace(
        CountingRules.load(),
        registry_query_remedy="reconsideration_first",
        partly_granted_remedy="reconsideration_first",
    )
    for code in ("denied.registry_query", "partly_granted"):
        assert route_for(decision(code, TODAY), TODAY, strict) is Route.RECONSIDERATION_FIRST


@pytest.mark.parametrize(
    ("route", "says", "articles"),
    [
        (Route.RECONSIDERATION_FIRST, ("60日内先向某行署申请行政复议", "15日内向某法院"), "第二十三条"),
        (
            Route.EITHER_ROUTE,
            ("60日内向某行署申请行政复议", "6个月内直接向某法院"),
            "第四十六条",
        ),
        (Route.MIXED, ("不予公开的部分", "其余部分"), "第二十三条"),
    ],
)
def test_the_paragraph_says_where_and_by_when(route, says, articles, limits) -> None:
    found = remedy_paragraph(route, TODAY, "某行署", "某法院", limits)
    assert all(words in found.text for words in says)
    assert articles in found.articles


def test_a_letter_of_2023_quotes_the_law_of_2023(limits) -> None:
    found = remedy_paragraph(Route.EITHER_ROUTE, date(2023, 6, 1), "某行署", "某法院", limits)
    assert "《行政复议法》第九条" in found.articles


@pytest.mark.parametrize("notice", [Act.SUPPLEMENT_REQUESTED, Act.EXTENDED, Act.FEE_NOTICED])
@pytest.mark.parametrize("on", [date(2023, 12, 29), TODAY])
def test_a_procedural_notice_offers_no_remedy(notice, on: date, limits) -> None:
    route = route_for(notice, on)
    assert route is Route.NONE
    assert remedy_paragraph(route, on, "某行署", "某法院", limits).text == ""


def test_the_respondent_has_five_or_ten_working_days_and_fifteen_days(limits, national) -> None:
    start = date(2025, 9, 26)
    assert remedy_due(Clock.RECONSIDERATION_ANSWER, start, limits, national).due_on == date(2025, 10, 16)
    simplified = remedy_due(Clock.RECONSIDERATION_ANSWER_SIMPLIFIED, start, limits, national)
    assert simplified.due_on == date(2025, 10, 10)
    assert remedy_due(Clock.LITIGATION_ANSWER, start, limits, national).due_on == date(2025, 10, 11)


def test_a_clock_of_the_new_law_does_not_run_before_it(limits, national) -> None:
    with pytest.raises(LawBreach, match="2024年1月1日"):
        remedy_due(Clock.RECONSIDERATION_ANSWER, date(2023, 12, 29), limits, national)


@pytest.mark.parametrize("clock", Clock)
def test_every_clock_has_a_limit(clock: Clock, limits, national) -> None:
    assert remedy_due(clock, TODAY, limits, national).due_on > TODAY


@pytest.mark.parametrize(
    ("case", "cell"),
    [
        (("reconsideration", "request_dismissed", False), ("reconsideration", "upheld")),
        (("reconsideration", "declared_unlawful", False), ("reconsideration", "overturned")),
        (("reconsideration", "application_dismissed", False), ("reconsideration", "other_result")),
        (("reconsideration", None, False), ("reconsideration", "pending")),
        (("litigation", "claims_dismissed", False), ("direct_suit", "upheld")),
        (("litigation", "revoked", True), ("suit_after_reconsideration", "overturned")),
        (("litigation", "withdrawn", True), ("suit_after_reconsideration", "other_result")),
        (("litigation", None, False), ("direct_suit", "pending")),
    ],
)
def test_a_result_is_counted_in_one_cell_of_table_4(case, cell) -> None:
    forum, result, reconsidered = case
    assert table4_cell(forum, result, reconsidered_before=reconsidered) == cell


def test_a_result_of_another_forum_is_a_programmers_fault() -> None:
    with pytest.raises(KeyError):
        table4_cell("litigation", "settled")


def test_every_result_names_a_column_and_a_label() -> None:
    for result in remedy_results().values():
        assert result.column in ("upheld", "overturned", "other_result")
        assert result.label


def test_routes_have_labels() -> None:
    assert len({route.label for route in Route}) == len(Route)
