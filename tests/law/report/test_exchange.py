"""The JSON form: nothing lost on the way out and back, bad input named in a sentence."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import strategies as st

from gongkai.law.report.checks import check
from gongkai.law.report.exchange import NotAReport, from_json, to_json
from gongkai.law.report.filled import Doubt, FilledReport
from tests.law.properties import for_all
from tests.law.report.drawn import reports
from tests.law.report.samples import described, sample, with_figures

PERMIT = "table2.permit.decisions"


def there_and_back(report: FilledReport) -> FilledReport:
    return from_json(json.loads(json.dumps(to_json(report))))


@for_all(reports(), st.data())
def test_a_report_comes_back_as_it_went(report: FilledReport, data: st.DataObject) -> None:
    blank = data.draw(st.sets(st.sampled_from([address for address, _ in report.cells()])))
    assert there_and_back(with_figures(report, dict.fromkeys(blank))) == with_figures(
        report, dict.fromkeys(blank)
    )


@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
def test_everything_a_report_says_comes_back(form: str) -> None:
    report = replace(
        sample(form),
        title="示例县教育局政府信息公开工作年度报告",
        published_on=date(2024, 1, 29),
        sections={"overview": "总体情况。"},
        headings={"overview": "一、总体情况"},
        doubts=(Doubt((PERMIT,), "可读作12或1", ({PERMIT: 12}, {PERMIT: 1})), Doubt((), "没有文字层")),
    )
    table2 = replace(report.tables["table2"], notes={PERMIT: "其中变更2件"})
    report = replace(report, tables={**report.tables, "table2": table2})
    assert there_and_back(report) == report


def test_a_block_of_another_form_keeps_its_own_cells() -> None:
    mixed = to_json(described({"block_formats": {"20-1": "fy2019"}}))
    for row in ("government_rule", "normative_document"):
        mixed["table2"][row] = {"made": 1, "disclosed": 1, "disclosed_total": 2}
    report = from_json(mixed)
    assert report["table2.normative_document.disclosed_total"] == 2
    assert "table2.normative_document.in_force" not in report
    assert there_and_back(report) == report


def test_a_blank_is_null_and_an_amount_a_string() -> None:
    report = with_figures(sample(), {"table3.granted.total": None})
    data = to_json(report)
    assert data["table3"]["rows"]["granted"] == [9, 3, 0, 0, 1, 0, None]
    assert data["table2"]["administrative_fee"]["amount"] == "12.5"
    assert data["table2"]["permit"]["decisions"] == 120
    assert "format" not in data["table4"]


def test_a_table_that_is_not_there_is_null() -> None:
    data = to_json(described({"without": ["table2", "table3"]}))
    assert (data["table2"], data["table3"], data["format"]) == (None, None, "fy2021")
    assert set(from_json(data).tables) == {"table4"}


def test_table_4_alone_is_of_the_form_the_report_names() -> None:
    alone = described({"form": "fy2019", "without": ["table2", "table3"]})
    assert there_and_back(alone).format == "fy2019"


def test_a_fraction_published_in_a_count_cell_is_kept_as_a_string_and_named_by_a_check() -> None:
    report = from_json({"table4": {"direct_suit": {"upheld": 1.5}}})
    assert to_json(report)["table4"]["direct_suit"]["upheld"] == "1.5"
    assert there_and_back(report) == report
    assert "件数只能是整数" in "".join(finding.message for finding in check(report))


def test_figures_may_be_written_as_integers_decimals_or_strings() -> None:
    data = {"table2": {"format": "fy2021", "permit": {"decisions": "12"}, "penalty": {"decisions": 3.0}}}
    report = from_json(data | {"table4": None})
    assert (report[PERMIT], report["table2.penalty.decisions"]) == (12, 3)
    assert from_json(table2(permit={"decisions": 10**18 - 1}))[PERMIT] == 10**18 - 1
    half = from_json({"table2": {"format": "fy2021", "permit": {"decisions": 0.5}}})
    assert half[PERMIT] == Decimal("0.5")
    fee = from_json({"table2": {"format": "fy2021", "administrative_fee": {"amount": 3}}})
    assert isinstance(fee["table2.administrative_fee.amount"], Decimal)


def table2(**more: object) -> dict[str, Any]:
    return {"table2": {"format": "fy2021", **more}}


REFUSED: dict[str, tuple[object, str]] = {
    "一个列表": ([], "这不是年度报告数据"),
    "没有表": ({"agency": "示例县教育局"}, "至少含 table2、table3、table4 之一"),
    "机关不是文字": (table2() | {"agency": 7}, "agency 应是文字"),
    "年度是真假值": (table2() | {"year": True}, "year 应是四位数的报告年度"),
    "年度太小": (table2() | {"year": 23}, "year 应是四位数的报告年度"),
    "日期写法不对": (table2() | {"published_on": "2024年1月29日"}, "published_on 应写成 2021-01-29 的样子"),
    "正文不是对象": (table2() | {"sections": ["无"]}, "sections 应是"),
    "标题不是文字": (table2() | {"headings": {"overview": 1}}, "headings 应是"),
    "表不是对象": ({"table3": []}, "table3 应是一个对象"),
    "表没有格式": ({"table3": {}}, "table3 没有 format"),
    "没有这种格式": ({"table3": {"format": "fy1999"}}, "没有这种格式"),
    "格式不是文字": ({"table3": {"format": ["fy2021"]}}, 'table3.format 写的是 ["fy2021"]，没有这种格式'),
    "报告的格式没有": (table2() | {"format": "fy2020"}, 'format 写的是 "fy2020"，没有这种格式'),
    "报告的格式不是文字": (table2() | {"format": 2021}, "format 写的是 2021，没有这种格式"),
    "行不是对象": ({"table3": {"format": "fy2021", "rows": [1]}}, "table3.rows 应是"),
    "一行不是七个数": (
        {"table3": {"format": "fy2021", "rows": {"granted": [1]}}},
        "table3.rows.granted 应有 7 个数",
    ),
    "没有这一行": (
        {"table3": {"format": "fy2021", "rows": {"granted.x": [0] * 7}}},
        "不是 fy2021 格式里的单元格",
    ),
    "块不是对象": (table2(permit=3), "table2.permit 应是一个对象"),
    "块的格式不对": (table2(block_formats={"20-1": "fy1999"}), "table2.block_formats 里没有“fy1999”这种格式"),
    "块的格式不是对象": (table2(block_formats=["20-1"]), "table2.block_formats 应是"),
    "数是文字": (table2(permit={"decisions": "若干"}), 'table2.permit.decisions 的值 "若干" 不是数'),
    "数是真假值": (table2(permit={"decisions": True}), "的值 true 不是数"),
    "数是列表": (table2(permit={"decisions": [1, None]}), "的值 [1, null] 不是数"),
    "整数太长": (table2(permit={"decisions": 10**29}), f"的值 1{'0' * 29} 位数太多，最多 18 位"),
    "整数长一位": (table2(permit={"decisions": 10**18}), "位数太多，最多 18 位"),
    "整数长得不必全抄": (table2(permit={"decisions": 10**99}), f"的值 1{'0' * 39}… 位数太多"),
    "数无穷大": (table2(permit={"decisions": "Infinity"}), "不是数"),
    "数大得不可能": (table2(permit={"decisions": "1e999999"}), "位数太多"),
    "存疑没有单元格": (table2() | {"doubts": [{"message": "x"}]}, "doubts 的每一条应有 cells"),
    "存疑不是列表": (table2() | {"doubts": 7}, "doubts 的每一条应有 cells"),
    "存疑的读数不是对象": (table2() | {"doubts": [{"cells": [], "message": "", "readings": [1]}]}, "doubts"),
    "存疑的单元格不存在": (
        table2() | {"doubts": [{"cells": [], "message": "", "readings": [{"table9.x.y": 1}]}]},
        "doubts",
    ),
}


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_report_is_refused_in_a_sentence(data: object, sentence: str) -> None:
    with pytest.raises(NotAReport, match=r"。$") as refused:
        from_json(data)
    assert sentence in str(refused.value)
