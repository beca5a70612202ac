"""A withdrawal and its confirmation (撤回确认书): written at once, served, and doing nothing to the case."""

from datetime import date

import pytest

from gongkai.casework.actions import closing
from gongkai.casework.actions.applicant import take_back
from gongkai.casework.actions.letters import draft_letter, drop_letter
from gongkai.casework.actions.service import serve_letter
from gongkai.casework.lettering import paper_of
from gongkai.casework.models import OfficeProfile
from gongkai.casework.reckoning import deadline_of, events_of
from gongkai.casework.telling import situation
from gongkai.law.service import ServiceKind, ServiceMethod
from tests.casework.acting import Clerk, Clock
from tests.casework.cases import moment, profile, register, signed

MONDAY, WEDNESDAY, FRIDAY = date(2025, 9, 8), date(2025, 9, 10), date(2025, 9, 12)
MANNER = "当面提交书面撤回申请"


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY).case


def test_the_act_of_the_office_drafts_the_confirmation_at_once(cast, case):
    Clerk(cast.officer).act(case, "withdraw", on_day="2025-09-09", reason=MANNER)
    letter = case.letters.get()
    assert (case.state, letter.kind, letter.act) == ("closed", "withdrawal_confirmation", None)
    assert f"你于2025年9月9日以{MANNER}的方式撤回该申请" in paper_of(letter).body_text


def test_the_confirmation_is_signed_and_served_though_the_case_is_closed(cast, case):
    clerk = Clerk(cast.officer)
    clerk.act(case, "withdraw", on_day="2025-09-10", reason=MANNER)
    letter = signed(case.letters.get(), cast.head, on=FRIDAY)
    assert "《政府信息公开申请撤回确认书》已经签发，还没有送达" in clerk.case(case)
    serve_letter(
        letter=letter, method=ServiceMethod.DIRECT, on=FRIDAY, also=ServiceKind.SIGNED, by=cast.officer,
        at=moment(FRIDAY, 15),
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.closed_on, case.decision) == (WEDNESDAY, closing.WITHDRAWN_AS)
    assert "还没有送达" not in clerk.case(case)
    assert "已经签发" in clerk.open(case, "confirm_withdrawal")


def test_a_withdrawal_on_the_website_is_found_proposed_on_the_page(cast, case):
    take_back(case=case, at=moment(WEDNESDAY))
    clerk = Clerk(cast.officer)
    assert "出具撤回确认书并送达" in clerk.case(case)
    assert (
        ">\n网上提交"
        in clerk.client.get(f"/office/cases/{case.pk}/acts/confirm_withdrawal/").content.decode()
    )
    clerk.act(case, "confirm_withdrawal", manner="网上提交")
    assert "以网上提交的方式撤回" in paper_of(case.letters.get()).body_text
    assert "出具撤回确认书并送达" not in clerk.case(case)


def test_without_the_names_of_the_bodies_the_withdrawal_counts_and_the_letter_waits(cast, case):
    OfficeProfile.objects.all().delete()
    clerk = Clerk(cast.officer)
    clerk.act(case, "withdraw", on_day="2025-09-10", reason=MANNER)
    assert case.state == "closed" and not case.letters.exists()
    assert "出具撤回确认书并送达" in clerk.case(case)
    assert "还没有填写机关信息" in clerk.act(case, "confirm_withdrawal", 409, manner=MANNER)


def test_nothing_is_confirmed_twice_and_a_draft_that_was_given_up_may_be_written_anew(cast, case):
    closing.register_withdrawal(case=case, on=WEDNESDAY, manner=MANNER, by=cast.officer, at=moment(WEDNESDAY))
    who = {"case": case, "manner": MANNER, "by": cast.officer, "at": moment(WEDNESDAY)}
    with pytest.raises(closing.UnableToConfirmWithdrawal, match="已经起草"):
        closing.confirm_withdrawal(**who)
    drop_letter(letter=case.letters.get(), by=cast.officer, at=moment(WEDNESDAY))
    closing.confirm_withdrawal(**who)


def test_what_was_drafted_from_the_questions_is_no_confirmation(cast, case):
    draft_letter(
        case=case,
        kind="withdrawal_confirmation",
        fields={"ending": "ended", "reason": "申请人已经取得该信息（示例）"},
        act={"kind": "answered", "decision": closing.WITHDRAWN_AS},
        by=cast.officer,
        at=moment(WEDNESDAY),
    )
    closing.register_withdrawal(case=case, on=WEDNESDAY, manner=MANNER, by=cast.officer, at=moment(WEDNESDAY))
    assert case.letters.count() == 2


def test_what_was_not_withdrawn_is_not_confirmed(cast, case):
    clerk = Clerk(cast.officer)
    assert "没有撤回申请" in clerk.open(case, "confirm_withdrawal")
    assert "起草撤回确认书" not in clerk.case(case)
    with pytest.raises(closing.UnableToConfirmWithdrawal, match="没有撤回"):
        closing.confirm_withdrawal(case=case, manner=MANNER, by=cast.officer, at=moment(WEDNESDAY))


def test_a_rectification_is_withdrawn_without_a_confirmation(cast, clock):
    profile(cast)
    case = register(cast, MONDAY, matter="rectification").case
    Clerk(cast.officer).act(case, "withdraw", on_day="2025-09-10", reason=MANNER)
    assert case.state == "closed" and not case.letters.exists()
    with pytest.raises(closing.UnableToConfirmWithdrawal, match="更正申请"):
        closing.confirm_withdrawal(case=case, manner=MANNER, by=cast.officer, at=moment(WEDNESDAY))


def test_an_archived_file_gets_no_more_letters(cast, case):
    closing.withdraw(case=case, on=WEDNESDAY, reason=MANNER, by=cast.officer, at=moment(WEDNESDAY))
    closing.archive(case=case, archive_number="示-1", by=cast.officer, at=moment(WEDNESDAY))
    with pytest.raises(closing.UnableToConfirmWithdrawal, match="归档"):
        closing.confirm_withdrawal(case=case, manner=MANNER, by=cast.officer, at=moment(WEDNESDAY))


def test_who_withdrew_reads_so_on_both_sides(cast, case):
    take_back(case=case, at=moment(WEDNESDAY))
    case.refresh_from_db()
    told = situation(case, deadline_of(case), events_of(case))
    assert (told.headline, told.text.partition("，")[2][:8]) == ("已撤回", "您撤回了这件申请")
    assert "办结：申请人撤回申请" in Clerk(cast.officer).case(case)
