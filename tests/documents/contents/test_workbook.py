"""What stands in a workbook: hidden sheets, rows and columns, numbers as stored, dates as shown."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.documents.contents import Contents, Unreadable, Unwritable, read_contents, rewrite
from gongkai.documents.contents.formats import date_format, shown
from gongkai.documents.contents.grids import column_letters, column_number
from gongkai.documents.contents.numbers import float_number, written_number
from tests.documents.contents.makers import excel, old_excel, xml_sheet, zipped
from tests.documents.reading.archive_parts import workbook


def said(contents: Contents) -> dict[str, tuple[str, bool]]:
    return {
        each.place.removeprefix("工作表"): (each.text, each.hidden) for each in contents.places if each.text
    }


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "名单"
    return book, book.worksheets[0]


def test_hidden_sheets_rows_and_columns_are_marked() -> None:
    book, first = sheet()
    for reference in ("A1", "B1", "A2", "A3"):
        first[reference] = reference
    first.row_dimensions[2].hidden = True
    first.column_dimensions["B"].hidden = True
    for state in ("hidden", "veryHidden"):
        other = book.create_sheet(state)
        other["C5"] = state
        other.sheet_state = state
    assert said(read_contents(saved(book), "a.xlsx")) == {
        "“名单”A1": ("A1", False),
        "“名单”B1": ("B1", True),
        "“名单”A2": ("A2", True),
        "“名单”A3": ("A3", False),
        "“hidden”C5": ("hidden", True),
        "“veryHidden”C5": ("veryHidden", True),
    }


def test_comments_headers_and_footers_stand_beside_the_cells_and_change() -> None:
    book, first = sheet()
    first["B3"] = "甲"
    first["B3"].comment = Comment("批注的话", "某")
    first.oddHeader.center.text = "内部"
    data = saved(book)
    found = said(read_contents(data, "a.xlsx"))
    assert found == {
        "“名单”B3": ("甲", False),
        "“名单”B3的批注": ("批注的话", True),
        "“名单”页眉": ("&C内部", False),
    }
    changed = rewrite(data, "a.xlsx", {"工作表“名单”B3的批注": "某", "工作表“名单”页眉": "&C公开"})
    assert said(read_contents(changed, "a.xlsx")) == {
        "“名单”B3": ("甲", False),
        "“名单”B3的批注": ("某", True),
        "“名单”页眉": ("&C公开", False),
    }


def test_a_changed_text_is_nowhere_in_the_file_any_more() -> None:
    book, first = sheet()
    first["A1"], first["A2"], first["B1"] = "00000019900101123X", "00000019900101123X", "别的"
    data = saved(book)
    one = rewrite(data, "a.xlsx", {"工作表“名单”A1": "000***"})
    assert said(read_contents(one, "a.xlsx"))["“名单”A2"] == ("00000019900101123X", False)
    both = rewrite(one, "a.xlsx", {"工作表“名单”A2": "000***"})
    archive = zipfile.ZipFile(io.BytesIO(both))
    assert not any(b"00000019900101123X" in archive.read(name) for name in archive.namelist())
    assert [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(both)).worksheets[0]
    ] == [
        ["000***", "别的"],
        ["000***", None],
    ]


def test_dates_are_shown_by_the_format_of_their_cell() -> None:
    book, first = sheet()
    formats = {
        "yyyy-mm-dd": "2026-03-01", 'yyyy"年"m"月"d"日"': "2026年3月1日", "yyyy/m/d h:mm": "2026/3/1 9:05",
        "m/d/yy": "3/1/26", "[$-F800]dddd, mmmm dd, yyyy": "星期日, 3月 01, 2026", "h:mm:ss": "9:05:07",
        "mm:ss": "05:07", "h:mm AM/PM": "9:05 上午", "yyyy\\年mm\\月": "2026年03月",
    }  # fmt: skip
    for number, pattern in enumerate(formats, 1):
        cell = first.cell(number, 1, datetime.datetime(2026, 3, 1, 9, 5, 7))  # noqa: DTZ001
        cell.number_format = pattern
    assert [text for text, _ in said(read_contents(saved(book), "a.xlsx")).values()] == list(formats.values())


def test_a_built_in_date_format_looks_as_in_chinese() -> None:
    assert shown(46082, date_format(14, None) or "") == "2026/3/1"
    assert shown(46082, date_format(31, None) or "") == "2026年3月1日"
    assert shown(44620, "yyyy/m/d", from_1904=True) == "2026/3/1"
    assert shown(1, "yyyy/m/d") == "1900/1/1"
    assert shown(0.75, "h:mm") == "18:00"
    assert shown(0.75, "A/P h") == "下午 18"
    assert shown(1e12, "yyyy") == "1e+12"
    assert date_format(164, "0.00") is None and date_format(164, "General") is None
    assert date_format(164, '"说明"@') is None and date_format(3, None) is None
    assert date_format(164, '"d"') is None


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("110101199003074512", "110101199003074512"),
        ("1.10101199003074E+17", "1.10101199003074E+17"),
        ("1.38E+10", "13800000000"),
        ("13800000000.0", "13800000000"),
        ("12345678901234567890.0", "12345678901234567890"),
        ("0.30000000000000004", "0.3"),
        ("-5", "-5"),
        ("0.0", "0"),
        ("1234.5", "1234.5"),
        ("-0.001", "-0.001"),
        ("1E-30", "1E-30"),
        ("abc", "abc"),
        ("INF", "INF"),
        ("9" * 80 + ".5", "9" * 80 + ".5"),
        ("12345678901.125", "12345678901.125"),
    ],
)
def test_a_number_has_every_digit_that_is_stored_and_no_other(stored: str, text: str) -> None:
    assert written_number(stored) == text


def test_a_number_of_the_machine_is_written_as_a_workbook_would() -> None:
    assert [float_number(value) for value in (13800000000.0, 1.10101199003074e17, 0.5)] == [
        "13800000000",
        "1.10101199003074E+17",
        "0.5",
    ]


def test_cells_of_every_type_are_read() -> None:
    rows = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="str"><f>A1</f>'
        '<v>结果</v></c><c r="D1"><f>SUM(A1)</f></c><c r="E1" t="inlineStr"><is><r><t>富</t></r><r>'
        "<t>文本</t>"
        '</r><rPh><t>fù</t></rPh></is></c><c r="F1" t="s"><v>0</v></c><c r="G1" t="s"><v>99</v></c>'
        '<c r="H1" t="inlineStr"/><c r="I1" t="d"><v>2026-03-01</v></c><c r="J1" s="1"><v>x</v></c></row>'
        "<row><c><v>5</v></c><c><v>6</v></c></row>"
    )
    assert said(read_contents(workbook(rows), "a.xlsx")) == {
        "“a”A1": ("TRUE", False), "“a”B1": ("#N/A", False), "“a”C1": ("结果", False),
        "“a”D1": ("=SUM(A1)", False),
        "“a”E1": ("富文本", False), "“a”F1": ("共享", False), "“a”I1": ("2026-03-01", False),
        "“a”J1": ("x", False), "“a”A2": ("5", False), "“a”B2": ("6", False),
    }  # fmt: skip
    changed = rewrite(workbook(rows), "a.xlsx", {"工作表“a”C1": "某", "工作表“a”B2": "\n "})
    found = said(read_contents(changed, "a.xlsx"))
    assert found["“a”C1"] == ("某", False)
    assert found["“a”B2"] == ("\n ", False)


def test_a_cell_held_twice_loses_nothing() -> None:
    data = workbook('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')
    assert said(read_contents(data, "a.xlsx")) == {"“a”A1": ("1", False), "“a”A1（重复1）": ("2", False)}


def test_a_sheet_used_far_apart_is_not_filled_up() -> None:
    data = workbook('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>')
    [table] = read_contents(data, "a.xlsx").tables
    assert [[cell.text for cell in row] for row in table.rows] == [["1", "2"]]


def test_a_blank_cell_or_a_missing_sheet_cannot_be_changed() -> None:
    data = excel([["甲", "乙"]])
    with pytest.raises(Unwritable, match="“名单”C1"):
        rewrite(data, "a.xlsx", {"工作表“名单”C1": "某"})


def test_a_workbook_without_its_parts_is_damaged() -> None:
    with pytest.raises(Unreadable, match="损坏"):
        read_contents(zipped({"[Content_Types].xml": "spreadsheetml"}), "a.xlsx")


def test_columns_have_letters() -> None:
    for number, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")):
        assert column_letters(number) == letters and column_number(letters) == number


def test_an_old_workbook_is_copied_as_a_new_one_with_its_visible_cells() -> None:
    data = old_excel([["姓名", "电话"], ["甄示范", "13800000000"]])
    changed = rewrite(data, "a.xls", {"工作表“名单”B2": "138****0000"})
    book = openpyxl.load_workbook(io.BytesIO(changed))
    assert book.sheetnames == ["名单"]
    assert [[cell.value for cell in row] for row in book.worksheets[0]] == [
        ["姓名", "电话"],
        ["甄示范", "138****0000"],
    ]


def test_a_workbook_in_xml_marks_what_it_hides() -> None:
    data = xml_sheet([["甲", "乙"]]).replace(b"<Row>", b'<Column ss:Index="2" ss:Hidden="1"/><Row>')
    last = '<Row ss:Index="5" ss:Hidden="1"><Cell><Data ss:Type="Number">1.5E1</Data></Cell></Row></Table>'
    data = data.replace(b"</Table>", last.encode())
    assert said(read_contents(data, "a.xls")) == {
        "“名单”A1": ("甲", False),
        "“名单”B1": ("乙", True),
        "“名单”A5": ("15", True),
    }
