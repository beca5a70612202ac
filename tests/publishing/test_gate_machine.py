"""Random histories of the gate. ``make trials`` runs ten thousand; here are a few hundred deeds."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.publishing.gate_machine import GateMachine

SHORT = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)


def test_nothing_gets_out_in_random_histories(office):
    GateMachine.office = office
    told = GateMachine.told
    told.update(dict.fromkeys(told, 0))
    run_state_machine_as_test(GateMachine, settings=SHORT)
    assert told["machines"] >= 60
    assert told["published"] > 5, "the gate opens too"
