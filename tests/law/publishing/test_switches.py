"""The points of publishing that no text settles."""

from dataclasses import fields

from gongkai.law.publishing.switches import PublishingRules, publishing_switches


def test_every_unsettled_point_is_a_switch_with_its_document():
    assert {switch.code for switch in publishing_switches()} == {f.name for f in fields(PublishingRules)}
    for switch in publishing_switches():
        assert len(switch.choices) > 1
        assert switch.note and switch.document and switch.status == "unsettled"
        assert getattr(PublishingRules.load(), switch.code) == switch.choice


def test_days_and_months_are_numbers():
    for switch in publishing_switches():
        if switch.code.endswith(("_days", "_months")):
            assert all(choice.isdigit() for choice in switch.choices)
