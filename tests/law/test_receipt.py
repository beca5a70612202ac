from datetime import date

import pytest

from gongkai.law.breach import LawBreach
from gongkai.law.receipt import Channel, Confirmation, Party, determine_receipt
from tests.law.scenario_tables import scenarios


def confirmations(lines: list[str]) -> list[Confirmation]:
    parsed = [line.split() for line in lines]
    return [Confirmation(Party(by), date.fromisoformat(on), not rest) for on, by, *rest in parsed]


@scenarios("receipt")
def test_the_day_of_receipt_follows_from_the_channel(row, national) -> None:
    found = determine_receipt(
        Channel(row["channel"]), row["arrived_on"], confirmations(row.get("log", [])), national
    )
    assert found.received_on == row.get("received_on")
    assert found.is_pending == ("received_on" not in row)
    assert found.escalate_on == row.get("escalate_on")
    assert bool(found.warning) == row.get("warns", False)
    assert found.article.startswith("第三十一条")
    assert found.explanation


def test_a_confirmation_before_arrival_is_refused(national) -> None:
    with pytest.raises(LawBreach, match="早于到达日期"):
        determine_receipt(
            Channel.FAX, date(2025, 4, 14), [Confirmation(Party.OFFICE, date(2025, 4, 13))], national
        )


def test_every_channel_and_party_has_a_label() -> None:
    assert len({channel.label for channel in Channel}) == len(Channel)
    assert {party.label for party in Party} == {"本机关", "申请人"}
