"""A file is known by what is in it, not by its name."""

import io
import zipfile

import pytest

from gongkai.documents.reading import sniff
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.opening import open_content
from tests.documents.reading.olefiles import ole
from tests.documents.reading.wordfiles import package, paragraph

XML = "<?xml version='1.0'?>"
PAGE = "<p>政府信息公开</p>"


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_kinds_are_told_by_content() -> None:
    kinds = {
        "docx": [package(paragraph("甲")), package("", main="word/doc1.xml")],
        "xlsx": [zipped(**{"xl/workbook.xml": ""}), zipped(**{"[Content_Types].xml": "spreadsheetml"})],
        "xlsb": [zipped(**{"xl/workbook.bin": ""})],
        "odt": [zipped(mimetype="application/vnd.oasis.opendocument.text")],
        "ods": [zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet")],
        "doc": [ole({"WordDocument": bytes(12), "1Table": b""}), ole({"WordDocument": b""})],
        "xls": [ole({"Workbook": b""}), ole({"Book": b""})],
        "pdf": [b"%PDF-1.7\n", b"\r\n\xef\xbb\xbf%PDF-1.4"],
        "rtf": [b"{\\rtf1\\ansi}", b"\n{\\rtf1}"],
        "html": [
            PAGE.encode(), f"<!DOCTYPE html>{PAGE}".encode("gb18030"), f"\ufeff<html>{PAGE}".encode("utf-16"),
            "<table><tr><td>规章</td></tr></table>".encode(), f"<?xml version='1.0'?><html>{PAGE}".encode(),
            f"{XML}<html xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>{PAGE}".encode(),
        ],
        "mhtml": [
            b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
            b"From: x\n y\nMIME-Version: 1.0\n\nhtml",
        ],
        "wordxml": [
            f"{XML}<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>".encode(),
        ],
        "xmlss": [b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"],
        "fodt": [b"<?xml version='1.0'?><office:document/>"],
        "text": [
            "政府信息公开".encode(), b"a\tb\tc", "# 年报\n<p>甲</p>\n| 规章 | 3 |".encode(), b"{}",
            "年报\n\n<table><tr><td>1</td></tr></table>".encode(), b"BM was here", b"MZ", b"RIFF raff",
        ],
    }  # fmt: skip
    found = {kind: [sniff.kind_of(data) for data in files] for kind, files in kinds.items()}
    assert found == {kind: [kind] * len(files) for kind, files in kinds.items()}


LOCKED = zipped(
    **{"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<encryption-data/>"}
)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "空的"),
        (b" \r\n\t", "空的"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"GIF89a", "图片"),
        (b"BM\0\0\0\0\0\0\0\0", "图片"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "图片"),
        (b"Rar!\x1a\x07", "先解压"),
        (zipped(**{"report.docx": ""}), "先解压"),
        (zipped(**{"[Content_Types].xml": "none"}), "先解压"),
        (zipped(**{"ppt/presentation.xml": ""}), "演示文稿"),
        (zipped(**{"OFD.xml": ""}), "OFD"),
        (zipped(mimetype="application/epub+zip"), "不是能读的文件"),
        (LOCKED, "密码"),
        (b"PK\x03\x04 cut off", "损坏"),
        (ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "密码"),
        (ole({"WordDocument": bytes(11) + b"\x01"}), "密码"),
        (ole({"PowerPoint Document": b""}), "演示文稿"),
        (ole({"Other": b""}), "不是能读的文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 10, "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0", "程序"),
        (b"\x7fELF\x02", "程序"),
        (bytes(range(256)) * 20, "不是能读的文件"),
    ],
)
def test_what_is_no_report_is_named_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence) as refused:
        open_content(data)
    assert str(refused.value).endswith("。") and str(refused.value).count("。") == 1


def test_a_file_beyond_the_limit_is_not_opened() -> None:
    with pytest.raises(Unreadable, match="超过 50 MB 的上限"):
        open_content(bytes(50_000_001))


def test_every_kind_opens() -> None:
    assert open_content(package(paragraph("甲"))).kind == "docx"
    assert open_content(PAGE.encode()).kind == "html"
    assert open_content("年度报告".encode()).kind == "text"
