"""The stages and the clocks of a remedy, as the respondent sees them."""

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.limits import TimeLimits
from gongkai.law.remedies import remedy_results
from gongkai.law.respondent import (
    WHOSE_LABELS,
    RemedyDates,
    RemedyEvent,
    RemedyStage,
    follow_up,
    lawful_events,
    respondent_clocks,
    stage_after,
    stage_of,
)
from gongkai.law.rulebook import read_table
from gongkai.law.workdays import WorkingCalendar
from tests.law.properties import for_all

S, E = RemedyStage, RemedyEvent
FORUMS = ("reconsideration", "litigation")
RECEIVED = date(2025, 9, 26)


@pytest.fixture
def clocks(limits, national):
    def reckon(forum, procedure="ordinary", received_on=RECEIVED, **days):
        dates = RemedyDates(received_on, **days)
        return {line.code: line for line in respondent_clocks(forum, procedure, dates, limits, national)}

    return reckon


@pytest.mark.parametrize(
    ("procedure", "code", "due"),
    [
        ("simplified", "reconsideration_answer_simplified", date(2025, 10, 10)),
        ("ordinary", "reconsideration_answer", date(2025, 10, 16)),
    ],
)
def test_the_answer_in_reconsideration_is_due_in_five_or_ten_working_days(clocks, procedure, code, due):
    line = clocks("reconsideration", procedure)[code]
    assert (line.start, line.due, line.whose, line.estimated) == (RECEIVED, due, "respondent", False)


def test_the_answer_in_court_is_due_in_fifteen_days(clocks) -> None:
    line = clocks("litigation")["litigation_answer"]
    assert line.due == date(2025, 10, 11)
    assert line.article == "《行政诉讼法》第六十七条"


def test_an_answer_in_time_is_not_late_and_one_too_late_is(clocks) -> None:
    code = "reconsideration_answer"
    due = date(2025, 10, 16)
    assert not clocks("reconsideration", answered_on=due)[code].is_late(date(2026, 1, 1))
    assert clocks("reconsideration", answered_on=due + timedelta(1))[code].is_late(date(2025, 10, 1))
    assert not clocks("reconsideration")[code].is_late(due)
    assert clocks("reconsideration")[code].is_late(due + timedelta(1))


def test_the_decision_is_expected_sixty_or_thirty_days_after_acceptance(clocks) -> None:
    accepted = date(2025, 8, 1)
    ordinary = clocks("reconsideration", accepted_on=accepted)["reconsideration_decision"]
    simplified = clocks("reconsideration", "simplified", accepted_on=accepted)
    assert ordinary.due == date(2025, 9, 30)
    assert simplified["reconsideration_decision_simplified"].due == date(2025, 9, 1)
    assert (ordinary.whose, ordinary.estimated) == ("authority", False)


def test_without_the_day_of_acceptance_the_decision_is_only_estimated(clocks) -> None:
    line = clocks("reconsideration")["reconsideration_decision"]
    assert line.start == RECEIVED
    assert line.estimated
    assert "受理" in line.note


def test_an_extension_moves_the_decision_by_its_days(clocks) -> None:
    line = clocks("reconsideration", accepted_on=date(2025, 8, 1), extended_days=30)[
        "reconsideration_decision"
    ]
    assert line.due == date(2025, 10, 30)
    assert "已延长30日" in line.label


@pytest.mark.parametrize(
    ("forum", "procedure", "days", "says"),
    [
        ("reconsideration", "ordinary", 31, "最多30日"),
        ("reconsideration", "ordinary", -1, "最多30日"),
        ("reconsideration", "simplified", 10, "普通程序"),
        ("litigation", "ordinary", 10, "普通程序"),
    ],
)
def test_an_extension_the_law_does_not_know_is_refused(clocks, forum, procedure, days, says) -> None:
    with pytest.raises(LawBreach, match=says) as refused:
        clocks(forum, procedure, extended_days=days)
    assert refused.value.article == "《行政复议法》第六十二条"


def test_the_applicant_may_sue_fifteen_days_after_the_decision_reached_him(clocks) -> None:
    days = {"decided_on": date(2025, 11, 14), "decision_received_on": date(2025, 11, 18)}
    line = clocks("reconsideration", **days)["suit_after_reconsideration"]
    assert (line.start, line.due, line.whose) == (date(2025, 11, 18), date(2025, 12, 3), "applicant")
    assert not line.estimated
    guessed = clocks("reconsideration", decided_on=date(2025, 11, 14))["suit_after_reconsideration"]
    assert guessed.estimated
    assert guessed.due == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("procedure", "due"), [("ordinary", date(2026, 2, 28)), ("simplified", date(2025, 10, 15))]
)
def test_the_first_judgment_is_expected_six_months_or_forty_five_days_after_docketing(
    clocks, procedure, due
) -> None:
    assert clocks("litigation", procedure, accepted_on=date(2025, 8, 31))[f"judgment_{procedure}"].due == due


@pytest.mark.parametrize(
    ("decided_by", "due"), [("judgment", date(2025, 12, 3)), ("ruling", date(2025, 11, 28))]
)
def test_an_appeal_is_open_for_fifteen_days_or_ten_against_a_ruling(clocks, decided_by, due) -> None:
    days = {"decided_on": date(2025, 11, 14), "decision_received_on": date(2025, 11, 18)}
    line = clocks("litigation", decided_by=decided_by, **days)[f"appeal_{decided_by}"]
    assert (line.due, line.whose) == (due, "party")


def test_the_second_instance_is_expected_in_three_months(clocks) -> None:
    found = clocks("litigation", decided_on=date(2025, 11, 14), appealed_on=date(2025, 11, 20))
    line = found["second_instance_judgment"]
    assert line.due == date(2026, 2, 24)  # 20 February 2026 lies in the Spring Festival
    assert line.estimated


def test_a_year_without_a_notice_makes_a_line_an_estimate(clocks) -> None:
    line = clocks("litigation", received_on=date(2027, 3, 1))["litigation_answer"]
    assert line.estimated
    assert "2027年" in line.note


def test_before_the_new_law_its_periods_are_left_out(clocks) -> None:
    found = clocks("reconsideration", received_on=date(2023, 5, 4), decided_on=date(2023, 6, 1))
    assert set(found) == {"suit_after_reconsideration"}


def test_a_withdrawal_ends_what_was_open(clocks) -> None:
    found = clocks("reconsideration", answered_on=date(2025, 10, 9), withdrawn_on=date(2025, 10, 20))
    assert set(found) == {"reconsideration_answer"}


# What follows from a result.


DECIDED = {"decided_on": date(2025, 11, 14), "decision_received_on": date(2025, 11, 18)}


def test_an_ordered_term_is_the_due_day_of_the_new_decision(clocks) -> None:
    until = date(2025, 12, 20)
    line = clocks("reconsideration", result="revoked", redo_until=until, **DECIDED)["follow_up"]
    assert (line.start, line.due, line.done_on, line.estimated) == (date(2025, 11, 18), until, None, False)
    assert "重新" in line.note


def test_a_term_not_entered_in_reconsideration_is_asked_for(clocks) -> None:
    line = clocks("reconsideration", result="ordered_to_perform", **DECIDED)["follow_up"]
    assert line.due is None
    assert not line.is_late(date(2030, 1, 1))
    assert "请登记" in line.note


def test_a_judgment_without_a_term_means_twenty_working_days_as_an_estimate(clocks) -> None:
    line = clocks("litigation", result="ordered_to_redo", redone_on=date(2025, 12, 1), **DECIDED)["follow_up"]
    assert (line.due, line.done_on, line.estimated) == (date(2025, 12, 16), date(2025, 12, 1), True)
    assert line.article == "法释〔2025〕8号"


def test_before_the_interpretation_of_2025_a_judgment_without_a_term_has_no_due_day(clocks) -> None:
    line = clocks(
        "litigation",
        received_on=date(2024, 9, 2),
        decided_on=date(2024, 11, 14),
        result="revoked",
    )["follow_up"]
    assert line.due is None


def test_what_a_court_forbids_to_disclose_has_no_term(clocks) -> None:
    assert clocks("litigation", result="disclosure_forbidden", **DECIDED)["follow_up"].due is None


def test_while_an_appeal_is_pending_nothing_follows_yet(clocks) -> None:
    appealed = {"appealed_on": date(2025, 11, 25), "result": "revoked", **DECIDED}
    assert "follow_up" not in clocks("litigation", **appealed)
    final = clocks("litigation", appeal_decided_on=date(2026, 1, 20), **appealed)
    assert final["follow_up"].start == date(2026, 1, 20)


@pytest.mark.parametrize("result", ["upheld", None])
def test_nothing_follows_from_a_decision_upheld_or_a_result_not_entered(clocks, result) -> None:
    assert "follow_up" not in clocks("reconsideration", result=result, **DECIDED)


def test_a_result_without_its_day_has_no_follow_up_yet(clocks) -> None:
    assert "follow_up" not in clocks("reconsideration", result="revoked")


def test_an_unknown_result_is_an_error(clocks) -> None:
    with pytest.raises(KeyError):
        clocks("reconsideration", result="claims_dismissed", **DECIDED)


@pytest.mark.parametrize("key", remedy_results(), ids=".".join)
def test_each_result_says_once_what_follows(key) -> None:
    forum, code = key
    found = follow_up(forum, code)
    assert found.text.endswith("。")
    assert found.article == remedy_results()[key].article
    named = [name for entry in read_table("respondent.toml")["follow_ups"] for name in entry["results"]]
    assert named.count(f"{forum}.{code}") == 1


def test_no_overturned_decision_is_left_without_a_word() -> None:
    silent = {
        key for key, found in remedy_results().items()
        if found.column == "overturned" and follow_up(*key).action == "none"
    }  # fmt: skip
    assert silent == {("reconsideration", "modified")}


# The stages.


@pytest.mark.parametrize("forum", FORUMS)
def test_every_stage_that_is_not_the_end_can_be_left(forum) -> None:
    reached, waiting = {S.FILED}, [S.FILED]
    while waiting:
        stage = waiting.pop()
        for event in lawful_events(forum, stage):
            then = stage_after(forum, stage, event)
            if then not in reached:
                reached.add(then)
                waiting.append(then)
    ends = {stage for stage in reached if not lawful_events(forum, stage)}
    assert ends == (
        {S.DECIDED, S.WITHDRAWN} if forum == "reconsideration" else {S.FINALLY_DECIDED, S.WITHDRAWN}
    )


@pytest.mark.parametrize(
    ("forum", "days", "stage"),
    [
        ("reconsideration", {}, S.FILED),
        ("reconsideration", {"answered_on": 5}, S.ANSWERED),
        ("reconsideration", {"answered_on": 5, "hearing_on": 9}, S.HEARD),
        ("reconsideration", {"answered_on": 5, "decided_on": 40}, S.DECIDED),
        ("reconsideration", {"withdrawn_on": 3}, S.WITHDRAWN),
        ("litigation", {"answered_on": 5, "hearing_on": 30, "decided_on": 30}, S.DECIDED),
        ("litigation", {"decided_on": 30, "appealed_on": 40}, S.APPEALED),
        ("litigation", {"decided_on": 30, "appealed_on": 40, "appeal_decided_on": 99}, S.FINALLY_DECIDED),
        ("litigation", {"decided_on": 30, "appealed_on": 40, "withdrawn_on": 50}, S.WITHDRAWN),
    ],
)
def test_the_stage_follows_from_the_dates(forum, days, stage) -> None:
    dates = {name: RECEIVED + timedelta(days=offset) for name, offset in days.items()}
    found = stage_of(forum, RemedyDates(RECEIVED, **dates))
    assert found is stage
    assert found.label


@pytest.mark.parametrize(
    ("forum", "days"),
    [
        ("reconsideration", {"decided_on": 30, "appealed_on": 40}),
        ("reconsideration", {"decided_on": 30, "answered_on": 40}),
        ("litigation", {"appealed_on": 40}),
        ("litigation", {"withdrawn_on": 3, "decided_on": 30}),
    ],
)
def test_dates_in_an_impossible_order_are_refused_with_the_law(forum, days) -> None:
    dates = {name: RECEIVED + timedelta(days=offset) for name, offset in days.items()}
    with pytest.raises(LawBreach, match="不能登记") as refused:
        stage_of(forum, RemedyDates(RECEIVED, **dates))
    assert refused.value.article.startswith("《行政")


@pytest.mark.parametrize(
    "days",
    [
        {"answered_on": date(2025, 9, 1)},
        {"decided_on": date(2025, 9, 1)},
        {"accepted_on": date(2025, 12, 1), "decided_on": date(2025, 11, 1)},
        {"decided_on": date(2025, 11, 1), "decision_received_on": date(2025, 10, 1)},
    ],
)
def test_a_later_step_dated_earlier_is_refused(clocks, days) -> None:
    with pytest.raises(LawBreach, match="早于"):
        clocks("reconsideration", **days)


def test_everything_a_page_shows_has_its_word() -> None:
    assert all(stage.label for stage in S)
    assert all(event.label for event in E)
    lines = {line["code"] for line in read_table("respondent.toml")["limits"]}
    assert len(lines) == len(read_table("respondent.toml")["limits"])
    assert set(WHOSE_LABELS) == {"respondent", "authority", "applicant", "party"}


STEPS = ("accepted_on", "answered_on", "decided_on", "decision_received_on", "withdrawn_on")
offsets = st.one_of(st.none(), st.integers(0, 200))


@for_all(st.sampled_from(FORUMS), st.fixed_dictionaries(dict.fromkeys(STEPS, offsets)))
def test_any_dates_give_lines_that_end_after_they_begin_or_a_sentence(forum, days) -> None:
    dates = RemedyDates(
        RECEIVED, **{name: RECEIVED + timedelta(days=n) for name, n in days.items() if n is not None}
    )
    try:
        found = respondent_clocks(forum, "ordinary", dates, TimeLimits.load(), WorkingCalendar.load())
    except LawBreach as refused:
        assert refused.message.endswith("。")
        return
    assert all(line.due is None or line.due > line.start for line in found)
    assert all(line.whose in WHOSE_LABELS for line in found)
