"""Workbooks of every kind read as their visible sheets."""

import io
import shutil
import struct
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from gongkai.documents.reading import calamine, xlsx, xmlss
from gongkai.documents.reading.content import Cell, Row, Unreadable, line
from gongkai.documents.reading.opening import open_content
from gongkai.documents.reading.sheets import Sheet, date_text, number_text, rows_of
from tests.documents.reading.archive_parts import ods, workbook
from tests.documents.reading.olefiles import ole

PROSE = "全年主动公开政府信息。" * 40


def written(path: Path) -> bytes:
    """A workbook as offices fill it in: merges, formulas, dates, hidden sheet, rows and columns."""
    out = path / "report.xlsx"
    with xlsxwriter.Workbook(str(out)) as book:
        sheet, hidden, second = book.add_worksheet(), book.add_worksheet(), book.add_worksheet()
        hidden.hide()
        hidden.write("A1", "草稿")
        sheet.merge_range("A1:D1", "测试县2023年年报")
        sheet.write_row("A2", ["规章", 3.0, 1082.36, ""])
        sheet.write_blank("D2", None, book.add_format({"border": 1}))
        sheet.merge_range("A3:A5", "（三）不予公开")
        sheet.write_row("B3", ["1.属于国家秘密", 10_000_000, "22（其中修订16件）"])
        sheet.write_row("B5", ["2.其他", 0.1 + 0.2])
        sheet.write_formula("D5", "=SUM(C2:C5)", None, 7)
        sheet.write_row("A6", ["隐藏", 1])
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.write_datetime("B7", date(2024, 1, 29), book.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_number("A7", 45_320, book.add_format({"num_format": 14}))
        sheet.write("E2", "批注列")
        sheet.set_column("E:E", None, None, {"hidden": True})
        sheet.write("A9", PROSE)
        second.write("B2", True)
        second.write_rich_string("C2", "本年", book.add_format({"bold": True}), "新收")
    return out.read_bytes()


def test_a_workbook_reads_as_its_visible_sheets(tmp_path: Path) -> None:
    content = open_content(written(tmp_path))
    assert content.kind == "xlsx"
    assert content.rows == (
        Row((Cell("测试县2023年年报", 0, 4),), 0),
        Row((Cell("规章", 0), Cell("3", 1), Cell("1082.36", 2), Cell("", 3)), 0),
        Row(
            (
                Cell("（三）不予公开", 0, 1, 2), Cell("1.属于国家秘密", 1), Cell("10000000", 2),
                Cell("22（其中修订16件）", 3),
            ),
            0,
        ),
        Row((Cell("2.其他", 1), Cell("0.3", 2), Cell("7", 3)), 0),
        Row((Cell("2024年1月29日", 0), Cell("2024年1月29日", 1), Cell("", 2), Cell("", 3)), 0),
        line(PROSE),
        Row((Cell("1", 1), Cell("本年新收", 2)), 1),
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_and_open_workbooks_read_alike(tmp_path: Path, kind: str) -> None:
    written(tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.xlsx")], check=True, capture_output=True, timeout=120)
    content = open_content((tmp_path / f"report.{kind}").read_bytes())
    assert content.kind == kind
    shown = [[cell.text for cell in row.cells if cell.text] for row in content.rows]
    assert shown[1][:3] == ["规章", "3", "1082.36"]
    assert ["（三）不予公开", "1.属于国家秘密", "10000000", "22（其中修订16件）"] in shown
    assert [PROSE] in shown and ["草稿"] not in shown


def test_an_open_workbook_reads_with_its_spans() -> None:
    cells = (
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2">'
        "<text:p>规章</text:p></table:table-cell>"
        "<table:covered-table-cell/>"
        '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2024-01-29"><text:p>x</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="time" office:time-value="PT1H"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    content = open_content(ods(f"<table:table-row>{cells}</table:table-row>"))
    assert [[cell.text for cell in row.cells if cell.text] for row in content.rows] == [
        ["规章", "3", "True", "2024年1月29日", "PT1H"]
    ]


def test_a_locked_or_broken_old_workbook_says_so() -> None:
    with pytest.raises(Unreadable, match="损坏"):
        calamine.extract(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "xls")
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0)
    password = struct.pack("<HHH52x", 0x002F, 54, 1)
    with pytest.raises(Unreadable, match="密码"):
        open_content(ole({"Workbook": begin + password}))


def test_strict_and_unusual_workbooks_are_read() -> None:
    rows = (
        "<row><c t='inlineStr'><is><t>甲</t><rPh><t>jiǎ</t></rPh></is></c><c><v>1</v></c>"
        "<c t='inlineStr'/></row>"
        "<row r='9'><c r='B9' t='str'><v>乙</v></c><c t='e'><v>#REF!</v></c><c><f>A1+1</f></c><c t='s'>"
        "<v>7</v></c>"
        "<c t='s'><v>0</v></c><c s='1'><v>x</v></c><c s='1'><v>9e99</v></c></row><row r='x'><c r='??'>"
        "<v>1e400</v></c></row>"
    )
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    for names in ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict):
        shown = [[c.text for c in row.cells] for row in xlsx.extract(workbook(rows, names)).rows]
        assert shown == [
            ["甲", "1", "", "", "", "", "", ""],
            ["", "乙", "#REF!", "=A1+1", "", "共享", "x", "9e+99"],
            ["1e400", "", "", "", "", "", "", ""],
        ]


def test_merged_ranges_of_whole_columns_are_cut_to_what_is_used() -> None:
    rows = (
        "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row><row r='2'><c r='B2'><v>3</v></c></row>"
    )
    ranges = ("A1:A1048576", "C1:XFD1", "bad", "A90:B99")
    merges = "".join(f"<mergeCell ref='{reference}'/>" for reference in ranges)
    [first, second] = xlsx.extract(workbook(rows, merges=merges)).rows
    assert first.cells == (Cell("1", 0, 1, 2), Cell("2", 1)) and second.cells == (Cell("3", 1),)


def test_a_sheet_used_far_apart_is_not_filled_up() -> None:
    rows = (
        "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>2</v></c></row>"
        "<row r='1048576'><c r='A1048576'><v>3</v></c></row>"
    )
    assert [[c.column for c in row.cells] for row in xlsx.extract(workbook(rows)).rows] == [[0, 16383], [0]]


def test_endless_sheets_are_refused() -> None:
    cells = "".join("<c><v>1</v></c>" for _ in range(65_000))
    with pytest.raises(Unreadable, match="表格过大"):
        xlsx.extract(workbook(f"<row>{cells}</row>"))
    rows = "".join(f"<row r='{n}'><c><v>1</v></c></row>" for n in range(1, 3000))
    merges = "".join("<mergeCell ref='A1:CV3000'/>" for _ in range(200))
    with pytest.raises(Unreadable, match="表格过大"):
        xlsx.extract(workbook(rows + "<row r='3000'><c r='AZ3000'><v>1</v></c></row>", merges=merges))
    many = Sheet()
    with pytest.raises(Unreadable, match="表格过大"):
        for number in range(400_000):
            many.put(number, 0, "1")


def test_a_workbook_without_its_parts_is_damaged() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "spreadsheetml")
    with pytest.raises(Unreadable, match="损坏"):
        xlsx.extract(out.getvalue())
    with pytest.raises(Unreadable, match="损坏"):
        xlsx.extract(workbook("<row>"))


def test_a_workbook_in_one_xml_file_is_read() -> None:
    source = (
        "<?xml version='1.0'?><ss:Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet' "
        "xmlns:x='urn:schemas-microsoft-com:office:excel'><ss:Worksheet><ss:Table>"
        "<ss:Row><ss:Cell ss:MergeAcross='1' ss:MergeDown='1'><ss:Data ss:Type='String'>甲<b>乙</b>"
        "</ss:Data></ss:Cell>"
        "<ss:Cell><ss:Data ss:Type='Number'>3.0</ss:Data></ss:Cell></ss:Row>"
        "<ss:Row><ss:Cell ss:Index='3'><ss:Data ss:Type='Number'>4</ss:Data></ss:Cell></ss:Row>"
        "<ss:Row ss:Hidden='1'><ss:Cell><ss:Data ss:Type='Number'>9</ss:Data></ss:Cell></ss:Row>"
        "<ss:Row ss:Index='7'><ss:Cell/><ss:Cell><ss:Data ss:Type='String'>5</ss:Data></ss:Cell></ss:Row>"
        "</ss:Table></ss:Worksheet><ss:Worksheet><ss:Table><ss:Row><ss:Cell><ss:Data>隐</ss:Data>"
        "</ss:Cell></ss:Row>"
        "</ss:Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
        "</ss:Worksheet>"
        "</ss:Workbook>"
    )
    content = open_content(source.encode())
    assert content.kind == "xmlss"
    assert content.rows == (
        Row((Cell("甲乙", 0, 2, 2), Cell("3", 2)), 0),
        Row((Cell("4", 2),), 0),
        Row((Cell("", 0), Cell("5", 1), Cell("", 2)), 0),
    )
    assert xmlss.extract(b"<none/>").rows == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.0", "1"), ("-18", "-18"), ("1082.3600000000001", "1082.36"), ("1E7", "10000000"),
        ("0.000001", "0.000001"),
        ("24252.311082", "24252.311082"), ("0", "0"), ("abc", "abc"), ("1e60", "1e60"), ("inf", "inf"),
    ],
)  # fmt: skip
def test_numbers_are_printed_as_a_spreadsheet_prints_them(value: str, text: str) -> None:
    assert number_text(value) == text


def test_days_are_counted_from_either_epoch() -> None:
    assert date_text(45_320) == "2024年1月29日"
    assert date_text(43_858, from_1904=True) == "2024年1月29日"
    assert date_text(10**12) == "1000000000000"


def test_a_row_of_hidden_columns_only_is_no_row() -> None:
    sheet = Sheet(hidden_columns={0})
    sheet.put(0, 0, "隐")
    assert rows_of(sheet, 0) == []
