"""Each way in which something could get out, tried once."""

import pytest

from tests.publishing.gate_scripts import SCRIPTS, play

OUT = {
    "it goes out and back": 1,
    "a masked copy goes out": 1,
    "a plan is kept": 1,
    "the authority says yes": 1,
    "a public notice ends": 1,
    "a new edition": 2,
    "first on the board": 1,
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_gets_out_but_by_the_gate(office, name):
    published = play(office, SCRIPTS[name])
    assert published == OUT.get(name, published)
