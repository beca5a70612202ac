from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.clock import (
    ConsultationClosed,
    ConsultationOpened,
    Consulted,
    Delayed,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    Received,
    Supplemented,
    SupplementRequested,
    Withdrawn,
    deadline,
)
from gongkai.law.lifecycle import Act
from gongkai.law.limits import TimeLimits
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import WorkingCalendar
from tests.law.properties import for_all
from tests.law.scenario_tables import events_of, scenarios

CALENDAR = WorkingCalendar.load()
LIMITS = TimeLimits.load()
SWITCHES = ("consultation_span", "fee_clock", "reasons_clock", "extension_once_per")

received_days = st.dates(date(2021, 1, 4), date(2025, 6, 30))
day_offsets = st.integers(0, 45)
spans = st.lists(st.tuples(day_offsets, st.integers(0, 25), st.sampled_from(list(Consulted))), max_size=4)


@scenarios("clock")
def test_events_lead_to_the_due_date(row) -> None:
    calendar = WorkingCalendar.load(row.get("region"))
    rules = replace(CountingRules.load(), **{name: row[name] for name in SWITCHES if name in row})
    events = events_of(row["events"])
    found = deadline(events, LIMITS, calendar, rules)
    assert found.due_on == row.get("due_on")
    assert found.state == row["state"]
    assert found.estimated == row.get("estimated", False)
    assert row.get("says", "") in "".join(step.text for step in found.steps)
    assert [step.on for step in found.steps[: len(events)]] == [event.on for event in events]
    assert all(step.text.endswith("。") for step in found.steps)


@scenarios("breaches")
def test_an_unlawful_event_is_refused_with_its_article(row) -> None:
    with pytest.raises(LawBreach) as refused:
        deadline(events_of(row["events"]), LIMITS, CALENDAR)
    assert refused.value.article == row["article"]
    assert row["says"] in refused.value.message
    assert refused.value.message.endswith("。")
    assert row["article"] in str(refused.value)


def consultations(start: date, drawn: list[tuple[int, int, Consulted]]) -> list[Event]:
    """Closed consultations as events in order of their days, openings first."""
    events: list[tuple[date, int, Event]] = []
    for offset, length, consulted in drawn:
        opened = start + timedelta(days=offset)
        closed = opened + timedelta(days=length)
        events.append((opened, 0, ConsultationOpened(opened, consulted)))
        events.append((closed, 1, ConsultationClosed(closed, consulted)))
    return [event for _, _, event in sorted(events, key=lambda entry: entry[:2])]


def due(events: list[Event]) -> date:
    found = deadline(events, LIMITS, CALENDAR).due_on
    assert found is not None
    return found


@for_all(received_days, spans)
def test_the_due_date_is_the_twentieth_day_that_counts(start: date, drawn) -> None:
    """The same answer as walking day by day and ticking off the days that count."""
    excluded = {
        start + timedelta(days=offset + step) for offset, length, _ in drawn for step in range(1, length + 1)
    }
    day, counted = start, 0
    while counted < 20:
        day += timedelta(days=1)
        counted += CALENDAR.is_working_day(day) and day not in excluded
    assert due([Received(start), *consultations(start, drawn)]) == day


@for_all(received_days, spans, st.tuples(day_offsets, st.integers(0, 25), st.sampled_from(list(Consulted))))
def test_one_more_consultation_never_makes_the_answer_due_earlier(start: date, drawn, more) -> None:
    fewer = due([Received(start), *consultations(start, drawn)])
    assert due([Received(start), *consultations(start, [*drawn, more])]) >= fewer


@for_all(received_days, spans)
def test_who_is_asked_does_not_change_the_due_date(start: date, drawn) -> None:
    same = [(offset, length, Consulted.AGENCY) for offset, length, _ in drawn]
    assert due([Received(start), *consultations(start, drawn)]) == due(
        [Received(start), *consultations(start, same)]
    )


@for_all(received_days, st.integers(1, 20), st.integers(0, 20))
def test_an_extension_adds_exactly_its_working_days(start: date, days: int, at: int) -> None:
    base = due([Received(start)])
    on = CALENDAR.add_working_days(start, at)
    extended = due([Received(start), Extended(on, days)])
    assert CALENDAR.working_days_between(base, extended) == days


@for_all(received_days, st.integers(0, 7), st.integers(0, 60), spans)
def test_after_a_supplement_nothing_earlier_matters(start: date, asked: int, waited: int, drawn) -> None:
    asked_on = CALENDAR.add_working_days(start, asked)
    given_on = asked_on + timedelta(days=waited)
    later = consultations(given_on, drawn)
    events = [Received(start), SupplementRequested(asked_on), Supplemented(given_on), *later]
    assert due(events) == due([Received(given_on), *later])


@for_all(received_days, st.integers(0, 20), st.integers(0, 20))
def test_after_payment_a_whole_new_period_runs(start: date, noticed: int, paid: int) -> None:
    noticed_on = CALENDAR.add_working_days(start, noticed)
    paid_on = CALENDAR.add_working_days(noticed_on, paid)
    found = due([Received(start), FeeNoticed(noticed_on), FeePaid(paid_on)])
    assert CALENDAR.working_days_between(paid_on, found) == 20


@for_all(received_days, st.integers(0, 30))
def test_the_clock_stands_exactly_when_the_consultation_opens_in_time(start: date, offset: int) -> None:
    base = due([Received(start)])
    opened = start + timedelta(days=offset)
    found = deadline([Received(start), ConsultationOpened(opened, Consulted.AGENCY)], LIMITS, CALENDAR)
    assert (found.due_on is None) == (opened < base)
    assert found.state == ("awaiting_consultation" if opened < base else "in_progress")


def lawful_history(start: date, drawn: list[tuple[Act, int, int]]) -> tuple[Event, ...]:
    """The drawn acts one after the other, without those that the law refuses."""
    lines, day = [f"{start} received"], start
    for act, later, number in drawn:
        day += timedelta(days=later)
        words = {"extended": str(number), "delayed": str(day + timedelta(days=number))}
        word = "agency" if act is Act.CONSULTATION_OPENED else words.get(act, "")
        try:
            deadline(events_of([*lines, f"{day} {act} {word}"]), LIMITS, CALENDAR)
        except LawBreach as breach:
            assert breach.message.endswith("。")
        else:
            lines.append(f"{day} {act} {word}")
    return events_of(lines)


acts = st.tuples(st.sampled_from(list(Act)), st.integers(0, 8), st.integers(0, 25))


@for_all(received_days, st.lists(acts, max_size=12))
def test_a_due_date_is_missing_only_while_something_is_awaited(start: date, drawn) -> None:
    events = lawful_history(start, drawn)
    found = deadline(events, LIMITS, CALENDAR)
    if found.due_on is None:
        assert found.state.startswith("awaiting") or found.state == "closed"
    else:
        assert found.state in ("in_progress", "closed")
        assert found.due_on > start
    assert [step.on for step in found.steps] == [event.on for event in events]


@for_all(received_days, st.lists(acts, max_size=8), st.integers(1, 60))
def test_a_delayed_day_is_never_earlier_than_the_day_that_was_due(start: date, drawn, days: int) -> None:
    asked = [(Act.REASONS_REQUESTED, 0, 0), (Act.REASONS_GIVEN, 1, 0)]
    events = lawful_history(start, [*asked, *drawn])
    before = deadline(events, LIMITS, CALENDAR).due_on
    on = events[-1].on
    try:
        found = deadline([*events, Delayed(on, on + timedelta(days=days))], LIMITS, CALENDAR)
    except LawBreach:
        return
    assert before is None or found.due_on > before


@for_all(received_days, st.lists(acts, max_size=12))
def test_closing_a_case_never_moves_its_due_date(start: date, drawn) -> None:
    events = lawful_history(start, drawn)
    found = deadline(events, LIMITS, CALENDAR)
    if found.state == "in_progress":
        closed = deadline([*events, Withdrawn(events[-1].on)], LIMITS, CALENDAR)
        assert closed.due_on == found.due_on
