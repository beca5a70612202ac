"""延期: by the head of the office, before the day is over, once, twenty working days at most."""

from datetime import date

import pytest

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.extension import UnableToExtend, propose_extension
from tests.casework.acting import Clerk, Clock
from tests.casework.cases import moment, profile, register, signed

MONDAY, LATER, DUE, AFTER = date(2025, 9, 8), date(2025, 9, 25), date(2025, 10, 11), date(2025, 10, 13)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(LATER)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY).case


def propose(case, by, on=LATER, days=10, reason="档案数量大（示例）"):
    return propose_extension(case=case, days=days, reason=reason, by=by, at=moment(on))


def test_the_page_shows_the_old_and_the_new_due_day_before_anything_is_done(cast, case):
    said = Clerk(cast.officer).act(case, "extension", 200, look="1", days="10", reason="示例")
    assert "2025年10月11日（周六）" in said and "2025年10月24日（周五）" in said
    assert not case.letters.exists()


def test_the_day_moves_when_the_head_signs(cast, case):
    Clerk(cast.officer).act(case, "extension", days="10", reason="档案数量大（示例）")
    letter = case.letters.get()
    assert letter.path == "extension"
    assert case.due_on == DUE
    signed(letter, cast.head, on=LATER)
    case.refresh_from_db()
    assert case.due_on == date(2025, 10, 24)


@pytest.mark.parametrize(("days", "status"), [("21", 409), ("0", 409), ("-3", 409), ("很久", 422), ("", 422)])
def test_a_number_of_days_that_cannot_be_is_refused_and_stays_on_the_form(cast, case, days, status):
    said = Clerk(cast.officer).act(case, "extension", status, days=days, reason="档案数量大（示例）")
    assert "档案数量大（示例）" in said
    assert ("应为1至20个工作日" in said) is (status == 409)


def test_an_extension_without_a_reason_is_none(cast, case):
    with pytest.raises(UnableToExtend, match=r"写明理由.*第三十三条"):
        propose(case, cast.officer, reason=" ")


def test_after_the_due_day_it_is_too_late(cast, case, clock):
    with pytest.raises(UnableToExtend, match=r"已于2025年10月11日届满.*第三十三条"):
        propose(case, cast.officer, on=AFTER)
    clock.set(AFTER)
    assert "已于2025年10月11日届满" in Clerk(cast.officer).open(case, "extension")
    assert "已逾期1个工作日" in Clerk(cast.officer).case(case)


def test_a_draft_that_is_signed_too_late_does_not_move_the_day(cast, case):
    letter = propose(case, cast.officer)
    with pytest.raises(ActionRefused, match="届满"):
        signed(letter, cast.head, on=AFTER)
    case.refresh_from_db()
    assert case.due_on == DUE


def test_once_is_enough(cast, case):
    signed(propose(case, cast.officer), cast.head, on=LATER)
    with pytest.raises(UnableToExtend, match="已经延长过一次"):
        propose(case, cast.officer)
