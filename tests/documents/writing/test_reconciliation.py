"""The workbook of a rollup proves its sums and names who is missing."""

import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import openpyxl
from documents.writing.reports import filled
from openpyxl.workbook import Workbook

from gongkai.documents.writing.reconciliation import workbook
from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.formats import TABLES
from gongkai.law.report.rollup import rollup


def member(agency: str, value: Value, *, year: int = 2023, form: str = "fy2021") -> FilledReport:
    return FilledReport(agency, year, {table: filled(form, table, value) for table in TABLES})


def opened(members: Sequence[FilledReport], expected: Sequence[str] = (), *, values: bool = True) -> Workbook:
    total = rollup(members, agency="虚构市", expected=expected)
    return openpyxl.load_workbook(io.BytesIO(workbook(total)), data_only=values)


def proof(book: Workbook) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row[1:] for row in book["对账"].iter_rows(values_only=True)}


def remarks(book: Workbook) -> list[tuple[object, ...]]:
    return list(book["成员情况"].iter_rows(min_row=2, values_only=True))


def test_every_member_stands_beside_the_sum_and_the_table() -> None:
    rows = proof(opened([member("虚构甲县", 2), member("虚构乙县", 3)]))
    assert rows["单元格"] == ("虚构甲县", "虚构乙县", "各成员之和", "汇总表", "差")
    assert rows["表三“（七）总计”行“总计”列"] == (2, 3, 5, 5, 0)
    assert rows["表四“行政复议”行“总计”列"] == (2, 3, 5, 5, 0)
    assert rows["表二“规章”行“本年制发件数”列"] == (2, 3, 5, 5, 0)
    assert len(rows) == 1 + 10 + 25 + 3


def test_the_spreadsheet_adds_for_itself() -> None:
    book = opened([member("虚构甲县", 2), member("虚构乙县", 3)], values=False)
    assert proof(book)["表三“（七）总计”行“总计”列"][2:] == (
        "=SUM(B35:C35)",
        5,
        '=IF(E35="","",ROUND(D35-E35,6))',
    )


def test_amounts_add_up_without_a_trace_of_binary() -> None:
    rows = proof(opened([member("虚构甲县", Decimal("0.1")), member("虚构乙县", Decimal("0.2"))]))
    assert rows["表二“行政事业性收费”行“本年收费金额”列"][3:] == (0.3, 0)


def test_a_total_that_differs_from_its_members_shows_the_difference() -> None:
    total = rollup([member("虚构甲县", 2), member("虚构乙县", 3)])
    wrong = {table: filled("fy2021", table, 7) for table in TABLES}
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(replace(total, report=replace(total.report, tables=wrong)))), data_only=True
    )
    assert proof(book)["表三“（七）总计”行“总计”列"] == (2, 3, 5, 7, -2)


def test_the_summed_tables_have_their_sheets() -> None:
    book = opened([member("虚构甲县", 2), member("虚构乙县", 3)])
    assert book.sheetnames == [
        "年度报告",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "对账",
        "成员情况",
    ]
    assert book["收到和处理政府信息公开申请情况"]["D4"].value == 5


def test_members_that_stand_apart_are_named_with_a_sentence() -> None:
    members = [
        member("虚构甲县", 2),
        member("虚构甲县", 9),
        member("虚构乙县", 3),
        member("虚构丙县", 4, year=2022),
    ]
    assert remarks(opened(members, ["虚构甲县", "虚构丁县", "虚构丙县"])) == [
        ("虚构丁县", "没有交报告，汇总数里没有它。"),
        ("虚构丙县", "交的是2022年度的报告，不是2023年度的，没有计入。"),
        ("虚构甲县", "交了不止一份报告，只计入第一份。"),
        ("虚构乙县", "不在应报名单里，已经计入；请核对名单。"),
    ]


def test_a_file_that_could_not_be_read_is_named_with_the_reason() -> None:
    total = rollup([member("虚构甲县", 2)])
    data = workbook(total, {"虚构乙县.pdf": "文件是空的；请重新报送。"})
    assert remarks(openpyxl.load_workbook(io.BytesIO(data))) == [
        ("虚构乙县.pdf", "这个文件读不出来，没有计入：文件是空的；请重新报送。")
    ]


def test_blanks_are_named_and_never_counted_as_zero() -> None:
    book = opened([member("虚构甲县", 2), member("虚构乙县", None)])
    assert proof(book)["表三“（七）总计”行“总计”列"] == (2, None, 2, 2, 0)
    [(name, sentence)] = remarks(book)
    assert name == "虚构乙县"
    assert str(sentence).startswith("有200个格没有数，汇总时没有计入：表二“规章”行“本年制发件数”列、")
    assert str(sentence).endswith("列等。")


def test_another_form_and_what_cannot_be_known_are_said() -> None:
    book = opened([member("虚构甲县", 2), member("虚构乙县", 3, form="fy2019"), member("虚构丙县", 1)])
    row = proof(book)["表三“（六）其他处理3.其他”行“总计”列"]
    assert row[:3] == (2, "存疑", 1) and row[4:] in ((None, None), (None, ""))
    said = remarks(book)
    assert ("虚构乙县", "表二、表三用的是另一种格式：对得上的格子已经计入，对不上的没有。") in said
    assert any(str(name) == "（汇总）" and "分不到三行" in str(text) for name, text in said)
