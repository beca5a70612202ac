"""A ledger on paper: every word there, none of it markup."""

import pypdfium2
import pytest

from gongkai.documents.ledger import Column, Ledger, print_ledger

COLUMNS = (Column("序号", 1, True), Column("检索的系统", 3), Column("结果", 4))


def words(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def plain(data: bytes) -> str:
    return "".join(words(data).split())


def ledger(*rows: tuple[str, ...], **changes) -> Ledger:
    given = {"title": "检索记录", "facts": [("登记编号", "2025-0001")], "columns": COLUMNS, "rows": rows}
    return Ledger(**given | changes)


def test_facts_rows_notes_and_signature_are_printed():
    text = plain(
        print_ledger(
            ledger(
                ("1", "档案室", "没有找到"), notes=["检索人对结果负责。"], office="示例市教育局",
                made_on="2025年9月26日",
            )
        )
    )  # fmt: skip
    for part in ("检索记录", "2025-0001", "检索的系统", "没有找到", "检索人对结果负责。", "示例市教育局"):
        assert part in text


def test_what_looks_like_markup_is_printed_as_it_stands():
    text = plain(print_ledger(ledger(("1", "#let x = 1", "*粗* $x$ @y <z> \\"))))
    assert "#letx=1" in text and "*粗*$x$@y<z>\\" in text


def test_a_table_without_rows_says_so():
    assert "没有记录" in plain(print_ledger(ledger()))


def test_a_sheet_of_facts_alone_has_no_table():
    text = plain(print_ledger(Ledger("申请", [("姓名", "甄示范"), ("电话", "")])))
    assert "甄示范" in text and "—" in text and "没有记录" not in text


def test_the_same_ledger_gives_the_same_bytes():
    assert print_ledger(ledger(("1", "甲", "乙"))) == print_ledger(ledger(("1", "甲", "乙")))


def test_control_characters_fall_away_and_line_ends_stay():
    text = words(print_ledger(ledger(("1", "甲\x00乙", "上\r\n下"))))
    assert "甲 乙" in text and "上" in text and "\x00" not in text


def test_a_row_fits_the_columns():
    with pytest.raises(ValueError, match="each column"):
        print_ledger(ledger(("1", "甲")))


def test_a_long_ledger_runs_over_pages_with_its_head():
    data = print_ledger(ledger(*((str(n), "档案室", "没有找到" * 9) for n in range(90))))
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) > 2
        assert "检索的系统" in document[1].get_textpage().get_text_range()
