"""Smallest repairs: exact, all of them, the likelier first."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from gongkai.law.report.filled import Doubt, FilledReport
from gongkai.law.report.relations import evaluate
from gongkai.law.report.repair import LARGEST, fills, repaired, repairs
from gongkai.law.report.slips import CellChange, slip_of
from tests.law.properties import for_all
from tests.law.report.drawn import reports
from tests.law.report.samples import blanked, sample, with_figures


def holds(report: FilledReport) -> bool:
    return all(evaluation.verdict == "holds" for evaluation in evaluate(report))


def proposals(report: FilledReport) -> list[dict[str, int]]:
    return [{c.address: c.proposed for c in repair.changes} for repair in repairs(report)]


def test_a_report_that_adds_up_needs_no_repair() -> None:
    assert repairs(sample()) == ()


def test_one_wrong_cell_is_the_only_smallest_repair() -> None:
    report = with_figures(sample(), {"table3.granted.natural_person": 6})
    assert proposals(report) == [{"table3.granted.natural_person": 9}]
    assert [relation.code for relation in repairs(report)[0].mends] == ["T3-02", "T3-03"]


def test_the_proposal_is_a_sentence() -> None:
    report = with_figures(sample(), {"table4.reconsideration.total": 0})
    assert [repair.message for repair in repairs(report)] == [
        "只改1格即可全部相等：表四“行政复议”行“总计”列由0改为5（可能是公布时的错：总计没有相加，写成了0）。"
    ]


def test_equally_small_repairs_are_all_given_the_likelier_first() -> None:
    report = with_figures(sample(), {"table4.direct_suit.total": 7})
    assert proposals(report) == [
        {"table4.direct_suit.total": 1},
        {"table4.direct_suit.upheld": 7},
        {"table4.direct_suit.overturned": 6},
        {"table4.direct_suit.other_result": 6},
        {"table4.direct_suit.pending": 6},
    ]
    first = repairs(report)[0]
    assert (first.source, first.equals) == ("reader", 5)
    assert "可能是识读时的错：7与1字形相近；同样小的改法共5种，请对照台账再定" in first.message


def test_parts_that_share_no_cell_are_mended_apart() -> None:
    figures = {"table3.granted.natural_person": 6, "table4.reconsideration.total": 0}
    assert proposals(with_figures(sample(), figures)) == [
        {"table3.granted.natural_person": 9},
        {"table4.reconsideration.total": 5},
    ]


def test_a_blank_that_keeps_the_sums_from_holding_is_filled() -> None:
    report = blanked(sample(), "table3.granted.natural_person")
    assert fills(report) == {"table3.granted.natural_person": 9}
    assert repairs(report) == ()


def test_blanks_that_nothing_decides_are_0_and_blank_totals_the_sums() -> None:
    zeros = {a for a, value in sample().cells() if value == 0 and a.startswith("table3.")}
    report = blanked(with_figures(sample(), dict.fromkeys(zeros)), ".total")
    mended = replace(report, tables={"table3": repaired_blanks(report).tables["table3"]})
    assert dict(mended.cells()) == {a: v for a, v in sample().cells() if a.startswith("table3.")}


def repaired_blanks(report: FilledReport) -> FilledReport:
    return with_figures(report, fills(report))


def test_a_total_its_sums_disagree_on_is_the_sum_of_its_items() -> None:
    report = with_figures(sample(), {"table3.granted.total": None, "table3.granted.natural_person": 7})
    assert fills(report) == {"table3.granted.total": 11}
    proposed = {"table3.granted.natural_person": 9, "table3.granted.total": 13}
    assert proposed in proposals(report)
    blank = next(r for r in repairs(report) if len(r.changes) == 2).changes[1]
    assert (blank.address, blank.found) == ("table3.granted.total", None)


def test_a_repair_may_fill_a_blank() -> None:
    figures = {"table4.direct_suit.upheld": 3, "table4.direct_suit.pending": None}
    report = with_figures(sample(), figures | {"table4.direct_suit.total": 7})
    assert fills(report) == {"table4.direct_suit.pending": 4}
    figures |= {"table4.direct_suit.other_result": None}
    report = with_figures(sample(), figures | {"table4.direct_suit.total": 7})
    assert repairs(report)[0].message == (
        "只改1格即可全部相等：表四“未经复议直接起诉”行“其他结果”列由空白改为4"
        "（可能是公布时的错：空白格没有填；同样小的改法共5种，请对照台账再定）。"
    )


def test_figures_that_are_no_count_are_read_as_blank() -> None:
    for wrong in (-9, Decimal("1.5")):
        report = with_figures(sample(), {"table3.granted.natural_person": wrong})
        assert fills(report) == {"table3.granted.natural_person": 9}


def test_sums_with_a_cell_in_doubt_are_left_out() -> None:
    report = with_figures(sample(), {"table3.granted.natural_person": None, "table4.direct_suit.total": 0})
    report = replace(report, doubts=(Doubt(("table3.granted.natural_person",), "可读作9或90"),))
    assert {repair.changes[0].address.partition(".")[0] for repair in repairs(report)} == {"table4"}
    assert "table3.granted.natural_person" not in fills(report)


def test_too_many_wrong_figures_have_no_repair() -> None:
    rows = ("granted", "partly_granted", "denied.third_party_rights", "unable_to_provide.not_held")
    more = (*rows, "not_processed.repeated", "new_received", "brought_forward")
    report = with_figures(sample(), {f"table3.{row}.total": 1000 + 7**i for i, row in enumerate(more)})
    assert len(more) > LARGEST
    assert repairs(report) == ()


def test_four_wrong_figures_in_a_square_have_many_answers_and_none_is_given() -> None:
    rows, columns = ("granted", "partly_granted"), ("natural_person", "research_institution")
    wrong = dict(zip([f"table3.{row}.{c}" for row in rows for c in columns], (2, 3, 2, 3), strict=True))
    assert repairs(with_figures(sample(), wrong)) == ()


@for_all(reports(), st.data())
def test_up_to_two_wrong_cells_have_a_repair_as_small_that_mends_everything(
    report: FilledReport, data: st.DataObject
) -> None:
    cells = data.draw(st.lists(st.sampled_from([a for a, _ in report.cells()]), max_size=2, unique=True))
    wrong = {a: data.draw(st.integers(0, 4000)) for a in cells}
    changed = {a for a, value in wrong.items() if report[a] != value}
    spoiled = with_figures(report, wrong)
    found = repairs(spoiled)
    if holds(spoiled):
        assert found == ()
        return
    parts: dict[tuple[object, ...], int] = {}
    for repair in found:
        parts[repair.mends] = len(repair.changes)
        rest = {e.relation for e in evaluate(repaired(spoiled, repair)) if e.verdict != "holds"}
        assert rest.isdisjoint(repair.mends)
        assert all(change.proposed >= 0 and change.proposed != change.found for change in repair.changes)
    assert 0 < sum(parts.values()) <= len(changed)


@for_all(reports(), st.data())
def test_blank_totals_are_always_found_again(report: FilledReport, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from([a for a, _ in report.cells() if a.endswith(".total")])))
    assert repaired_blanks(with_figures(report, dict.fromkeys(gone))) == report


# found → proposed, by column of one row unless the address says otherwise
ROW = "table3.granted.{}"
STORIES = [
    ([("natural_person", None, 9)], "publisher", "空白格没有填"),
    ([("natural_person", 21, 2), ("commercial_enterprise", 3, 13)], "reader", "分界读错"),
    ([("natural_person", 5, 8), ("total", 8, 5)], "reader", "互换了位置"),
    ([("total", 0, 13)], "publisher", "写成了0"),
    ([("natural_person", 9, 0), ("total", 13, 0)], "publisher", "整行的数恰等于相差数"),
    ([("natural_person", 2, 21)], "reader", "漏了一位数字"),
    ([("natural_person", 210, 21)], "reader", "多了一位数字"),
    ([("natural_person", 12, 21)], "reader", "两位数字颠倒"),
    ([("natural_person", 13, 18)], "reader", "3与8字形相近"),
    ([("total", 45, 52)], "publisher", "总计可能加错"),
    ([("natural_person", 4, 52)], "publisher", "字形不相近"),
    ([("natural_person", 44, 55)], "publisher", "字形不相近"),
    ([("natural_person", 24, 25)], "publisher", "字形不相近"),
    ([("natural_person", 100, 9)], "publisher", "字形不相近"),
]


@pytest.mark.parametrize(("changes", "source", "reason"), STORIES, ids=[s[2] + str(s[0]) for s in STORIES])
def test_the_story_behind_a_change(
    changes: list[tuple[str, int | None, int]], source: str, reason: str
) -> None:
    slip = slip_of([CellChange(ROW.format(column), found, to) for column, found, to in changes])
    assert slip.source == source
    assert reason in slip.reason
