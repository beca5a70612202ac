"""大量反复申请: reasons asked and given; a later day where they are good."""

from datetime import date

import pytest

from gongkai.casework.actions import reasons
from gongkai.casework.actions.letters import UnableToSubmitLetter, submit_letter
from gongkai.casework.lettering import paper_of
from tests.casework.acting import Clerk, Clock
from tests.casework.cases import moment, profile, register, signed

MONDAY, WEDNESDAY, FRIDAY = date(2025, 9, 8), date(2025, 9, 10), date(2025, 9, 12)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY).case


def requested(case, cast):
    Clerk(cast.officer).act(
        case,
        "reasons",
        counted="2025年1月至8月提出申请86件",
        explain="为什么反复申请同一事项",
        reply_by="2025-09-26",
    )
    return signed(case.letters.get(), cast.head, on=WEDNESDAY)


def given(case, cast):
    requested(case, cast)
    return reasons.enter_reasons(
        case=case, on=FRIDAY, reason="研究需要（示例）", by=cast.officer, at=moment(FRIDAY)
    )


def test_reasons_are_asked_with_a_last_day(cast, case):
    requested(case, cast)
    event = case.events.get(kind="reasons_requested")
    assert (event.on, event.details["until"]) == (WEDNESDAY, "2025-09-26")


def test_reasons_are_asked_once(cast, case):
    requested(case, cast)
    said = Clerk(cast.officer).open(case, "reasons")
    assert "已经要求申请人说明理由" in said and "第三十五条" in said


def test_nobody_gives_reasons_that_were_not_asked_for(cast, case):
    with pytest.raises(reasons.UnableToEnterReasons, match=r"没有待说明理由的要求.*第三十五条"):
        reasons.enter_reasons(case=case, on=WEDNESDAY, reason="x", by=cast.officer, at=moment(WEDNESDAY))


def test_reasons_without_words_are_none(cast, case):
    requested(case, cast)
    with pytest.raises(reasons.UnableToEnterReasons, match="写明申请人说明的理由"):
        reasons.enter_reasons(case=case, on=FRIDAY, reason="  ", by=cast.officer, at=moment(FRIDAY))


def test_a_delayed_day_takes_the_place_of_the_period(cast, case, clock):
    given(case, cast)
    clock.set(FRIDAY)
    Clerk(cast.officer).act(case, "delay", until="2025年12月31日", reason="数量大（示例）")
    letter = case.letters.get(kind="delay_notice")
    assert "2025年12月31日前（含当日）答复" in paper_of(letter).body_text
    assert case.due_on != date(2025, 12, 31)  # a draft moves nothing
    signed(letter, cast.head, on=FRIDAY)
    case.refresh_from_db()
    event = case.events.get(kind="delayed")
    assert (case.due_on, event.letter, letter.series) == (date(2025, 12, 31), letter, "告")


def test_a_delay_is_drafted_once_and_told_in_plain_words(cast, case, clock):
    given(case, cast)
    clock.set(FRIDAY)
    clerk = Clerk(cast.officer)
    clerk.act(case, "delay", until="2025-12-31", reason="数量大（示例）")
    assert "已经有一份《政府信息公开申请延迟答复告知书》" in clerk.open(case, "delay")
    with pytest.raises(reasons.UnableToDelay, match="已经有一份"):
        reasons.delay(case=case, until=date(2025, 12, 31), reason="x", by=cast.officer, at=moment(FRIDAY))


def test_a_delay_whose_day_is_over_before_it_is_signed_is_refused(cast, case, clock):
    given(case, cast)
    clock.set(FRIDAY)
    Clerk(cast.officer).act(case, "delay", until="2025-10-30", reason="数量大（示例）")
    letter = case.letters.get(kind="delay_notice")
    with pytest.raises(UnableToSubmitLetter, match="已经过了"):
        submit_letter(letter=letter, by=cast.officer, at=moment(date(2025, 10, 31)))


def test_a_day_that_is_no_delay_is_refused_and_the_words_stay(cast, case, clock):
    given(case, cast)
    clock.set(FRIDAY)
    said = Clerk(cast.officer).act(case, "delay", 409, until="2025-09-30", reason="数量大（示例）")
    assert "不是延迟" in said and "数量大（示例）" in said
    assert case.due_on != date(2025, 9, 30)


def test_without_reasons_there_is_no_delay(cast, case):
    said = Clerk(cast.officer).open(case, "delay")
    assert "尚未说明理由" in said
