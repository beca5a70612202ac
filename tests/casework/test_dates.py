"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.casework.dates import NotADay, parse_day

DAYS = st.dates(min_value=date(1949, 10, 1), max_value=date(2100, 1, 1))
FULL_WIDTH = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@given(DAYS)
def test_every_usual_way_of_writing_a_day_gives_that_day(day: date):
    ways = [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f" {day.year} 年 {day.month} 月 {day.day} 日（周一）",
        f"{day.isoformat()} 09:30",
        f"{day.isoformat()}T09:30:00",
        day.isoformat().translate(FULL_WIDTH),
    ]
    assert [parse_day(way) for way in ways] == [day] * len(ways)


@pytest.mark.parametrize(
    "text", ["", "昨天", "2026", "2026年3月", "3月1日", "2026-3-1-1", "26/3/1", "2026-3/a"]
)
def test_what_is_no_day_is_refused_with_an_example(text: str):
    with pytest.raises(NotADay, match="请写成"):
        parse_day(text)


@pytest.mark.parametrize("text", ["2026-02-29", "2026年13月1日", "20260431", "2026/0/1"])
def test_a_day_that_is_not_in_the_calendar_is_named(text: str):
    with pytest.raises(NotADay, match="没有"):
        parse_day(text)


@given(st.text(max_size=60))
def test_nothing_typed_ever_crashes(text: str):
    try:
        assert isinstance(parse_day(text), date)
    except NotADay as error:
        assert len(str(error)) < 120
