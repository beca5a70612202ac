"""Two years of one agency beside each other."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.law.report.comparison import (
    Change,
    compare,
    compare_prose,
    copies,
    identical_paragraphs,
    similarity,
    skeleton,
)
from tests.law.properties import for_all
from tests.law.report.samples import sample, with_figures

WORDS = (
    "本局修订公开指南，清理失效文件，培训各科室信息员。公开指南重写了受理地点和联系方式；失效文件逐件标注并公告；"
    "培训两期，每期一天，结业测验合格后上岗。此外还调整了领导小组成员，明确分管领导和科室职责，把公开工作列入年度考核。"
    "年末逐栏目核对更新时限，为老年人开设大字版页面，请群众代表到场评议。"
)


def test_each_cell_has_its_change_and_percentage() -> None:
    after = with_figures(sample(), {"table3.new_received.total": 39, "table2.permit.decisions": None})
    changes = {change.address: change for change in compare(sample(), after).changes}
    received = changes["table3.new_received.total"]
    assert (received.before, received.after, received.difference, received.percent) == (
        26,
        39,
        13,
        Decimal("50.0"),
    )
    permits = changes["table2.permit.decisions"]
    assert (permits.difference, permits.percent) == (None, None)
    assert changes["table3.denied.state_secret.total"].percent is None
    assert list(changes) == [address for address, _ in after.cells()]


def test_a_percentage_has_one_decimal_place() -> None:
    assert Change("", 3, 4).percent == Decimal("33.3")
    assert Change("", Decimal("0.8"), Decimal("0.2")).percent == Decimal("-75.0")


def test_different_forms_are_compared_where_they_can_be() -> None:
    old = with_figures(sample("fy2019"), {"table3.otherwise_handled.natural_person": 2})
    leaves = {
        "table3.otherwise_handled.supplement_lapsed.natural_person": 3,
        "table3.otherwise_handled.fee_lapsed.natural_person": None,
    }
    new = with_figures(sample(), leaves)
    for before, after, difference in ((old, new, 1), (new, old, -1)):
        found = compare(before, after)
        changes = {change.address: change.difference for change in found.changes}
        assert changes["table3.otherwise_handled.natural_person"] == difference
        assert changes["table3.new_received.total"] == 0
    assert "table2.normative_document.disclosed" in found.only_after
    assert "table2.normative_document.in_force" in found.only_before
    assert not [a for a in found.only_before if a.startswith("table3.")]


def test_a_copy_with_other_figures_is_the_same() -> None:
    before = WORDS + "2022年公开信息1,200条。"
    after = WORDS + "２０２３年公开信息35条。"
    found = similarity(before, after)
    assert (found.jaccard, found.contained) == (1.0, 1.0)


def test_prose_that_only_grew_is_contained_less_and_less() -> None:
    longer = (
        WORDS
        + "建成政务新媒体矩阵，编印公开目录样本，派员驻点辅导，抽查留痕，补齐历史文件的文号和有效性标注。"
    )
    assert similarity(longer, WORDS).contained == 1.0
    assert similarity(WORDS, longer).contained < 0.9
    assert similarity(WORDS, longer).jaccard == similarity(longer, WORDS).jaccard


def test_short_texts_are_never_copies() -> None:
    (found,) = compare_prose({"other_matters": "无。"}, {"other_matters": "无。"})
    assert (found.copied, found.similarity.jaccard) == (False, 0.0)
    (found,) = compare_prose(
        {"other_matters": "本年度没有其他需要报告的事项。"}, {"other_matters": "没有其他需要报告的事项。"}
    )
    assert (found.copied, found.similarity.contained) == (False, 1.0)


def test_sections_that_both_have_are_compared() -> None:
    before = replace(sample(), sections={"overview": WORDS, "other_matters": "无。"})
    after = replace(
        sample(), sections={"problems_and_improvements": WORDS, "overview": WORDS, "other_matters": ""}
    )
    (found,) = compare(before, after).sections
    assert (found.section, found.copied) == ("overview", True)


def test_paragraphs_that_stand_in_both_are_listed_as_written() -> None:
    kept = "（一）2023年修订公开指南，清理失效文件12件，培训各科室信息员，调整领导小组成员，明确职责。"
    before = "总的情况。\n" + kept.replace("2023", "2022").replace("12", "9") + "\n去年的话。"
    after = "总的情况。\n  " + kept + "\n今年的话。"
    assert list(identical_paragraphs(before, after)) == [kept]


def test_copies_among_many_are_named_with_their_source() -> None:
    texts = {
        "甲局": WORDS + "又请群众代表到村（社区）评议目录样本两次。",
        "乙局": WORDS,
        "丙局": "无。",
        "丁局": WORDS[::-1],
    }
    assert list(copies(texts)) == [("乙局", "甲局", 1.0)]


@for_all(st.text(max_size=40), st.text(max_size=40))
def test_likeness_lies_between_nothing_and_all(one: str, other: str) -> None:
    found = similarity(one, other)
    assert 0 <= found.jaccard <= found.contained <= 1
    assert similarity(one, one).contained in (0.0, 1.0)
    assert not any(character.isdigit() and character.isascii() for character in skeleton(one))
