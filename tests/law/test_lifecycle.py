import pytest

from gongkai.law.breach import LawBreach
from gongkai.law.lifecycle import TRANSITIONS, Act, CaseState, ClockWait, after, lawful_acts, state_label


def test_every_state_but_the_last_can_be_left_and_every_one_reached() -> None:
    assert {move.then for move in TRANSITIONS} | {CaseState.RECEIVED} == set(CaseState)
    assert [state for state in CaseState if not lawful_acts(state)] == [CaseState.CLOSED]


def test_no_move_stands_twice_in_the_table() -> None:
    assert len({(move.state, move.act) for move in TRANSITIONS}) == len(TRANSITIONS)


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("act", Act)
def test_an_act_follows_the_table_or_is_refused_in_a_sentence(state: CaseState, act: Act) -> None:
    if act in lawful_acts(state):
        assert after(state, act) in CaseState
    else:
        with pytest.raises(LawBreach) as refused:
            after(state, act)
        assert refused.value.message.endswith("。")


def test_states_and_acts_have_labels() -> None:
    assert len({state.label for state in CaseState}) == len(CaseState)
    assert len({act.label for act in Act}) == len(Act)


def test_what_the_clock_waits_for_begins_and_ends_inside_in_progress() -> None:
    inside = {move.act for move in TRANSITIONS if move.state is move.then is CaseState.IN_PROGRESS}
    for wait in ClockWait:
        assert {wait.begun_by, wait.ended_by} <= inside
        assert wait.article in ("第三十三条", "第三十五条")


def test_every_state_of_a_deadline_has_words() -> None:
    codes = [*CaseState, *ClockWait]
    assert len({state_label(code) for code in codes}) == len(codes)
    assert state_label("awaiting_consultation") == "征求意见中"
