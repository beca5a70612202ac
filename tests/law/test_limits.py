from datetime import date

import pytest
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.clock import due_dates
from gongkai.law.limits import UNIT_LABELS, TimeLimits, add_months, report_due
from gongkai.law.rulebook import list_tables
from tests.law.properties import for_all
from tests.law.scenario_tables import scenarios


@scenarios("answer_limits")
def test_the_day_of_receipt_fixes_three_dates(row, limits, national) -> None:
    found = due_dates(row["received_on"], limits, national)
    assert found.supplement_notice_on == row["supplement_notice_on"]
    assert found.due_on == row["due_on"]
    assert found.extended_due_on == row["extended_due_on"]
    assert not found.estimated
    assert [step.on for step in found.steps] == [
        row["received_on"],
        row["supplement_notice_on"],
        row["due_on"],
        row["extended_due_on"],
    ]


def test_a_date_in_a_year_without_a_notice_is_marked(limits, national) -> None:
    found = due_dates(date(2090, 11, 1), limits, national)
    assert found.estimated
    assert "2090年" in found.doubts[0]


@scenarios("periods")
def test_periods_end(row, limits, national) -> None:
    found = limits.on(row["clock"], row["start"]).due(row["start"], national)
    assert found.due_on == row["due_on"]
    assert not found.estimated
    assert found.article


def test_a_period_that_may_end_on_an_unknown_holiday_is_an_estimate(limits, national) -> None:
    start = date(2089, 11, 21)
    found = limits.on("reconsideration_application", start).due(start, national)
    assert (found.due_on, found.estimated) == (date(2090, 1, 20), True)


@scenarios("report_days")
def test_annual_reports_are_due(row, national) -> None:
    found = report_due(row["year"], row["kind"], national)
    assert found.statutory_on == row["statutory_on"]
    assert found.last_working_day_on == row["last_working_day_on"]
    assert found.estimated == (f"{row['statutory_on'].year}.toml" not in list_tables("workdays"))
    assert found.article == "第四十九条"


def test_reports_before_the_unified_form_have_no_such_day(national) -> None:
    with pytest.raises(LawBreach, match="2018年度报告"):
        report_due(2018, "agency", national)


def test_a_limit_is_picked_by_the_day_of_the_event(limits) -> None:
    before = limits.on("reconsideration_application", date(2023, 12, 31))
    after = limits.on("reconsideration_application", date(2024, 1, 1))
    assert (before.article, after.article) == ("《行政复议法》第九条", "《行政复议法》第二十条")
    assert after.text == "60日"


def test_a_limit_asked_before_it_was_law_is_refused(limits) -> None:
    with pytest.raises(LawBreach, match=r"2024年1月1日起施行.*《行政复议法》第四十八条"):
        limits.on("reconsideration_answer", date(2023, 12, 31))


def test_an_unknown_limit_is_a_programmers_fault(limits) -> None:
    with pytest.raises(KeyError):
        limits.on("no_such_limit", date(2025, 1, 1))


def test_every_limit_has_a_source_and_no_two_overlap() -> None:
    entries = TimeLimits.load().limits
    for entry in entries:
        assert entry.document and entry.article and entry.unit in UNIT_LABELS
        assert entry.status in ("verified", "unverified")
        namesakes = [other for other in entries if other.code == entry.code]
        assert [other for other in namesakes if other.in_force_on(entry.valid_from)] == [entry]


@for_all(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 24))
def test_adding_months_keeps_the_day_or_takes_the_months_last(start: date, count: int) -> None:
    end = add_months(start, count)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (end.day < start.day and add_months(end, 0).month != _next(end).month)


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
