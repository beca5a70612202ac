"""Random lawful histories: in every year all relations hold and every cell is a naive count."""

import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.remedies import remedy_results
from gongkai.law.report.formats import split_address
from gongkai.reporting.counting import (
    KINDS,
    CountedCase,
    CountedRemedy,
    Cut,
    cut_after,
    passed_over,
    year_end,
)
from tests.reporting.counts import (
    OTHER,
    RULES,
    counted,
    cut,
    form,
    holds,
)

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
