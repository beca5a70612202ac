"""A changed calendar: which cases move, both ways, and which become unlawful."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.clock import deadline
from gongkai.law.clock.change import MovedDeadline, moved
from gongkai.law.workdays import LocalDay, WorkingCalendar
from tests.law.clock.histories import LIMITS, histories
from tests.law.scenario_tables import events_of

BEFORE = WorkingCalendar.load()
typed_days = st.lists(
    st.builds(
        LocalDay,
        st.dates(date(2019, 5, 15), date(2027, 12, 31)),
        st.booleans(),
        st.just("示例"),
        st.just("示例公〔2025〕3号"),
    ),
    max_size=60,
)


def changed(*days: date, worked: bool = False) -> WorkingCalendar:
    return WorkingCalendar.load(days=[LocalDay(day, worked, "示例", "示例公〔2025〕3号") for day in days])


def move(*lines: str, after: WorkingCalendar, before: WorkingCalendar = BEFORE) -> list[MovedDeadline[str]]:
    return moved([("一号", events_of(list(lines)))], before, after, LIMITS)


def test_a_shutdown_moves_the_cases_that_run_over_it():
    after = changed(date(2025, 9, 10))
    (found,) = move("2025-09-08 received", after=after)
    assert (found.id, found.was, found.becomes) == ("一号", date(2025, 10, 11), date(2025, 10, 13))
    assert not found.is_earlier
    assert move("2025-09-10 received", after=after) == []
    assert move("2025-08-01 received", after=after) == []


def test_a_made_up_workday_brings_the_due_day_forward():
    (found,) = move("2025-09-08 received", after=changed(date(2025, 9, 13), worked=True))
    assert (found.was, found.becomes) == (date(2025, 10, 11), date(2025, 10, 10))
    assert found.is_earlier


def test_nothing_moves_where_no_day_changes_hands():
    assert move("2025-09-08 received", after=changed(date(2025, 9, 13))) == []


def test_an_act_that_the_new_calendar_makes_unlawful_is_told_not_raised():
    after = changed(date(2025, 9, 13), worked=True)
    (found,) = move("2025-09-08 received", "2025-10-11 extended 5", after=after)
    assert (found.was, found.becomes, found.becomes_state) == (date(2025, 10, 17), None, "")
    assert found.breach.article == "第三十三条" and "届满" in found.breach.message
    (back,) = move("2025-09-08 received", "2025-10-11 extended 5", before=after, after=BEFORE)
    assert (back.was, back.becomes, back.breach) == (None, date(2025, 10, 17), None)
    assert "届满" in back.was_breach.message
    assert not back.is_earlier


def test_a_case_that_is_unlawful_either_way_does_not_move():
    assert move("2025-09-08 received", "2025-09-09 fee_paid", after=changed(date(2025, 9, 10))) == []


def test_a_standing_clock_may_begin_to_run():
    after = changed(date(2025, 9, 13), worked=True)
    (found,) = move("2025-09-08 received", "2025-10-10 consultation_opened agency", after=after)
    assert (found.was_state, found.becomes_state) == ("awaiting_consultation", "in_progress")
    assert (found.was, found.becomes) == (None, date(2025, 10, 10))
    assert found.is_earlier


@given(st.lists(histories, max_size=8), typed_days, typed_days)
@settings(max_examples=150, deadline=None)
def test_listed_are_exactly_the_cases_that_move(drawn, days_before, days_after):
    """The same as reckoning every case twice."""
    before, after = WorkingCalendar.load(days=days_before), WorkingCalendar.load(days=days_after)
    cases = [(number, history.events) for number, history in enumerate(drawn)]

    def stands(events, calendar):
        try:
            found = deadline(events, LIMITS, calendar)
        except LawBreach:
            return "unlawful"
        return found.due_on, found.state

    naive = [number for number, events in cases if stands(events, before) != stands(events, after)]
    assert [found.id for found in moved(cases, before, after, LIMITS)] == naive


@given(histories, st.integers(0, 90))
@settings(max_examples=100, deadline=None)
def test_one_more_day_off_never_makes_a_counted_case_due_earlier(history, offset):
    day = history.events[0].on + timedelta(days=offset)
    for found in moved([(1, history.events)], BEFORE, changed(day), LIMITS):
        assert not found.is_earlier
