from dataclasses import fields, replace

import pytest

from gongkai.law.rulebook import CountingRules, switches


def test_every_switch_is_asked_by_someone_and_explained() -> None:
    assert {switch.code for switch in switches()} == {field.name for field in fields(CountingRules)}
    for switch in switches():
        assert switch.note and switch.label and switch.document
        assert switch.status == "unsettled"
        assert len(switch.choices) > 1


def test_a_choice_that_does_not_exist_is_a_programmers_fault() -> None:
    with pytest.raises(ValueError, match="consultation_span"):
        replace(switches()[0], choice="no_such_choice")
