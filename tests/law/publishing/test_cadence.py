"""When an item is due next, and how its light stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.catalog import Cadence, publication_due
from gongkai.law.limits import TimeLimits
from gongkai.law.publishing.cadence import (
    Cycle,
    Duty,
    Light,
    Milestone,
    Period,
    light,
    next_due,
    withdrawal_due,
)
from gongkai.law.publishing.switches import PublishingRules
from gongkai.law.workdays import WorkingCalendar

SINCE = date(2025, 1, 2)
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))


def periodic(cycle, **changed):
    return Duty(**{"cadence": Cadence.PERIODIC, "since": SINCE, "cycle": cycle} | changed)


def test_what_was_formed_is_due_twenty_working_days_later(limits, national):
    duty = Duty(Cadence.AD_HOC, SINCE, changed_on=date(2026, 8, 31))
    found = next_due(duty, limits, national)
    assert (found.due.due_on, found.due.article) == (date(2026, 9, 28), "第二十六条")
    assert found.sentence == (
        "信息于2026年8月31日形成或者变更，应当自该日起20个工作日内公开，最迟2026年9月28日。"
    )


def test_another_laws_limit_goes_before_the_twenty_days(limits, national):
    duty = Duty(Cadence.AD_HOC, SINCE, changed_on=date(2025, 6, 3), override=(7, "某法第九条"))
    found = next_due(duty, limits, national)
    assert (found.due.due_on, found.due.article) == (date(2025, 6, 12), "某法第九条")
    assert "7个工作日" in found.sentence


def test_what_was_published_since_is_not_due(limits, national):
    for published in (date(2025, 6, 3), date(2025, 6, 10)):
        duty = Duty(Cadence.AD_HOC, SINCE, last_published_on=published, changed_on=date(2025, 6, 3))
        assert next_due(duty, limits, national) is None
    duty = Duty(Cadence.AD_HOC, SINCE, last_published_on=date(2025, 6, 2), changed_on=date(2025, 6, 3))
    assert next_due(duty, limits, national).due.due_on == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("cycle", "published", "due"),
    [
        (Cycle(Period.MONTHLY, 10), date(2025, 3, 4), date(2025, 4, 10)),
        (Cycle(Period.MONTHLY, 31), date(2025, 8, 29), date(2025, 9, 30)),
        (Cycle(Period.QUARTERLY, 15), date(2025, 6, 30), date(2025, 7, 15)),
        (Cycle(Period.QUARTERLY, 20, 3), date(2025, 1, 6), date(2025, 6, 20)),
        (Cycle(Period.HALF_YEARLY, 31, 1), date(2025, 3, 3), date(2025, 7, 31)),
        (Cycle(Period.YEARLY, 31, 3), date(2025, 4, 20), date(2026, 3, 31)),
        (Cycle(Period.YEARLY, 31, 3), date(2024, 12, 30), date(2025, 3, 31)),
        (Cycle(Period.YEARLY, 31, 1), date(2025, 1, 20), date(2026, 1, 30)),
    ],
)
def test_a_periodic_item_is_due_in_the_period_after_the_one_it_was_published_in(
    cycle, published, due, limits, national
):
    found = next_due(periodic(cycle, last_published_on=published), limits, national)
    assert found.due.due_on == due
    assert found.sentence.startswith(f"按{cycle.text}定期公开，这一期最迟")


def test_a_cycle_reads_as_a_clerk_says_it():
    assert [
        Cycle(Period.MONTHLY, 10).text,
        Cycle(Period.QUARTERLY, 15).text,
        Cycle(Period.HALF_YEARLY, 20, 6).text,
        Cycle(Period.YEARLY, 31, 3).text,
    ] == ["每月10日前", "每季度第1个月15日前", "每半年第6个月20日前", "每年3月31日前"]


@given(st.sampled_from(Period), st.integers(1, 31), st.integers(1, 12))
def test_a_cycle_is_read_again_from_its_code(period, day, month):
    cycle = Cycle(period, day, min(month, period.months))
    assert Cycle.from_code(cycle.code) == cycle
    assert len(cycle.code) <= 20


@pytest.mark.parametrize("code", ["", "monthly", "monthly-1", "weekly-1-1", "monthly-2-1", "yearly-1-x"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError):
        Cycle.from_code(code)


def test_a_day_of_rest_moves_the_day_forward_or_back_as_the_office_chose(limits, national):
    duty = periodic(Cycle(Period.MONTHLY, 4), last_published_on=date(2025, 9, 3))
    assert next_due(duty, limits, national).due.due_on == date(2025, 9, 30)
    after = PublishingRules("10", "12", "ever", "after")
    assert next_due(duty, limits, national, after).due.due_on == date(2025, 10, 9)


def test_a_new_duty_is_not_late_on_its_first_day(limits, national):
    cycle = Cycle(Period.YEARLY, 31, 3)
    begun_in_may = next_due(periodic(cycle, since=date(2025, 5, 6)), limits, national)
    assert begun_in_may.due.due_on == date(2026, 3, 31)
    begun_that_day = next_due(periodic(cycle, since=date(2025, 3, 31)), limits, national)
    assert begun_that_day.due.due_on == date(2025, 3, 31)
    begun_in_time = next_due(periodic(cycle), limits, national)
    assert begun_in_time.due.due_on == date(2025, 3, 31)


def test_a_change_in_between_does_not_wait_for_the_next_period(limits, national):
    duty = periodic(
        Cycle(Period.YEARLY, 31, 3), last_published_on=date(2025, 3, 20), changed_on=date(2025, 6, 3)
    )
    assert next_due(duty, limits, national).due.due_on == date(2025, 7, 1)


def test_a_day_beyond_the_known_notices_is_an_estimate(limits, national):
    found = next_due(periodic(Cycle(Period.YEARLY, 31, 3), since=date(2027, 1, 4)), limits, national)
    assert found.due.estimated


@pytest.mark.parametrize(
    ("period", "day", "month"), [("monthly", 0, 1), ("monthly", 5, 2), ("yearly", 32, 1)]
)
def test_a_cycle_has_only_days_that_exist(period, day, month):
    with pytest.raises(LawBreach, match="公开周期里没有"):
        Cycle(Period(period), day, month)


def test_a_periodic_item_needs_its_cycle(limits, national):
    with pytest.raises(LawBreach, match="没有填写公开周期"):
        next_due(Duty(Cadence.PERIODIC, SINCE), limits, national)


STAGES = (
    Milestone("plan", "招生方案", date(2025, 3, 3), date(2025, 3, 5), date(2025, 3, 10)),
    Milestone("list", "录取名单", date(2025, 7, 10), date(2025, 7, 14)),
    Milestone("summary", "招生总结", date(2025, 9, 1)),
    Milestone("later", "未定"),
)


def test_a_staged_item_is_due_by_its_first_stage_reached_and_not_published(limits, national):
    found = next_due(Duty(Cadence.STAGED, SINCE, milestones=STAGES), limits, national)
    assert (found.due.due_on, found.milestone, found.planned) == (date(2025, 8, 11), "list", False)
    assert found.sentence == "“录取名单”已于2025年7月14日完成，最迟2025年8月11日公开。"


def test_a_stage_that_lies_ahead_is_due_by_its_plan(limits, national):
    found = next_due(Duty(Cadence.STAGED, SINCE, milestones=STAGES[2:]), limits, national)
    assert (found.due.due_on, found.milestone, found.planned) == (date(2025, 9, 28), "summary", True)
    assert found.sentence.startswith("“招生总结”预计2025年9月1日完成")


def test_a_staged_item_with_every_stage_published_is_due_no_more(limits, national):
    assert next_due(Duty(Cadence.STAGED, SINCE, milestones=STAGES[:1]), limits, national) is None


DUTIES = st.builds(
    Duty,
    cadence=st.just(Cadence.PERIODIC),
    since=DAYS,
    last_published_on=st.none() | DAYS,
    changed_on=DAYS,
    cycle=st.builds(Cycle, st.sampled_from(Period), st.integers(1, 31)),
)


@given(DUTIES, st.sampled_from(["before", "after"]))
def test_no_cadence_allows_more_than_the_law(duty, rest):
    limits, calendar = TimeLimits.load(), WorkingCalendar.load()
    found = next_due(duty, limits, calendar, PublishingRules("10", "12", "ever", rest))
    if duty.last_published_on is None or duty.last_published_on < duty.changed_on:
        assert found.due.due_on <= publication_due(duty.changed_on, limits, calendar).due_on
    else:
        assert calendar.is_working_day(found.due.due_on)


def test_a_penalty_found_unlawful_is_taken_down_in_three_working_days(limits, national):
    found = withdrawal_due(date(2025, 9, 29), limits, national)
    assert (found.due_on, found.article) == (date(2025, 10, 10), "《行政处罚法》第四十八条")
    with pytest.raises(LawBreach):
        withdrawal_due(date(2021, 7, 14), limits, national)


@pytest.mark.parametrize(
    ("today", "shown", "days", "ending"),
    [
        (date(2025, 9, 8), Light.GREEN, 12, "还有12个工作日。"),
        (date(2025, 9, 10), Light.YELLOW, 10, "已到黄牌（10个工作日以内）。"),
        (date(2025, 9, 9), Light.GREEN, 11, "还有11个工作日。"),
        (date(2025, 9, 18), Light.YELLOW, 4, "已到黄牌（10个工作日以内）。"),
        (date(2025, 9, 19), Light.RED, 3, "已到红牌（3个工作日以内）。"),
        (date(2025, 9, 22), Light.RED, 2, "已到红牌（3个工作日以内）。"),
        (date(2025, 9, 24), Light.RED, 0, "今天是最后一天，已到红牌（3个工作日以内）。"),
        (date(2025, 9, 26), Light.OVERDUE, -2, "已逾期2个工作日，请尽快公开。"),
    ],
)
def test_the_light_turns_as_the_day_comes_near(today, shown, days, ending, national):
    found = light(date(2025, 9, 24), today, 10, 3, national)
    assert (found.light, found.days) == (shown, days)
    assert found.sentence.endswith(ending)


def test_late_by_a_weekend_is_late(national):
    found = light(date(2025, 9, 12), date(2025, 9, 13), 10, 3, national)
    assert (found.light, found.days) == (Light.OVERDUE, 0)
    assert found.sentence == "最迟应当在2025年9月12日公开，已逾期，请尽快公开。"


def test_nothing_due_is_green(national):
    found = light(None, date(2025, 9, 8), 10, 3, national)
    assert (found.light, found.days, found.sentence) == (Light.GREEN, 0, "现在没有到期要公开的内容。")


@pytest.mark.parametrize("days", [0, 5])
def test_yellow_and_red_may_come_together(days, national):
    assert light(date(2025, 9, 24), date(2025, 9, 24), days, days, national).light is Light.RED


@pytest.mark.parametrize(("yellow", "red"), [(3, 10), (3, -1)])
def test_red_comes_after_yellow(yellow, red, national):
    with pytest.raises(LawBreach, match="红牌"):
        light(None, date(2025, 9, 8), yellow, red, national)


def test_periods_and_lights_have_labels():
    assert [period.label for period in Period] == ["每月", "每季度", "每半年", "每年"]
    assert [shown.label for shown in Light] == ["正常", "临近", "紧迫", "逾期"]
