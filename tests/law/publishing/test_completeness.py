"""What the guide, the catalog, a service guide and the institutions still lack."""

import pytest

from gongkai.law.publishing.completeness import (
    catalog_gaps,
    guide_gaps,
    institution_gaps,
    required_parts,
    service_guide_gaps,
)

CHECKS = {"guide": guide_gaps, "catalog": catalog_gaps, "service_guide": service_guide_gaps}


def filled(subject):
    return {part.code: "已填" for part in required_parts(subject)}


def test_each_has_the_parts_the_law_names():
    labels = {
        subject: [part.label for part in required_parts(subject)] for subject in ("catalog", "service_guide")
    }
    assert labels == {
        "catalog": ["索引", "名称", "内容概述", "生成日期"],
        "service_guide": ["办事依据", "职责", "条件（指标）", "程序", "纪律", "结果"],
    }
    assert len(required_parts("guide")) == 10
    assert len(required_parts("institutions")) == 6


@pytest.mark.parametrize("subject", CHECKS)
def test_what_is_filled_in_lacks_nothing(subject):
    assert CHECKS[subject](filled(subject)) == ()


@pytest.mark.parametrize(
    ("subject", "code"),
    [(subject, part.code) for subject in CHECKS for part in required_parts(subject)],
)
def test_each_part_is_missed_with_what_to_do(subject, code):
    [gap] = CHECKS[subject](filled(subject) | {code: "　"})
    assert gap.code == code
    assert gap.label and gap.sentence.startswith("请") and gap.sentence.endswith("。")


def test_an_empty_guide_lacks_all_of_article_twelve():
    assert {gap.article for gap in guide_gaps({})} == {
        "第十二条第二款", "第二十八条、国办公开办函〔2017〕19号",
    }  # fmt: skip


def test_by_hand_and_by_post_are_never_left_out():
    gaps = guide_gaps(filled("guide"), ["website", "email"])
    assert [gap.label for gap in gaps] == ["当面提交", "邮政寄送"]
    assert gaps[0].sentence == "“当面提交”是基本的申请渠道，不得拒收，请写进指南。"
    assert guide_gaps(filled("guide"), ["in_person", "ordinary_mail"]) == ()


def test_a_channel_of_receipt_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="pigeon"):
        guide_gaps({}, ["pigeon"])


def test_institutions_are_missed_one_by_one():
    published = [part.code for part in required_parts("institutions") if part.code != "review"]
    [gap] = institution_gaps(published)
    assert (gap.code, gap.article) == ("review", "第十七条")
