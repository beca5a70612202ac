"""What stands in a Word document besides its text, and where."""

import io
import zipfile

import docx
import pytest

from gongkai.documents.contents import Contents, Unreadable, Unwritable, read_contents, rewrite
from tests.documents.contents.makers import excel, zipped
from tests.documents.reading.wordfiles import cell, package, paragraph, row, saved, table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (
    f'{W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def said(contents: Contents) -> dict[str, tuple[str, bool]]:
    return {each.place: (each.text, each.hidden) for each in contents.places if each.text}


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def styled(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


ON = '<w:vanish w:val="0"/>'
PARAGRAPH_STYLE = '<w:pPr><w:pStyle w:val="暗"/></w:pPr>'


def test_what_is_hidden_or_deleted_stands_apart_from_what_is_printed() -> None:
    body = (
        f"<w:p>{run('可见')}{run('隐藏的话', '<w:vanish/>')}{run('开着', ON)}"
        "<w:del><w:r><w:delText>删掉的</w:delText></w:r></w:del><w:ins><w:r><w:t>加上的</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>移走的</w:t></w:r></w:moveFrom></w:p>"
        f"{paragraph('第二段')}"
    )
    data = package(body)
    assert said(read_contents(data, "a.docx")) == {
        "第1段": ("可见开着加上的", False),
        "第1段的隐藏文字": ("隐藏的话", True),
        "第1段的已删除的修订文字": ("删掉的移走的", True),
        "第2段": ("第二段", False),
    }
    changed = rewrite(data, "a.docx", {"第1段的隐藏文字": "某", "第1段的已删除的修订文字": "也某"})
    assert said(read_contents(changed, "a.docx")) == {
        "第1段": ("可见开着加上的", False),
        "第1段的隐藏文字": ("某", True),
        "第1段的已删除的修订文字": ("也某", True),
        "第2段": ("第二段", False),
    }


def test_a_style_hides_what_is_set_in_it() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="暗"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="明"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>'
    )
    body = (
        f"<w:p>{run('可见', styled('明'))}{run('藏', styled('暗'))}</w:p>"
        f"{paragraph('整段藏', PARAGRAPH_STYLE)}"
    )
    assert said(read_contents(package(body, {"word/styles.xml": styles}), "a.docx")) == {
        "第1段": ("可见", False),
        "第1段的隐藏文字": ("藏", True),
        "第2段的隐藏文字": ("整段藏", True),
    }


def test_headers_footers_notes_and_comments_are_named_as_such() -> None:
    parts = {
        "word/header1.xml": f"<w:hdr {W}>{paragraph('机密')}{paragraph('第二行')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{paragraph('页脚')}</w:ftr>",
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:type="separator">'
        f"{paragraph('线')}</w:footnote>"
        f"<w:footnote>{paragraph('注一')}</w:footnote><w:footnote>{paragraph('注二')}</w:footnote></w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {W}><w:endnote>{paragraph('尾注')}</w:endnote></w:endnotes>",
        "word/comments.xml": f"<w:comments {W}><w:comment>{paragraph('批注的话')}</w:comment></w:comments>",
    }
    data = package(paragraph("正文"), parts)
    found = said(read_contents(data, "a.docx"))
    assert found == {
        "第1段": ("正文", False),
        "页眉1第1段": ("机密", False),
        "页眉1第2段": ("第二行", False),
        "页脚1第1段": ("页脚", False),
        "脚注1第1段": ("注一", False),
        "脚注2第1段": ("注二", False),
        "尾注1第1段": ("尾注", False),
        "批注1第1段": ("批注的话", True),
    }
    changed = rewrite(data, "a.docx", {place: f"改了{place}" for place in found})
    assert {place: text for place, (text, _) in said(read_contents(changed, "a.docx")).items()} == {
        place: f"改了{place}" for place in found
    }


def test_a_text_box_is_read_once_and_its_old_copy_goes_when_it_changes() -> None:
    box = f"<w:txbxContent>{paragraph('框里的话')}{table(row(cell('框里的格')))}</w:txbxContent>"
    body = (
        f"<w:p>{run('段落')}<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    data = package(body, names=NAMES)
    assert said(read_contents(data, "a.docx")) == {
        "第1段": ("段落", False),
        "文本框1第1段": ("框里的话", False),
        "文本框1表1第1行第1列": ("框里的格", False),
    }
    changed = rewrite(data, "a.docx", {"文本框1第1段": "某"})
    assert said(read_contents(changed, "a.docx"))["文本框1第1段"] == ("某", False)
    assert "框里的话" not in part(changed)


def part(data: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_a_watermark_is_read_and_changed() -> None:
    header = f'<w:hdr {NAMES}><w:p><w:r><w:pict><v:textpath string="内部资料"/></w:pict></w:r></w:p></w:hdr>'
    data = package(paragraph("正文"), {"word/header1.xml": header}, names=NAMES)
    assert said(read_contents(data, "a.docx"))["页眉1第1段的艺术字"] == ("内部资料", False)
    changed = rewrite(data, "a.docx", {"页眉1第1段的艺术字": "草稿"})
    assert said(read_contents(changed, "a.docx"))["页眉1第1段的艺术字"] == ("草稿", False)


def test_merged_cells_keep_the_columns_in_line() -> None:
    document = docx.Document()
    frame = document.add_table(rows=3, cols=4)
    for number, text in enumerate(["姓名", "证件", "地址", "备注"]):
        frame.cell(0, number).text = text
    frame.cell(1, 0).merge(frame.cell(2, 0)).text = "合并"
    frame.cell(1, 1).merge(frame.cell(1, 2)).text = "跨列"
    frame.cell(1, 3).text, frame.cell(2, 3).text = "甲", "乙"
    [found] = read_contents(saved(document), "a.docx").tables
    assert [[each.text for each in line] for line in found.rows] == [
        ["姓名", "证件", "地址", "备注"],
        ["合并", "跨列", "", "甲"],
        ["", "", "", "乙"],
    ]


def test_deleted_rows_and_covered_text_are_hidden_and_nested_tables_have_places() -> None:
    inner = table(row(cell("内")))
    body = table(
        row(cell("甲"), cell("乙", "<w:vMerge w:val='restart'/>")),
        row(cell("删"), cell("压住的", "<w:vMerge/>"), properties="<w:del/>"),
        row(f"<w:tc><w:tcPr/>{paragraph('外')}{inner}{paragraph('尾')}</w:tc>", cell("丁"), properties=""),
    )
    found = said(read_contents(package(body), "a.docx"))
    assert found["表1第2行第1列"] == ("删", True)
    assert found["表1第2行第2列"] == ("压住的", True)
    assert found["表1第3行第1列"] == ("外\n尾", False)
    assert found["表1第3行第1列中的表1第1行第1列"] == ("内", False)


def test_breaks_tabs_symbols_and_formulas_are_text() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/>"
        '<w:sym w:char="4E01"/><w:sym w:char="F0FE"/><w:sym w:char="x"/></w:r>'
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        "<w:r><w:ruby><w:rt><w:r><w:t>zì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    )
    data = package(body, names=NAMES)
    assert said(read_contents(data, "a.docx")) == {"第1段": ("甲\t乙\n丙-丁x字链接", False)}
    for new in ("甲丁", "", "全新的\n两行", "甲\t乙\n丙-丁x字链接。"):
        changed = rewrite(data, "a.docx", {"第1段": new})
        assert said(read_contents(changed, "a.docx")).get("第1段", ("", False)) == (new, False)


def test_a_number_printed_before_a_paragraph_is_not_written_twice() -> None:
    document = docx.Document()
    document.add_paragraph("第一项", style="List Number")
    data = saved(document)
    assert said(read_contents(data, "a.docx")) == {"第1段": ("1.第一项", False)}
    changed = rewrite(data, "a.docx", {"第1段": "1.某项"})
    assert said(read_contents(changed, "a.docx")) == {"第1段": ("1.某项", False)}


def test_formatting_and_all_other_parts_stay() -> None:
    document = docx.Document()
    line = document.add_paragraph("身份证号")
    line.add_run("000101").bold = True
    line.add_run("19900101123X").italic = True
    line.add_run("，完")
    data = saved(document)
    changed = rewrite(data, "a.docx", {"第1段": "身份证号000***********3X，完"})
    runs = [
        (piece.text, piece.bold, piece.italic)
        for piece in docx.Document(io.BytesIO(changed)).paragraphs[0].runs
    ]
    assert runs == [
        ("身份证号", None, None),
        ("000***********", True, None),
        ("3X", None, True),
        ("，完", None, None),
    ]
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(changed))
    assert old.namelist() == new.namelist()
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["word/document.xml"]


def test_strict_documents_stay_strict() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = package(paragraph("甲"), names=f'xmlns:w="{strict}"')
    changed = rewrite(data, "a.docx", {"第1段": "乙"})
    assert said(read_contents(changed, "a.docx")) == {"第1段": ("乙", False)}
    assert strict in part(changed)


def test_embedded_files_and_charts_are_read_and_changed() -> None:
    chart = (
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>图名</a:t></a:r></a:p>'
        "<c:strCache><c:pt><c:v>甄示范</c:v></c:pt></c:strCache></c:chart>"
    )
    data = package(
        paragraph("正文"),
        {
            "word/charts/chart1.xml": chart,
            "word/embeddings/Sheet1.xlsx": excel([["姓名", "电话"], ["甄示范", "1"]]),
            "word/embeddings/oleObject1.bin": b"\0\1\2\3" * 400,
        },
    )
    contents = read_contents(data, "a.docx")
    found = said(contents)
    assert found["图表1第1段"] == ("图名", False)
    assert found["图表1第2段"] == ("甄示范", False)
    place = "嵌入文件“sheet1.xlsx”工作表“名单”A2"
    assert found[place] == ("甄示范", False)
    assert not contents.is_scannable
    changed = rewrite(data, "a.docx", {place: "某", "图表1第2段": "某"})
    after = said(read_contents(changed, "a.docx"))
    assert after[place] == after["图表1第2段"] == ("某", False)


def test_a_document_of_a_scan_cannot_be_scanned() -> None:
    contents = read_contents(package(paragraph("附件"), {"word/media/image1.png": b"\x89PNG"}), "a.docx")
    assert not contents.is_scannable
    assert contents.unscanned == ("文档中的图片",)
    assert read_contents(package(paragraph("字" * 20), {"word/media/a.png": b""}), "a.docx").is_scannable


def test_places_that_are_not_there_or_hold_no_text_cannot_be_changed() -> None:
    data = package(f"<w:p><w:r><w:tab/></w:r></w:p>{paragraph('甲')}{table(row('<w:tc><w:p/></w:tc>'))}")
    with pytest.raises(Unwritable, match="找不到“第9段”"):
        rewrite(data, "a.docx", {"第9段": "某"})
    with pytest.raises(Unwritable, match="没有可以改写的文字"):
        rewrite(data, "a.docx", {"第1段": "某"})
    with pytest.raises(Unwritable, match="没有可以改写的文字"):
        rewrite(data, "a.docx", {"表1第1行第1列": "某"})
    assert rewrite(data, "a.docx", {}) == data


def test_a_package_without_its_main_part_is_damaged() -> None:
    with pytest.raises(Unreadable):
        read_contents(zipped({"word/other.xml": "<a/>", "[Content_Types].xml": "wordprocessingml"}), "a.docx")


def test_the_text_of_a_document_is_in_reading_order() -> None:
    body = (
        paragraph("前")
        + table(row(cell("甲"), cell("乙")), row(cell(""), cell("丙\u200b")))
        + paragraph("后")
    )
    assert read_contents(package(body), "a.docx").text == "前\n甲\t乙\n\t丙\n后"


def test_what_wraps_blocks_is_looked_through() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>" + (
        "<w:tbl><w:sdt><w:sdtContent>"
        + row(f"<w:sdt><w:sdtContent>{cell('乙')}</w:sdtContent></w:sdt>")
        + "</w:sdtContent></w:sdt></w:tbl>"
    )
    found = said(read_contents(package(body), "a.docx"))
    assert found == {"第1段": ("甲", False), "表1第1行第1列": ("乙", False)}


def test_a_cell_of_several_paragraphs_changes_line_by_line() -> None:
    lines = paragraph("甲") + "<w:p/>" + paragraph("乙") + paragraph("丙")
    data = package(table(f"<w:tr><w:tc><w:tcPr/>{lines}</w:tc></w:tr>"))
    place = "表1第1行第1列"
    assert said(read_contents(data, "a.docx")) == {place: ("甲\n乙\n丙", False)}
    for new in ("甲\n某\n丙", "只有一行", "一\n二\n三\n四"):
        assert said(read_contents(rewrite(data, "a.docx", {place: new}), "a.docx")) == {place: (new, False)}
