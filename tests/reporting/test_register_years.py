"""Several years of a register at random, cut every January."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from gongkai.casework.models import Application
from gongkai.reporting import actions
from gongkai.reporting.registers import count_year
from tests.agencies.cast import Cast
from tests.casework.cases import moment
from tests.reporting.counts import holds, report_of
from tests.reporting.registers import (
    answered,
    received,
    rows,
)


@pytest.mark.parametrize("seed", range(3))
def test_over_the_years_every_cell_is_the_count_of_the_log(cast: Cast, seed: int):
    """A year is entered day by day and cut in January; some of it is entered after the cut."""
    random = Random(seed)
    decisions = ["granted.provided", "denied.deliberative", "unable_to_provide.nonexistent"]
    row_of = {
        "granted.provided": "granted",
        "denied.deliberative": "denied.deliberative",
        "unable_to_provide.nonexistent": "unable_to_provide.not_held",
    }
    entries: list[tuple[date, int, str]] = []
    lives: dict[int, tuple[date, date, date, date, str]] = {}
    for number in range(30):
        day = date(2022, 1, 10) + timedelta(days=random.randrange(3 * 365))
        entered = day + timedelta(days=random.choice([0, 0, 20]))
        closed = day + timedelta(days=random.choice([0, 15, 25, 200]))
        logged = max(entered, closed) + timedelta(days=random.choice([0, 0, 25]))
        lives[number] = (day, entered, closed, logged, random.choice(decisions))
        entries += [(entered, number, "enter"), (logged, number, "answer")]
    entries += [(date(year + 1, 1, 12), year, "cut") for year in (2022, 2023, 2024)]

    cases: dict[int, Application] = {}
    for _, number, act in sorted(entries, key=lambda entry: (entry[0], entry[2] != "enter", entry[1])):
        if act == "cut":
            actions.take_cut(
                agency=cast.agency, year=number, by=cast.head, at=moment(date(number + 1, 1, 12), 23)
            )
            continue
        day, entered, closed, logged, decision = lives[number]
        if act == "enter":
            cases[number] = received(cast, day.isoformat(), entered=entered.isoformat())
        else:
            answered(cases[number], closed.isoformat(), decision, entered=logged.isoformat())

    carried: set[int] = set()
    done: set[int] = set()
    for year in (2022, 2023, 2024):
        cut_day, last = date(year + 1, 1, 12), date(year, 12, 31)
        expected: Counter[str] = Counter(brought_forward=len(carried))
        for number, (day, entered, closed, logged, decision) in lives.items():
            if number in done or entered > cut_day or day > last:
                continue
            expected["new_received"] += number not in carried
            if closed <= last and logged <= cut_day:
                expected[row_of[decision]] += 1
                expected["handled_total"] += 1
                done.add(number)
                carried.discard(number)
            else:
                expected["carried_forward"] += 1
                carried.add(number)
        count = count_year(cast.agency, year)
        assert count and count.cut and holds(count.counted, year)
        assert rows(cast, year) == +expected
        assert {case.pk for n, case in cases.items() if n in carried} == set(
            count.counted.cells["table3.carried_forward.total"]
        )
        assert report_of(count.counted, year)["table3.new_received.total"] == expected["new_received"]
