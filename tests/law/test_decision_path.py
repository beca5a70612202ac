"""The seven questions: every decision can be reached, no way ends in nothing, answers stay editable."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.decision_path import consequences, questions, steps, walk
from gongkai.law.letters import letter_for_decision
from gongkai.law.lifecycle import TRANSITIONS, Act
from gongkai.law.outcomes import DECISIONS, Precondition, decision
from gongkai.law.remedies import Route
from gongkai.law.rulebook import CountingRules
from tests.law.properties import for_all

TODAY = date(2025, 6, 3)
CODES = [found.code for found in DECISIONS]


def ways(code: str = "", answers: dict[str, str] | None = None):
    """Every way through the questions: the answers and where they end."""
    answers = answers or {}
    question = questions()[code] if code else walk({}).next
    for choice in question.choices:
        taken = answers | {question.code: choice.code}
        if choice.leads_to in questions():
            yield from ways(choice.leads_to, taken)
        else:
            yield taken, choice.leads_to


ALL_WAYS = list(ways())


def test_the_seven_questions_are_asked_in_their_order() -> None:
    assert [step.title for step in steps()] == [
        "补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给", "怎么答",
    ]  # fmt: skip
    for answers, _ in ALL_WAYS:
        numbers = [question.number for question, _ in walk(answers).asked]
        assert numbers == sorted(numbers)


def test_each_question_bears_the_title_of_its_step() -> None:
    titles = {step.number: step.title for step in steps()}
    assert [q.code for q in questions().values() if titles[q.number] != q.title] == []


@pytest.mark.parametrize("code", CODES)
def test_every_decision_is_reached(code: str) -> None:
    assert code in {end for _, end in ALL_WAYS}


def test_every_question_is_reached() -> None:
    assert {code for answers, _ in ALL_WAYS for code in answers} == set(questions())


def test_every_way_ends_in_a_decision_or_in_an_act_that_must_come_first() -> None:
    for answers, end in ALL_WAYS:
        state = walk(answers)
        assert state.next is None
        assert (state.decision or state.act) == end
        assert not (state.decision and state.act)
        assert state.dropped == ()


def test_no_way_asks_a_question_twice() -> None:
    for answers, _ in ALL_WAYS:
        asked = [question.code for question, _ in walk(answers).asked]
        assert len(asked) == len(set(asked))


def test_the_codes_of_questions_decisions_and_acts_are_never_the_same() -> None:
    assert not set(questions()) & (set(CODES) | set(Act))
    assert not set(CODES) & set(Act)


def test_an_act_that_must_come_first_is_one_the_clerk_can_take() -> None:
    acts = {Act(end) for _, end in ALL_WAYS if end not in CODES}
    assert acts == {
        Act.SUPPLEMENT_REQUESTED, Act.CONSULTATION_OPENED, Act.REASONS_REQUESTED, Act.FEE_NOTICED,
    }  # fmt: skip
    assert acts <= {move.act for move in TRANSITIONS}


def test_every_choice_has_words_of_its_own() -> None:
    for question in questions().values():
        labels = [choice.label for choice in question.choices]
        assert len(labels) == len(set(labels)) >= 2
        assert question.text.endswith("？")
        assert "{" not in question.code + question.text + "".join(c.leads_to for c in question.choices)
        assert all(choice.hint.endswith("。") for choice in question.choices)


REFUSED = {
    "clarity": "clear",
    "nature": "government_information",
    "responsible": "made_here",
    "existence": "found",
    "already_public": "no",
    "exemption": "deliberative",
    "duty_deliberative": "no",
    "discretion_deliberative": "withhold",
    "severance_deliberative": "inseparable",
}


def test_the_first_question_is_asked_when_nothing_is_answered() -> None:
    state = walk({})
    assert [(question.code, choice) for question, choice in state.asked] == [("clarity", None)]
    assert (state.next, state.decision, state.act) == (questions()["clarity"], None, None)


def test_a_draft_minute_is_withheld_after_nine_answers() -> None:
    state = walk(REFUSED)
    assert state.decision == "denied.deliberative"
    assert state.answers == REFUSED


def test_an_answer_changed_early_drops_the_later_ones_that_no_longer_fit() -> None:
    state = walk(REFUSED | {"exemption": "state_secret"})
    assert state.next is not None
    assert state.next.code == "severance_state_secret"
    assert set(state.dropped) == {
        "duty_deliberative", "discretion_deliberative", "severance_deliberative",
    }  # fmt: skip
    assert state.answers["already_public"] == "no"


def test_an_answer_that_is_no_choice_is_asked_again() -> None:
    state = walk(REFUSED | {"existence": "perhaps"})
    assert state.next is not None
    assert state.next.code == "existence"
    assert "existence" in state.dropped


def test_silence_of_a_third_party_is_no_consent_and_that_of_a_co_maker_is() -> None:
    third_party = questions()["third_party_answer"]
    assert not any(choice.code == "silent" for choice in third_party.choices)
    co_makers = questions()["co_makers"].choice("silent")
    assert co_makers is not None
    assert "视为同意" in co_makers.hint


def test_a_rule_that_demands_disclosure_overrides_the_discretion() -> None:
    yes = questions()["duty_enforcement_file"].choice("yes")
    assert yes is not None
    assert yes.leads_to == "form_all"


def test_every_refusal_under_the_exemptions_passes_the_severance_question() -> None:
    for answers, end in ALL_WAYS:
        if end in CODES and decision(end, TODAY).exempt:
            assert any(code.startswith("severance_") for code in answers)


@for_all(
    st.dictionaries(
        st.sampled_from([*questions(), "unknown"]),
        st.sampled_from(["x", *(c.code for q in questions().values() for c in q.choices)]),
    )
)
def test_any_answers_lead_to_exactly_one_of_question_decision_act(answers: dict[str, str]) -> None:
    state = walk(answers)
    assert sum(bool(end) for end in (state.next, state.decision, state.act)) == 1
    assert set(state.answers) | set(state.dropped) == set(answers)
    assert not set(state.answers) & set(state.dropped)
    again = walk(state.answers)
    assert (again.asked, again.dropped) == (state.asked, ())


@pytest.mark.parametrize("found", DECISIONS, ids=lambda found: found.code)
def test_each_decision_says_what_follows_from_it(found) -> None:
    follows = consequences(found.code, TODAY)
    assert (follows.decision, follows.article, follows.preconditions) == (
        found, found.article, found.preconditions,
    )  # fmt: skip
    assert follows.letter.code == letter_for_decision(found.code)
    assert follows.letter_note.endswith("。")
    assert follows.row.code
    assert bool(follows.discretionary_note) == found.discretionary


def test_the_row_is_that_of_the_form_of_the_year() -> None:
    assert consequences("otherwise_handled.other_handling", date(2020, 6, 1)).row.code == "otherwise_handled"
    later = consequences("otherwise_handled.other_handling", TODAY)
    assert (later.row.code, later.row.label) == ("otherwise_handled.other_handling", "3.其他")


def test_the_route_follows_the_day_of_the_decision() -> None:
    assert consequences("denied.state_secret", TODAY).route is Route.RECONSIDERATION_FIRST
    assert consequences("denied.state_secret", date(2023, 12, 31)).route is Route.EITHER_ROUTE


def test_a_switch_moves_the_row_of_what_is_already_public() -> None:
    rules = replace(CountingRules.load(), already_public_row="otherwise_handled.other_handling")
    assert consequences("granted.already_public", TODAY).row.code == "granted"
    moved = consequences("granted.already_public", TODAY, rules)
    assert moved.row.code == "otherwise_handled.other_handling"


def test_a_decision_of_a_later_day_and_an_unknown_one_have_no_consequences() -> None:
    with pytest.raises(LawBreach, match="2021年1月1日"):
        consequences("otherwise_handled.fee_lapsed", date(2020, 12, 31))
    with pytest.raises(KeyError):
        consequences("granted", TODAY)


PROVEN_BY = {
    Precondition.ACCESS_WAY: {"access_ways"},
    Precondition.PROVISION: {"content", "provision_form"},
    Precondition.EXEMPTION_REASON: {"reason", "withheld"},
    Precondition.SEVERANCE_TEST: {"severance", "withheld"},
    Precondition.CLASSIFICATION_PROOF: {"secrecy_level", "secrecy_term", "classified_by"},
    Precondition.THIRD_PARTY_CONSULTATION: {"opinion"},
    Precondition.SEARCH_RECORD: {"search"},
    Precondition.RESPONSIBLE_AGENCY: {"reason", "agency_name", "agency_contact"},
    Precondition.SUPPLEMENT_NOTICE: {"notice_on"},
    Precondition.EARLIER_ANSWER: {"earlier_number", "earlier_on"},
    Precondition.REASONS_REQUEST: {"notice_on", "finding"},
    Precondition.FEE_NOTICE: {"notice_on", "expired_on", "amount"},
    Precondition.PROPER_ROUTE: {"route", "where", "window"},
}


@pytest.mark.parametrize("found", DECISIONS, ids=lambda found: found.code)
def test_the_letter_of_a_decision_asks_for_what_proves_each_precondition(found) -> None:
    asked = {
        field.code for field in consequences(found.code, TODAY).letter.fields if field.applies(found.code, {})
    }
    assert asked
    for precondition in found.preconditions:
        assert asked & PROVEN_BY[precondition], precondition
