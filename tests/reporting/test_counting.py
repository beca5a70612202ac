"""Tables 3 and 4 counted from the registers, scenario by scenario."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.law.outcomes import DECISIONS
from gongkai.reporting.counting import (
    CountedCase,
    PassedOver,
    count_table3,
    cut_after,
)
from gongkai.reporting.eligibility import admit
from tests.reporting.counts import (
    LAWYERS,
    OTHER,
    PERSON,
    RULES,
    block,
    case,
    counted,
    cut,
    form,
    line,
    remedy,
    rows,
)

# ---- one case at a time ----------------------------------------------------------------------


def test_a_supplement_pending_over_new_year_is_carried_forward_and_handled_next_year():
    pending = case("2023-12-20")
    first = counted(2023, [pending])
    assert rows(first) == {"new_received": 1, "carried_forward": 1}
    lapsed = case("2023-12-20", "2024-01-15", "otherwise_handled.supplement_lapsed")
    second = counted(2024, [lapsed], previous=cut_after(first, 2023, None, PassedOver()))
    assert rows(second) == {
        "brought_forward": 1,
        "otherwise_handled.supplement_lapsed": 1,
        "handled_total": 1,
    }
    assert second.cells["table3.brought_forward.natural_person"] == (1,)


def test_without_a_cut_the_dates_alone_decide():
    old, running = case("2023-12-20", "2024-01-15"), case("2024-05-06", id=2)
    assert rows(counted(2023, [old, running])) == {"new_received": 1, "carried_forward": 1}
    assert rows(counted(2024, [old, running])) == {
        "new_received": 1, "brought_forward": 1, "granted": 1, "handled_total": 1, "carried_forward": 1,
    }  # fmt: skip
    assert rows(counted(2025, [old, running])) == {"brought_forward": 1, "carried_forward": 1}


def test_a_day_in_the_year_counts_up_to_that_day():
    found = count_table3([case("2024-03-01", "2024-06-03")], 2024, form(2024), on=date(2024, 5, 31))
    assert rows(found) == {"new_received": 1, "carried_forward": 1}


def test_the_answer_of_new_years_eve_counts_this_year_that_of_new_years_day_next_year():
    assert "granted" in rows(counted(2024, [case("2024-12-02", "2024-12-31")]))
    assert "granted" not in rows(counted(2024, [case("2024-12-02", "2025-01-01")]))


def test_an_answer_of_december_entered_after_the_cut_counts_next_year():
    at_the_cut = cut(2023, [case("2023-12-04")])
    later = case("2023-12-04", "2023-12-29")
    assert rows(counted(2024, [later], previous=at_the_cut)) == {
        "brought_forward": 1, "granted": 1, "handled_total": 1,
    }  # fmt: skip


def test_a_case_registered_late_is_new_in_the_year_that_learns_of_it():
    at_the_cut = cut(2023)
    late = case("2023-12-27", "2023-12-29")
    assert rows(counted(2024, [late], previous=at_the_cut)) == {
        "new_received": 1, "granted": 1, "handled_total": 1,
    }  # fmt: skip


def test_a_case_counted_as_handled_is_never_counted_again():
    at_the_cut = cut(2023, [case("2023-03-01", "2023-03-20")])
    reopened = case("2023-03-01")
    assert rows(counted(2024, [reopened], previous=at_the_cut)) == {}
    two_years_on = cut(2024, [reopened], previous=at_the_cut)
    assert rows(counted(2025, [case("2023-03-01", "2025-02-03")], previous=two_years_on)) == {}


def test_a_case_stays_in_the_column_it_was_carried_forward_in():
    at_the_cut = cut(2023, [case("2023-12-20")])
    corrected = case("2023-12-20", "2024-01-10", applicant_kind=LAWYERS)
    found = counted(2024, [corrected], previous=at_the_cut)
    assert rows(found, PERSON) == {"brought_forward": 1, "granted": 1, "handled_total": 1}
    assert rows(found, LAWYERS) == {}


def test_a_case_withdrawn_before_its_receipt_was_fixed_counts_in_the_year_of_receipt():
    odd = case("2024-01-02", "2023-12-31", OTHER)
    assert rows(counted(2023, [odd])) == {}
    assert rows(counted(2024, [odd])) == {"new_received": 1, OTHER: 1, "handled_total": 1}


def test_a_case_carried_forward_and_transferred_ends_under_other_handling():
    at_the_cut = cut(2023, [case("2023-12-20")])
    gone = admit([line("2023-12-20", "2024-01-08", decision="", is_elsewhere=True)])
    assert gone.cases == ()
    assert rows(counted(2024, gone.cases, previous=at_the_cut)) == {
        "brought_forward": 1, OTHER: 1, "handled_total": 1,
    }  # fmt: skip


def test_a_case_transferred_within_the_system_is_counted_once_by_who_answers():
    sent_away = admit([line("2024-05-06", "2024-05-08", decision="", is_elsewhere=True)])
    taken_in = admit([line("2024-05-08", "2024-05-20")])
    total = rows(counted(2024, sent_away.cases)), rows(counted(2024, taken_in.cases))
    assert total == ({}, {"new_received": 1, "granted": 1, "handled_total": 1})


# ---- what counts, and as what ----------------------------------------------------------------

REOPENED = [
    line("2023-03-01", "2023-03-20", "denied.third_party_rights"),
    line("2024-02-01", "2024-02-20", "partly_granted", id=2, re_decides=1),
]


def test_a_case_decided_anew_after_court_counts_once_by_default():
    admitted = admit(REOPENED)
    assert rows(counted(2023, admitted.cases)) == {
        "new_received": 1, "denied.third_party_rights": 1, "handled_total": 1,
    }  # fmt: skip
    assert rows(counted(2024, admitted.cases)) == {}
    assert [left.id for left in admitted.left_out] == [2]


def test_a_case_decided_anew_after_court_counts_as_new_under_the_other_choice():
    admitted = admit(REOPENED, replace(RULES, redecision_count="new_case"))
    assert rows(counted(2024, admitted.cases)) == {
        "new_received": 1, "partly_granted": 1, "handled_total": 1,
    }  # fmt: skip


def test_another_choice_later_brings_no_case_of_an_earlier_year_back():
    then = admit(REOPENED)
    left_out = PassedOver(frozenset(left.id for left in then.left_out))
    at_the_cut = cut_after(counted(2024, then.cases), 2024, None, left_out)
    now = admit(REOPENED, replace(RULES, redecision_count="new_case"))
    assert rows(counted(2025, [c for c in now.cases if c.id == 2], previous=at_the_cut)) == {}


SPLIT = [
    line("2024-03-01", "2024-03-05", "", is_split=True),
    line("2024-03-01", "2024-03-20", "granted.provided", id=2, split_from=1),
    line("2024-03-01", "2024-03-28", "unable_to_provide.nonexistent", id=3, split_from=1),
]


def test_of_a_split_letter_each_part_counts_one_and_the_letter_none():
    assert rows(counted(2024, admit(SPLIT).cases)) == {
        "new_received": 2, "granted": 1, "unable_to_provide.not_held": 1, "handled_total": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("decisions", "row"),
    [
        (("granted.provided", "unable_to_provide.nonexistent"), "partly_granted"),
        (("granted.provided", "granted.already_public"), "granted"),
        (("denied.deliberative", "denied.deliberative", "not_processed.repeated"), "denied.deliberative"),
        (("not_processed.repeated", "denied.deliberative"), "denied.deliberative"),
    ],
)
def test_a_split_letter_counted_as_one_ends_with_its_last_part(decisions, row):
    parts = [
        line("2024-03-01", f"2024-03-{10 + number}", decision, id=number, split_from=1)
        for number, decision in enumerate(decisions, start=2)
    ]
    whole = admit([SPLIT[0], *parts], replace(RULES, split_count="whole"))
    assert whole.cases == (CountedCase(1, PERSON, date(2024, 3, 1), date(2024, 3, 11 + len(decisions)), row),)
    assert len(whole.left_out) == len(decisions)


def test_a_split_letter_counted_as_one_is_open_while_a_part_is():
    rules = replace(RULES, split_count="whole")
    assert admit([SPLIT[0], SPLIT[1], replace(SPLIT[2], closed_on=None)], rules).cases[0].closed_on is None
    nested = [
        SPLIT[0],
        SPLIT[1],
        replace(SPLIT[2], is_split=True, decision=""),
        line("2024-03-01", "2024-04-15", id=4, split_from=3),
    ]
    assert admit(nested, rules).cases[0] == CountedCase(
        1, PERSON, date(2024, 3, 1), date(2024, 4, 15), "granted"
    )


def test_joined_cases_count_one_each():
    joined = [line("2024-03-01", "2024-03-20"), line("2024-03-04", "2024-03-20", id=2)]
    assert rows(counted(2024, admit(joined).cases))["granted"] == 2


def test_a_withdrawn_case_counts_under_other_handling_or_not_at_all():
    withdrawn = [line("2024-03-01", "2024-03-05", OTHER, is_withdrawn=True)]
    assert rows(counted(2024, admit(withdrawn).cases))[OTHER] == 1
    assert admit(withdrawn, replace(RULES, withdrawn_count="not_counted")).cases == ()


def test_the_row_of_what_is_already_public_is_a_switch():
    public = [line("2024-03-01", "2024-03-05", "granted.already_public")]
    assert admit(public).cases[0].outcome == "granted"
    assert admit(public, replace(RULES, already_public_row=OTHER)).cases[0].outcome == OTHER


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.code)
@pytest.mark.parametrize("year", [2020, 2024])
def test_every_decision_has_its_row_in_both_forms(decision, year):
    closed = admit([line(f"{year}-03-01", f"{year}-03-05", decision.code)])
    found = rows(counted(year, closed.cases))
    assert set(found) - {"new_received", "handled_total"} <= {row.code for row in form(year).table3_rows}
    assert found["handled_total"] == 1


# ---- table 4 ---------------------------------------------------------------------------------


def test_a_suit_pending_at_the_end_of_the_year_appears_again_with_its_result():
    suit = remedy("2023-11-01", ("2024-04-01", "claims_dismissed"))
    first = counted(2023, remedies=[suit])
    assert block(first, "direct_suit") == {"pending": 1, "total": 1}
    second = counted(2024, remedies=[suit], previous=cut(2023, remedies=[suit]))
    assert block(second, "direct_suit") == {"upheld": 1, "total": 1}
    assert counted(2024, remedies=[suit]) == second


def test_first_and_second_instance_are_one_case_with_the_latest_result():
    suit = remedy(
        "2024-02-01", ("2024-05-06", "claims_dismissed"), ("2024-05-20", None), ("2024-09-02", "revoked"),
        reconsidered_before=True,
    )  # fmt: skip
    assert block(counted(2024, remedies=[suit]), "suit_after_reconsideration") == {
        "overturned": 1, "total": 1,
    }  # fmt: skip


LATE_APPEAL = remedy(
    "2023-09-01", ("2023-12-18", "claims_dismissed"), ("2024-01-03", None), ("2024-06-03", "revoked")
)


@pytest.mark.parametrize("with_cut", [False, True])
@pytest.mark.parametrize(
    ("choice", "expected"),
    [("not_counted", {}), ("counted_again", {"overturned": 1, "total": 1})],
)
def test_an_appeal_after_new_year_counts_again_only_by_choice(choice, expected, with_cut):
    rules = replace(RULES, appeal_count=choice)
    first = counted(2023, remedies=[LATE_APPEAL], rules=rules)
    assert block(first, "direct_suit") == {"upheld": 1, "total": 1}
    previous = cut(2023, remedies=[LATE_APPEAL], rules=rules) if with_cut else None
    second = counted(2024, remedies=[LATE_APPEAL], previous=previous, rules=rules)
    assert block(second, "direct_suit") == expected
    later = cut(2024, remedies=[LATE_APPEAL], previous=previous, rules=rules) if with_cut else None
    assert block(counted(2025, remedies=[LATE_APPEAL], previous=later, rules=rules), "direct_suit") == {}


def test_a_remedy_entered_late_is_counted_when_it_is_known():
    late = remedy("2023-12-20", ("2024-02-01", "mediated"), forum="reconsideration")
    found = counted(2024, remedies=[late], previous=cut(2023))
    assert block(found, "reconsideration") == {"other_result": 1, "total": 1}


def test_a_remedy_filed_after_the_year_is_none_of_it():
    assert block(counted(2024, remedies=[remedy("2025-01-02")]), "direct_suit") == {}
    later = counted(2024, remedies=[remedy("2025-01-02")], previous=cut(2023))
    assert block(later, "direct_suit") == {}


def test_a_pending_remedy_reappears_in_its_block_though_the_route_was_mended():
    pending = remedy("2023-11-01")
    mended = replace(pending, reconsidered_before=True)
    found = counted(2024, remedies=[mended], previous=cut(2023, remedies=[pending]))
    assert block(found, "direct_suit") == {"pending": 1, "total": 1}


def test_a_pending_remedy_that_left_the_register_still_reappears():
    found = counted(2024, previous=cut(2023, remedies=[remedy("2023-11-01")]))
    assert block(found, "direct_suit") == {"other_result": 1, "total": 1}
