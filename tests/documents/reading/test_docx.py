"""A Word document reads as its print-out does."""

import docx as python_docx
import pytest

from gongkai.documents.reading import docx
from gongkai.documents.reading.content import Cell, Row, Unreadable, line
from gongkai.documents.reading.opening import open_content
from tests.documents.reading.wordfiles import (
    NAMES,
    cell,
    package,
    paragraph,
    row,
    sample_document,
    saved,
    table,
)


def rows(body: str, **parts: str) -> list[Row]:
    named = {f"word/{name}.xml": f"<w:{name} {NAMES}>{content}</w:{name}>" for name, content in parts.items()}
    return list(docx.extract(package(body, named)).rows)


def lines(body: str, **parts: str) -> list[str]:
    return [row.text for row in rows(body, **parts)]


def test_merged_cells_stand_where_they_begin() -> None:
    content = docx.extract(saved(sample_document()))
    assert content.kind == "docx"
    assert content.rows == (
        line("测试县教育局2023年政府信息公开工作年度报告"),
        line("一、总体情况"),
        Row((Cell("勾稽关系", 0, 2, 2), Cell("申请人情况", 2, 3)), 0),
        Row((Cell("自然人", 2), Cell("商业企业", 3), Cell("总计", 4)), 0),
        Row(
            (
                Cell("三、本年度办理结果", 0, 1, 2), Cell("（一）予以公开", 1), Cell("12", 2), Cell("", 3),
                Cell("12", 4),
            ),
            0,
        ),
        Row((Cell("（二）部分公开", 1), Cell("3", 2), Cell("4", 3), Cell("7", 4)), 0),
        line("二、尾声"),
    )  # fmt: skip


def test_nested_tables_come_out_in_reading_order() -> None:
    document = python_docx.Document()
    outer = document.add_table(rows=2, cols=2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "索引号", "A1"
    outer.cell(1, 0).text, outer.cell(1, 1).text = "侧栏", "一、总体情况"
    inner = outer.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "规章", "3"
    assert [(row.table, row.text) for row in docx.extract(saved(document)).rows] == [
        (0, "索引号\tA1"), (None, "侧栏"), (None, "一、总体情况"), (1, "规章\t3"),
    ]  # fmt: skip


def test_the_title_of_the_file_is_kept_apart() -> None:
    document = sample_document()
    document.core_properties.title = "测试县2023年年报"
    assert docx.extract(saved(document)).title == "测试县2023年年报"


def test_cells_merged_the_old_way_and_rows_that_begin_late_keep_their_columns() -> None:
    merged = table(
        row(cell("甲", "<w:hMerge w:val='restart'/>"), cell("", "<w:hMerge/>"), cell("乙")),
        row(cell("1"), cell("2"), properties="<w:gridBefore w:val='1'/>"),
        row(cell("丙", "<w:vMerge/>"), cell("丁", "<w:gridSpan w:val='2'/><w:vMerge w:val='restart'/>")),
        row(cell("", "<w:hMerge/>"), cell("x", "<w:gridSpan w:val='2'/><w:vMerge w:val='continue'/>")),
        row("<w:tc/>", cell("2", "<w:gridSpan w:val='x'/>")),
    )
    assert rows(merged) == [
        Row((Cell("甲", 0, 2), Cell("乙", 2)), 0),
        Row((Cell("1", 1), Cell("2", 2)), 0),
        Row((Cell("丙", 0), Cell("丁", 1, 2, 2)), 0),
        Row((Cell("", 0),), 0),
        Row((Cell("", 0), Cell("2", 1)), 0),
    ]


def test_tabs_breaks_symbols_and_formulas_are_text() -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/>"
        "<w:t>乙</w:t><w:br/>"
        "<w:t>丙</w:t><w:noBreakHyphen/><w:t>18</w:t><w:cr/><w:sym w:char='2460'/><w:sym w:char='F0A8'/>"
        "<w:sym w:char='zz'/></w:r><m:oMath><m:r><m:t>5</m:t></m:r></m:oMath></w:p>"
    )
    assert lines(body) == ["甲 乙", "丙-18", "①5"]


def test_tracked_changes_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>件</w:t></w:r></w:moveTo></w:p>"
        "<w:ins><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>新段</w:t></w:r></w:p></w:ins>"
    ) + table(
        row(cell("删"), properties="<w:del/>"), row(cell("留"), cell("删", "<w:cellDel/>"), cell("1")),
    )  # fmt: skip
    assert lines(body) == ["共12件", "新段", "留\t1"]


def test_hidden_text_field_codes_and_comments_are_left_out() -> None:
    body = (
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r><w:bookmarkStart w:name='_GoBack'/>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>"
        "<w:fldSimple w:instr='DATE'>"
        "<w:r><w:t>+10</w:t></w:r></w:fldSimple><w:ruby><w:rt><w:r><w:t>zhèng</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r>"
        "<w:t>政</w:t></w:r></w:rubyBase></w:ruby></w:p>"
    )
    assert lines(body) == ["显+10政"]


def test_content_controls_around_rows_and_cells_are_looked_through() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format(paragraph("甲")) + table(
        control.format(row(cell("1"), control.format(cell("2")))), "<w:bookmarkStart/>"
    )
    assert lines(body) == ["甲", "1\t2"]


def test_text_boxes_follow_the_paragraph_they_hang_on_once() -> None:
    box = f"<w:txbxContent>{paragraph('盒')}{table(row(cell('1'), cell('2')))}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>段</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>{paragraph('后')}"
    )
    assert lines(body) == ["段", "盒", "1\t2", "后"]
    assert lines(f"<w:r>{box}</w:r>") == []


def test_footnotes_are_lines_at_the_end() -> None:
    separator = f"<w:footnote w:type='separator'>{paragraph('—')}</w:footnote>"
    note = f"{separator}<w:footnote>{paragraph('注')}</w:footnote>"
    assert lines(paragraph("正文"), footnotes=note) == ["正文", "注"]


NUMBERING = (
    "<w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:numFmt w:val='japaneseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:isLgl/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%3.'/></w:lvl>"
    "<w:lvl w:ilvl='3'><w:numFmt w:val='bullet'/><w:lvlText w:val='·'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/>"
    "</w:lvlOverride></w:num>"
)
STYLES = (
    "<w:style w:styleId='head'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:styleId='sub'><w:basedOn w:val='head'/></w:style><w:style w:styleId='plain'/>"
)


def numbered(text: str, number: int | None, level: int = 0, style: str = "") -> str:
    own = (
        f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
        if number is not None
        else ""
    )
    named = f"<w:pStyle w:val='{style}'/>" if style else ""
    return paragraph(text, f"<w:pPr>{named}{own}</w:pPr>")


def test_automatic_numbers_are_printed() -> None:
    body = "".join(
        (
            numbered("总体情况", 1), numbered("甲", 1, 1), numbered("乙", 1, 1), numbered("子", 1, 2),
            numbered("点", 1, 3), numbered("公开", 1), numbered("丙", 1, 1),
            numbered("问题", None, style="sub"), numbered("不编", 0, style="head"), numbered("无", 9),
            numbered("深", 1, 8), numbered("段", None, style="plain"), numbered("另起", 2),
            table(row(f"<w:tc>{numbered('格', 2)}</w:tc>")),
        )
    )  # fmt: skip
    assert lines(body, numbering=NUMBERING, styles=STYLES) == [
        "一、总体情况", "（一）甲", "（二）乙", "1.1.子", "点", "二、公开", "（一）丙", "三、问题", "不编",
        "无", "深", "段", "五、另起", "六、格",
    ]  # fmt: skip


def test_a_page_embedded_whole_is_read_where_it_stands() -> None:
    relations = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='r1' Target='afchunk.htm'/><Relationship Id='r2' Target='/word/none.htm'/>"
        "</Relationships>"
    )
    chunks = "<w:altChunk r:id='r1'/><w:altChunk r:id='r2'/>"
    body = table(row(cell("0"))) + chunks + paragraph("尾") + table(row(cell("9")))
    page = b"<p>\xe7\x94\xb2</p><table><tr><td>1</td></tr></table>"
    data = package(body, {"word/_rels/document.xml.rels": relations, "word/afchunk.htm": page})
    assert [(row.table, row.text) for row in open_content(data).rows] == [
        (0, "0"), (None, "甲"), (1, "1"), (None, "尾"), (2, "9"),
    ]  # fmt: skip
    assert [row.text for row in docx.extract(data).rows] == ["0", "尾", "9"]


def test_a_page_embedded_in_a_cell_makes_its_row_layout() -> None:
    relations = "<R><Relationship Id='r1' Target='a.htm'/></R>"
    body = table(row(cell("左"), "<w:tc><w:altChunk r:id='r1'/></w:tc>"))
    data = package(
        body, {"word/_rels/document.xml.rels": relations, "word/a.htm": b"<table><tr><td>1<td>2</table>"}
    )
    found = docx.extract(data, lambda _: docx.extract(package(table(row(cell("1"), cell("2")))))).rows
    assert [(row.table, row.text) for row in found] == [(None, "左"), (1, "1\t2")]


def test_strict_documents_and_odd_part_names_are_read() -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert docx.extract(package(paragraph("甲"), names=strict)).rows == (line("甲"),)
    assert docx.extract(package(paragraph("甲"), main="word/document2.xml")).rows == (line("甲"),)
    with pytest.raises(Unreadable, match="损坏"):
        docx.extract(package(paragraph("甲"), main="other/document.xml").replace(b"other", b"order", 1))
