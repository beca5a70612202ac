"""Files inside files."""

import io
import zipfile

import pytest

from gongkai.documents.contents import (
    Contents,
    Unreadable,
    Unwritable,
    bundles,
    file_kind,
    read_contents,
    rewrite,
)
from tests.documents.contents.makers import TABLES, excel, page, separated, slides, word, zipped

ROWS = [["姓名", "电话"], ["甄示范", "13800000000"]]


def said(contents: Contents) -> dict[str, str]:
    return {each.place: each.text for each in contents.places if each.text}


def gbk(names: dict[str, bytes]) -> bytes:
    """An archive as Windows packs it: names in GBK, nothing that says so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, content in enumerate(names.values()):
            archive.writestr(f"{number:09}.bin", content)
    data = out.getvalue()
    for number, name in enumerate(names):
        encoded = name.encode("gbk")
        assert len(encoded) == 13
        data = data.replace(f"{number:09}.bin".encode(), encoded)
    return data


def test_files_in_archives_have_the_places_a_reader_would_name() -> None:
    inner = zipped({"b.xlsx": excel(ROWS)})
    data = zipped({"名单/a.csv": separated(ROWS), "in.zip": inner, "空.txt": b""})
    contents = read_contents(data, "包.zip")
    assert said(contents) == {
        "压缩包“包.zip”中的“名单/a.csv”第1行第1列": "姓名",
        "压缩包“包.zip”中的“名单/a.csv”第1行第2列": "电话",
        "压缩包“包.zip”中的“名单/a.csv”第2行第1列": "甄示范",
        "压缩包“包.zip”中的“名单/a.csv”第2行第2列": "13800000000",
        "压缩包“包.zip”中的“in.zip”压缩包“in.zip”中的“b.xlsx”工作表“名单”A1": "姓名",
        "压缩包“包.zip”中的“in.zip”压缩包“in.zip”中的“b.xlsx”工作表“名单”B1": "电话",
        "压缩包“包.zip”中的“in.zip”压缩包“in.zip”中的“b.xlsx”工作表“名单”A2": "甄示范",
        "压缩包“包.zip”中的“in.zip”压缩包“in.zip”中的“b.xlsx”工作表“名单”B2": "13800000000",
    }
    assert contents.is_scannable and "13800000000" in contents.text
    changes = {place: "某" for place, text in said(contents).items() if text == "13800000000"}
    after = said(read_contents(rewrite(data, "包.zip", changes), "包.zip"))
    assert after == said(contents) | changes


def test_names_packed_on_windows_are_read() -> None:
    data = gbk({"学生名单1.csv": separated(ROWS)})
    contents = read_contents(data, "a.zip")
    assert [name for name, _ in contents.members] == ["学生名单1.csv"]
    place = "压缩包“a.zip”中的“学生名单1.csv”第2行第1列"
    assert said(read_contents(rewrite(data, "a.zip", {place: "某"}), "a.zip"))[place] == "某"


def test_a_name_packed_twice_is_read_twice() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a.txt", "第一个")
        archive.writestr("a.txt", "第二个")
    assert said(read_contents(out.getvalue(), "z.zip")) == {
        "压缩包“z.zip”中的“a.txt”第1行": "第一个",
        "压缩包“z.zip”中的“a.txt”（2）第1行": "第二个",
    }


def test_what_cannot_be_read_in_an_archive_is_named() -> None:
    data = zipped(
        {"a.7z": b"7z\xbc\xaf'\x1c" + bytes(20), "b.png": b"\x89PNG\r\n\x1a\n", "c.txt": "字".encode()}
    )
    contents = read_contents(data, "z.zip")
    assert not contents.is_scannable
    members = dict(contents.members)
    assert members["a.7z"].unscanned == ("压缩包“z.zip”中的“a.7z”",)
    assert members["b.png"].unscanned == ("压缩包“z.zip”中的“b.png”整个文件（图片）",)
    assert members["c.txt"].is_scannable


def test_archives_that_are_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"a.txt": "字".encode()})
    for _ in range(5):
        data = zipped({"in.zip": data})
    with pytest.raises(Unreadable, match="超过 4 层"):
        read_contents(data, "z.zip")
    with pytest.raises(Unreadable, match="超过 1000 个"):
        read_contents(zipped({f"{n}.txt": b"a" for n in range(1_001)}), "z.zip")
    bomb = zipped({f"{n}.txt": b"a" * 20_000_000 for n in range(5)})
    with pytest.raises(Unreadable, match="炸弹"):
        read_contents(bomb, "z.zip")
    with pytest.raises(Unreadable, match="炸弹"):
        bundles.Budget(size=10).spend(11)
    with pytest.raises(Unreadable, match="超过 1000 个"):
        bundles.Budget(members=0).spend(1)


def test_other_archives_say_what_to_do() -> None:
    for data in (b"7z\xbc\xaf'\x1c" + bytes(20), b"Rar!\x1a\x07\0" + bytes(20), b"\x1f\x8b\x08" + bytes(20)):
        with pytest.raises(Unreadable, match="ZIP 格式"):
            read_contents(data, "a.7z")
    with pytest.raises(Unwritable):
        rewrite(zipped({"a.txt": "字".encode()}), "z.zip", {"压缩包“z.zip”中的“b.txt”第1行": "某"})


@pytest.mark.parametrize("form", TABLES)
def test_kinds_are_told_by_what_is_in_a_file(form: str) -> None:
    name, make = TABLES[form]
    data = make([["姓名", "电话", "备注"], ["甄", "1", "2"], ["贾", "2", "3"]])
    kind = file_kind(data, name)
    assert kind is not None and kind.is_publishable
    assert kind.mismatch(name) == ""
    assert kind.mismatch("a.exe").startswith("文件名以“.exe”结尾，内容却是")
    assert kind.mismatch("a").startswith("文件名没有扩展名")


def test_programs_scripts_and_macros_may_not_be_published() -> None:
    macros = zipped({"[Content_Types].xml": "x", "word/document.xml": "<a/>", "word/vbaProject.bin": b"x"})
    scripted = page(ROWS).replace(b"</body>", b"<script>1</script></body>")
    for data, name, kind in (
        (b"MZ" + bytes(100), "a.doc", "program"),
        (b"\x7fELF" + bytes(100), "a", "program"),
        (zipped({"META-INF/MANIFEST.MF": "x", "a.class": b"x"}), "a.zip", "program"),
        (b"#!/bin/sh\necho", "a.txt", "script"),
        (b"WScript.Echo 1", "a.vbs", "script"),
        (macros, "a.docx", "docm"),
        (scripted, "a.html", "html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>", "a.svg", "svg"),
        (b"7z\xbc\xaf'\x1c" + bytes(20), "a.7z", "7z"),
    ):
        found = file_kind(data, name)
        assert found is not None and found.kind == kind
        assert found.refusal.endswith("。") and not found.is_publishable


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"GIF89a", "gif"), (b"II*\0", "tiff"),
        (b"BM1234\0\0\0\0", "bmp"), (b"RIFF1234WEBP", "webp"), (b"RIFF1234WAVE", "wav"),
        (b"1234ftypmp42", "mp4"),
        (b"ID3\4", "mp3"),
    ],
)  # fmt: skip
def test_pictures_and_sounds_are_told_by_their_heads(head: bytes, kind: str) -> None:
    found = file_kind(head + bytes(40))
    assert found is not None and found.kind == kind and found.extension == found.extensions[0]


def test_what_is_no_file_of_any_kind_is_none() -> None:
    for data in (b"", b"\0\1\2\3" * 100, b"PK\x03\x04"):
        assert file_kind(data) is None
    assert file_kind(word(ROWS)) is not None and file_kind(slides(ROWS)) is not None
