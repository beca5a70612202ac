"""The proof sheet accounts for every day and ends on the day that the clock gives."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from gongkai.law.breach import LawBreach
from gongkai.law.clock import Delayed, Received, deadline
from gongkai.law.clock.proof import Effect, ProofDay, ProofSheet, proof_sheet
from gongkai.law.limits import TimeLimits
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import DayKind, LocalDay, WorkingCalendar
from tests.law.clock.histories import LIMITS, History, histories
from tests.law.scenario_tables import events_of


def sheet(*lines: str, until: date | None = None, days: tuple[LocalDay, ...] = (), region: str | None = None):
    calendar = WorkingCalendar.load(region, days=days)
    return proof_sheet(events_of(list(lines)), TimeLimits.load(), calendar, until=until)


def row(found: ProofSheet, day: date) -> ProofDay:
    return next(each for each in found.days if each.day == day)


def of_history(drawn: History) -> ProofSheet:
    return proof_sheet(drawn.events, LIMITS, drawn.calendar, drawn.rules)


@given(histories)
@settings(max_examples=500, deadline=None)
def test_the_last_day_counted_is_the_due_day_and_its_number_the_allowance(drawn: History):
    found = of_history(drawn)
    numbers = [day.counted for day in found.days if day.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    if found.due_on and not found.named_day:
        assert found.days[-1].day == found.due_on
        assert found.days[-1].counted == found.allowance == len(numbers)
    elif found.due_on:
        assert found.due_on == found.named_day == found.days[-1].day
    else:
        assert found.days == () or found.days[-1].day == drawn.events[-1].on


@given(histories)
@settings(max_examples=300, deadline=None)
def test_the_account_has_no_gap_and_says_of_every_day_why(drawn: History):
    found = of_history(drawn)
    first = found.received_on + timedelta(days=1)
    assert [day.day for day in found.days] == [first + timedelta(days=n) for n in range(len(found.days))]
    assert all(day.reason for day in found.days)
    for day in found.days:
        worked = drawn.calendar.is_working_day(day.day)
        assert (day.effect is Effect.REST) == (not worked) or day.effect is Effect.VOID
        assert (day.counted is not None) == (day.effect is Effect.COUNTED)


@given(histories)
@settings(max_examples=300, deadline=None)
def test_counted_and_left_out_days_make_up_the_working_days_of_the_running_period(drawn: History):
    found = of_history(drawn)
    running = [day for day in found.days if day.day >= found.counted_from]
    if running:
        worked = drawn.calendar.working_days_between(found.counted_from - timedelta(days=1), running[-1].day)
        assert sum(day.effect is not Effect.REST for day in running) == worked
        assert found.excluded_days == sum(day.effect is Effect.EXCLUDED for day in running)
    assert all(day.effect in (Effect.VOID, Effect.STANDING, Effect.REST)
               for day in found.days if day.day < found.counted_from)  # fmt: skip


@given(histories)
@settings(max_examples=200, deadline=None)
def test_the_sheet_and_the_clock_say_the_same(drawn: History):
    found, clock = of_history(drawn), deadline(drawn.events, LIMITS, drawn.calendar, drawn.rules)
    assert (found.due_on, found.state, found.doubts, found.steps) == (
        clock.due_on, clock.state, clock.doubts, clock.steps,
    )  # fmt: skip
    on_the_sheet = [name for day in found.days for name in day.events]
    in_reach = [event for event in drawn.events if found.days and found.received_on < event.on]
    last = found.days[-1].day if found.days else found.received_on
    assert len(on_the_sheet) == sum(event.on <= last for event in in_reach)


def test_a_consultation_is_left_out_day_by_day_with_its_article():
    found = sheet(
        "2025-09-08 received",
        "2025-09-11 consultation_opened third_party",
        "2025-09-26 consultation_closed third_party",
    )
    assert (found.due_on, found.excluded_days, found.allowance) == (date(2025, 10, 27), 11, 20)
    assert found.first_counted_on == date(2025, 9, 9)
    sent, left_out = row(found, date(2025, 9, 11)), row(found, date(2025, 9, 12))
    assert (sent.counted, sent.events) == (3, ("向第三方征求意见",))
    assert left_out.effect is Effect.EXCLUDED
    assert (left_out.article, left_out.reason) == (
        "第三十二条、第三十三条",
        "向第三方征求意见，不计算在期限内",
    )
    assert row(found, date(2025, 9, 26)).events == ("向第三方征求意见结束",)


def test_rest_and_makeup_days_name_their_notice():
    found = sheet("2025-09-15 received", "2025-09-16 extended 5")
    holiday, makeup, weekend = (row(found, date(2025, *day)) for day in ((10, 2), (10, 11), (9, 20)))
    assert (holiday.effect, holiday.kind, holiday.counted) == (Effect.REST, DayKind.HOLIDAY, None)
    assert "国办发明电〔2024〕12号" in holiday.source and "放假" in holiday.reason
    assert (makeup.effect, makeup.reason) == (Effect.COUNTED, "调休上班，计入期限")
    assert "国办发明电〔2024〕12号" in makeup.source
    assert (weekend.effect, weekend.source, weekend.article) == (Effect.REST, "", "")
    assert (found.allowance, found.extension) == (25, 5)


def test_a_regional_festival_and_a_typed_day_say_on_whose_word():
    shutdown = LocalDay(date(2025, 6, 12), False, "因暴雪停止办公", "示例公〔2025〕3号")
    found = sheet("2025-05-19 received", days=(shutdown,), region="65-xinjiang")
    festival, closed = row(found, date(2025, 6, 9)), row(found, shutdown.day)
    assert festival.article == "《全国年节及纪念日放假办法》第四条"
    assert "174号" in festival.source
    assert (closed.kind, closed.reason) == (DayKind.LOCAL_CLOSURE, "因暴雪停止办公，不计入工作日")
    assert closed.source == shutdown.source
    assert found.due_on == date(2025, 6, 23)


def test_what_was_counted_before_a_supplement_is_void():
    found = sheet(
        "2025-04-28 received", "2025-05-12 supplement_requested 2025-05-26", "2025-05-20 supplemented"
    )
    told, waited, again = (row(found, date(2025, 5, day)) for day in (12, 13, 21))
    assert (told.effect, told.article) == (Effect.VOID, "第三十条")
    assert (waited.effect, waited.reason) == (Effect.STANDING, "等待申请人补正，期限停计")
    assert (again.counted, found.counted_from) == (1, date(2025, 5, 21))


def test_what_was_counted_before_the_fee_is_void():
    found = sheet("2024-12-02 received", "2024-12-20 fee_noticed", "2025-01-10 fee_paid")
    assert row(found, date(2024, 12, 20)).reason == "申请人缴费后期限重新计算，此前的计数作废"
    assert row(found, date(2025, 1, 10)).reason == "等待申请人缴费，期限停计"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["2025-04-30 supplement_requested"], "等待申请人补正，期限停计"),
        (["2025-04-30 fee_noticed"], "等待申请人缴费，期限停计"),
        (["2025-04-30 consultation_opened co_maker"], "向共同制作机关征求意见，尚未结束，期限停计"),
    ],
)
def test_while_the_clock_stands_the_account_runs_to_the_day_asked_for(lines, reason):
    found = sheet("2025-04-28 received", *lines, until=date(2025, 5, 9))
    assert found.due_on is None
    assert (found.days[-1].day, found.days[-1].reason) == (date(2025, 5, 9), reason)
    assert row(found, date(2025, 4, 30)).counted == 2
    assert sheet("2025-04-28 received", *lines).days[-1].day == date(2025, 4, 30)


def test_under_the_other_choices_waiting_is_left_out_with_its_reason():
    suspend = replace(CountingRules.load(), fee_clock="suspend", reasons_clock="stands")
    events = ["2025-04-14 received", "2025-04-15 reasons_requested", "2025-04-17 reasons_given"]
    events += ["2025-04-18 fee_noticed", "2025-04-22 fee_paid"]
    found = proof_sheet(events_of(events), LIMITS, WorkingCalendar.load(), suspend)
    assert row(found, date(2025, 4, 16)).reason == "等待申请人说明理由，不计算在期限内"
    assert row(found, date(2025, 4, 22)).reason == "等待申请人缴费，不计算在期限内"
    assert found.excluded_days == 4


def test_days_before_a_delayed_day_are_not_counted():
    found = sheet(
        "2025-04-14 received", "2025-04-21 reasons_requested", "2025-04-28 reasons_given",
        "2025-05-12 delayed 2025-08-29",
    )  # fmt: skip
    assert (found.allowance, found.named_day) == (0, date(2025, 8, 29))
    assert row(found, date(2025, 5, 12)).counted == 18
    assert (row(found, date(2025, 5, 13)).effect, found.days[-1].article) == (Effect.FIXED, "第三十五条")


def test_an_ordered_day_is_reached_without_counting():
    found = proof_sheet([Received(date(2025, 4, 14), date(2025, 4, 30))], LIMITS, WorkingCalendar.load())
    assert {day.effect for day in found.days} == {Effect.FIXED, Effect.REST}
    assert (found.days[-1].day, found.first_counted_on) == (date(2025, 4, 30), None)


def test_a_year_without_a_notice_is_doubted_day_by_day():
    found = sheet("2090-01-02 received")
    assert found.estimated
    assert all("2090年" in day.doubt for day in found.days)


def test_the_sheet_keeps_the_version_of_the_calendar():
    assert sheet("2025-04-14 received").calendar_version == WorkingCalendar.load().version


def test_an_unlawful_history_has_no_sheet():
    with pytest.raises(LawBreach, match="第三十五条"):
        proof_sheet([Received(date(2025, 4, 14)), Delayed(date(2025, 4, 15), date(2025, 8, 1))], LIMITS,
                    WorkingCalendar.load())  # fmt: skip


def test_effects_have_labels():
    assert len({effect.label for effect in Effect}) == len(Effect)
