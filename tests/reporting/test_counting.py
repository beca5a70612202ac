"""Tables 3 and 4 counted from the registers: scenarios by their sentence, and random histories."""

import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import DECISIONS, OUTCOMES
from gongkai.law.remedies import remedy_results
from gongkai.law.report.filled import FilledReport, FilledTable
from gongkai.law.report.formats import ReportFormat, format_for, split_address
from gongkai.law.report.relations import evaluate
from gongkai.law.rulebook import CountingRules
from gongkai.reporting.counting import (
    KINDS,
    Counted,
    CountedCase,
    CountedRemedy,
    Cut,
    PassedOver,
    count_table3,
    count_table4,
    cut_after,
    passed_over,
    year_end,
)
from gongkai.reporting.eligibility import CaseLine, admit

PERSON, LAWYERS = "natural_person", "legal_service_organization"
OTHER = "otherwise_handled.other_handling"
RULES = CountingRules.load()


def form(year: int) -> ReportFormat:
    found = format_for(year)
    assert found is not None
    return found


def counted(
    year: int, cases=(), remedies=(), previous: Cut | None = None, rules: CountingRules | None = None
) -> Counted:
    return count_table3(cases, year, form(year), previous) | count_table4(
        remedies, year, form(year), previous, rules=rules
    )


def cut(year: int, cases=(), remedies=(), previous: Cut | None = None, **more) -> Cut:
    found = counted(year, cases, remedies, previous, **more)
    return cut_after(found, year, previous, passed_over(cases, remedies, found, year))


def rows(found: Counted, kind: str = "total") -> dict[str, int]:
    """The rows of table 3 that are not 0, in one column."""
    return {
        split_address(address)[1]: len(ids)
        for address, ids in found.cells.items()
        if ids and address.startswith("table3.") and address.endswith(f".{kind}")
    }


def block(found: Counted, name: str) -> dict[str, int]:
    return {
        split_address(address)[2]: len(ids)
        for address, ids in found.cells.items()
        if ids and address.startswith(f"table4.{name}.")
    }


def case(received: str, closed: str = "", outcome: str = "granted", **changes) -> CountedCase:
    plain = CountedCase(1, PERSON, date.fromisoformat(received))
    if closed:
        plain = replace(plain, closed_on=date.fromisoformat(closed), outcome=outcome)
    return replace(plain, **changes)


def line(received: str, closed: str = "", decision: str = "granted.provided", **changes) -> CaseLine:
    plain = CaseLine(1, PERSON, date.fromisoformat(received))
    if closed:
        plain = replace(plain, closed_on=date.fromisoformat(closed), decision=decision)
    return replace(plain, **changes)


def remedy(filed: str, *results: tuple[str, str | None], **changes) -> CountedRemedy:
    given = tuple((date.fromisoformat(on), code) for on, code in results)
    return replace(CountedRemedy(1, "litigation", False, date.fromisoformat(filed), given), **changes)


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


def test_a_pending_remedy_that_left_the_register_still_reappears():
    found = counted(2024, previous=cut(2023, remedies=[remedy("2023-11-01")]))
    assert block(found, "direct_suit") == {"other_result": 1, "total": 1}


# ---- random histories ------------------------------------------------------------------------

YEARS = range(2019, 2026)


@dataclass
class Story:
    """What really happened to a case, and when the office entered it."""

    id: int
    kind: str
    received: date
    entered: date
    closed: date | None
    closed_entered: date | None
    outcome: str
    left_entered: date | None
    kind_corrected: tuple[date, str] | None


def stories(random: Random, number: int) -> list[Story]:
    codes = [outcome.code for outcome in OUTCOMES]
    told = []
    for i in range(1, number + 1):
        received = date(2018, 11, 1) + timedelta(days=random.randrange(365 * 6 + 300))
        entered = received + timedelta(days=random.choice([0, 0, 0, 0, 1, 3, 40]))
        closed = closed_entered = left = corrected = None
        if random.random() < 0.9:
            closed = received + timedelta(days=random.choice([0, 5, 20, 28, 60, 400]))
            closed_entered = max(entered, closed) + timedelta(days=random.choice([0, 0, 0, 2, 30]))
        if random.random() < 0.05:
            left = entered + timedelta(days=random.randrange(60))
        if random.random() < 0.05:
            corrected = (entered + timedelta(days=random.randrange(90)), random.choice(KINDS))
        told.append(
            Story(
                i,
                random.choice(KINDS),
                received,
                entered,
                closed,
                closed_entered,
                random.choice(codes),
                left,
                corrected,
            )
        )  # fmt: skip
    return told


def known(told: list[Story], day: date) -> list[CountedCase]:
    """What the register holds on a day."""
    found = []
    for story in told:
        if story.entered > day or (story.left_entered and story.left_entered <= day):
            continue
        kind = (
            story.kind_corrected[1] if story.kind_corrected and story.kind_corrected[0] <= day else story.kind
        )
        is_closed = (
            story.closed is not None and story.closed_entered is not None and story.closed_entered <= day
        )
        found.append(
            CountedCase(
                story.id, kind, story.received, story.closed if is_closed else None,
                story.outcome if is_closed else None,
            )
        )  # fmt: skip
    return found


def naive(told: list[Story], cut_days: dict[int, date]) -> dict[int, Counter[tuple[str, str]]]:
    """The figures by another way: the life of each case, told year by year."""
    tables: dict[int, Counter[tuple[str, str]]] = {year: Counter() for year in cut_days}
    row_of = {
        year: {code: row.code for row in form(year).table3_rows for code in row.counts} for year in cut_days
    }
    for story in told:
        column, is_over = "", False
        for year, cut_day in cut_days.items():
            has_left = story.left_entered is not None and story.left_entered <= cut_day
            is_answered = (
                story.closed is not None
                and story.closed <= date(year, 12, 31)
                and story.closed_entered is not None
                and story.closed_entered <= cut_day
            )
            if is_over:
                break
            if column:
                tables[year]["brought_forward", column] += 1
            elif story.entered <= cut_day and story.received <= date(year, 12, 31) and not has_left:
                corrected = story.kind_corrected
                column = corrected[1] if corrected and corrected[0] <= cut_day else story.kind
                tables[year]["new_received", column] += 1
            else:
                continue
            row = "carried_forward"
            if has_left:
                row = row_of[year][OTHER]
            elif is_answered:
                row = row_of[year][story.outcome]
            tables[year][row, column] += 1
            is_over = row != "carried_forward"
    return tables


def report_of(found: Counted, year: int) -> FilledReport:
    tables = {
        name: FilledTable(
            form(year).id, {a: len(ids) for a, ids in found.cells.items() if a.startswith(name)}
        )
        for name in ("table3", "table4")
    }
    return FilledReport(year=year, tables=tables)


def holds(found: Counted, year: int) -> bool:
    report = report_of(found, year)
    assert set(found.cells) == {a for a in form(year).cells if not a.startswith("table2.")}
    return all(each.verdict == "holds" and not each.blanks for each in evaluate(report))


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), number=st.integers(1000, 5000))
def test_in_every_years_report_all_relations_hold_and_every_cell_is_the_naive_count(seed: int, number: int):
    random = Random(seed)
    told = stories(random, number)
    cut_days = {year: date(year + 1, 1, random.randrange(1, 29)) for year in YEARS}
    expected = naive(told, cut_days)
    previous = Cut(2018)
    for year, cut_day in cut_days.items():
        seen = known(told, cut_day)
        found = counted(year, seen, previous=previous)
        assert holds(found, year)
        for address, ids in found.cells.items():
            _, row, column = split_address(address)
            if address.startswith("table3.") and column != "total" and row != "handled_total":
                assert len(ids) == expected[year][row, column], address
            assert len(set(ids)) == len(ids), "no case stands twice in a cell"
        for kind in KINDS:
            assert set(found.cells[f"table3.brought_forward.{kind}"]) == {
                case_id for case_id, column in previous.carried.items() if column == kind
            }
        handled = set(found.cells["table3.handled_total.total"])
        assert not handled & previous.closed, "nothing is handled in two years"
        previous = cut_after(found, year, previous, passed_over(seen, (), found, year))


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), number=st.integers(0, 600))
def test_where_everything_is_entered_in_time_cuts_and_dates_say_the_same(seed: int, number: int):
    cases = known([replace_story(story) for story in stories(Random(seed), number)], date(2099, 1, 1))
    remedies = suits(Random(seed), number // 4)
    previous = cut(2019, cases, remedies)
    for year in YEARS[1:]:
        by_dates, by_cut = counted(year, cases, remedies), counted(year, cases, remedies, previous)
        assert by_dates.figures == by_cut.figures
        assert {a: set(ids) for a, ids in by_dates.cells.items()} == {
            a: set(ids) for a, ids in by_cut.cells.items()
        }
        previous = cut(year, cases, remedies, previous)


def replace_story(story: Story) -> Story:
    return replace(story, entered=story.received, closed_entered=story.closed, left_entered=None)


def suits(random: Random, number: int) -> list[CountedRemedy]:
    drawn = []
    for i in range(1, number + 1):
        forum = random.choice(["reconsideration", "litigation"])
        codes = [code for of, code in remedy_results() if of == forum]
        filed = date(2019, 1, 1) + timedelta(days=random.randrange(365 * 6))
        day, results = filed, []
        for _ in range(random.randrange(4)):
            day += timedelta(days=random.randrange(1, 200))
            results.append(
                (day, None if results and results[-1][1] and random.random() < 0.5 else random.choice(codes))
            )
        drawn.append(CountedRemedy(i, forum, random.random() < 0.5, filed, tuple(results)))
    return drawn


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), choice=st.sampled_from(["not_counted", "counted_again"]))
def test_no_pending_remedy_is_lost_and_each_is_counted_by_its_latest_result(seed: int, choice: str):
    rules = replace(RULES, appeal_count=choice)
    drawn = suits(Random(seed), 120)
    previous: Cut | None = None
    times: Counter[int] = Counter()
    for year in YEARS:
        found = counted(year, (), drawn, previous, rules)
        assert holds(found, year)
        there = {
            i
            for a, ids in found.cells.items()
            if a.startswith("table4.") and a.endswith(".total")
            for i in ids
        }
        if previous:
            assert set(previous.pending) <= there
        for each in drawn:
            if each.id not in there:
                continue
            latest = None
            for on, code in each.results:
                latest = code if on <= year_end(year) else latest
            column = "pending" if latest is None else remedy_results()[each.forum, latest].column
            name = each.forum
            if each.forum == "litigation":
                name = "suit_after_reconsideration" if each.reconsidered_before else "direct_suit"
            assert each.id in found.cells[f"table4.{name}.{column}"]
            times[each.id] += latest is not None
        previous = cut_after(found, year, previous, passed_over((), drawn, found, year))
    if choice == "not_counted":
        assert max(times.values(), default=0) <= 1, "a remedy is counted with a result once"


def test_a_hundred_thousand_cases_are_counted_in_two_seconds():
    random = Random(1)
    cases = [
        CountedCase(
            number, random.choice(KINDS), (on := date(2023, 6, 1) + timedelta(days=random.randrange(600))),
            on + timedelta(days=20), random.choice(OUTCOMES).code,
        )
        for number in range(100_000)
    ]  # fmt: skip
    previous = cut(2023, cases)
    start = time.process_time()
    found = counted(2024, cases, previous=previous)
    assert time.process_time() - start < 2
    assert holds(found, 2024)


def test_the_columns_are_the_kinds_of_applicants():
    assert tuple(kind.value for kind in ApplicantKind) == KINDS
