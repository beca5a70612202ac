"""OpenDocument, presentations, old Word, rich text, plain text, JSON, PDF pages, pictures."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from gongkai.documents.contents import Contents, Unreadable, Unwritable, copy_name, read_contents, rewrite
from gongkai.documents.contents.covering import boxes_of
from gongkai.documents.contents.older import read_xlsb
from tests.documents.contents.makers import old_excel, open_document, rich_text, slides, zipped
from tests.documents.reading.pdfs import drawn, typeset

REPORT_DOC = Path(__file__).parent.parent / "reading" / "files" / "report.doc"


def said(contents: Contents) -> dict[str, tuple[str, bool]]:
    return {each.place: (each.text, each.hidden) for each in contents.places if each.text}


def changed_everywhere(data: bytes, name: str) -> None:
    """Every place can be changed, and then says so."""
    places = said(read_contents(data, name))
    wanted = {place: (f"某{number}", hidden) for number, (place, (_, hidden)) in enumerate(places.items())}
    copy = rewrite(data, name, {place: text for place, (text, _) in wanted.items()})
    assert said(read_contents(copy, name)) == wanted


def test_an_open_text_names_what_stands_in_it() -> None:
    styles = (
        "<office:automatic-styles><style:style style:name='暗'><style:text-properties text:display='none'/>"
        "</style:style></office:automatic-styles>"
    )
    body = (
        "<office:text><text:tracked-changes><text:p>删掉的</text:p></text:tracked-changes>"
        "<text:h>标<text:span>题</text:span></text:h>"
        "<text:p>甲<text:s text:c='2'/>乙<text:tab/>丙<text:line-break/>"
        "丁<text:span text:style-name='暗'>藏着</text:span>"
        "<text:note text:note-class='footnote'><text:note-body>"
        "<text:p>脚注的话</text:p></text:note-body></text:note><office:annotation><text:p>批注的话</text:p>"
        "</office:annotation><draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box></draw:frame></text:p>"
        "<text:section text:display='none'><text:p>暗节</text:p></text:section>"
        "<text:p><text:hidden-text text:string-value='暗域'/>尾</text:p>"
        "<table:table><table:table-row table:number-rows-repeated='2'>"
        "<table:table-cell table:number-columns-repeated='2'><text:p>重</text:p><table:table>"
        "<table:table-row>"
        "<table:table-cell><text:p>内</text:p></table:table-cell>"
        "</table:table-row></table:table></table:table-cell></table:table-row></table:table></office:text>"
    )
    data = open_document("text", body, styles)
    found = said(read_contents(data, "a.odt"))
    assert {place: each for place, each in found.items() if "表" not in place} == {
        "已删除的修订文字1第1段": ("删掉的", True), "第1段": ("标题", False),
        "第2段": ("甲  乙\t丙\n丁", False),
        "隐藏文字1": ("藏着", True), "脚注1第1段": ("脚注的话", False), "批注1第1段": ("批注的话", True),
        "文本框1第1段": ("框里", False), "第3段": ("暗节", True), "第4段": ("尾", False),
        "隐藏文字2": ("暗域", True),
        "页眉1第1段": ("页眉", False),
    }  # fmt: skip
    assert found["表1第2行第2列中的表1第1行第1列"] == ("内", False)
    assert len(found) == 11 + 8
    changed_everywhere(data, "a.odt")


def test_an_open_workbook_marks_what_it_hides_and_repeats_what_it_repeats() -> None:
    styles = (
        "<office:automatic-styles><style:style style:name='暗'>"
        "<style:table-properties table:display='false'/>"
        "</style:style></office:automatic-styles>"
    )
    twice = " table:number-columns-repeated='2'"
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    body = (
        "<office:spreadsheet><table:table table:name='名单'>"
        "<table:table-column table:number-columns-repeated='2'/>"
        "<table:table-column table:visibility='collapse'/>"
        f"<table:table-row>{cell.format(twice, '甲')}{cell.format('', '暗列')}"
        "</table:table-row><table:table-row table:number-rows-repeated='1000000'><table:table-cell/>"
        "</table:table-row>"
        f"<table:table-row table:visibility='filter'>{cell.format('', '暗行')}"
        "<table:table-cell office:value-type='float' office:value='13800000000'><text:p>1.38E+10</text:p>"
        "<office:annotation><text:p>批注</text:p></office:annotation></table:table-cell></table:table-row>"
        "</table:table><table:table table:name='名单' table:style-name='暗'><table:table-row>"
        f"{cell.format('', '暗表')}</table:table-row></table:table></office:spreadsheet>"
    )
    data = open_document("spreadsheet", body, styles)
    assert said(read_contents(data, "a.ods")) == {
        "工作表“名单”A1": ("甲", False), "工作表“名单”B1": ("甲", False), "工作表“名单”C1": ("暗列", True),
        "工作表“名单”A1000002": ("暗行", True), "工作表“名单”B1000002": ("13800000000", True),
        "工作表“名单”B1000002的批注第1段": ("批注", True), "工作表“名单（2）”A1": ("暗表", True),
        "页眉1第1段": ("页眉", False),
    }  # fmt: skip
    changed_everywhere(data, "a.ods")


def test_an_open_presentation_is_read_slide_by_slide() -> None:
    body = (
        "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>一</text:p></draw:text-box></draw:frame>"
        "</draw:page><draw:page><text:p>二</text:p></draw:page></office:presentation>"
    )
    data = open_document("presentation", body)
    found = said(read_contents(data, "a.odp"))
    assert found["第1张幻灯片第1段"] == ("一", False)
    assert found["第2张幻灯片第1段"] == ("二", False)


def test_an_open_text_in_one_file_is_read() -> None:
    data = (
        "<?xml version='1.0'?>"
        "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
        "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text><text:p>甲</text:p>"
        "</office:text></office:body></office:document>"
    ).encode()
    assert said(read_contents(data, "a.fodt")) == {"第1段": ("甲", False)}
    with pytest.raises(Unwritable, match="不能直接改写"):
        rewrite(data, "a.fodt", {"第1段": "乙"})


def test_slides_their_notes_and_hidden_slides_are_read_and_changed() -> None:
    data = slides([["姓名", "电话"], ["甄示范", "1"]], notes="备注的话")
    assert said(read_contents(data, "a.pptx")) == {
        "第1张幻灯片表1第1行第1列": ("姓名", False), "第1张幻灯片表1第1行第2列": ("电话", False),
        "第1张幻灯片表1第2行第1列": ("甄示范", False), "第1张幻灯片表1第2行第2列": ("1", False),
        "第1张幻灯片的备注第1段": ("备注的话", True),
    }  # fmt: skip
    changed_everywhere(data, "a.pptx")
    assert all(hidden for _, hidden in said(read_contents(slides([["甲"]], show="0"), "a.pptx")).values())


def test_an_old_word_document_is_read_and_cannot_be_changed() -> None:
    data = REPORT_DOC.read_bytes()
    contents = read_contents(data, "a.doc")
    assert contents.kind == "doc" and contents.tables and contents.text.count("\n") > 5
    with pytest.raises(Unwritable, match="Word 97–2003 文档不能直接改写"):
        rewrite(data, "a.doc", {"第1段": "某"})


def test_rich_text_shows_headers_comments_and_what_it_hides() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}{\header\pard\f0 \'d2\'b3\'c3\'bc\par}"
        rb"{\*\annotation\pard \u25209?\par}\pard\f0 \'bf\'c9\'bc\'fb{\v \'b2\'d8}{\deleted \'c9\'be}\par}"
    )
    assert said(read_contents(data, "a.rtf")) == {
        "第1段": ("可见", False),
        "页眉页脚1": ("页眉", False),
        "批注1": ("批", True),
        "隐藏或已删除的文字1": ("藏删", True),
    }
    with pytest.raises(Unwritable):
        rewrite(rich_text([["甲"]]), "a.rtf", {"表1第1行第1列": "某"})


def test_lines_of_a_text_and_tables_in_it_have_places() -> None:
    data = "标题\r\n\r\n姓名\t电话\r\n甄示范\t138\r\n| 甲 | 乙 |\r\n|----|----|\r\n| 丙 | 丁 |\r\n尾".encode(
        "gb18030"
    )
    found = said(read_contents(data, "a.md"))
    assert found == {
        "第1行": ("标题", False), "第3行第1列": ("姓名", False), "第3行第2列": ("电话", False),
        "第4行第1列": ("甄示范", False), "第4行第2列": ("138", False), "第5行第1列": ("甲", False),
        "第5行第2列": ("乙", False), "第6行": ("|----|----|", False), "第7行第1列": ("丙", False),
        "第7行第2列": ("丁", False), "第8行": ("尾", False),
    }  # fmt: skip
    changed_everywhere(data, "a.md")
    assert rewrite(data, "a.md", {"第4行第2列": "1\n3"}).decode("gb18030").split("\r\n")[3] == "甄示范\t1 3"


def test_separated_values_are_told_from_prose() -> None:
    assert read_contents("甲,乙\n丙,丁\n".encode(), "a.txt").kind == "text"
    assert read_contents("甲,乙\n丙,丁\n".encode(), "a.csv").kind == "csv"
    assert read_contents("甲\n乙\n".encode(), "a.tsv").kind == "csv"
    assert read_contents('甲,乙,"丙\n丁"\n1,2,3\n4,5,6'.encode(), "a").tables[0].rows[0][2].text == "丙\n丁"
    prose = (
        "第一句话说了很多很多的内容, 然后又说了很多很多的内容, 到这里为止都还只是一句普普通通的话而已, 完了。"
    )
    assert read_contents(f"{prose}\n好的。\n{prose}，是。\n没有。".encode(), "a.txt").kind == "text"


def test_nested_json_is_read_by_its_names() -> None:
    text = (
        '{"名称": "甲", "人": [{"姓名": "甄", "电话": ["1", "2"]}, {"姓名": "贾"}], "空": null, "列": ["x"]}'
    )
    data = text.encode()
    found = said(read_contents(data, "a.json"))
    assert found["“名称”"] == ("甲", False)
    assert found["“人”第2项“姓名”"] == ("贾", False)
    assert found["“人”第1项“电话”的内容第2项"] == ("2", False)
    assert found["“列”第1项"] == ("x", False)
    deep = b'{"a":' * 80 + b"1" + b"}" * 80
    with pytest.raises(Unreadable, match="嵌套过深"):
        read_contents(deep, "a.json")
    assert said(read_contents(b"[18888888888888888888]", "a.json")) == {
        "第1项": ("18888888888888888888", False)
    }


def test_lines_and_aligned_columns_of_a_pdf_have_places() -> None:
    rows = "".join(
        f"BT /F 12 Tf 72 {700 - 20 * n} Td (N{n}) Tj 200 0 Td (1380000{n}) Tj ET " for n in range(4)
    )
    data = drawn("BT /F 12 Tf 72 760 Td (First line) Tj ET " + rows)
    contents = read_contents(data, "a.pdf")
    assert said(contents)["第1页第1行"] == ("First line", False)
    [table] = contents.tables
    assert [[cell.text for cell in row] for row in table.rows] == [[f"N{n}", f"1380000{n}"] for n in range(4)]


def test_a_slanted_watermark_of_a_pdf_is_read() -> None:
    data = drawn(
        "BT /F 12 Tf 72 760 Td (First line) Tj ET BT /F 60 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET"
    )
    assert said(read_contents(data, "a.pdf"))["第1页斜排文字"] == ("DRAFT", False)


def scanned() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 300), "white").save(out, "PDF")
    return out.getvalue()


def test_pages_that_are_pictures_are_named_and_so_are_pictures() -> None:
    with (
        pikepdf.open(io.BytesIO(typeset("正文有很多很多很多字在这里。"))) as book,
        pikepdf.open(io.BytesIO(scanned())) as more,
    ):
        book.pages.extend(more.pages)
        out = io.BytesIO()
        book.save(out)
    contents = read_contents(out.getvalue(), "a.pdf")
    assert not contents.is_scannable and contents.unscanned == ("第2页",)
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    assert not read_contents(picture.getvalue(), "a.png").is_scannable


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40, 500, 560, 842)])
def test_a_pdf_is_covered_where_it_changes(turn: int, crop: tuple[int, ...] | None) -> None:
    with pikepdf.open(io.BytesIO(drawn("BT /F 20 Tf 72 700 Td (KEEP 13800000000 KEEP) Tj ET"))) as book:
        page = book.pages[0]
        page.obj.Rotate = turn
        if crop:
            page.obj.CropBox = pikepdf.Array(list(crop))
        out = io.BytesIO()
        book.save(out)
    data = out.getvalue()
    [(place, (text, _))] = said(read_contents(data, "a.pdf")).items()
    words = text.split()
    number = words.index("13800000000")
    words[number] = "*"
    covered = rewrite(data, "a.pdf", {place: " ".join(words)})
    assert not read_contents(covered, "a.pdf").is_scannable
    assert _ink(covered, crop, turn) == (True, True)


def _ink(data: bytes, crop: tuple[int, ...] | None, turn: int) -> tuple[bool, bool]:
    """Whether the number is black, and the word before it is not."""
    image = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("L").rotate(turn, expand=True)
    left, top = (crop[0], crop[3]) if crop else (0, 842)
    shares = []
    for box in ((136, 712, 240, 702), (72, 716, 122, 698)):
        inked = image.crop((box[0] - left, top - box[1], box[2] - left, top - box[3])).tobytes()
        shares.append(sum(value < 128 for value in inked) / len(inked))
    return shares[0] > 0.6, shares[1] < 0.5


def test_a_binary_workbook_that_is_broken_says_so() -> None:
    with pytest.raises(Unreadable):
        read_xlsb(zipped({"xl/workbook.bin": b"no"}))


def test_a_copy_of_an_old_workbook_has_another_name() -> None:
    assert copy_name(old_excel([["甲"]]), "名单.xls") == "名单.xlsx"
    assert copy_name(b"abc", "a.txt") == "a.txt"


def test_a_damaged_pdf_or_one_with_a_password_says_so() -> None:
    with pytest.raises(Unreadable, match="损坏"):
        read_contents(b"%PDF-1.7 nothing", "a.pdf")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(scanned())) as book:
        book.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unreadable, match="密码"):
        read_contents(out.getvalue(), "a.pdf")


def test_a_cell_of_a_ruled_pdf_is_covered_whole() -> None:
    data = typeset("#table(columns: 2, [姓名], [电话], [甄示范], [13800000000])")
    boxes, done = boxes_of(data, {"第1页表1第2行第2列": "138", "第9页第1行": "x"})
    assert done == {"第1页表1第2行第2列"}
    [box] = boxes
    assert (box.page, box.article) == (1, "第十五条") and box.x1 - box.x0 > 0.1 and box.y1 - box.y0 < 0.05
