"""Figures in running text."""

import pytest

from gongkai.documents.reading.content import Content, line
from gongkai.documents.reading.decoding import decode
from gongkai.documents.reading.decoding.stream import Stream, tokens_of
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.formats import load_format

FORM = load_format("fy2021")


def _solid(new: str, granted: str, total: str) -> FilledReport:
    rows = {"new_received": new, "granted": granted, "handled_total": total}
    text = "".join(row.label + rows.get(row.code, "0000000") for row in FORM.table3_rows)
    return decode(Content("text", (line("申请人情况" + text + "四、政府信息公开行政复议、行政诉讼情况"),)))


def test_cuts_that_fit_equally_well_are_given_as_a_doubt_with_their_readings() -> None:
    report = _solid("330000033", "330000033", "330000033")
    assert report["table3.granted.natural_person"] is None
    assert len(_readings(report, "table3.granted.natural_person")) > 1


def _readings(report: FilledReport, address: str) -> list[object]:
    return [r[address] for doubt in report.doubts for r in doubt.readings if address in r]


def test_a_row_that_can_be_cut_in_one_way_is_read() -> None:
    report = _solid("200000121", "200000121", "200000121")
    assert [report[f"table3.granted.{c.code}"] for c in FORM.table3_columns] == [20, 0, 0, 0, 0, 1, 21]


@pytest.mark.parametrize(
    ("segment", "tokens"),
    [
        ("\n0\n5\n0\n", ["0", "5", "0"]),
        ("\t0\n\t\n\t5\n", ["0", "", "5"]),
        (" 1,234 0 ", ["1234", "0"]),
        ("5件 0件", ["5", "0"]),
        ("0² 3①", ["0", "3"]),
        ("1（其中：电子渠道2件）\n0", ["1", "0"]),
        ("0 0 （四）无法提供", ["0", "0"]),
        ("0 无 /", ["0"]),
        ("无 0", ["", "0"]),
        ("0 0 2.", ["0", "0"]),
    ],
)
def test_cells_of_a_segment(segment: str, tokens: list[str]) -> None:
    assert tokens_of(segment) == tokens


def test_page_numbers_are_dropped_but_not_dashes_between_cells() -> None:
    assert "5" not in Stream((line("甲"), line("— 5 —"), line("乙"))).text
    assert "5" in Stream((line("-"), line("5"), line("-"))).text


def test_a_label_with_a_wrong_glyph_is_found_between_its_neighbours() -> None:
    stream = Stream((line("本年新收政府信息公开申请数量0上年结转政付信息公开申请数量0予以公开"),))
    labels = [
        ("本年新收政府信息公开申请数量", "a"),
        ("上年结转政府信息公开申请数量", "b"),
        ("予以公开", "c"),
    ]
    assert [found.code for found in stream.chain(labels)] == ["a", "b", "c"]


def test_a_count_and_an_amount_run_together_are_given_with_every_reading() -> None:
    rows = [
        line("第二十条第（九）项信息内容采购项目数量采购总金额政府集中采购39573802895.90元"),
        line("申请人情况" + "".join(row.label + "0000000" for row in FORM.table3_rows)),
    ]
    report = decode(Content("text", tuple(rows)))
    found = _readings(report, "table2.central_procurement.projects")
    assert 395 in found
    assert report["table2.central_procurement.projects"] is None
