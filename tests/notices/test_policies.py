"""When a message may go out, as tables an officer can check."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.notices.kinds import Kind, UnknownKind, kind_of, register
from gongkai.notices.policies import masked, open_from, wait_after
from gongkai.notices.schedule import next_run

HERE = ZoneInfo("Asia/Shanghai")
moments = st.integers(0, 16 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2019, 1, 1, tzinfo=HERE) + timedelta(seconds=seconds)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("quiet", "now", "goes_out"),
    [
        ("22:00-08:00", "02T21:59", "02T21:59"),
        ("22:00-08:00", "02T22:00", "03T08:00"),
        ("22:00-08:00", "02T23:59", "03T08:00"),
        ("22:00-08:00", "03T00:00", "03T08:00"),
        ("22:00-08:00", "03T07:59", "03T08:00"),
        ("22:00-08:00", "03T08:00", "03T08:00"),
        ("22:00-08:00", "31T23:00", "32T08:00"),
        ("12:00-14:00", "02T11:59", "02T11:59"),
        ("12:00-14:00", "02T12:00", "02T14:00"),
        ("12:00-14:00", "02T14:00", "02T14:00"),
        ("00:00-00:00", "02T00:00", "02T00:00"),
        ("09:00-09:00", "02T09:00", "02T09:00"),
    ],
)
def test_quiet_hours(quiet: str, now: str, goes_out: str):
    quiet_from, quiet_until = map(time.fromisoformat, quiet.split("-"))
    wanted = at("31T08:00") + timedelta(days=1) if goes_out.startswith("32") else at(goes_out)
    assert open_from(at(now), quiet_from, quiet_until) == wanted


def test_the_hours_are_the_offices_whatever_the_zone_of_the_moment():
    late_here = datetime(2026, 3, 2, 15, 0, tzinfo=ZoneInfo("UTC"))
    assert open_from(late_here, time(22), time(8)) == at("03T08:00")


@given(moments, st.times(), st.times())
def test_nothing_goes_out_early_at_night_or_more_than_a_day_late(now: datetime, start: time, end: time):
    opens = open_from(now, start, end)
    assert now <= opens <= now + timedelta(days=1)
    assert open_from(opens, start, end) == opens


def test_an_attempt_in_vain_is_followed_by_longer_and_longer_waits_and_then_by_none():
    minutes = [wait.total_seconds() / 60 if (wait := wait_after(n)) else None for n in range(1, 7)]
    assert minutes == [1, 5, 30, 120, None, None]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("shifan@example.cn", "s*****@example.cn"),
        ("13800000000", "138****0000"),
        ("12345", "****"),
    ],
)
def test_an_address_is_shown_masked(address: str, shown: str):
    assert masked(address) == shown


@pytest.mark.parametrize(
    ("timetable", "after", "next_moment"),
    [
        ({"minutes": 5}, "02T10:00", "02T10:05"),
        ({"hour": 2, "minute": 10}, "02T01:00", "02T02:10"),
        ({"hour": 2, "minute": 10}, "02T02:10", "03T02:10"),
        ({"hour": 2}, "02T23:00", "03T02:00"),
    ],
)
def test_the_next_moment_of_a_recurring_task(timetable: dict, after: str, next_moment: str):
    assert next_run(timetable, at(after)) == at(next_moment)


@given(moments)
def test_a_nightly_task_runs_once_in_each_day(after: datetime):
    first = next_run({"hour": 2, "minute": 10}, after)
    second = next_run({"hour": 2, "minute": 10}, first)
    assert after < first <= after + timedelta(days=1)
    assert second.date() - first.date() == timedelta(days=1)
    assert isinstance(first.date(), date) and (first.hour, first.minute) == (2, 10)


def test_a_kind_is_registered_once():
    register(kind_of("overdue"))
    with pytest.raises(ValueError, match="已经逾期"):
        register(Kind("overdue", "别的意思"))
    with pytest.raises(UnknownKind):
        kind_of("never_heard_of")
