"""Files that mean harm or are broken: contents or one sentence, never anything else."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from gongkai.documents.contents import (
    Contents,
    Unreadable,
    Unwritable,
    file_kind,
    read_contents,
    read_contents_guarded,
    rewrite,
)
from gongkai.documents.contents.exchange import from_plain, to_plain
from gongkai.documents.contents.holding import MOST_CELLS, Collector
from gongkai.documents.contents.worker import answer, packed
from tests.documents.contents.makers import TABLES, paper, records, ruled_pdf, zipped
from tests.documents.reading.archive_parts import workbook
from tests.documents.reading.test_archives import BILLION
from tests.documents.reading.wordfiles import package

ROWS = [["姓名", "身份证号", "备注"], ["甄示范", "00000019900101123X", "甲"], ["贾样本", "１３８𠮷", "乙"]]
FILES: dict[str, bytes] = {
    **{form: make(ROWS) for form, (_, make) in TABLES.items()},
    "pdf": ruled_pdf(ROWS),
    "json": records(ROWS),
    "ofd": paper(["甲", "乙"]),
    "zip": zipped({"a.csv": TABLES["csv"][1](ROWS), "b.docx": TABLES["docx"][1](ROWS)}),
}


def survives(data: bytes, name: str = "a") -> None:
    """Reads, changes and names a file, whatever it is."""
    try:
        contents = read_contents(data, name)
    except Unreadable as error:
        assert str(error).endswith("。") and "年报" not in str(error)
    else:
        assert isinstance(contents.text, str)
        for each in list(contents.places)[:2]:
            try:
                if contents.kind != "pdf":
                    rewrite(data, name, {each.place: "某"})
            except (Unwritable, Unreadable) as error:
                assert str(error).endswith("。")
    file_kind(data, name)


@pytest.mark.parametrize("form", FILES)
def test_a_file_cut_off_anywhere_is_survived(form: str) -> None:
    data = FILES[form]
    for percent in range(0, 100, 4):
        survives(data[: len(data) * percent // 100])


@pytest.mark.parametrize("form", FILES)
def test_a_file_with_spoilt_bytes_is_survived(form: str) -> None:
    chance = random.Random(form)
    for _ in range(12):
        data = bytearray(FILES[form])
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        survives(bytes(data))


@pytest.mark.parametrize("form", ["docx", "xlsx", "ods", "odt", "pptx", "ofd"])
def test_parts_that_are_spoilt_inside_are_survived(form: str) -> None:
    chance = random.Random(form)
    parts = zipfile.ZipFile(io.BytesIO(FILES[form]))
    for _ in range(15):
        spoilt = {name: bytearray(parts.read(name)) for name in parts.namelist()}
        for part in spoilt.values():
            if part and chance.random() < 0.3:
                start = chance.randrange(len(part))
                part[start : start + chance.randint(0, 40)] = chance.choice(
                    [b"", b"<", b"\0", b"99999999999", b'"']
                )
        survives(zipped({name: bytes(part) for name, part in spoilt.items()}))


@pytest.mark.parametrize("form", FILES)
def test_a_file_under_a_false_name_reads_as_what_it_is(form: str) -> None:
    assert read_contents(FILES[form], "a.csv" if form != "csv" else "a.docx").kind == (
        read_contents(FILES[form], {**dict.fromkeys(FILES, "x")}[form]).kind
    )


def _part(name: str, content: str) -> Callable[[], bytes]:
    return lambda: zipped(
        {"[Content_Types].xml": "wordprocessingml", "word/document.xml": "<a/>", name: content}
    )


@pytest.mark.parametrize(
    "make",
    [
        _part("word/document.xml", BILLION),
        _part("word/styles.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>:vanish&b;</a>'),
        _part("word/header1.xml", BILLION),
        lambda: workbook("<row><c r='A1'><v>" + "9" * 100 + "</v></c></row>" * 3),
        lambda: workbook("<row r='1'>" + "<c r='A1'><v>1</v></c>" * 1000 + "</row>"),
        lambda: package("<w:tbl>" * 400 + "</w:tbl>" * 400),
        lambda: package("<w:p>" * 200 + "</w:p>" * 200),
        lambda: b"[" * 100_000,
        lambda: b"{" * 100_000,
        lambda: b"<table><tr><td>" * 20_000,
        lambda: b"<p hidden>" * 20_000,
        lambda: b"<!--" * 50_000,
        lambda: b'"' * 100_001 + b",,,\n" * 5,
        lambda: b"a,b,c\n" * 3 + b'"",' * 50_000,
        lambda: b"|" * 100_000,
        lambda: b"{\\rtf1" + b"{\\header " * 20_000,
        lambda: b"%PDF-1.7\n" + b"1 0 obj<</Kids[1 0 R]>>endobj\n" * 1000,
        lambda: "𠮷".encode("utf-16-le")[:3] * 1000,
        lambda: bytes(range(256)) * 40,
    ],
)  # fmt: skip
def test_hostile_files_are_survived_in_little_time(make: Callable[[], bytes]) -> None:
    survives(make())


def test_a_table_without_end_is_refused() -> None:
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='1000'/></w:tcPr><w:p/></w:tc>"
    with pytest.raises(Unreadable, match="内容过多"):
        read_contents(package(f"<w:tbl>{('<w:tr>' + wide * 20 + '</w:tr>') * 40}</w:tbl>"), "a.docx")
    collector = Collector()
    with pytest.raises(Unreadable, match="内容过多"):
        collector.weigh(MOST_CELLS + 1, 0)


def test_a_file_too_large_is_refused() -> None:
    for read in (read_contents, read_contents_guarded):
        with pytest.raises(Unreadable, match="超过 50 MB"):
            read(bytes(50_000_001), "a.txt")


@pytest.mark.parametrize("form", FILES)
def test_a_file_reads_the_same_in_the_child(form: str) -> None:
    assert read_contents_guarded(FILES[form], "名.zip") == read_contents(FILES[form], "名.zip")


def test_the_child_gives_sentences_and_faults_as_plain_data(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="空的"):
        read_contents_guarded(b"", "a.txt")
    assert answer(packed(b"", "a")) == {
        "unreadable": "文件是空的，没有内容可读；请检查是否上传或保存失败，重新选择文件。"
    }
    for error, key in (
        (MemoryError, "unreadable"),
        (RecursionError, "unreadable"),
        (ZeroDivisionError, "fault"),
    ):

        def fail(*_: object, error: type[BaseException] = error) -> Contents:
            raise error

        monkeypatch.setattr("gongkai.documents.contents.worker.read_contents", fail)
        assert key in answer(packed(b"x", "a"))


def test_what_a_child_would_never_send_is_not_believed() -> None:
    contents = read_contents(FILES["zip"], "a.zip")
    assert from_plain(to_plain(contents)) == contents
    for data in (
        None,
        [],
        {},
        {**to_plain(contents), "before": ["x"]},
        {**to_plain(contents), "tables": [1]},
    ):
        with pytest.raises(Unreadable):
            from_plain(data)
