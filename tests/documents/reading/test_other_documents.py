"""OpenDocument texts, web archives and Word documents in one XML file."""

import base64

import pytest

from gongkai.documents.reading import odt
from gongkai.documents.reading.content import Cell, Content, Row, Unreadable, line
from gongkai.documents.reading.opening import open_content
from tests.documents.reading.archive_parts import flat_odt
from tests.documents.reading.archive_parts import odt as odt_file
from tests.documents.reading.test_sniff import zipped
from tests.documents.reading.wordfiles import NAMES, W, cell, paragraph, row, table

ODT_BODY = (
    "<text:tracked-changes><text:p>旧</text:p></text:tracked-changes>"
    "<text:h>一、<text:tab/>总<text:span>体</text:span>情况"
    "<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note></text:h>"
    "<table:table><table:table-header-rows><table:table-row>"
    "<table:table-cell table:number-rows-spanned='2'><text:p>甲</text:p><text:p>乙</text:p>"
    "</table:table-cell>"
    "<table:table-cell table:number-columns-spanned='2'><text:p>丙<text:line-break/>丁</text:p>"
    "</table:table-cell>"
    "<table:covered-table-cell/></table:table-row></table:table-header-rows>"
    "<table:table-row><table:covered-table-cell/><table:table-cell table:number-columns-repeated='2'>"
    "<text:p>0</text:p>"
    "</table:table-cell></table:table-row><table:table-row table:number-rows-repeated='2'><table:table-cell/>"
    "<table:table-cell table:number-columns-repeated='x'><text:p>1<text:s/>2</text:p></table:table-cell>"
    "</table:table-row>"
    "</table:table><text:p><office:annotation><text:p>批</text:p>"
    "</office:annotation>尾<draw:text-box xmlns:draw='d'>"
    "<text:p>盒</text:p></draw:text-box></text:p>"
)
ODT_ROWS = (
    line("一、 总体情况注"),
    Row((Cell("甲\n乙", 0, 1, 2), Cell("丙\n丁", 1, 2)), 0),
    Row((Cell("0", 1), Cell("0", 2)), 0),
    Row((Cell("", 0), Cell("1 2", 1)), 0),
    Row((Cell("", 0), Cell("1 2", 1)), 0),
    line("尾"),
    line("盒"),
)


def test_open_documents_read_as_they_print() -> None:
    assert open_content(odt_file(ODT_BODY)) == Content("odt", ODT_ROWS)
    assert open_content(flat_odt(ODT_BODY).encode()) == Content("fodt", ODT_ROWS)
    assert odt.extract_flat(b"<none/>").rows == ()
    with pytest.raises(Unreadable, match="损坏"):
        open_content(zipped(mimetype="application/vnd.oasis.opendocument.text"))


PAGE = "<meta charset=gb2312><title>年报</title><p>测试县政府信息公开</p><table><tr><td>规章<td>3</table>"


def archive(page: bytes, transfer: str, kind: str = "text/html") -> bytes:
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n"
        b"Content-Type: text/html\r\n\r\n\r\n--xx\r\n"
        + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode()
        + page
        + b"\r\n--xx--\r\n"
    )


def test_the_page_in_a_web_archive_is_read() -> None:
    expected = Content("mhtml", (line("测试县政府信息公开"), Row((Cell("规章", 0), Cell("3", 1)), 0)), "年报")
    assert open_content(archive(PAGE.encode("gbk"), "8bit")) == expected
    assert (
        open_content(b"\xef\xbb\xbf" + archive(base64.encodebytes(PAGE.encode("gbk")), "base64")) == expected
    )
    with pytest.raises(Unreadable, match="损坏"):
        open_content(archive(b"html", "8bit", "text/plain"))


BODY = paragraph("甲") + table(
    row(cell("乙", "<w:vMerge w:val='restart'/>"), cell("1")), row(cell("", "<w:vMerge/>"), cell("2"))
)
ROWS = (line("甲"), Row((Cell("乙", 0, 1, 2), Cell("1", 1)), 0), Row((Cell("2", 1),), 0))


def test_a_word_document_in_one_file_is_read() -> None:
    numbered = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>丙</w:t></w:r></w:p>"
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:lvlText w:val='%1.'/>"
        f"</w:lvl>"
        "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    parts = {
        "/word/document.xml": f"<w:document {NAMES}><w:body>{BODY}{numbered}</w:body></w:document>",
        "/word/numbering.xml": numbering,
        "/word/empty.xml": "",
    }
    inner = "".join(
        f"<pkg:part pkg:name='{name}'><pkg:xmlData>{content}</pkg:xmlData></pkg:part>"
        for name, content in parts.items()
    )
    package = (
        "<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>"
        f"{inner}<pkg:part pkg:name='/x'><pkg:binaryData/></pkg:part></pkg:package>"
    )
    assert open_content(package.encode()) == Content("wordxml", (*ROWS, line("1.丙")))
    bare = (
        "<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'/>"
    )
    assert open_content(bare.encode()).rows == ()


def test_a_word_2003_document_is_read_with_the_numbers_it_stores() -> None:
    names = (
        "xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml' "
        "xmlns:wx='http://schemas.microsoft.com/office/word/2003/auxHint'"
    )
    numbered = (
        "<w:p><w:pPr><w:listPr><w:ilvl w:val='0'/><wx:t wx:val='一、'/></w:listPr></w:pPr><w:r>"
        "<w:t>总体</w:t></w:r></w:p>"
    )
    body = (numbered + BODY).replace("vMerge", "vmerge")
    source = (
        f"<?xml version='1.0'?><w:wordDocument {names}><w:body><wx:sect>"
        f"<wx:sub-section>{body}</wx:sub-section>"
        "</wx:sect></w:body></w:wordDocument>"
    )
    assert open_content(source.encode()) == Content("wordxml", (line("一、总体"), *ROWS))
