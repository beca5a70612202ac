"""Old Word files read as their print-out does, with no other program's help.

``files/report.doc`` was written by LibreOffice from an invented report with a tracked deletion, hidden text,
a field, merged cells, a nested table and a character beyond the first plane.
"""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.reading import doc, sprms
from gongkai.documents.reading.content import Cell, Row, Unreadable, line
from gongkai.documents.reading.opening import open_content
from gongkai.documents.reading.word97 import Paragraph
from tests.documents.reading.olefiles import ole
from tests.documents.reading.wordfiles import sample_document, saved

REPORT = (Path(__file__).with_name("files") / "report.doc").read_bytes()
LIBREOFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
ROWS = (
    line("测试县教育局2023年政府信息公开工作年度报告"),
    line("共收到申请15件"),
    line("堃喆𠮷"),
    line("见 附件。"),
    Row((Cell("三、本年度办理结果", 0, 1, 2), Cell("（一）予以公开", 1, 2), Cell("12", 3), Cell("", 4)), 0),
    Row((Cell("（三）不予公开", 1), Cell("1.属于国家秘密", 2), Cell("3", 3), Cell("0", 4)), 0),
    line("中间"),
    line("外层"),
    Row((Cell("1", 0), Cell("2", 1)), 2),
    line("内尾"),
    line("末段"),
)


def test_an_old_word_file_reads_as_it_prints() -> None:
    content = open_content(REPORT)
    assert content.kind == "doc"
    assert content.rows == ROWS


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    spoilt = bytearray(REPORT)
    for _ in range(data.draw(st.integers(1, 20))):
        spoilt[data.draw(st.integers(512, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(600, len(spoilt)))
    try:
        doc.extract(bytes(spoilt[:cut]))
    except Unreadable as refused:
        assert str(refused).endswith("。")


def fib(version: int = 0xC1, *, magic: int = 0xA5EC) -> bytes:
    return struct.pack("<HH28x", magic, version)


def test_what_only_calls_itself_a_word_file_is_damaged() -> None:
    for content in (fib(), fib() + struct.pack("<HH", 0, 99)):
        with pytest.raises(Unreadable, match="损坏"):
            doc.extract(ole({"WordDocument": content, "0Table": b""}))
    with pytest.raises(Unreadable, match="损坏"):
        doc.extract(b"no compound file")


def test_files_of_before_word_97_are_to_be_saved_anew() -> None:
    for old in (fib(0x65), fib(magic=0xA5DC)):
        with pytest.raises(Unreadable, match="Word 97 以前"):
            doc.extract(ole({"WordDocument": old, "0Table": b""}))


@LIBREOFFICE
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "fodt"])
def test_a_file_fresh_from_libreoffice_reads_like_its_original(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(saved(sample_document()))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    content = open_content((tmp_path / f"report.{kind}").read_bytes())
    assert content.kind == kind
    assert content.rows == open_content(source.read_bytes()).rows


def sprm(code: int, operand: bytes) -> bytes:
    return code.to_bytes(2, "little") + operand


def definition(*edges: int, flags: bytes = b"") -> bytes:
    body = bytes([len(edges) - 1]) + struct.pack(f"<{len(edges)}h", *edges) + flags
    return sprm(0xD608, (len(body) + 1).to_bytes(2, "little") + body)


def test_properties_are_taken_from_where_they_are_kept() -> None:
    long = sprm(0x2417, b"\x01")
    stream = b"..." + len(long).to_bytes(2, "little") + long
    place = (3).to_bytes(4, "little")
    own = sprm(0x6646, place) + sprm(0xD609, b"\x02ab") + sprm(0x2416, b"\x01")
    found = sprms.properties(own, stream)
    assert sprms.number(found, sprms.ROW_END) == sprms.number(found, sprms.IN_TABLE) == 1
    assert found[0xD609] == b"ab"
    assert sprms.properties(sprm(0xC615, b"\xff") + sprm(0x2416, b"\x01")) == {}


def test_cells_that_belong_to_others_are_known() -> None:
    cell = struct.Struct("<H18x")
    flags = cell.pack(0x61) + cell.pack(0x20) + cell.pack(2)
    shape = sprms.row_shape(sprms.properties(definition(0, 1000, 2000, 3000, flags=flags)))
    assert shape == sprms.RowShape((0, 1000, 2000, 3000), frozenset({1}), frozenset({2}))
    later = definition(0, 1, 2, 3) + sprm(0x5624, b"\x00\x02") + sprm(0xD62B, b"\x02\x02\x01")
    shape = sprms.row_shape(sprms.properties(later))
    assert shape == sprms.RowShape((0, 1, 2, 3), frozenset({2}), frozenset({1}))
    assert sprms.row_shape({}) is None


def cells(*texts: str, shape: sprms.RowShape | None = None) -> list[Paragraph]:
    return [
        *(Paragraph(text, 1, ends_cell=True) for text in texts),
        Paragraph("", 1, ends_row=True, shape=shape),
    ]


def rows_of(*found: Paragraph) -> list[Row]:
    return list(doc.printed(found))


def test_rows_are_laid_on_common_lines() -> None:
    shapes = [
        sprms.RowShape((0, 1010, 2000), frozenset({0})),
        sprms.RowShape((-20, 500, 1000, 2030)),
        sprms.RowShape((500, 1000, 1990), frozenset(), frozenset({1})),
        sprms.RowShape((0, 1)),
    ]
    found = [
        p
        for shape, texts in zip(shapes, ("ab", "cde", "fg", "hij"), strict=True)
        for p in cells(*texts, shape=shape)
    ]
    assert rows_of(*found) == [
        Row((Cell("a", 0, 2), Cell("b", 2)), 0),
        Row((Cell("c", 0), Cell("d", 1), Cell("e", 2)), 0),
        Row((Cell("f", 1, 2),), 0),
        Row((Cell("h", 0), Cell("i", 1), Cell("j", 2)), 0),
    ]


def test_cells_that_never_become_a_row_are_lines() -> None:
    assert rows_of(Paragraph("甲", 1, ends_cell=True), Paragraph("乙", 1), Paragraph("丙")) == [
        line("甲"), line("乙"), line("丙"),
    ]  # fmt: skip


def word_file(*pieces: tuple[bytes, bool, int]) -> bytes:
    """The barest Word 97 file: its text in pieces (bytes, one byte a character?, number of the changes made
    to all of it at once, or -1); changes 0 end a row of two cells."""
    changes = sprm(0x2417, b"\x01") + definition(0, 1000, 2000)
    text_at = 32 + 2 + 2 + 40 + 2 + 34 * 8
    text, ends, descriptors = b"", [0], b""
    for content, narrow, change in pieces:
        place = text_at + len(text)
        ends.append(ends[-1] + len(content) // (1 if narrow else 2))
        address = (place * 2) | 0x4000_0000 if narrow else place
        descriptors += struct.pack("<HIH", 0, address, 2 * change + 1 if change >= 0 else 0)
        text += content
    plc = struct.pack(f"<{len(ends)}I", *ends) + descriptors
    clx = b"\x01" + struct.pack("<H", len(changes)) + changes + b"\x02" + struct.pack("<I", len(plc)) + plc
    lengths = struct.pack("<H10I", 10, 0, 0, 0, ends[-1], 0, 0, 0, 0, 0, 0)
    parts = struct.pack("<H", 34) + bytes(33 * 8) + struct.pack("<II", 0, len(clx))
    main = struct.pack("<HH28x", 0xA5EC, 0xC1) + struct.pack("<H", 0) + lengths + parts + text
    return ole({"WordDocument": main, "0Table": clx})


def test_text_in_pieces_of_either_width_is_one_text() -> None:
    wide = "规章𠮷\r".encode("utf-16-le")
    data = word_file(
        (b"1\x072", True, -1), (b"\x07", True, -1), (b"\x07", True, 0), (wide, False, -1), (b"end", True, 9)
    )
    assert doc.extract(data).rows == (Row((Cell("1", 0), Cell("2", 1)), 0), line("规章𠮷"), line("end"))


def test_fields_left_open_hide_only_their_instructions() -> None:
    text = b"a\x13PAGE\x14b\x15c\x15d\x14e\x13 x\r\x14f\r"
    assert [row.text for row in doc.extract(word_file((text, True, -1))).rows] == ["abcde", "f"]
