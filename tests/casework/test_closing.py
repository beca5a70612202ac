"""What ends a case besides its answer: withdrawal, archive; the search, the help, striking out."""

from datetime import date

import pytest

from gongkai.casework.actions import closing
from gongkai.casework.actions.consulting import open_consultation, record_opinion
from gongkai.casework.actions.log import UnableToStrike, append
from gongkai.casework.actions.striking import strike_out
from gongkai.casework.actions.supplement import request_supplement
from gongkai.law.clock.events import Consulted
from tests.casework.acting import Clerk, Clock, text_of
from tests.casework.cases import moment, profile, register, signed

MONDAY, WEDNESDAY, THURSDAY = date(2025, 9, 8), date(2025, 9, 10), date(2025, 9, 11)
LOOKED = {
    "system": "公文系统",
    "terms": "校舍、维修",
    "period": "2024年",
    "result": "没有找到",
    "searched_by": "示例officer",
    "on_day": "2025-09-10",
}


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY).case


def withdrawn(case, cast):
    return closing.withdraw(
        case=case, on=WEDNESDAY, reason="当面提交书面撤回申请", by=cast.officer, at=moment(WEDNESDAY)
    )


def test_a_withdrawal_closes_the_case_and_is_counted_as_other_handling(cast, case):
    Clerk(cast.officer).act(case, "withdraw", on_day="2025年9月10日", reason="当面提交书面撤回申请")
    assert (case.state, case.closed_on, case.decision) == (
        "closed", WEDNESDAY, "otherwise_handled.other_handling",
    )  # fmt: skip


def test_a_withdrawal_of_tomorrow_is_refused_and_nothing_typed_is_lost(cast, case):
    said = Clerk(cast.officer).act(case, "withdraw", 409, on_day="2025-09-11", reason="当面提交（示例）")
    assert "2025年9月11日还没有到" in said and "当面提交（示例）" in said
    assert case.state == "in_progress"


def test_nobody_withdraws_twice(cast, case):
    withdrawn(case, cast)
    with pytest.raises(closing.UnableToWithdraw, match="已办结"):
        withdrawn(case, cast)


def test_a_rectification_may_be_withdrawn_too(cast, case):
    other = register(cast, MONDAY, matter="rectification").case
    withdrawn(other, cast)
    other.refresh_from_db()
    assert other.state == "closed"


def test_a_search_says_who_looked_where_for_what(cast, case):
    clerk = Clerk(cast.officer)
    clerk.act(case, "search", **LOOKED)
    said = clerk.case(case)
    assert "公文系统" in said and "校舍、维修" in said and "没有找到" in said


@pytest.mark.parametrize("left_out", ["system", "terms", "result", "searched_by"])
def test_a_search_record_that_leaves_something_out_is_none(cast, case, left_out):
    said = Clerk(cast.officer).act(case, "search", 422, **LOOKED | {left_out: "  "})
    assert "请填写" in said
    assert not case.searches.exists()


def test_help_is_written_down(cast, case):
    Clerk(cast.officer).act(case, "help", on_day="2025-09-10", what="朗读申请表并代填")
    event = case.events.get(kind="helped")
    assert event.reason == "朗读申请表并代填"


def test_an_open_case_is_not_archived(cast, case):
    with pytest.raises(closing.UnableToArchive, match=r"还没有办结.*第四十五条"):
        closing.archive(case=case, archive_number="示-1", by=cast.officer, at=moment(WEDNESDAY))
    assert "还没有办结，不能归档" in Clerk(cast.officer).case(case)


def test_a_closed_case_goes_to_the_archive_once(cast, case):
    withdrawn(case, cast)
    clerk = Clerk(cast.officer)
    clerk.act(case, "archive", archive_number="示-2025-1")
    assert (case.archived_on, case.archive_number) == (WEDNESDAY, "示-2025-1")
    assert "已于2025年9月10日归档" in clerk.open(case, "archive")


def test_a_letter_on_its_way_keeps_a_case_out_of_the_archive(cast, case):
    request_supplement(
        case=case, unclear=["x"], items=["x"], until=THURSDAY, by=cast.officer, at=moment(WEDNESDAY)
    )
    withdrawn(case, cast)
    with pytest.raises(closing.UnableToArchive, match="还有文书没有签发"):
        closing.archive(case=case, archive_number="示-1", by=cast.officer, at=moment(WEDNESDAY))


def test_a_wrong_entry_is_struck_out_by_the_head_and_stays_readable(cast, case):
    withdrawn(case, cast)
    event, clerk = case.events.get(kind="withdrawn"), Clerk(cast.head)
    answer = clerk.client.post(
        f"/office/cases/{case.pk}/events/{event.pk}/strike/", {"reason": "登记错了案件"}
    )
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.decision) == ("in_progress", "")
    said = clerk.case(case)
    assert "划销：登记错了案件" in said and "撤回申请" in said


def test_an_officer_does_not_strike_out(cast, case):
    withdrawn(case, cast)
    event = case.events.get(kind="withdrawn")
    with pytest.raises(UnableToStrike, match="负责人"):
        strike_out(event=event, reason="x", by=cast.officer, at=moment(WEDNESDAY))
    assert "划销“撤回申请”" not in Clerk(cast.officer).case(case)


def test_the_arrival_stands(cast, case):
    with pytest.raises(UnableToStrike, match="不能划销"):
        strike_out(event=case.events.first(), reason="x", by=cast.head, at=moment(WEDNESDAY))


def test_striking_without_a_reason_is_refused(cast, case):
    withdrawn(case, cast)
    event = case.events.get(kind="withdrawn")
    with pytest.raises(UnableToStrike, match="理由"):
        strike_out(event=event, reason=" ", by=cast.head, at=moment(WEDNESDAY))


def test_what_comes_back_from_the_archive_has_no_number_any_more(cast, case):
    withdrawn(case, cast)
    closing.archive(case=case, archive_number="示-1", by=cast.officer, at=moment(WEDNESDAY))
    strike_out(
        event=case.events.get(kind="archived"), reason="补材料", by=cast.head, at=moment(WEDNESDAY, 12)
    )
    case.refresh_from_db()
    assert (case.archived_on, case.archive_number) == (None, "")


def strike_page(clerk, event, **posted):
    address = f"/office/cases/{event.case_id}/events/{event.pk}/strike/"
    return clerk.client.post(address, posted) if posted else clerk.client.get(address)


def test_the_page_says_what_becomes_of_the_due_day_before_anything_is_struck(cast, case):
    said = text_of(strike_page(Clerk(cast.head), case.events.get(kind="received")))
    assert "划销“收到申请”" in said and "2025年10月11日（周六）" in said and "期限停计" in said


def test_striking_out_by_whoever_may_not_leaves_the_words_on_the_page(cast, case):
    event = case.events.get(kind="received")
    refused = strike_page(Clerk(cast.officer), event, reason="登记错了（示例）")
    assert refused.status_code == 409
    assert "负责人" in text_of(refused) and "登记错了（示例）" in text_of(refused)
    empty = strike_page(Clerk(cast.head), event, reason="", revision="1")
    assert empty.status_code == 422 and "请填写“划销的理由”" in text_of(empty)
    late = strike_page(Clerk(cast.head), event, reason="x", revision="1")
    assert "别人已经办理" in text_of(late)


def test_an_entry_on_which_another_rests_is_not_struck_out_from_under_it(cast, case):
    letter = request_supplement(
        case=case, unclear=["x"], items=["x"], until=THURSDAY, by=cast.officer, at=moment(WEDNESDAY)
    )
    signed(letter, cast.head, on=WEDNESDAY)
    event = case.events.get(kind="received")
    assert "办不了" in text_of(strike_page(Clerk(cast.head), event))
    refused = strike_page(Clerk(cast.head), event, reason="弄错了")
    assert refused.status_code == 409 and "第三十一条" in text_of(refused)


@pytest.mark.parametrize(
    ("kind", "details", "words"),
    [
        ("letter_signed", {"kind": "supplement_notice"}, "签发记录不能划销"),
        ("served", {"kind": "supplement_notice", "method": "direct"}, "送达记录"),
        ("split", {"into": ["2025-0002"]}, "新的登记编号"),
        ("closed", {"disposal": "transferred"}, "新的登记编号"),
    ],
)
def test_what_made_other_records_is_mended_there(cast, case, kind, details, words):
    event = append(case=case, kind=kind, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY), details=details)
    with pytest.raises(UnableToStrike, match=words):
        strike_out(event=event, reason="x", by=cast.head, at=moment(WEDNESDAY))


def test_an_opinion_that_was_struck_out_can_be_entered_anew(cast, case):
    letter = open_consultation(
        case=case,
        consulted=Consulted.AGENCY,
        name="示例市档案馆",
        is_person=False,
        contact="",
        information="示例",
        questions=["有没有"],
        reply_by=THURSDAY,
        by=cast.officer,
        at=moment(WEDNESDAY),
    )
    signed(letter, cast.head, on=WEDNESDAY)
    consultation = case.consultations.get()
    given = {"consultation": consultation, "on": WEDNESDAY, "by": cast.officer, "at": moment(WEDNESDAY, 15)}
    record_opinion(answer="silent", **given)
    event = case.events.get(kind="consultation_closed")
    strike_out(event=event, reason="有回复", by=cast.head, at=moment(WEDNESDAY, 16))
    consultation.refresh_from_db()
    case.refresh_from_db()
    assert (consultation.answer, case.clock) == ("", "awaiting_consultation")
    record_opinion(answer="confirmed", **given)


@pytest.mark.parametrize("left_out", ["system", "terms", "result", "searched_by"])
def test_the_action_too_refuses_a_search_record_with_a_gap(cast, case, left_out):
    looked = dict.fromkeys(("system", "terms", "result", "searched_by"), "x") | {left_out: " "}
    with pytest.raises(closing.UnableToRecordSearch, match=r"何人、在何处.*第三十六条"):
        closing.record_search(
            case=case, period="", found=False, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY), **looked
        )


def test_a_stranger_writes_nothing_into_a_case(cast, case):
    with pytest.raises(closing.UnableToRecordHelp):
        closing.record_help(case=case, on=WEDNESDAY, text="x", by=cast.stranger, at=moment(WEDNESDAY))
