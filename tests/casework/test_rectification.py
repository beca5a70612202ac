"""更正: a result told in writing closes the case; no period of thirty-third article runs."""

from datetime import date

import pytest

from gongkai.casework.actions.rectification import UnableToRectify, propose_rectification
from gongkai.casework.actions.service import serve_letter
from gongkai.documents.letters import Letter as Paper
from gongkai.law.service import ServiceKind, ServiceMethod
from tests.casework.acting import Clerk, Clock
from tests.casework.cases import moment, profile, register, signed

MONDAY, WEDNESDAY = date(2025, 9, 8), date(2025, 9, 10)
ASKED = {"record": "登记表的出生日期", "evidence": "户籍证明（示例）"}
DETAIL = {
    "rectified": {"detail": "已改为2000年1月1日"},
    "refused": {"detail": "登记与证据一致"},
    "forwarded": {"agency_name": "示例市公安局"},
    "redirected": {"agency_name": "示例市公安局"},
}
DISPOSALS = {
    "rectified": "rectified",
    "refused": "not_rectified",
    "forwarded": "transferred",
    "redirected": "transferred",
}


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY, matter="rectification", description="登记表出生日期有误（示例）").case


@pytest.mark.parametrize("result", DISPOSALS)
def test_the_notice_closes_the_case_on_the_day_it_is_served(cast, case, result):
    Clerk(cast.officer).act(case, "rectify", result=result, **ASKED, **DETAIL[result])
    letter = signed(case.letters.get(), cast.head, on=WEDNESDAY)
    case.refresh_from_db()
    assert case.state == "in_progress"
    serve_letter(
        letter=letter, method=ServiceMethod.DIRECT, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY, 15),
        also=ServiceKind.SIGNED,
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.state, case.disposal, case.decision) == ("closed", DISPOSALS[result], "")


def test_the_letter_that_forwards_it_ends_nothing_and_goes_to_the_other_agency(cast, case):
    letter = propose_rectification(
        case=case, result="forward_letter", **ASKED, agency_name="示例市公安局", by=cast.officer,
        at=moment(WEDNESDAY),
    )  # fmt: skip
    assert letter.act is None
    assert Paper.from_json(letter.content).addressee == "示例市公安局"
    propose_rectification(
        case=case,
        result="forwarded",
        **ASKED,
        agency_name="示例市公安局",
        by=cast.officer,
        at=moment(WEDNESDAY),
    )


def test_what_a_result_must_say_is_asked_for_by_name(cast, case):
    said = Clerk(cast.officer).act(case, "rectify", 409, result="refused", **ASKED)
    assert "更正情况或者不予更正的理由" in said and "户籍证明（示例）" in said


def test_there_is_no_period_and_no_act_of_the_clock(cast, case):
    assert case.due_on is None
    clerk = Clerk(cast.officer)
    said = clerk.case(case)
    assert "更正申请没有法定的办理天数" in said
    assert "起草延期告知书" not in said and "起草补正告知书" not in said
    assert "更正申请没有依申请公开的办理期限" in clerk.open(case, "extension")
    assert "没有逐日计算" in clerk.client.get(f"/office/cases/{case.pk}/deadline/").content.decode()


def test_an_application_for_disclosure_is_not_rectified(cast, case):
    other = register(cast, MONDAY).case
    with pytest.raises(UnableToRectify, match=r"公开申请.*第四十一条"):
        propose_rectification(
            case=other, result="rectified", **ASKED, detail="x", by=cast.officer, at=moment(WEDNESDAY)
        )


def test_a_result_that_is_none_is_refused(cast, case):
    with pytest.raises(UnableToRectify, match="选一种办理结果"):
        propose_rectification(case=case, result="x", **ASKED, by=cast.officer, at=moment(WEDNESDAY))
    Clerk(cast.officer).act(case, "rectify", 422, result="x", **ASKED)
