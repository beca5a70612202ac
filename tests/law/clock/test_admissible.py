"""Every act is open, or closed with a sentence and an article."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.clock import Extended, deadline
from gongkai.law.clock.admissible import openings, refusal
from gongkai.law.lifecycle import FEE_RULES, Act
from gongkai.law.workdays import WorkingCalendar
from tests.law.clock.histories import LIMITS, History, histories
from tests.law.scenario_tables import events_of

CALENDAR = WorkingCalendar.load()
UNPAID = ["2025-04-14 received", "2025-04-14 fee_paid"]  # paid without a notice


def opened(on: date, *lines: str):
    return openings(events_of(list(lines)), on, LIMITS, CALENDAR)


@given(histories, st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_an_open_act_is_lawful_and_a_closed_one_says_why(drawn: History, later: int):
    on = drawn.events[-1].on + timedelta(days=later)
    found = openings(drawn.events, on, LIMITS, drawn.calendar, drawn.rules)
    assert set(found) == set(Act)
    for breach in found.values():
        assert breach is None or breach.message.endswith("。")
    assert (found[Act.EXTENDED] is None) == (
        refusal(drawn.events, Extended(on, 1), LIMITS, drawn.calendar, drawn.rules) is None
    )


@given(histories)
@settings(max_examples=200, deadline=None)
def test_a_refusal_is_the_breach_that_the_clock_raises(drawn: History):
    *before, last = drawn.events
    again = [*before, last, last]
    found = refusal(drawn.events, last, LIMITS, drawn.calendar, drawn.rules)
    try:
        deadline(again, LIMITS, drawn.calendar, drawn.rules)
    except LawBreach as breach:
        assert (found.message, found.article) == (breach.message, breach.article)
    else:
        assert found is None


def test_before_receipt_only_receipt_is_open():
    found = openings((), date(2025, 4, 14), LIMITS, CALENDAR)
    assert [act for act, breach in found.items() if breach is None] == [Act.RECEIVED]


def test_a_new_case_may_be_supplemented_extended_asked_about_answered():
    found = opened(date(2025, 4, 15), "2025-04-14 received")
    assert {act for act, breach in found.items() if breach is None} == {
        Act.SUPPLEMENT_REQUESTED, Act.CONSULTATION_OPENED, Act.EXTENDED, Act.FEE_NOTICED,
        Act.REASONS_REQUESTED, Act.ANSWERED, Act.WITHDRAWN,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("on", "lines", "act", "article", "says"),
    [
        (date(2025, 4, 24), ["2025-04-14 received"], Act.SUPPLEMENT_REQUESTED, "第三十条", "7个工作日"),
        (date(2025, 5, 15), ["2025-04-14 received"], Act.EXTENDED, "第三十三条", "届满"),
        (date(2025, 4, 15), ["2025-04-14 received"], Act.CONSULTATION_CLOSED, "第三十三条", "没有正在进行"),
        (date(2025, 4, 15), ["2025-04-14 received", "2025-04-15 answered"], Act.WITHDRAWN, "", "已办结"),
        (date(2025, 4, 13), ["2025-04-14 received"], Act.ANSWERED, "", "早于"),
        (date(2025, 4, 15), UNPAID, Act.ANSWERED, FEE_RULES, "没有待缴费"),
    ],
)  # fmt: skip
def test_what_is_closed_says_why(on, lines, act, article, says):
    breach = opened(on, *lines)[act]
    assert breach.article == article
    assert says in breach.message


def test_either_of_two_running_consultations_may_be_closed():
    found = opened(
        date(2025, 4, 17),
        "2025-04-14 received", "2025-04-15 consultation_opened agency",
        "2025-04-16 consultation_opened third_party",
    )  # fmt: skip
    assert found[Act.CONSULTATION_CLOSED] is None


def test_a_delayed_day_may_be_named_while_an_opinion_is_awaited():
    found = opened(
        date(2025, 4, 17),
        "2025-04-14 received", "2025-04-15 reasons_requested", "2025-04-16 reasons_given",
        "2025-04-16 consultation_opened agency",
    )  # fmt: skip
    assert found[Act.DELAYED] is None


def test_a_page_may_ask_for_every_case():
    events = events_of(
        ["2025-04-14 received", "2025-04-16 supplement_requested", "2025-04-22 supplemented",
         "2025-04-23 consultation_opened agency", "2025-05-06 consultation_closed", "2025-05-07 extended 5"]
    )  # fmt: skip
    openings(events, date(2025, 5, 8), LIMITS, CALENDAR)
    started = time.process_time()
    for _ in range(100):
        openings(events, date(2025, 5, 8), LIMITS, CALENDAR)
    assert (time.process_time() - started) / 100 < 0.002
