"""What the drafter marks, what withholding needs, and the yearly look at what is withheld."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.law.grounds import grounds
from gongkai.law.publishing.classes import (
    ClassProposal,
    DisclosureClass,
    Reassessment,
    class_gap,
    exemptions,
    next_reassessment,
    reassessed,
)
from gongkai.law.publishing.switches import PublishingRules
from gongkai.law.publishing.templates import standard_catalogs

WITHHELD = DisclosureClass.WITHHELD


def codes(proposal):
    return [gap.code for gap in class_gap(proposal)]


def test_there_are_seven_grounds_four_of_them_a_duty():
    assert {found.mark: found.mandatory for found in exemptions().values()} == {
        "E14a": True, "E14b": True, "E14c": True, "E15": True, "E16a": False, "E16b": False, "E16c": False,
    }  # fmt: skip


def test_every_ground_is_the_one_of_a_decision():
    known = {ground.code for ground in grounds()}
    assert all(found.decision in known for found in exemptions().values())


def test_the_catalogs_suggest_only_grounds_that_exist():
    named = {row.ground for template in standard_catalogs().values() for row in template.rows} - {""}
    assert named and named <= set(exemptions())


def test_a_draft_without_a_class_may_be_sent_back():
    [gap] = class_gap(ClassProposal(None))
    assert (gap.code, gap.article) == ("disclosure_class", "国办发〔2016〕80号")
    assert gap.sentence.endswith("没有标明的可以退文。")


def test_what_is_open_needs_no_reason():
    assert codes(ClassProposal(DisclosureClass.PROACTIVE)) == []
    assert codes(ClassProposal(DisclosureClass.ON_APPLICATION, is_policy_document=True)) == []


def test_what_is_withheld_needs_a_ground_and_its_evidence():
    assert codes(ClassProposal(WITHHELD)) == ["ground"]
    assert codes(ClassProposal(WITHHELD, ("state_secret",))) == ["evidence.state_secret"]
    blank = ClassProposal(WITHHELD, ("deliberative",), {"deliberative": " "})
    assert codes(blank) == ["evidence.deliberative"]
    assert codes(ClassProposal(WITHHELD, ("deliberative",), {"deliberative": "请示报告，决定尚未作出"})) == []


def test_the_gap_says_what_the_reason_must_state():
    [gap] = class_gap(ClassProposal(WITHHELD, ("state_secret",)))
    assert gap.sentence == (
        "依据“依法确定为国家秘密”不予公开的，应当写明密级、保密期限和定密责任人，或者所据以派生定密的上级文件。"
    )


def test_a_policy_document_not_to_be_public_passes_the_disclosure_office_first():
    proposal = ClassProposal(
        WITHHELD, ("deliberative",), {"deliberative": "征求意见稿"}, is_policy_document=True
    )
    assert codes(proposal) == ["office_review"]
    assert codes(replace(proposal, office_reviewed=True)) == []


def test_process_information_that_a_rule_wants_public_is_not_withheld():
    proposal = ClassProposal(
        WITHHELD,
        ("enforcement_file", "internal_affairs"),
        {"enforcement_file": "某案卷", "internal_affairs": "考勤"},
        disclosure_required_by="《某办法》第九条",
    )
    [gap] = class_gap(proposal)
    assert gap.code == "required.enforcement_file"
    assert gap.sentence.startswith("《某办法》第九条规定应当公开的，从其规定")


def test_a_mandatory_ground_stands_against_publication_a_discretionary_one_does_not():
    proposal = ClassProposal(DisclosureClass.PROACTIVE, ("third_party_rights", "internal_affairs"))
    [gap] = class_gap(proposal)
    assert (gap.code, gap.article) == ("mandatory.third_party_rights", "第十五条")
    assert gap.sentence.endswith("写明后可以公开。")
    assert codes(replace(proposal, third_party_exit="投标人2025年3月3日书面同意")) == []
    secret = ClassProposal(DisclosureClass.ON_APPLICATION, ("state_secret",), third_party_exit="同意")
    assert codes(secret) == ["mandatory.state_secret"]


def test_an_unknown_ground_is_refused():
    with pytest.raises(KeyError):
        class_gap(ClassProposal(WITHHELD, ("whim",)))


def test_what_is_withheld_is_looked_at_again_after_twelve_months(national):
    found = next_reassessment(date(2025, 3, 10), national)
    assert (found.due_on, found.article, found.estimated) == (date(2026, 3, 10), "第十八条", False)
    half = PublishingRules("10", "6", "ever", "before")
    assert next_reassessment(date(2025, 4, 5), national, half).due_on == date(2025, 9, 30)


def test_each_outcome_brings_its_next_day(limits, national):
    found = [reassessed(outcome, date(2025, 6, 3), limits, national) for outcome in Reassessment]
    assert [(entry.disclosure_class.value, entry.sentence) for entry in found] == [
        ("withheld", "维持不公开，2026年6月3日前再次评估。"),
        ("proactive", "转为主动公开，最迟2025年7月1日公开。"),
        ("on_application", "转为依申请公开，不再列入定期评估。"),
    ]
    assert [entry.due and entry.due.due_on for entry in found] == [date(2026, 6, 3), date(2025, 7, 1), None]


def test_classes_and_outcomes_have_labels():
    assert [found.label for found in DisclosureClass] == ["主动公开", "依申请公开", "不予公开"]
    assert [found.label for found in Reassessment] == ["维持不公开", "转主动公开", "转依申请公开"]
