"""The gate before a signature: each lack with its article, all at once, when submitted and when signed."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.agencies.actions import add_section, open_account
from gongkai.casework.actions import consulting, letters
from gongkai.casework.actions.letters import UnableToSubmitLetter
from gongkai.casework.actions.supplement import receive_supplement, request_supplement
from gongkai.casework.lettering import paper_of
from gongkai.casework.models import CaseFile, Decision, Letter, OfficeProfile
from gongkai.casework.policies.evidence import _CHECKS, IN_THE_FILE
from gongkai.casework.policies.gate import lateness, obstacles
from gongkai.casework.policies.signing import path_of
from gongkai.law.clock.events import Consulted
from gongkai.law.outcomes import Precondition
from tests.agencies.cast import MORNING, PASSWORD
from tests.casework.answering import (
    FACTS,
    GRANTED,
    NOT_FOUND,
    PARTLY,
    PRIVATE,
    SECRET,
    TUESDAY,
    WEDNESDAY,
    a_case,
    approve,
    decided,
    kept,
    nonexistent,
    searched,
    submit,
)
from tests.casework.cases import moment, signed

CROSSING = date(2023, 12, 29), date(2024, 1, 2)


def lacks(letter: Letter, on: date = TUESDAY) -> str:
    letter.refresh_from_db()
    return "\n".join(map(str, obstacles(letter, on)))


def consult(cast, case, on=TUESDAY, consulted=Consulted.THIRD_PARTY):
    letter = consulting.open_consultation(
        case=case, consulted=consulted, name="示例有限公司", is_person=False, contact="示例路2号",
        information="报价明细", harm="涉及报价", by=cast.officer, at=moment(on),
    )  # fmt: skip
    return signed(letter, cast.head, on=on).consultation


def test_every_precondition_has_a_check():
    assert set(_CHECKS) == set(Precondition) and set(Precondition) > IN_THE_FILE


def test_with_everything_there_nothing_stands_against_it(cast):
    assert lacks(nonexistent(cast)) == ""


def test_without_a_search_nothing_is_said_not_to_exist(cast):
    letter = decided(cast, a_case(cast), NOT_FOUND, FACTS["search"])
    assert "没有检索记录" in lacks(letter) and "第三十六条第四项" in lacks(letter)
    with pytest.raises(letters.UnableToSubmitLetter, match="没有检索记录"):
        submit(letter, TUESDAY)
    searched(cast, letter.case, found=True)
    assert "与“信息不存在”不符" in lacks(letter)
    searched(cast, letter.case)
    assert lacks(letter) == ""


def test_a_state_secret_needs_the_proof_of_its_classification(cast):
    letter = decided(cast, a_case(cast), SECRET, FACTS["secret"])
    assert "定密依据的材料" in lacks(letter) and "《保守国家秘密法》第十七条" in lacks(letter)
    kept(cast, letter.case, "classification")
    assert lacks(letter) == ""


def test_a_removed_file_proves_nothing(cast):
    letter = decided(cast, a_case(cast), SECRET, FACTS["secret"])
    kept(cast, letter.case, "classification")
    CaseFile.objects.update(removed_at=moment(TUESDAY))
    assert "定密依据的材料" in lacks(letter)


def test_third_party_rights_are_not_claimed_before_the_third_party_was_asked_and_had_its_time(cast):
    case = a_case(cast)
    letter = decided(cast, case, PRIVATE, FACTS["private"])
    assert "还没有书面征求第三方的意见" in lacks(letter) and "第三十二条" in lacks(letter)
    asked = consult(cast, case)
    assert "还没有结束" in lacks(letter)
    consulting.record_opinion(
        consultation=asked, answer="objected", on=WEDNESDAY, objection_accepted=True, by=cast.officer,
        at=moment(WEDNESDAY),
    )  # fmt: skip
    assert lacks(letter, WEDNESDAY) == ""


def test_whoever_agreed_is_no_ground_for_withholding(cast):
    case = a_case(cast)
    letter = decided(cast, case, PRIVATE, FACTS["private"])
    asked = consult(cast, case)
    consulting.record_opinion(
        consultation=asked, answer="agreed", on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY)
    )
    assert "第三方都同意公开" in lacks(letter, WEDNESDAY) and "第十五条" in lacks(letter, WEDNESDAY)
    asked.answer, asked.objection_accepted = "partly_agreed", True
    asked.save()
    assert lacks(letter, WEDNESDAY) == ""


def test_silence_of_a_third_party_is_entered_and_then_the_agency_decides(cast):
    case = a_case(cast)
    asked = consult(cast, case)
    consulting.record_delivery(consultation=asked, on=TUESDAY, by=cast.officer, at=moment(TUESDAY, 16))
    letter = decided(cast, case, PRIVATE, FACTS["private"] | {"opinion": "silent"})
    later = date(2025, 10, 20)
    assert "逾期未提出意见" in lacks(letter, later)
    consulting.record_opinion(
        consultation=asked, answer="silent", on=later, by=cast.officer, at=moment(later)
    )
    assert lacks(letter, later) == ""


def test_a_good_objection_bars_full_disclosure_and_the_public_interest_has_to_be_told(cast):
    case = a_case(cast)
    kept(cast, case, "provided")
    asked = consult(cast, case)
    consulting.record_opinion(
        consultation=asked, answer="objected", on=WEDNESDAY, objection_accepted=True, by=cast.officer,
        at=moment(WEDNESDAY),
    )  # fmt: skip
    letter = decided(cast, case, GRANTED, FACTS["granted"], WEDNESDAY)
    assert "不能全部公开" in lacks(letter, WEDNESDAY)
    asked.public_interest = "涉及校舍安全"
    asked.save()
    assert "书面告知第三方" in lacks(letter, WEDNESDAY)
    told = consulting.tell_third_party(
        consultation=asked,
        information="报价明细",
        reasons="涉及校舍安全",
        by=cast.officer,
        at=moment(WEDNESDAY),
    )
    signed(told, cast.head, on=WEDNESDAY)
    assert lacks(letter, WEDNESDAY) == ""


def test_what_is_granted_lies_in_the_file_or_is_told_where_to_have(cast):
    letter = decided(cast, a_case(cast), GRANTED, FACTS["granted"])
    assert "没有随附要提供给申请人的文件" in lacks(letter)
    kept(cast, letter.case, "provided")
    assert lacks(letter) == ""
    assert lacks(decided(cast, a_case(cast), GRANTED, FACTS["later"])) == ""


def test_a_part_is_granted_only_with_a_redacted_file(cast):
    letter = decided(cast, a_case(cast), PARTLY, FACTS["partly"])
    kept(cast, letter.case, "provided")
    assert "区分处理后的文件" in lacks(letter) and "第三十七条" in lacks(letter)
    kept(cast, letter.case, "redacted")
    assert lacks(letter) == ""


def test_parts_withheld_for_a_third_party_or_as_secret_need_the_same_proofs(cast):
    withheld = [{"part": "报价", "article": "第十五条", "reason": "商业秘密"}]
    facts = FACTS["partly"] | {"withheld": withheld, "classification": "秘密级10年"}
    letter = decided(cast, a_case(cast), PARTLY, facts)
    kept(cast, letter.case, "redacted")
    assert "征求第三方的意见" in lacks(letter) and "定密依据的材料" in lacks(letter)


def lapsed(cast, case, on):
    facts = {"notice_on": TUESDAY, "served_on": TUESDAY, "expired_on": date(2025, 9, 30)}
    return decided(cast, case, {"clarity": "supplement_lapsed"}, facts, on)


def test_nobody_is_said_to_have_lapsed_who_was_not_asked_or_still_has_time(cast):
    case = a_case(cast)
    assert "没有发过补正告知书" in lacks(lapsed(cast, case, TUESDAY))
    notice = request_supplement(
        case=case, unclear=["x"], items=["x"], until=date(2025, 9, 30), by=cast.officer, at=moment(TUESDAY)
    )
    signed(notice, cast.head, on=TUESDAY)
    letter = lapsed(cast, case, WEDNESDAY)
    assert "2025年9月30日为止，还没有过" in lacks(letter, date(2025, 9, 30))
    assert lacks(letter, date(2025, 10, 9)) == ""
    receive_supplement(
        case=case, on=date(2025, 9, 29), description="", by=cast.officer, at=moment(date(2025, 9, 29))
    )
    assert "已于2025年9月29日补正" in lacks(letter, date(2025, 10, 9))


def test_still_unclear_after_a_supplement_that_never_came_is_no_answer(cast):
    facts = {"notice_on": TUESDAY, "supplemented_on": TUESDAY, "supplemented": "x", "reason": "x"}
    case = a_case(cast)
    notice = request_supplement(
        case=case, unclear=["x"], items=["x"], until=date(2025, 9, 30), by=cast.officer, at=moment(TUESDAY)
    )
    signed(notice, cast.head, on=TUESDAY)
    assert "没有收到补正" in lacks(decided(cast, case, {"clarity": "still_unclear"}, facts, WEDNESDAY))


def test_fee_and_reasons_have_to_be_asked_for_before_they_are_missed(cast):
    fee = {"notice_on": TUESDAY, "served_on": TUESDAY, "expired_on": TUESDAY, "amount": 100}
    assert "没有送达过收费通知" in lacks(decided(cast, a_case(cast), {"clarity": "fee_lapsed"}, fee))
    answers = {"clarity": "clear", "nature": "excessive", "reasons": "unreasonable"}
    facts = {"counted": ["50件"], "notice_on": TUESDAY, "finding": "没有说明"}
    assert "没有要求过申请人说明理由" in lacks(decided(cast, a_case(cast), answers, facts))


def test_a_supplement_notice_after_its_seven_days_is_not_signed(cast):
    letter = request_supplement(
        case=a_case(cast), unclear=["x"], items=["x"], until=date(2025, 12, 30), by=cast.officer,
        at=moment(WEDNESDAY),
    )  # fmt: skip
    assert lacks(letter, date(2025, 9, 17)) == ""
    assert "第三十条" in lacks(letter, date(2025, 9, 18))
    assert "到签发之日已经过了" in lacks(letter, date(2025, 12, 30))


def test_the_organ_is_named_as_it_is_called_today(cast):
    letter = nonexistent(cast)
    cast.agency.name = "示例市教育和体育局"
    cast.agency.save()
    assert "本机关现在的名称是“示例市教育和体育局”" in lacks(letter)
    renewed = letters.redraft_letter(letter=letter, revision=1, by=cast.officer, at=moment(TUESDAY))
    assert lacks(renewed) == "" and paper_of(renewed).issuer == "示例市教育和体育局"


def test_without_the_names_of_the_bodies_nothing_is_signed(cast):
    letter = nonexistent(cast)
    OfficeProfile.objects.all().delete()
    assert "还没有填写机关信息" in lacks(letter)


def test_a_change_of_the_remedy_bodies_after_drafting_is_seen(cast):
    letter = nonexistent(cast)
    OfficeProfile.objects.update(court="示例铁路运输法院")
    assert "与2025年9月9日签发应当告知的不一致" in lacks(letter)


def test_the_remedies_may_not_be_edited_away(cast):
    letter = nonexistent(cast)
    text = "\n".join(line for line in paper_of(letter).body_text.splitlines() if "复议" not in line)
    letters.edit_letter(letter=letter, text=text, revision=1, by=cast.officer, at=moment(TUESDAY))
    assert "没有告知救济途径" in lacks(letter)


def test_other_words_around_the_remedies_do_no_harm(cast):
    letter = nonexistent(cast)
    text = paper_of(letter).body_text.replace("经检索，", "经全面检索，") + "\n特此答复。"
    letters.edit_letter(letter=letter, text=text, revision=1, by=cast.officer, at=moment(TUESDAY))
    assert lacks(letter) == ""


def test_signing_across_the_change_of_the_remedy_law_the_letter_is_worded_anew(cast):
    """Drafted in 2023, signed in 2024: since then reconsideration comes first (行政复议法第二十三条)."""
    drafted_on, signed_on = CROSSING
    case = a_case(cast, date(2023, 12, 25))
    kept(cast, case, "classification")
    letter = decided(cast, case, SECRET, FACTS["secret"], drafted_on, path="standard", path_reason="示例")
    assert lacks(letter, drafted_on) == ""
    submit(letter, drafted_on)
    with pytest.raises(letters.UnableToSign, match="与2024年1月2日签发应当告知的不一致"):
        approve(letter, cast.head, signed_on)
    letter.refresh_from_db()
    assert letter.state == "in_review" and letter.serial is None and not letter.approvals.exists()
    letters.return_letter(letter=letter, opinion="按新法重写救济途径", by=cast.head, at=moment(signed_on))
    letter.refresh_from_db()
    letters.redraft_letter(letter=letter, revision=letter.revision, by=cast.officer, at=moment(signed_on, 11))
    letter.refresh_from_db()
    submit(letter, signed_on)
    done = approve(letter, cast.head, signed_on)
    assert done.state == "signed" and "不能直接提起行政诉讼" in paper_of(done).body_text


@pytest.mark.parametrize("left", ["××××", "____", "（请填写）【理由】", "XXX", "某某公司", "待补"])
def test_what_was_left_to_be_filled_in_is_found(cast, left):
    letter = nonexistent(cast)
    letters.edit_letter(
        letter=letter,
        text=f"{paper_of(letter).body_text}\n{left}",
        revision=1,
        by=cast.officer,
        at=moment(TUESDAY),
    )
    assert "没有填完" in lacks(letter)


def test_a_character_that_cannot_be_printed_is_said_before_anybody_approves(cast):
    letter = nonexistent(cast)
    paper = paper_of(letter)
    letter.content = paper.with_body_text(paper.body_text + "\n㛃𠮷").to_json()
    letter.save()
    assert lacks(letter) == ""
    letter.content = paper.with_body_text(paper.body_text + "\n\U0010fffd").to_json()
    letter.save()
    with pytest.raises(UnableToSubmitLetter, match="现有字体里没有这些字"):
        submit(letter, TUESDAY)


def test_the_words_of_the_applicant_are_never_taken_for_a_gap(cast):
    case = a_case(cast, description="××小区某某项目的____材料（二〇〇四年）")
    searched(cast, case)
    assert lacks(decided(cast, case, NOT_FOUND, FACTS["search"])) == ""


def test_everything_that_is_missing_is_said_at_once(cast):
    letter = decided(cast, a_case(cast), SECRET, FACTS["secret"])
    cast.agency.name = "示例市教育和体育局"
    cast.agency.save()
    text = paper_of(letter).body_text.replace("行政复议", "复核") + "\n【】"
    letters.edit_letter(letter=letter, text=text, revision=1, by=cast.officer, at=moment(TUESDAY))
    said = lacks(letter)
    for each in ("名称", "定密依据", "救济途径", "没有填完"):
        assert each in said


def test_a_second_answer_is_not_signed_beside_the_first(cast):
    first = nonexistent(cast)
    second = Letter.objects.create(
        agency=first.agency, case=first.case, kind=first.kind, content=first.content, fields=first.fields,
        act=first.act, path="standard", drafted_by=cast.officer, drafted_at=moment(TUESDAY),
    )  # fmt: skip
    submit(first, TUESDAY)
    approve(first, cast.head, TUESDAY)
    assert "已经签发过答复（示教公复〔2025〕1号）" in lacks(second)


def test_a_letter_of_a_superseded_decision_is_stopped(cast):
    letter = nonexistent(cast)
    Decision.objects.update(superseded=True)
    assert "办理结果已经改过" in lacks(letter)


def test_what_no_section_handles_is_reviewed_first_by_the_disclosure_office(cast):
    letter = decided(cast, a_case(cast), SECRET, FACTS["secret"], path="full")
    assert [step.code for step in path_of(letter)] == ["office", "legal", "leader"]
    letter.case.section = add_section(agency=cast.agency, name="基础教育科", by=None, at=MORNING)
    assert [step.code for step in path_of(letter)] == ["section", "office", "legal", "leader"]


def test_a_letter_changed_behind_the_approvers_is_stopped(cast):
    letter = decided(cast, a_case(cast), SECRET, FACTS["secret"], path="full")
    kept(cast, letter.case, "classification")
    submit(letter, TUESDAY)
    legal = open_account(
        agency=cast.agency, username="legal", full_name="示例法制", password=PASSWORD,
        roles=["legal_reviewer"], by=None, at=MORNING,
    )  # fmt: skip
    approve(letter, cast.head, TUESDAY)
    letter.refresh_from_db()
    letter.content = replace(paper_of(letter), attachments=("别的附件",)).to_json()
    letter.save(update_fields=["content"])
    assert "与前面审批的不是同一份" in lacks(letter)
    with pytest.raises(letters.UnableToApprove, match="不是同一份"):
        approve(letter, legal, TUESDAY)


def test_a_late_answer_is_still_owed_and_signed_only_with_its_reason(cast):
    late_on = date(2025, 10, 20)
    letter = nonexistent(cast, late_on)
    assert lacks(letter, late_on) == "" and lateness(letter, date(2025, 10, 11)) is None
    found = lateness(letter, late_on)
    assert (found.due_on, found.days) == (date(2025, 10, 11), 6)
    submit(letter, late_on)
    with pytest.raises(letters.UnableToSign, match="写明逾期的原因"):
        approve(letter, cast.head, late_on)
    letter = approve(letter, cast.head, late_on, late_reason="档案室搬迁，检索延误")
    event = letter.events.get(kind="letter_signed")
    assert event.reason == "档案室搬迁，检索延误"
    assert (event.details["late_by"], event.details["due_on"]) == (6, "2025-10-11")


def test_the_page_lists_what_is_missing_and_closes_the_button(cast, client):
    letter = decided(cast, a_case(cast), NOT_FOUND, FACTS["search"])
    client.force_login(cast.officer)
    page = client.get(f"/office/letters/{letter.pk}/").content.decode()
    assert (
        "没有检索记录" in page
        and "第三十六条第四项" in page
        and 'disabled aria-describedby="why-submit"' in page
    )
    answer = client.post(f"/office/letters/{letter.pk}/", {"do": "submit", "revision": letter.revision})
    assert answer.status_code == 422 and "没有检索记录" in answer.content.decode()
