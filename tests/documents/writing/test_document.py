"""What is printed of a report, before any file format."""

from datetime import date

import pytest
from documents.writing.reports import a_report, filled

from gongkai.documents.writing.document import Paragraph, date_text, document, title_of
from gongkai.law.report.filled import FilledReport


@pytest.mark.parametrize(
    ("report", "title"),
    [
        (FilledReport("虚构市教育局", 2023), "虚构市教育局2023年政府信息公开工作年度报告"),
        (FilledReport("虚构市教育局"), "虚构市教育局政府信息公开工作年度报告"),
        (FilledReport(year=2023), "2023年政府信息公开工作年度报告"),
        (FilledReport("虚构市教育局", 2023, title=" 2023年\n年报 "), "2023年 年报"),
    ],
)
def test_a_report_without_a_title_gets_the_usual_one(report: FilledReport, title: str) -> None:
    assert title_of(report) == title


@pytest.mark.parametrize(
    ("report", "rows"),
    [(a_report("fy2019"), 18), (a_report("fy2021"), 14)],
)
def test_six_sections_are_printed_with_their_tables(report: FilledReport, rows: int) -> None:
    sections = document(report).sections
    assert [section.heading for section in sections] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    tables = [section.table for section in sections if section.table]
    assert [table.grid.caption for table in tables] == [
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
    ]
    assert len(tables[0].grid.rows) == rows


def test_a_table_the_report_does_not_have_is_not_printed() -> None:
    report = FilledReport("虚构市教育局", 2023, {"table3": filled("fy2021", "table3")})
    assert [s.table is not None for s in document(report).sections] == [False, False, True] + [False] * 3


def test_a_report_without_tables_still_has_its_six_headings() -> None:
    assert len(document(FilledReport("虚构市教育局", 2020)).sections) == 6
    assert len(document(FilledReport()).sections) == 6


def test_a_table_with_a_block_of_another_form_is_printed_with_it() -> None:
    table = filled("fy2021", "table2")
    mixed = type(table)(table.format, table.cells, {"20-1": "fy2019"})
    printed = document(FilledReport("虚构市教育局", 2021, {"table2": mixed})).sections[1].table
    assert printed is not None
    labels = {cell.text for row in printed.grid.rows for cell in row.cells}
    assert "本年新制作数量" in labels and "本年制发件数" not in labels


@pytest.mark.parametrize(
    ("prose", "paragraphs"),
    [
        ("", ()),
        ("一\n\n　　二 \r\n三", (Paragraph("一"), Paragraph("二"), Paragraph("三"))),
        ("（一）加强领导。由甲负责。", (Paragraph("（一）加强领导。由甲负责。", 8),)),
        ("（十二）健全制度", (Paragraph("（十二）健全制度", 8),)),
        ("（一）" + "长" * 41 + "。", (Paragraph("（一）" + "长" * 41 + "。"),)),
        ("甲\x00\ud800乙\t丙", (Paragraph("甲乙 丙"),)),
    ],
)
def test_prose_becomes_paragraphs_with_headings_of_the_second_level(
    prose: str, paragraphs: tuple[Paragraph, ...]
) -> None:
    assert document(FilledReport(sections={"overview": prose})).sections[0].paragraphs == paragraphs


def test_a_date_is_written_with_arabic_digits_and_no_leading_zero() -> None:
    assert date_text(date(2021, 1, 29)) == "2021年1月29日"
    assert document(a_report("fy2019")).dated == "2021年1月29日"
    assert document(FilledReport()).dated == ""


def test_the_last_paragraph_goes_with_the_signature() -> None:
    assert document(a_report()).closing == Paragraph("无。")
    assert document(FilledReport()).closing is None
