"""Random lawful histories of remedies: wherever they lead, stage, column and clocks follow from them."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.remedies import remedy_results
from gongkai.law.respondent import RemedyEvent as Move
from gongkai.law.respondent import RemedyStage, lawful_events, stage_after
from gongkai.law.workdays import WorkingCalendar
from gongkai.remedies.actions.results import first_results
from gongkai.remedies.models import RemedyEvent
from gongkai.remedies.reckoning import Course

Kind = RemedyEvent.Kind
CALENDAR = WorkingCalendar.load()
FILED = date(2025, 3, 3)


@st.composite
def histories(draw) -> tuple[str, list[RemedyEvent], RemedyStage, str | None]:
    """A forum, its events in order, the stage they lead to and the latest result."""
    forum = draw(st.sampled_from(["reconsideration", "litigation"]))
    codes = [code for code, _ in first_results(forum)]
    day, events = FILED, [_event(1, Kind.FILED, FILED)]
    events.append(
        _event(2, Kind.NOTIFIED, FILED, procedure=draw(st.sampled_from(["ordinary", "simplified"])))
    )
    stage, result = RemedyStage.FILED, None
    for _ in range(draw(st.integers(0, 9))):
        day += timedelta(days=draw(st.integers(1, 40)))
        if stage is RemedyStage.APPEALED and draw(st.booleans()):
            events.append(_event(len(events) + 1, Kind.REMANDED, day))
            stage, result = RemedyStage.FILED, None
            continue
        moves = lawful_events(forum, stage)
        if not moves:
            break
        move = draw(st.sampled_from(moves))
        details = {}
        if move in {Move.DECIDED, Move.APPEAL_DECIDED}:
            result = draw(st.sampled_from(codes))
            details = {"result": result, "received_on": (day + timedelta(days=1)).isoformat()}
        elif move is Move.APPEALED:
            result = None
        elif move is Move.WITHDRAWN:
            result = "terminated" if forum == "reconsideration" else "withdrawn"
        events.append(_event(len(events) + 1, Kind(move.value), day, **details))
        stage = stage_after(forum, stage, move)
    return forum, events, stage, result


def _event(position: int, kind: Kind, on: date, **details: str) -> RemedyEvent:
    return RemedyEvent(pk=position, position=position, kind=kind, on=on, details=details)


@settings(max_examples=300, deadline=None)
@given(histories())
def test_where_a_remedy_stands_follows_from_its_events(history):
    forum, events, stage, result = history
    course = Course(forum, FILED, events)
    assert (course.stage, course.result) == (stage, result)
    expected = remedy_results()[forum, result].column if result else "pending"
    assert course.column == expected


@settings(max_examples=300, deadline=None)
@given(histories())
def test_every_clock_begins_before_it_ends_and_what_is_pending_owes_nothing(history):
    forum, events, _, result = history
    course = Course(forum, FILED, events)
    for line in course.clocks(CALENDAR):
        assert line.due is None or line.start < line.due
    if result is None:
        assert not course.owes and course.follow_up is None


@settings(max_examples=200, deadline=None)
@given(histories())
def test_results_stand_in_the_order_of_their_days_and_the_law_knows_each(history):
    forum, events, _, _ = history
    given_results = Course(forum, FILED, events).results
    assert [day for day, _ in given_results] == sorted(day for day, _ in given_results)
    assert all(code is None or (forum, code) in remedy_results() for _, code in given_results)
