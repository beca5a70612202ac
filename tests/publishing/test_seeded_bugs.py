"""A gate with a bug in it does not pass: each of the bugs that were sown is found."""

import pytest
from django.db import transaction

from tests.publishing.gate_scripts import SCRIPTS, play
from tests.publishing.gate_world import Leak
from tests.publishing.seeded_bugs import BUGS, sown


def test_there_are_enough_of_them():
    assert len(BUGS) >= 30


@pytest.mark.parametrize("name", BUGS)
def test_a_bug_in_the_gate_is_found(office, name):
    bug = BUGS[name]
    with transaction.atomic(), pytest.raises(Leak), sown(bug):
        try:
            play(office, SCRIPTS[bug.script])
        finally:
            transaction.set_rollback(True)
