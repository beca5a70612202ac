"""Excel 97–2003 and binary workbooks: what they hide, their dates and numbers."""

import struct

import pytest

from gongkai.documents.contents import Contents, Unreadable, read_contents
from tests.documents.contents.makers import biff, old_book, zipped
from tests.documents.reading.olefiles import ole


def said(contents: Contents) -> dict[str, tuple[str, bool]]:
    return {each.place: (each.text, each.hidden) for each in contents.places if each.text}


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return biff(0x0203, struct.pack("<3Hd", row, column, style, value))


def truth(row: int, column: int, value: int, *, is_error: bool = False) -> bytes:
    return biff(0x0205, struct.pack("<3H2B", row, column, 0, value, is_error))


def test_numbers_dates_truths_and_errors_are_read_and_hidden_ones_marked() -> None:
    hidden_row = biff(0x0208, struct.pack("<8H", 1, 0, 5, 255, 0, 0, 0x20, 0))
    hidden_column = biff(0x007D, struct.pack("<6H", 4, 4, 2000, 0, 1, 0))
    cells = (
        number(0, 0, 13800000000.0) + number(0, 1, 1.10101199003074e17) + number(0, 2, 46082.0, 16)
        + truth(0, 3, 1) + truth(0, 4, 42, is_error=True) + number(1, 0, 0.5) + truth(1, 1, 0)
    )  # fmt: skip
    data = old_book([("名单", 0, hidden_column + hidden_row + cells), ("暗表", 2, number(0, 0, 7.0))])
    assert said(read_contents(data, "a.xls")) == {
        "工作表“名单”A1": ("13800000000", False), "工作表“名单”B1": ("1.10101199003074E+17", False),
        "工作表“名单”C1": ("2026/3/1", False), "工作表“名单”D1": ("TRUE", False),
        "工作表“名单”E1": ("#N/A", True),
        "工作表“名单”A2": ("0.5", True), "工作表“名单”B2": ("FALSE", True), "工作表“暗表”A1": ("7", True),
    }  # fmt: skip


def test_a_broken_old_workbook_says_so() -> None:
    with pytest.raises(Unreadable, match="损坏"):
        read_contents(ole({"Workbook": b"\x09\x08\x10\0" + bytes(400)}), "a.xls")


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def test_a_binary_workbook_is_read_with_its_hidden_sheets() -> None:
    def sheet(text: str) -> bytes:
        cells = _record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0))
        cells += _record(6, struct.pack("<II", 0, 0) + _wide(text))
        cells += _record(5, struct.pack("<IId", 1, 0, 13800000000.0)) + _record(
            4, struct.pack("<IIB", 2, 0, 1)
        )
        return _record(0x94, struct.pack("<4I", 0, 0, 0, 2)) + _record(0x91, b"") + cells + _record(0x92, b"")

    names = "".join(
        _record(0x9C, struct.pack("<II", state, n) + _wide(f"r{n}") + _wide(name)).hex()
        for n, (name, state) in enumerate((("名单", 0), ("暗", 1)), 1)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    links = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="worksheets/sheet{n}.bin"/>' for n in (1, 2)
    )
    data = zipped(
        {
            "xl/workbook.bin": _record(0x8F, b"")
            + bytes.fromhex(names)
            + _record(0x90, b"")
            + _record(0x9D, b""),
            "xl/_rels/workbook.bin.rels": f"<Relationships>{links}</Relationships>",
            "xl/worksheets/sheet1.bin": sheet("甄示范"),
            "xl/worksheets/sheet2.bin": sheet("藏着"),
        }
    )
    assert said(read_contents(data, "a.xlsb")) == {
        "工作表“名单”A1": ("甄示范", False), "工作表“名单”B1": ("13800000000", False),
        "工作表“名单”C1": ("TRUE", False),
        "工作表“暗”A1": ("藏着", True), "工作表“暗”B1": ("13800000000", True), "工作表“暗”C1": ("TRUE", True),
    }  # fmt: skip
