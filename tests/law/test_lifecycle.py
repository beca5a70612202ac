import pytest

from gongkai.law.breach import LawBreach
from gongkai.law.lifecycle import TRANSITIONS, Act, CaseState, after, lawful_acts


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
