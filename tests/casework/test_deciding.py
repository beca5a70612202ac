"""From the seven questions to the draft of the letter: one decision drives everything."""

from datetime import date
from urllib.parse import urlencode

import pytest

from gongkai.casework.actions import deciding
from gongkai.casework.actions.log import ChangedMeanwhile
from gongkai.casework.forms.decide import FactsForm
from gongkai.casework.lettering import UnableToDraft, paper_of
from gongkai.casework.models import Decision, Letter
from gongkai.casework.queries.decisions import earlier_answers, outlook, prefill
from gongkai.casework.queries.paths import Walk
from gongkai.law.decision_path import questions, walk
from gongkai.law.letters import letter_for_decision, letter_kind
from gongkai.law.outcomes import DECISIONS
from tests.casework.answering import (
    FACTS,
    GRANTED,
    NOT_FOUND,
    PARTLY,
    PRIVATE,
    SECRET,
    TUESDAY,
    a_case,
    approve,
    decided,
    kept,
    nonexistent,
    searched,
    submit,
)
from tests.casework.cases import moment


def test_the_decision_its_letter_its_act_and_its_path_come_of_the_answers(cast):
    case = a_case(cast)
    letter = decided(cast, case, SECRET, FACTS["secret"])
    case.refresh_from_db()
    assert letter.kind == "answer_denied"
    assert letter.decision.code == "denied.state_secret" and letter.decision.answers == SECRET
    assert letter.act == {"kind": "answered", "decision": "denied.state_secret"}
    assert letter.path == "full"
    assert "先向示例市人民政府申请行政复议" in paper_of(letter).body_text
    assert case.state == "in_progress", "nothing is answered before it is served"
    assert case.events.filter(kind="decided").count() == 1


def test_a_new_decision_supersedes_the_old_one_and_drops_its_draft(cast):
    first = nonexistent(cast)
    second = decided(cast, first.case, SECRET, FACTS["secret"])
    first.refresh_from_db()
    assert first.state == "dropped" and first.serial is None
    assert list(first.case.decisions.filter(superseded=False)) == [second.decision]


def test_what_is_withheld_is_kept_part_by_part_and_printed(cast):
    letter = decided(cast, a_case(cast), PARTLY, FACTS["partly"])
    assert letter.decision.facts["withheld"] == FACTS["partly"]["withheld"]
    assert "第3页值班表。依据：《中华人民共和国政府信息公开条例》第十六条第一款" in paper_of(letter).body_text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "还没有答完：申请内容是否明确"),
        ({"clarity": "clear"}, "还没有答完：申请人要的是什么"),
        ({"clarity": "supplement_needed"}, "先要办“补正告知”"),
    ],
)
def test_answers_that_lead_nowhere_yet_decide_nothing(cast, answers, sentence):
    with pytest.raises(deciding.UnableToDecide, match=sentence):
        decided(cast, a_case(cast), answers, {})
    assert not Decision.objects.exists() and not Letter.objects.exists()


def test_facts_that_are_missing_leave_nothing_half_done(cast):
    standing = nonexistent(cast)
    with pytest.raises(UnableToDraft, match=r"还缺.*密级"):
        decided(cast, standing.case, SECRET, {"reason": "秘密", "severance": "无"})
    standing.refresh_from_db()
    assert standing.state == "draft"
    assert Decision.objects.get(superseded=False) == standing.decision


def test_a_path_may_be_longer_and_only_with_a_reason_shorter(cast):
    case = a_case(cast)
    with pytest.raises(deciding.UnableToDecide, match="要写明理由"):
        decided(cast, case, SECRET, FACTS["secret"], path="standard")
    with pytest.raises(deciding.UnableToDecide, match="请选一种审批路径"):
        decided(cast, case, SECRET, FACTS["secret"], path="extension")
    shorter = decided(
        cast, case, SECRET, FACTS["secret"], path="standard", path_reason="分管领导出差，电话同意"
    )
    assert shorter.path == "standard"
    assert case.events.filter(kind="decided").last().reason == "分管领导出差，电话同意"
    searched(cast, case)
    assert decided(cast, case, NOT_FOUND, FACTS["search"], path="full").path == "full"


def test_two_officers_who_decide_at_once_the_second_is_told(cast):
    case = a_case(cast)
    seen = case.revision
    decided(cast, case, SECRET, FACTS["secret"], revision=seen)
    with pytest.raises(ChangedMeanwhile, match="别人已经办理"):
        decided(cast, case, GRANTED, FACTS["granted"], revision=seen, by=cast.head)
    assert Decision.objects.filter(superseded=False).get().code == "denied.state_secret"


def test_a_signed_answer_is_not_decided_anew(cast):
    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    approve(letter, cast.head, TUESDAY)
    with pytest.raises(deciding.UnableToDecide, match="已经签发答复（示教公复〔2025〕1号）"):
        decided(cast, letter.case, SECRET, FACTS["secret"])


def test_a_stranger_and_a_case_without_receipt_are_refused(cast):
    case = a_case(cast)
    with pytest.raises(deciding.UnableToDecide):
        decided(cast, case, SECRET, FACTS["secret"], by=cast.stranger)
    from gongkai.law.receipt import Channel

    unconfirmed = a_case(cast, channel=Channel.ORDINARY_MAIL)
    with pytest.raises(deciding.UnableToDecide, match="收到之日"):
        decided(cast, unconfirmed, SECRET, FACTS["secret"])


def test_the_search_is_written_out_of_the_records(cast):
    case = a_case(cast)
    searched(cast, case)
    known = prefill(case, "unable_to_provide.nonexistent", NOT_FOUND, TUESDAY)
    assert known == {"search": "2025年9月8日，甄示范在档案室以“校舍”检索，时间范围为2020—2025年，没有检索到"}


def test_a_repeated_application_finds_the_earlier_answer_of_the_same_applicant(cast):
    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    approve(letter, cast.head, TUESDAY)
    again = a_case(cast, date(2025, 10, 13))
    assert [each.letter.pk for each in earlier_answers(again)] == [letter.pk]
    known = prefill(again, "not_processed.repeated", {}, date(2025, 10, 14))
    assert known == {"earlier_number": "示教公复〔2025〕1号", "earlier_on": TUESDAY}


def test_what_the_file_lacks_is_said_beside_the_consequences(cast):
    case = a_case(cast)
    before = {
        each.precondition.value: bool(each.lack)
        for each in outlook(case, "denied.state_secret", TUESDAY).needed
    }
    assert before == {"exemption_reason": False, "severance_test": False, "classification_proof": True}
    kept(cast, case, "classification")
    assert not any(each.lack for each in outlook(case, "denied.state_secret", TUESDAY).needed)


def ways_to(code):
    def go(answers):
        state = walk(answers)
        if state.decision == code:
            return answers
        if state.next is None:
            return None
        ways = (go({**answers, state.next.code: c.code}) for c in state.next.choices)
        return next((way for way in ways if way), None)

    return go({})


@pytest.mark.parametrize("found", DECISIONS, ids=lambda found: found.code)
def test_the_form_of_each_decision_asks_for_every_field_its_letter_needs(found):
    kind = letter_kind(letter_for_decision(found.code))
    form = FactsForm(kind=kind, decision=found.code)
    asked = {field.code for field in form.asked()}
    assert {f.code for f in kind.fields if f.required and f.applies(found.code, {})} <= asked
    assert not any(
        f.code in asked for f in kind.fields if f.when and "=" not in f.when[0] and found.code not in f.when
    )


@pytest.mark.parametrize("found", DECISIONS, ids=lambda found: found.code)
def test_every_decision_opens_its_form_on_the_page(cast, client, found):
    case = a_case(cast)
    client.force_login(cast.officer)
    answer = client.get(f"/office/cases/{case.pk}/decide/?{urlencode(ways_to(found.code))}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert letter_kind(letter_for_decision(found.code)).title in text and "拟定并起草文书" in text


def test_one_question_is_open_and_the_answers_above_can_be_changed(cast, client):
    case = a_case(cast)
    client.force_login(cast.officer)
    page = client.get(
        f"/office/cases/{case.pk}/decide/?clarity=clear&nature=government_information"
    ).content.decode()
    assert page.count('type="radio"') == len(questions()["responsible"].choices)
    assert "ask=clarity" in page and "谁负责" in page
    again = client.get(
        f"/office/cases/{case.pk}/decide/?clarity=clear&nature=petition&ask=clarity"
    ).content.decode()
    assert again.count('type="radio"') == len(questions()["clarity"].choices)
    assert 'name="nature" value="petition"' in again, "the later answer is carried along"


def test_an_answer_asked_again_keeps_the_others_and_what_no_longer_fits_falls_away():
    again = Walk(SECRET, "exemption")
    assert again.open.code == "exemption" and again.decision is None and again.chosen == "state_secret"
    assert ("severance_state_secret", "inseparable") in again.others
    changed = Walk(SECRET | {"exemption": "none"}, "")
    assert changed.dropped == ("severance_state_secret",) and changed.open.code == "form_all"


def test_what_must_happen_first_is_a_link_to_its_act(cast, client):
    case = a_case(cast)
    client.force_login(cast.officer)
    answers = {code: choice for code, choice in PRIVATE.items() if code in GRANTED} | {
        "exemption": "third_party_rights", "third_party_answer": "not_asked",
    }  # fmt: skip
    page = client.get(f"/office/cases/{case.pk}/decide/?{urlencode(answers)}").content.decode()
    assert f"/office/cases/{case.pk}/acts/third_party/" in page and "先办“征求意见”" in page


def test_a_preset_of_another_page_is_walked(cast, client):
    case = a_case(cast)
    client.force_login(cast.officer)
    page = client.get(f"/office/cases/{case.pk}/decide/?preset=supplement_lapsed").content.decode()
    assert "不再处理告知书" in page and "没有发过补正告知书" in page


def test_the_form_leads_to_the_letter_and_nothing_typed_is_lost_on_the_way(cast, client):
    case = a_case(cast)
    searched(cast, case)
    client.force_login(cast.officer)
    url = f"/office/cases/{case.pk}/decide/"
    data = {f"answer-{code}": choice for code, choice in PARTLY.items()} | {
        "revision": case.revision, "path": "sensitive", "content": "清单", "provision_form": "纸质",
        "withheld-part": ["第3页", ""], "withheld-article": ["", ""], "withheld-reason": ["内部事务", ""],
    }  # fmt: skip
    wrong = client.post(url, data)
    assert wrong.status_code == 422 and "第1处没有写依据" in wrong.content.decode()
    assert 'value="内部事务"' in wrong.content.decode()
    more = client.post(url, data | {"more": "1"}).content.decode()
    assert more.count('name="withheld-part"') == 7 and "没有写依据" not in more and 'value="内部事务"' in more
    stale = client.post(url, data | {"withheld-article": ["第十六条第一款", ""], "revision": 1})
    assert stale.status_code == 409 and "别人已经办理" in stale.content.decode()
    case.refresh_from_db()
    data |= {"withheld-article": ["第十六条第一款", ""], "revision": case.revision}
    done = client.post(url, data)
    letter = Letter.objects.get()
    assert done.url == f"/office/letters/{letter.pk}/"


def test_a_signed_decision_is_shown_to_be_read(cast, client):
    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    approve(letter, cast.head, TUESDAY)
    client.force_login(cast.officer)
    page = client.get(f"/office/cases/{letter.case.pk}/decide/").content.decode()
    assert "已经签发" in page and "检索后没有找到" in page and "<form" not in page.partition("<main")[2]
    stale = client.post(f"/office/cases/{letter.case_id}/decide/", {"answer-clarity": "clear"})
    assert stale.status_code == 409 and "已经签发" in stale.content.decode()


def test_nobody_else_sees_the_path(cast, client):
    case = a_case(cast)
    client.force_login(cast.stranger)
    assert client.get(f"/office/cases/{case.pk}/decide/").status_code == 404
    assert client.post(f"/office/cases/{case.pk}/decide/").status_code == 404


def test_the_day_is_handed_in_and_a_decision_not_yet_known_is_refused(cast):
    case = a_case(cast, date(2020, 12, 1))
    with pytest.raises(deciding.UnableToDecide, match="2021年1月1日"):
        deciding.decide(
            case=case, answers={"clarity": "fee_lapsed"}, facts={}, by=cast.officer,
            at=moment(date(2020, 12, 2)),
        )  # fmt: skip
