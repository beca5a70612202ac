"""Every check beside a good and a bad report."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from gongkai.law.report.checks import CHECKS, Check, check
from gongkai.law.report.checks.contract import NEED_LABELS
from gongkai.law.report.filled import Doubt, FilledReport
from gongkai.law.report.findings import Finding, to_json
from tests.law.report.samples import described, sample, with_figures
from tests.law.scenario_tables import scenarios, table

DECIDED_ELSEWHERE = {"AGG-02"}


def findings_of(row: Mapping[str, Any]) -> list[Finding]:
    """What the row's own check finds in the report it describes."""
    found = check(
        described(row),
        previous=described(row["previous"]) if "previous" in row else None,
        members=[described(member) for member in row.get("members", [])],
        expected_members=row.get("expected_members", ()),
        parent=described(row["parent"]) if "parent" in row else None,
        submitted_on=row.get("submitted_on"),
        kind=row.get("kind"),
        register=row.get("register"),
        fees=Decimal(row["fees"]) if "fees" in row else None,
    )
    only = row.get("only")
    return [f for f in found if f.code == row["code"] and (only is None or only in f.cells)]


@scenarios("report_checks")
def test_a_check_says_what_is_wrong_and_where(row: Mapping[str, Any]) -> None:
    found = findings_of(row)
    assert [f.severity for f in found] == [wanted["severity"] for wanted in row["finds"]], found
    for finding, wanted in zip(found, row["finds"], strict=True):
        assert wanted["says"] in finding.message
        assert finding.message.endswith("。")
        assert finding.article
        if "cell" in wanted:
            assert finding.cells[0] == wanted["cell"]
        for field in ("expected", "found"):
            if field in wanted:
                assert getattr(finding, field) == wanted[field]


@pytest.mark.parametrize("each", CHECKS, ids=lambda each: f"{each.code} {each.title}")
def test_every_check_has_a_good_and_a_bad_report(each: Check) -> None:
    rows = table("report_checks")
    fitting = [row for row in rows if row["code"] == each.code and all(need in row for need in each.needs)]
    shown = {bool(row["finds"]) for row in fitting}
    assert shown == (set() if each.code in DECIDED_ELSEWHERE else {True, False})


def test_a_check_decided_elsewhere_says_what_it_needs() -> None:
    elsewhere = [each for each in CHECKS if each.decide is None]
    assert {each.code for each in elsewhere} == DECIDED_ELSEWHERE
    assert all(NEED_LABELS[need] for each in elsewhere for need in each.needs)


@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
def test_nothing_is_found_in_a_report_that_keeps_every_relation(form: str) -> None:
    assert check(sample(form)) == ()


def test_errors_come_before_warnings_and_warnings_before_notes() -> None:
    report = replace(
        described({"form": "fy2019", "figures": {"table2.normative_document.disclosed": 6}}),
        title="示例报告",
    )
    report = with_figures(report, {"table4.direct_suit.total": 9})
    assert [(f.code, f.severity) for f in check(report)] == [
        ("T4-02", "error"),
        ("F-02", "warning"),
        ("T2-04", "note"),
    ]


def test_one_wrong_cell_is_found_by_each_relation_it_breaks() -> None:
    report = with_figures(sample(), {"table3.granted.natural_person": 10})
    assert [f.code for f in check(report)] == ["T3-02", "T3-03"]


def test_a_doubtful_cell_is_no_blank_of_the_publisher() -> None:
    cell = "table3.granted.natural_person"
    report = with_figures(sample(), {cell: None})
    report = replace(report, doubts=(Doubt((cell,), "可读作9或90"),))
    assert check(report) == ()


def test_a_report_without_a_table_is_checked_for_the_rest() -> None:
    assert check(FilledReport(agency="示例县教育局")) == ()


def test_last_years_report_may_not_know_its_year() -> None:
    previous = replace(sample(), year=None)
    assert {f.code for f in check(sample(), previous=previous)} == {"T3-05", "T2-01"}


def test_another_agencys_report_is_compared_with_nothing() -> None:
    previous = sample(year=2022, agency="示例市人民政府")
    assert [(f.code, f.severity, f.cells, f.message) for f in check(sample(), previous=previous)] == [
        (
            "T3-05",
            "warning",
            (),
            "用来对照的是“示例市人民政府”的报告，不是本机关“示例县教育局”的，跨年关系没有核对。",
        )
    ]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({}, "上一年度报告"),
        ({"year": None}, "上一年度报告"),
        ({"year": 2020}, "“示例县教育局”2020年度报告"),
        ({"year": 2023}, "“示例县教育局”2023年度报告"),
        ({"year": 2020, "agency": None}, "2020年度报告"),
        ({"agency": "示例市人民政府"}, "“示例市人民政府”2022年度报告"),
        ({"agency": "示例市人民政府", "year": None}, "“示例市人民政府”报告"),
    ],
)
def test_copied_prose_names_the_report_it_was_copied_from(change: Mapping[str, Any], name: str) -> None:
    prose = {"overview": "".join(chr(0x4E00 + place) for place in range(200))}
    previous = replace(sample(year=2022), sections=prose)
    found = check(replace(sample(), sections=prose), previous=replace(previous, **change))
    assert [f.message for f in found if f.code == "X-04"] == [
        f"“一、总体情况”与{name}有100%相同，属内容雷同：请按本年工作重写。"
    ]


def test_last_years_report_may_lack_what_is_compared() -> None:
    assert check(sample(), previous=FilledReport(year=2022)) == ()


def test_a_member_without_a_name_is_called_by_its_place() -> None:
    members = [replace(sample(), agency=None, year=2022)]
    messages = [f.message for f in check(sample(), members=members) if f.code == "AGG-01"]
    assert messages[0].startswith("第1份报告交的是2022年度的报告")


def test_a_part_is_not_compared_with_a_blank_or_signed_whole() -> None:
    part, whole = sample("fy2019"), sample("fy2019")
    whole = with_figures(whole, {"table2.permit.change": -9, "table2.permit.decisions": None})
    assert check(part, parent=whole) == ()


def test_the_exchange_form_of_a_finding() -> None:
    report = with_figures(sample(), {"table4.direct_suit.total": 9})
    assert to_json(check(report)[0]) == {
        "code": "T4-02",
        "severity": "error",
        "cells": [
            "table4.direct_suit.total",
            "table4.direct_suit.upheld",
            "table4.direct_suit.overturned",
            "table4.direct_suit.other_result",
            "table4.direct_suit.pending",
        ],
        "article": "《年度报告格式》表四",
        "expected": 1,
        "found": 9,
        "message": "表四“未经复议直接起诉”行“总计”列写9，各项相加是1，相差8。",
    }


def test_an_amount_is_a_string_in_the_exchange_form() -> None:
    row = {"figures": {"table2.administrative_fee.amount": "250000.50"}}
    assert [to_json(f)["found"] for f in check(described(row))] == ["250000.50"]
