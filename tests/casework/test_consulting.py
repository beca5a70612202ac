"""征求意见: asked in writing; silence of a third party is not consent, that of a co-maker is."""

from datetime import date

import pytest

from gongkai.casework.actions import consulting
from gongkai.casework.actions.letters import drop_letter
from gongkai.casework.actions.service import log_service, serve_letter
from gongkai.casework.models import Consultation
from gongkai.casework.policies.consulting import opinion_due
from gongkai.documents.letters import Letter as Paper
from gongkai.law.clock.events import Consulted
from gongkai.law.service import ServiceKind, ServiceMethod
from tests.casework.acting import Clerk, Clock
from tests.casework.cases import moment, profile, register, signed

MONDAY, ASKED, DELIVERED = date(2025, 9, 8), date(2025, 9, 10), date(2025, 9, 12)
LAST, AFTER = date(2025, 10, 10), date(2025, 10, 15)
NAMES = {
    Consulted.THIRD_PARTY: "示例有限公司",
    Consulted.CO_MAKER: "示例市财政局",
    Consulted.AGENCY: "示例市档案馆",
}


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(ASKED)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY).case


def ask(case, by, consulted=Consulted.THIRD_PARTY, **more):
    given = {
        Consulted.THIRD_PARTY: {"harm": "涉及报价"},
        Consulted.CO_MAKER: {},
        Consulted.AGENCY: {"questions": ["有没有这份文件"], "reply_by": date(2025, 9, 30)},
    }[consulted]
    return consulting.open_consultation(
        case=case,
        consulted=consulted,
        **{
            "name": NAMES[consulted],
            "is_person": False,
            "contact": "",
            "information": "示例合同",
            **given,
            **more,
        },
        by=by,
        at=moment(ASKED),
    )


def asked(case, cast, consulted=Consulted.THIRD_PARTY, delivered=True) -> Consultation:
    """Somebody who was asked, and has the letter."""
    letter = signed(ask(case, cast.officer, consulted), cast.head, on=ASKED)
    consultation = letter.consultation
    consultation.refresh_from_db()
    if delivered:
        at = moment(DELIVERED)
        consulting.record_delivery(consultation=consultation, on=DELIVERED, by=cast.officer, at=at)
    return consultation


def opinion(consultation, cast, answer, on=AFTER, today=AFTER, **more):
    return consulting.record_opinion(
        consultation=consultation, answer=answer, on=on, by=cast.officer, at=moment(today), **more
    )


@pytest.mark.parametrize("consulted", list(Consulted))
def test_the_clock_stands_while_an_opinion_is_awaited(cast, case, consulted):
    signed(ask(case, cast.officer, consulted), cast.head, on=ASKED)
    case.refresh_from_db()
    assert (case.clock, case.due_on) == ("awaiting_consultation", None)
    assert case.consultations.get().sent_on == ASKED


def test_the_form_asks_a_person_whose_name_is_masked_on_the_page(cast, case):
    clerk = Clerk(cast.officer)
    clerk.act(
        case,
        "third_party",
        name="贾样本",
        is_person="on",
        contact="示例路2号",
        information="处罚决定书",
        harm="个人隐私",
    )
    consultation = case.consultations.get()
    assert (consultation.name, consultation.masked_name) == ("贾样本", "贾**")
    said = clerk.case(case)
    assert "贾**" in said and "贾样本" not in said


def test_the_other_forms_ask_the_agencies(cast, case):
    clerk = Clerk(cast.officer)
    clerk.act(
        case, "co_maker", name="示例市财政局", contact="", information="联合印发的计划", opinion_proposed=""
    )
    clerk.act(
        case,
        "agency",
        name="示例市档案馆",
        contact="",
        information="进馆清单",
        questions="有没有\n能不能公开",
        reply_by="2025-09-30",
    )
    assert [each.kind for each in case.letters.order_by("pk")] == ["co_maker_inquiry", "assistance_letter"]


def test_nobody_is_asked_twice_at_the_same_time(cast, case):
    letter = ask(case, cast.officer)
    with pytest.raises(consulting.UnableToConsult, match="不要重复征求"):
        ask(case, cast.head)
    ask(case, cast.officer, name="示例第二有限公司")
    drop_letter(letter=letter, by=cast.officer, at=moment(ASKED))
    assert ask(case, cast.officer).state == "draft", "a dropped letter stands in nobody's way"


def test_fifteen_working_days_run_from_the_delivery(cast, case):
    consultation = asked(case, cast)
    assert opinion_due(consultation).due_on == LAST
    assert opinion_due(asked(register(cast, MONDAY).case, cast, Consulted.AGENCY)) is None


def test_a_delivery_before_the_letter_or_tomorrow_is_refused(cast, case):
    consultation = asked(case, cast, delivered=False)
    for on, words in ((MONDAY, "早于发出"), (AFTER, "还没有到")):
        with pytest.raises(consulting.UnableToRecordOpinion, match=words):
            consulting.record_delivery(
                consultation=consultation, on=on, by=cast.officer, at=moment(DELIVERED)
            )
    assert "还没有到" in Clerk(cast.officer).act(
        case, "delivery", 409, consultation=consultation.pk, on_day="2025-10-15"
    )


def test_a_silent_third_party_has_not_agreed_and_the_clock_runs_on_from_the_last_day(cast, case):
    consultation = asked(case, cast)
    opinion(consultation, cast, "silent")
    consultation.refresh_from_db()
    event = case.events.get(kind="consultation_closed")
    assert (consultation.answer, consultation.answered_on, event.on) == ("silent", LAST, LAST)
    case.refresh_from_db()
    assert case.clock == "in_progress"
    assert "不视为同意" in Clerk(cast.officer).open(case, "opinion")


def test_nobody_is_silent_before_the_last_day_is_over(cast, case):
    consultation = asked(case, cast)
    with pytest.raises(consulting.UnableToRecordOpinion, match=r"到2025年10月10日为止.*第三十二条"):
        opinion(consultation, cast, "silent", on=LAST, today=LAST)


def test_nobody_is_silent_whose_delivery_is_not_known(cast, case):
    consultation = asked(case, cast, delivered=False)
    with pytest.raises(consulting.UnableToRecordOpinion, match="还没有登记对方收到"):
        opinion(consultation, cast, "silent")


def test_an_objection_needs_a_word_on_whether_its_reasons_are_good(cast, case, clock):
    consultation = asked(case, cast)
    clock.set(DELIVERED, 15)
    clerk, given = (
        Clerk(cast.officer),
        {"consultation": consultation.pk, "answer": "objected", "content": "示例"},
    )
    said = clerk.act(case, "opinion", 409, on_day="2025-09-12", public_interest="", **given)
    assert "是否认为理由成立" in said and "第三十二条" in said
    clerk.act(case, "opinion", on_day="2025-09-12", objection_accepted="no", public_interest="", **given)
    consultation.refresh_from_db()
    assert (consultation.answer, consultation.objection_accepted) == ("objected", False)


def test_an_agency_is_not_asked_for_consent(cast, case):
    consultation = asked(case, cast, Consulted.AGENCY)
    with pytest.raises(consulting.UnableToRecordOpinion, match="不能登记这种意见"):
        opinion(consultation, cast, "objected", on=DELIVERED, today=DELIVERED)
    opinion(consultation, cast, "confirmed", on=DELIVERED, today=DELIVERED)


def test_an_opinion_is_entered_once(cast, case):
    consultation = asked(case, cast)
    opinion(consultation, cast, "agreed", on=DELIVERED, today=DELIVERED)
    with pytest.raises(consulting.UnableToRecordOpinion, match="已经登记过结果"):
        opinion(consultation, cast, "objected", on=DELIVERED, today=DELIVERED, objection_accepted=True)


def test_the_applicant_is_told_that_time_is_left_out(cast, case, clock):
    clerk = Clerk(cast.officer)
    assert "还没有发出征求意见书" in clerk.open(case, "tell_applicant")
    consultation = asked(case, cast, Consulted.CO_MAKER)
    clerk.act(case, "tell_applicant", consultation=consultation.pk)
    letter = case.letters.get(kind="consultation_notice")
    assert letter.fields["consulted"] == "co_maker"
    assert "不计算在" in Paper.from_json(letter.content).body_text


def test_a_third_party_is_told_when_its_information_is_disclosed_all_the_same(cast, case, clock):
    consultation = asked(case, cast)
    clerk = Clerk(cast.officer)
    assert "意见还没有登记" in clerk.open(case, "tell_third_party")
    opinion(consultation, cast, "objected", on=DELIVERED, today=DELIVERED, objection_accepted=False)
    clerk.act(
        case,
        "tell_third_party",
        consultation=consultation.pk,
        information="合同总价",
        reasons="不属于商业秘密",
    )
    words = Paper.from_json(case.letters.get(kind="third_party_disclosure_notice").content)
    assert words.addressee == "示例有限公司"
    assert "合同总价" in words.body_text and "理由不成立" in words.body_text


def test_a_third_party_whose_reasons_are_good_is_told_nothing(cast, case):
    consultation = asked(case, cast)
    opinion(consultation, cast, "objected", on=DELIVERED, today=DELIVERED, objection_accepted=True)
    with pytest.raises(consulting.UnableToConsult, match="理由成立"):
        consulting.tell_third_party(
            consultation=consultation, information="x", reasons="x", by=cast.officer, at=moment(AFTER)
        )


def test_a_person_of_another_office_records_nothing(cast, case):
    consultation = asked(case, cast, delivered=False)
    with pytest.raises(consulting.UnableToRecordOpinion, match="没有交给"):
        consulting.record_delivery(
            consultation=consultation, on=ASKED, by=cast.stranger, at=moment(DELIVERED)
        )


def sent(case, cast, method, also=None):
    """The inquiry to a third party, signed and sent out on the day it was asked."""
    consultation = asked(case, cast, delivered=False)
    service = serve_letter(
        letter=consultation.letters.get(),
        method=method,
        on=ASKED,
        also=also,
        tracking_number="XA000000000CN",
        by=cast.officer,
        at=moment(ASKED, 15),
    )
    consultation.refresh_from_db()
    return consultation, service


def test_a_signature_in_the_ledger_is_the_day_from_which_the_opinion_is_due(cast, case):
    consultation, service = sent(case, cast, ServiceMethod.POSTAL)
    assert consultation.delivered_on is None  # posted is not received
    log_service(
        service=service, kind=ServiceKind.SIGNED, on=DELIVERED, by=cast.officer, at=moment(DELIVERED, 16)
    )
    consultation.refresh_from_db()
    assert consultation.delivered_on == DELIVERED
    assert opinion_due(consultation).due_on == LAST


def test_what_is_handed_over_is_received_the_same_day(cast, case):
    consultation, _ = sent(case, cast, ServiceMethod.DIRECT, also=ServiceKind.SIGNED)
    assert consultation.delivered_on == ASKED


def test_a_day_that_was_entered_by_hand_stands(cast, case):
    consultation, service = sent(case, cast, ServiceMethod.POSTAL)
    consulting.record_delivery(consultation=consultation, on=DELIVERED, by=cast.officer, at=moment(DELIVERED))
    later = date(2025, 9, 15)
    log_service(service=service, kind=ServiceKind.SIGNED, on=later, by=cast.officer, at=moment(later))
    consultation.refresh_from_db()
    assert consultation.delivered_on == DELIVERED
