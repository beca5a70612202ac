from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.notices import LocalDay, SettledYear, load_notices, regions
from gongkai.law.rulebook import list_tables, read_table
from gongkai.law.workdays import DayKind, WorkingCalendar
from tests.law.properties import for_all
from tests.law.scenario_tables import scenarios

CALENDAR = WorkingCalendar.load()
days = st.dates(date(2005, 1, 1), date(2080, 12, 31))
lengths = st.integers(0, 400)


@pytest.mark.parametrize("name", list_tables("workdays"))
def test_every_day_agrees_with_chinesecalendar(name: str) -> None:
    year = read_table("workdays", name)["year"]
    first = date(year, 1, 1)
    if first > max(chinese_calendar.holidays):
        pytest.skip(f"chinesecalendar does not know {year} yet")
    for offset in range((date(year + 1, 1, 1) - first).days):
        day = first + timedelta(days=offset)
        assert CALENDAR.is_working_day(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize("name", list_tables("workdays"))
def test_every_year_names_its_notices(name: str) -> None:
    table = read_table("workdays", name)
    assert f"{table['year']}.toml" == name
    for notice in table["notices"]:
        assert bool(notice["notice"]) == (notice["notice_status"] == "verified")
        for holiday in notice["holidays"]:
            assert abs(holiday["first"].year - table["year"]) <= 1
            assert all(day.weekday() >= 5 for day in holiday.get("makeup_workdays", ()))


@scenarios("regional_calendar")
def test_a_region_counts_its_own_festivals(row, national, xinjiang) -> None:
    assert national.add_working_days(row["received_on"], 20) == row["national"]
    assert xinjiang.add_working_days(row["received_on"], 20) == row["xinjiang"]
    known = {entry["year"] for entry in read_table("regions", "65-xinjiang.toml")["years"] if entry["known"]}
    doubts = xinjiang.doubts_between(row["received_on"], row["xinjiang"])
    assert len(doubts) == len({row["received_on"].year, row["xinjiang"].year} - known)
    assert not national.doubts_between(row["received_on"], row["national"])


@for_all(days, lengths)
def test_counting_undoes_adding(start: date, length: int) -> None:
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, length)) == length


@for_all(days, st.integers(1, 400))
def test_a_period_ends_on_a_working_day_later_than_its_start(start: date, length: int) -> None:
    end = CALENDAR.add_working_days(start, length)
    assert end > start
    assert CALENDAR.is_working_day(end)


@for_all(days, lengths, lengths)
def test_two_periods_in_a_row_are_one_long_one(start: date, first: int, second: int) -> None:
    middle = CALENDAR.add_working_days(start, first)
    assert CALENDAR.add_working_days(middle, second) == CALENDAR.add_working_days(start, first + second)


@for_all(days, st.integers(0, 90))
def test_counting_equals_looking_at_every_day(start: date, span: int) -> None:
    end = start + timedelta(days=span)
    worked = [fact for fact in CALENDAR.days_between(start, end) if fact.is_working_day]
    assert CALENDAR.working_days_between(start, end) == len(worked)
    assert CALENDAR.working_days_between(end, start) == -len(worked)


@for_all(days)
def test_the_nearest_working_days_enclose_a_day(day: date) -> None:
    before, after = CALENDAR.on_or_before(day), CALENDAR.on_or_after(day)
    assert before <= day <= after
    assert (before == after) == CALENDAR.is_working_day(day)
    assert CALENDAR.working_days_between(before, after) == (before != after)


def test_a_period_of_no_days_ends_where_it_starts(national) -> None:
    assert national.add_working_days(date(2025, 10, 1), 0) == date(2025, 10, 1)


def test_a_period_has_no_negative_length(national) -> None:
    with pytest.raises(ValueError, match="negative"):
        national.add_working_days(date(2025, 10, 1), -1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar: calendar.is_working_day(date(1999, 12, 31)),
        lambda calendar: calendar.is_working_day(date(2100, 1, 1)),
        lambda calendar: calendar.add_working_days(date(2099, 12, 31), 1),
        lambda calendar: calendar.on_or_before(date(2000, 1, 1)),
    ],
)
def test_days_outside_the_calendar_are_refused_in_one_sentence(ask, national) -> None:
    with pytest.raises(LawBreach, match="2000年至2099年"):
        ask(national)


@pytest.mark.parametrize(
    ("day", "kind", "festival", "notice"),
    [
        (date(2025, 10, 9), DayKind.WORKDAY, "", ""),
        (date(2025, 10, 12), DayKind.WEEKEND, "", ""),
        (date(2025, 10, 4), DayKind.HOLIDAY, "国庆节、中秋节", "国办发明电〔2024〕12号"),
        (date(2025, 10, 11), DayKind.MAKEUP_WORKDAY, "国庆节、中秋节", "国办发明电〔2024〕12号"),
        (date(2020, 2, 1), DayKind.HOLIDAY, "春节", "国办发明电〔2020〕1号"),
        (date(2019, 5, 3), DayKind.HOLIDAY, "劳动节", "国办发明电〔2019〕3号"),
        (date(2025, 6, 9), DayKind.REGIONAL_HOLIDAY, "古尔邦节", "自治区人民政府令第174号"),
    ],
)
def test_a_day_says_what_it_is_and_on_whose_word(day, kind, festival, notice, xinjiang) -> None:
    fact = xinjiang.describe(day)
    assert (fact.kind, fact.festival, fact.doubt) == (kind, festival, "")
    assert notice in fact.source
    assert fact.kind.label


def test_a_year_without_a_notice_is_an_estimate_and_says_why(national, xinjiang) -> None:
    (doubt,) = national.doubts_between(date(2090, 1, 1), date(2090, 1, 4))
    assert doubt.startswith("2090年的国家放假通知尚未载入")
    assert national.doubts_between(date(2019, 1, 1), date(2026, 12, 31)) == ()
    assert len(xinjiang.doubts_between(date(2090, 1, 1), date(2091, 12, 31))) == 4
    assert "2090年" in national.describe(date(2090, 3, 1)).doubt


def test_an_unknown_region_is_refused_with_the_known_ones() -> None:
    with pytest.raises(LawBreach, match=r"“99-nowhere”.*65-xinjiang"):
        WorkingCalendar.load("99-nowhere")


def test_every_region_loads() -> None:
    assert [WorkingCalendar.load(region).region for region in regions()] == list(regions())


NATIONAL_2090 = """
year = 2090
[[notices]]
title = "某单位自行录入的2090年安排"
notice = ""
notice_status = "unverified"
[[notices.holidays]]
name = "元旦"
first = 2090-01-01
last = 2090-01-03
"""
XINJIANG_2024 = """
region = "65-xinjiang"
name = "新疆维吾尔自治区"
rule = "某单位自行录入"
[[years]]
year = 2024
known = true
notice = "某通知"
[[years.holidays]]
name = "古尔邦节"
first = 2024-06-17
last = 2024-06-19
makeup_workdays = [2024-06-22]
"""


def test_an_office_enters_the_next_years_notice_itself(tmp_path: Path) -> None:
    own = tmp_path / "2090.toml"
    own.write_text(NATIONAL_2090, "utf-8")
    calendar = WorkingCalendar.load(extra=[own])
    assert not calendar.is_working_day(date(2090, 1, 1))
    assert calendar.doubts_between(date(2090, 1, 1), date(2090, 12, 31)) == ()
    assert "文号待核" in calendar.describe(date(2090, 1, 1)).source


def test_an_office_enters_its_regions_festivals_itself(tmp_path: Path) -> None:
    own = tmp_path / "xinjiang-2024.toml"
    own.write_text(XINJIANG_2024, "utf-8")
    calendar = WorkingCalendar.load("65-xinjiang", [own])
    assert calendar.describe(date(2024, 6, 18)).kind is DayKind.REGIONAL_HOLIDAY
    assert calendar.describe(date(2024, 6, 22)).kind is DayKind.MAKEUP_WORKDAY
    assert calendar.doubts_between(date(2024, 1, 1), date(2024, 12, 31)) == ()
    assert WorkingCalendar.load(extra=[own]).is_working_day(date(2024, 6, 18))


@pytest.mark.parametrize(
    "text",
    [
        "这不是通知",
        "year = 2090",
        "notices = 3\nyear = 2090",
        NATIONAL_2090.replace("last = 2090-01-03", "last = 2089-12-03"),
        NATIONAL_2090.replace("last = 2090-01-03", "last = 2090-12-31"),
        NATIONAL_2090.replace("first = 2090-01-01", 'first = "元旦"'),
    ],
)
def test_a_faulty_notice_file_is_refused_by_name(text: str, tmp_path: Path) -> None:
    own = tmp_path / "坏通知.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(LawBreach, match=r"坏通知\.toml"):
        WorkingCalendar.load(extra=[own])


def test_a_missing_notice_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LawBreach, match=r"没有\.toml"):
        WorkingCalendar.load(extra=[tmp_path / "没有.toml"])


CLOSED = LocalDay(date(2025, 9, 10), False, "因暴雪停止办公", "示例公〔2025〕3号")


def test_a_day_the_office_typed_in_is_off_and_says_on_whose_word(national) -> None:
    calendar = WorkingCalendar.load(days=[CLOSED])
    assert national.add_working_days(date(2025, 9, 8), 20) == date(2025, 10, 11)
    assert calendar.add_working_days(date(2025, 9, 8), 20) == date(2025, 10, 13)
    fact = calendar.describe(CLOSED.day)
    assert (fact.kind, fact.festival, fact.source) == (DayKind.LOCAL_CLOSURE, CLOSED.why, CLOSED.source)
    assert not fact.is_working_day
    assert fact.kind.label == "当地停止办公"


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (LocalDay(date(2025, 10, 9), False, "国庆节", "迟到的通知", "national"), DayKind.HOLIDAY),
        (LocalDay(date(2025, 10, 9), False, "古尔邦节", "当地通知", "regional"), DayKind.REGIONAL_HOLIDAY),
        (LocalDay(date(2025, 10, 18), True, "调休", "迟到的通知", "national"), DayKind.MAKEUP_WORKDAY),
        (LocalDay(date(2025, 10, 8), True, "照常上班", "迟到的通知", "national"), DayKind.WORKDAY),
    ],
)
def test_a_typed_day_wins_over_the_notices(day: LocalDay, kind: DayKind) -> None:
    calendar = WorkingCalendar.load(days=[day])
    assert calendar.describe(day.day).kind is kind
    assert calendar.is_working_day(day.day) is day.worked


def test_of_two_words_on_a_day_the_later_holds(national) -> None:
    calendar = WorkingCalendar.load(days=[CLOSED, replace(CLOSED, worked=True)])
    assert calendar.is_working_day(CLOSED.day)
    assert calendar.changed_days(national) == ()


def test_a_year_stays_in_doubt_until_the_office_says_that_it_is_complete() -> None:
    festival = LocalDay(date(2026, 5, 27), False, "古尔邦节", "示例通知", "regional")
    saturday = LocalDay(date(2027, 2, 20), True, "春节调休", "示例通知", "national")
    some = WorkingCalendar.load("65-xinjiang", days=[festival, saturday])
    settled = [SettledYear(2026, "regional"), SettledYear(2027, "regional"), SettledYear(2027, "national")]
    whole = WorkingCalendar.load("65-xinjiang", days=[festival, saturday], settled=settled)
    assert len(some.doubts_between(date(2026, 1, 1), date(2027, 12, 31))) == 3
    assert whole.doubts_between(date(2026, 1, 1), date(2027, 12, 31)) == ()
    assert some.describe(date(2026, 5, 28)).doubt and not some.describe(festival.day).doubt
    assert not some.describe(saturday.day).doubt


def test_a_typed_day_out_of_range_is_refused_in_one_sentence() -> None:
    with pytest.raises(LawBreach, match="2000年至2099年"):
        WorkingCalendar.load(days=[replace(CLOSED, day=date(1999, 1, 1))])


def test_the_version_tells_calendars_apart_and_stays_the_same() -> None:
    drawn = [
        WorkingCalendar.load(),
        WorkingCalendar.load("65-xinjiang"),
        WorkingCalendar.load(days=[CLOSED]),
        WorkingCalendar.load(days=[replace(CLOSED, source="另一份文件")]),
        WorkingCalendar.load(days=[CLOSED], settled=[SettledYear(2027, "national")]),
    ]
    assert len({calendar.version for calendar in drawn}) == len(drawn)
    again = WorkingCalendar(load_notices(None, days=(CLOSED,)))
    assert again.version == drawn[2].version
    assert len(again.version) == 12


def test_calendars_differ_on_the_days_that_changed(national) -> None:
    weekend = LocalDay(date(2025, 9, 13), False, "本来就休息", "示例公〔2025〕3号")
    assert WorkingCalendar.load(days=[CLOSED, weekend]).changed_days(national) == (CLOSED.day,)
