"""Who reviews before anything is published, and what still stands in its way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.publishing.review import (
    Answer,
    Opinion,
    ReviewSheet,
    StepTaken,
    referral,
    referral_due,
    review_checks,
    review_gaps,
    review_paths,
    step_now,
    taking_gap,
)
from gongkai.law.publishing.switches import PublishingRules

ROLES = {"officer", "section_head", "office_head", "leader_in_charge", "secrecy_reviewer"}
DRAFTERS = frozenset({"甄示范"})
PEOPLE = {
    "section_head": "贾样本", "disclosure_office": "贾示范", "secrecy": "甄样本",
    "authority": "甄样本", "leader_in_charge": "甄范例",
}  # fmt: skip


def complete(code="standard", **changed):
    """A sheet on which every step is done as it should be; ``changed``: step → what differs there."""
    path = review_paths()[code]
    taken = []
    for step in path.reviews:
        entry = {
            "step": step.code,
            "person": PEOPLE[step.code],
            "role": step.roles[0],
            "opinion": Opinion.AGREED,
            "answers": dict.fromkeys(step.checks, Answer.CLEAR),
        } | changed.get(step.code, {})
        taken.append(StepTaken(**entry))
    return ReviewSheet(path, DRAFTERS, tuple(taken))


def codes(sheet):
    return [gap.code for gap in review_gaps(sheet)]


def until(sheet, count):
    return ReviewSheet(sheet.path, sheet.drafters, sheet.taken[:count])


def test_the_standard_path_goes_from_the_drafter_to_the_leader():
    steps = {code: [step.code for step in path.steps] for code, path in review_paths().items()}
    assert steps["standard"] == [
        "drafter", "section_head", "disclosure_office", "secrecy", "leader_in_charge",
    ]  # fmt: skip
    assert steps["small_office"] == ["drafter", "disclosure_office", "secrecy", "leader_in_charge"]
    assert steps["escalated"][-2:] == ["authority", "leader_in_charge"]


@pytest.mark.parametrize("path", review_paths().values(), ids=review_paths())
def test_every_path_has_a_secrecy_step_two_people_and_all_six_checks(path):
    assert [step.kind for step in path.reviews].count("secrecy") == 1
    assert path.reviewers >= 2
    assert {check for step in path.reviews for check in step.checks} == set(review_checks())
    assert {role for step in path.steps for role in step.roles} <= ROLES
    assert all(step.label and step.article for step in path.steps)


def test_the_six_checks_name_what_they_ask_and_their_article():
    assert [check.label for check in review_checks().values()] == [
        "国家秘密", "工作秘密", "商业秘密", "个人隐私和个人信息", "三安全一稳定", "转引上级不公开文件",
    ]  # fmt: skip
    assert all(check.question.endswith("？") and check.article for check in review_checks().values())


def test_answers_and_opinions_have_labels():
    assert [answer.label for answer in Answer] == [
        "不涉及", "涉及，依法可以公开", "涉及，不得公开", "不能确定",
    ]  # fmt: skip
    assert [opinion.label for opinion in Opinion] == ["同意公开", "退回修改"]


@pytest.mark.parametrize("code", review_paths())
def test_a_sheet_with_every_step_and_every_answer_is_complete(code):
    assert codes(complete(code)) == []
    assert step_now(complete(code)) is None


def test_a_step_of_another_path_is_refused():
    with pytest.raises(KeyError):
        complete().path.step("authority")


@pytest.mark.parametrize("count", range(4))
def test_a_sheet_that_stops_early_is_not_complete(count):
    sheet = until(complete(), count)
    assert f"not_taken.{step_now(sheet).code}" in codes(sheet)


def test_the_drafter_never_reviews():
    sheet = until(complete(), 0)
    gap = taking_gap(sheet, sheet.path.reviews[0], "甄示范", "section_head")
    assert (gap.code, gap.sentence) == (
        "own_draft.section_head",
        "拟稿人不能审查自己拟的内容，请交由其他人审查。",
    )
    assert "own_draft.secrecy" in codes(complete(secrecy={"person": "甄示范"}))


def test_each_step_belongs_to_a_role():
    sheet = until(complete(), 2)
    secrecy = sheet.path.step("secrecy")
    assert taking_gap(sheet, secrecy, "甄样本", "office_head").code == "wrong_role.secrecy"
    assert taking_gap(sheet, secrecy, "甄样本", "secrecy_reviewer") is None
    assert codes(complete(secrecy={"role": "office_head"})) == ["wrong_role.secrecy"]


def test_the_steps_are_taken_in_their_order():
    sheet = until(complete(), 1)
    gap = taking_gap(sheet, sheet.path.step("leader_in_charge"), "甄范例", "leader_in_charge")
    assert gap.sentence == "现在轮到“公开工作机构复审”，还不能办理“分管领导终审”。"
    turned = ReviewSheet(sheet.path, DRAFTERS, tuple(reversed(complete().taken)))
    assert codes(turned) == ["out_of_turn"]


def test_nothing_is_left_to_take_on_a_complete_sheet():
    gap = taking_gap(complete(), complete().path.reviews[-1], "甄范例", "leader_in_charge")
    assert gap.sentence.startswith("各步都已审查完毕")


def test_what_was_returned_is_not_reviewed_further():
    sheet = until(complete(section_head={"opinion": Opinion.RETURNED}), 1)
    gap = taking_gap(sheet, sheet.path.step("section_head"), "贾样本", "section_head")
    assert gap.code == "returned.section_head"
    assert "returned.section_head" in codes(sheet)


def test_one_person_with_every_role_does_not_review_alone():
    same = {step: {"person": "贾样本"} for step in PEOPLE}
    sheet = complete(**same)
    assert codes(sheet) == ["too_few"]
    assert review_gaps(sheet)[0].sentence == "审查至少要由3个不同的人办理，现在只有1人。"
    third = until(sheet, 2)
    assert taking_gap(third, third.path.step("secrecy"), "甄样本", "secrecy_reviewer") is None
    assert (
        taking_gap(third, third.path.step("secrecy"), "贾样本", "secrecy_reviewer").code == "too_few.secrecy"
    )


def test_in_a_small_office_two_people_are_enough():
    assert codes(complete("small_office", secrecy={"person": "贾示范", "role": "office_head"})) == []
    assert "too_few" in codes(
        complete(
            "small_office",
            secrecy={"person": "甄范例", "role": "office_head"},
            disclosure_office={"person": "甄范例"},
        )
    )


def test_every_check_of_a_step_is_answered():
    assert codes(complete(secrecy={"answers": {"state_secret": Answer.CLEAR}})) == [
        "unanswered.work_secret",
        "unanswered.superior_document",
    ]


def test_what_is_found_stops_the_release():
    answers = dict.fromkeys(("state_secret", "work_secret", "superior_document"), Answer.CLEAR)
    found = complete(secrecy={"answers": answers | {"state_secret": Answer.FOUND}})
    assert codes(found) == ["found.state_secret"]
    permitted = complete(
        secrecy={
            "answers": answers | {"state_secret": Answer.PERMITTED},
            "grounds": {"state_secret": "上级同意"},
        }
    )
    assert codes(permitted) == ["found.state_secret"]


def test_personal_data_the_law_lets_out_needs_its_ground_written_down():
    step = complete().path.step("disclosure_office")
    answers = dict.fromkeys(step.checks, Answer.CLEAR) | {"personal_information": Answer.PERMITTED}
    assert codes(complete(disclosure_office={"answers": answers})) == ["ground.personal_information"]
    grounds = {"personal_information": "公示名单，依规公开姓名"}
    assert codes(complete(disclosure_office={"answers": answers, "grounds": grounds})) == []


def test_a_doubt_is_referred_and_the_authority_settles_it():
    answers = dict.fromkeys(("state_secret", "work_secret", "superior_document"), Answer.CLEAR)
    unsure = {"answers": answers | {"state_secret": Answer.UNSURE}}
    assert codes(complete(secrecy=unsure)) == ["unsure.state_secret"]
    assert codes(complete("escalated", secrecy=unsure)) == ["unsure.state_secret"]
    for answer, left in ((Answer.CLEAR, []), (Answer.FOUND, ["found.state_secret"])):
        sheet = complete("escalated", secrecy=unsure, authority={"answers": {"state_secret": answer}})
        assert codes(sheet) == left
    still = complete("escalated", secrecy=unsure, authority={"answers": {"state_secret": Answer.UNSURE}})
    assert set(codes(still)) == {"unsure.state_secret"}


def test_doubts_about_secrets_go_to_the_secrecy_authority_others_to_the_department():
    assert referral("state_secret").sentence == (
        "不能确定是否涉及国家秘密的，应当报保密行政管理部门确定；确定之前不得公开。"
    )
    assert referral("trade_secret").to == "competent_department"


def test_a_referral_is_usually_answered_in_ten_working_days(national):
    due = referral_due(date(2025, 9, 8), national)
    assert (due.due_on, due.article) == (date(2025, 9, 22), "第十七条")


def test_an_office_may_set_no_day_for_the_answer(national):
    rules = PublishingRules("0", "12", "ever", "before")
    assert referral_due(date(2025, 9, 8), national, rules) is None


@given(st.sampled_from(list(review_paths())), st.lists(st.sampled_from("甲乙丙丁"), min_size=5, max_size=5))
def test_a_review_counts_exactly_when_enough_others_than_the_drafter_took_part(code, people):
    steps = [step.code for step in review_paths()[code].reviews]
    asked = dict(zip(steps, people, strict=False))
    sheet = complete(code, **{step: {"person": person} for step, person in asked.items()})
    sheet = ReviewSheet(sheet.path, frozenset({"甲"}), sheet.taken)
    enough = "甲" not in asked.values() and len(set(asked.values())) >= sheet.path.reviewers
    assert (review_gaps(sheet) == ()) == enough
