"""Where the days of a case went, and the figures of a year."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from gongkai.casework.actions import assignment
from gongkai.casework.actions.offers import count_offer
from gongkai.casework.queries.statistics import Statistics, years_of
from gongkai.casework.spending import Step, slowest_steps, spending
from gongkai.law.workdays import WorkingCalendar
from tests.casework.cases import moment, register
from tests.casework.section import answered, client_of, enter, fresh, staff

CALENDAR = WorkingCalendar.load()
MONDAY = date(2025, 9, 8)


@dataclass(frozen=True)
class Happened:
    kind: str
    on: date
    details: dict = field(default_factory=dict)


def day(number):
    """The working day so many after Monday."""
    return CALENDAR.add_working_days(MONDAY, number)


def spent(*events, until=None):
    happened = [Happened(kind, day(number), dict(details)) for kind, number, *details in events]
    return spending(happened, CALENDAR, until or day(60))


def test_each_day_belongs_to_the_step_that_was_under_way():
    found = spent(
        ("arrived", 0), ("received", 1), ("assigned", 3), ("accepted", 4), ("searched", 9), ("decided", 12),
        ("letter_signed", 17, ("kind", "answer_granted")), ("answered", 20),
    )  # fmt: skip
    assert found.days == {
        Step.CONFIRMING: 1, Step.ASSIGNING: 2, Step.ACCEPTING: 1, Step.SEARCHING: 5, Step.DRAFTING: 3,
        Step.APPROVING: 5, Step.SERVING: 3,
    }  # fmt: skip
    assert (found.used, found.total, found.slowest) == (19, 20, Step.SEARCHING)


def test_waiting_for_others_is_told_apart():
    found = spent(
        ("received", 0), ("consultation_opened", 3, ("with", "third_party")),
        ("consultation_opened", 5, ("with", "agency")), ("consultation_closed", 8, ("with", "third_party")),
        ("consultation_closed", 10, ("with", "agency")), ("answered", 12),
    )  # fmt: skip
    assert found.days == {Step.SEARCHING: 5, Step.CONSULTATION: 7}
    assert found.used == 5


def test_after_a_supplement_only_the_new_period_says_what_was_slow():
    found = spent(
        ("received", 0), ("assigned", 6), ("supplement_requested", 7), ("supplemented", 15), ("accepted", 17),
        ("decided", 20), ("answered", 40),
    )  # fmt: skip
    assert found.days[Step.SUPPLEMENT] == 8
    assert found.days[Step.ASSIGNING] == 6
    assert found.slowest is Step.APPROVING


def test_a_letter_that_is_no_answer_changes_nothing():
    found = spent(("received", 0), ("letter_signed", 3, ("kind", "supplement_notice")), ("answered", 5))
    assert found.days == {Step.SEARCHING: 5}


def test_what_was_sent_back_waits_to_be_handed_out_again():
    found = spent(("received", 0), ("assigned", 1), ("sent_back", 4), ("assigned", 9), ("answered", 10))
    assert found.days == {Step.ASSIGNING: 6, Step.ACCEPTING: 4}


def test_the_time_for_reasons_runs_by_the_switch_as_shipped():
    found = spent(("received", 0), ("reasons_requested", 2), ("reasons_given", 7), ("answered", 8))
    assert found.days == {Step.SEARCHING: 3, Step.REASONS: 5}
    assert (found.used, found.slowest) == (8, Step.REASONS)


def test_an_open_case_is_counted_up_to_today():
    assert spent(("received", 0), until=day(7)).days == {Step.SEARCHING: 7}
    assert spending([], CALENDAR, MONDAY).total == 0


KINDS = [
    "received", "assigned", "accepted", "sent_back", "searched", "decided", "letter_signed", "served",
    "supplement_requested", "supplemented", "consultation_opened", "consultation_closed", "fee_noticed",
    "fee_paid", "reasons_requested", "reasons_given", "delayed", "extended", "calendar_changed",
]  # fmt: skip
HISTORIES = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 90)), max_size=14)


@given(HISTORIES, st.integers(0, 120))
def test_no_day_is_lost_and_none_counted_twice(drawn, after):
    days = sorted(MONDAY + timedelta(days=number) for _, number in drawn)
    events = [Happened("arrived", MONDAY), *(Happened(k, d) for (k, _), d in zip(drawn, days, strict=True))]
    until = events[-1].on + timedelta(days=after)
    found = spending(events, CALENDAR, until)
    assert found.total == CALENDAR.working_days_between(MONDAY, until)
    assert all(value > 0 for value in found.days.values())
    assert (found.slowest is None) or found.slowest.is_counted


def test_the_slow_steps_are_counted_most_frequent_first():
    slow = [spent(("received", 0), ("answered", 9)), spent(("received", 0), ("decided", 1), ("answered", 9))]
    assert list(slowest_steps([*slow, slow[1]]).items()) == [(Step.APPROVING, 2), (Step.SEARCHING, 1)]


@pytest.fixture
def year(cast):
    """Three closed, one of them late, one open and overdue, one from the year before."""
    there = staff(cast)
    answered(cast, MONDAY, date(2025, 9, 12))
    answered(cast, MONDAY, date(2025, 9, 26), "denied.deliberative")
    late = register(cast, MONDAY).case
    assignment.assign(
        case=late, section=there.section, person=None, by=cast.officer, at=moment(date(2025, 9, 9))
    )
    assignment.claim(case=late, by=fresh(there.clerk), at=moment(date(2025, 10, 9)))
    enter(late, "answered", date(2025, 10, 13), cast.officer, decision="granted.provided")
    overdue = register(cast, date(2025, 9, 15)).case
    answered(cast, date(2024, 12, 20), date(2025, 1, 10))
    return cast, late, overdue


def figures(cast, on=date(2025, 10, 31), of=2025):
    return Statistics(fresh(cast.officer), cast.agency, of, on)


def test_the_figures_of_a_year(year):
    cast, late, overdue = year
    found = figures(cast)
    assert [len(each) for each in (found.received, found.closed, found.still_open)] == [4, 4, 1]
    assert [(each.case, each.late_by) for each in found.late] == [(overdue, 10), (late, 1)]
    assert found.late[1].spent.slowest is Step.ACCEPTING
    assert found.days == [4, 14, 14, 21] and found.median_days == 14 and found.ninth_decile == 21
    received, closed, left = found.by_month()
    assert (received[8], closed[0], closed[9], left[8], left[9]) == (4, 1, 1, 2, 1)
    assert received[10:] == closed[10:] == left[10:] == [None, None]
    assert dict(found.bands())["21–40日"] == 1 and sum(count for _, count in found.bands()) == 4


def test_what_was_open_at_the_end_of_a_year_is_so_for_ever(year):
    cast, *_ = year
    assert len(figures(cast, of=2024).still_open) == 1
    assert years_of(fresh(cast.officer), date(2026, 1, 5)) == [2026, 2025, 2024]


def test_sections_and_steps(year):
    cast, *_ = year
    found = figures(cast)
    rows = {row.label: row for row in found.sections()}
    assert (rows["基础教育科"].closed, rows["基础教育科"].late, rows["没有交办"].still_open) == (1, 1, 1)
    names, steps = found.steps_by_section()
    assert names == ["全部", "基础教育科", "没有交办"]
    assert steps[Step.ACCEPTING][1] == 17


def test_a_transferred_case_and_a_rectification_are_not_counted(cast):
    register(cast, MONDAY, matter="rectification")
    case = register(cast, MONDAY).case
    case.counted = False
    case.save()
    assert figures(cast).received == []


def test_the_page_and_its_files_hold_the_same_figures(year):
    cast, late, _ = year
    page = client_of(cast.officer)
    shown = page.get("/office/statistics/?year=2025").content.decode()
    assert late.number in shown and "<svg" in shown and "style=" not in shown
    book = page.get("/office/statistics/export/xlsx/?agency=edu&year=2025").content
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert "逾期" in sheets.sheet_names
    assert sheets.get_sheet_by_name("逐月").to_python()[1][0] == "1月"
    assert page.get("/office/statistics/export/csv/?agency=edu&year=2025").content.startswith(b"\xef\xbb\xbf")
    assert client_of(cast.stranger).get("/office/statistics/?agency=edu").status_code == 404


def test_a_year_without_cases_is_a_page_too(cast):
    page = client_of(cast.officer).get("/office/statistics/?year=2021").content.decode()
    assert "没有可以画的数字" in page and "没有逾期的案件" in page


def test_how_often_an_offer_made_an_application_needless_is_shown(cast):
    for satisfied in (True, False, False):
        count_offer(agency=cast.agency, satisfied=satisfied, at=moment(MONDAY))
    found = Statistics(cast.officer, cast.agency, 2025, date(2025, 12, 31))
    assert found.offers == (3, 1)
    page = client_of(cast.officer).get("/office/statistics/?year=2025").content.decode()
    assert "网上推荐已公开信息后不再申请" in page and "推荐3次" in page
