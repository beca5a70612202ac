"""What a cleaned copy keeps, and what stands in for what had to go."""
# ruff: noqa: E501 (what is planted is written in one piece)

import base64
import io
import re
from pathlib import Path
from random import Random

import docx
import openpyxl
import pikepdf
import pytest
import xlsxwriter

from gongkai.screening.hidden import Uncleanable, clean, inspect
from gongkai.screening.hidden.opening import look
from tests.screening.hidden import carriers
from tests.screening.hidden.carriers import open_document, page, word
from tests.screening.hidden.packages import after, before, packed, parts, related
from tests.screening.hidden.plant_images import photograph
from tests.screening.hidden.plant_word import _anchor, _box, paragraph, run

MAIN = "word/document.xml"
WHO = 'w:id="9" w:author="甄示范" w:date="2026-03-01T09:00:00Z"'


def codes(data: bytes) -> set[str]:
    return {hit.code for hit in look(data, "")}


def body(xml: str) -> bytes:
    """A document whose body begins with ``xml``."""
    return after(word(Random(1)).data, MAIN, "<w:body>", xml)


def texts(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]


def charted(hidden_chart: bool) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        first, source = book.add_worksheet("汇总"), book.add_worksheet("底稿")
        source.write_column(0, 0, ["甲乡", "乙乡", "丙乡"])
        source.write_column(0, 1, [3, 5, 8])
        source.write(0, 2, "件数")
        source.hide()
        first.write_formula(0, 0, "=SUM(底稿!B1:B3)", None, 16)
        first.write_formula(1, 0, "=A1*2", None, 32)
        first.data_validation("C1", {"validate": "list", "source": "=底稿!$A$1:$A$3"})
        first.conditional_format(
            "A1:A2",
            {"type": "formula", "criteria": "=底稿!$B$1>1", "format": book.add_format({"bold": True})},
        )
        first.add_table("E1:F3", {"columns": [{"header": "事"}, {"header": "数"}]})
        book.define_name("全部", "=底稿!$A$1:$B$3")
        book.define_name("汇总!本表", "=汇总!$A$1")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": "=底稿!$C$1", "categories": "=底稿!$A$1:$A$3", "values": "=底稿!$B$1:$B$3"})
        chart.set_title({"name": "=底稿!$C$1"})
        if hidden_chart:
            first.insert_chart("H2", chart)
    return out.getvalue()


def test_formulas_and_charts_keep_what_they_show_when_their_sheet_goes() -> None:
    data = charted(hidden_chart=True)
    assert codes(data) == {"sheet.hidden"}
    cleaned = clean(data, "表.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(cleaned))
    assert book.sheetnames == ["汇总"]
    assert [book["汇总"]["A1"].value, book["汇总"]["A2"].value] == [16, 32]
    assert list(book.defined_names) == [] and list(book["汇总"].defined_names) == ["本表"]
    everything = b"".join(parts(cleaned).values()).decode("utf-8", "replace")
    assert "底稿" not in everything
    chart = parts(cleaned)["xl/charts/chart1.xml"].decode()
    assert "<c:numLit>" in chart and "<c:strLit>" in chart
    assert re.findall(r"<c:v>(\w+)</c:v>", chart) == ["件数", "甲乡", "乙乡", "丙乡", "3", "5", "8"]


def test_formulas_stay_where_nothing_went_that_they_could_refer_to() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = 2, "=A1*3"
    book.properties.creator = "甄示范"
    out = io.BytesIO()
    book.save(out)
    kept = openpyxl.load_workbook(io.BytesIO(clean(out.getvalue(), "表.xlsx")))
    assert kept.active["A2"].value == "=A1*3"


def test_a_table_whose_head_loses_a_cell_becomes_plain_cells() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.add_table(
            "A1:B3",
            {"columns": [{"header": "事"}, {"header": "人"}], "data": [["一", "甄示范"], ["二", "贾样本"]]},
        )
        sheet.set_column(1, 1, None, None, {"hidden": True})
    cleaned = clean(out.getvalue(), "表.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned)).active
    assert sheet.tables == {}
    assert [[cell.value for cell in row] for row in sheet["A1:B3"]] == [
        ["事", None],
        ["一", None],
        ["二", None],
    ]
    assert "甄示范".encode() not in b"".join(parts(cleaned).values())


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    deleted = f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{run('前半')}</w:p><w:p>{run('后半')}</w:p>"
    assert texts(clean(body(deleted), "文.docx"))[0] == "前半后半"


def test_a_deleted_paragraph_leaves_no_empty_line() -> None:
    gone = f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr><w:del {WHO}><w:r><w:delText>甄示范</w:delText></w:r></w:del></w:p>{paragraph('留下')}"
    assert texts(clean(body(gone), "文.docx"))[0] == "留下"


def test_rows_and_cells_deleted_or_inserted_are_accepted() -> None:
    cell = "<w:tc><w:tcPr>{0}</w:tcPr>{1}</w:tc>"
    rows = (
        f"<w:tr><w:trPr><w:del {WHO}/></w:trPr>{cell.format('', paragraph('删行'))}</w:tr>"
        f"<w:tr><w:trPr><w:ins {WHO}/></w:trPr>{cell.format('', paragraph('增行'))}{cell.format(f'<w:cellDel {WHO}/>', paragraph('删格'))}"
        f"{cell.format(f'<w:cellIns {WHO}/>', paragraph('增格'))}</w:tr>"
    )
    cleaned = docx.Document(
        io.BytesIO(
            clean(body(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>"), "文.docx")
        )
    )
    assert [cell.text for cell in cleaned.tables[0].rows[0].cells] == ["增行", "增格"]
    only = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:del {WHO}/></w:trPr>{cell.format('', paragraph('删行'))}</w:tr></w:tbl>"
    assert len(docx.Document(io.BytesIO(clean(body(only), "文.docx"))).tables) == 1  # that of the carrier


def test_a_paragraph_hidden_to_its_end_goes() -> None:
    hidden = f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('甄示范', '<w:vanish/>')}</w:p>{paragraph('留下')}"
    assert texts(clean(body(hidden), "文.docx"))[0] == "留下"


def shape(fill: str, style: str = "") -> str:
    box = _box("白字").replace("<w:rPr></w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')
    return _anchor(box.replace("</wps:spPr>", f"{fill}</wps:spPr>{style}"), 900_000, 900_000)


WHITE = paragraph("白字", '<w:color w:val="FFFFFF"/>')
VML = f'<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" fillcolor="#c00000"><v:textbox><w:txbxContent>{WHITE}</w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>'


@pytest.mark.parametrize(
    ("xml", "is_seen"),
    [
        (shape('<a:solidFill><a:srgbClr val="C00000"/></a:solidFill>'), True),
        (shape("<a:gradFill/>"), True),
        (shape("", "<wps:style/>"), True),
        (shape("<a:noFill/>"), False),
        (shape('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'), False),
        (VML, True),
        (paragraph("白字", '<w:color w:val="FFFFFF"/><w:highlight w:val="red"/>'), True),
        (paragraph("白字", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>'), True),
        (paragraph("白字", '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:fill="FFFFFF"/>'), True),
        (paragraph("白字", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>'), True),
        (paragraph("灰字", '<w:color w:val="808080"/>'), True),
        (paragraph("自动", '<w:color w:val="auto"/>'), True),
        (paragraph("深底", '<w:color w:val="FFFFFF" w:themeColor="background1" w:themeShade="80"/>'), True),
        (paragraph("小字", '<w:sz w:val="bad"/>'), True),
        (paragraph("窗体顶端", "<w:vanish/>"), True),
        (paragraph("不隐", '<w:vanish w:val="0"/>'), True),
    ],
)  # fmt: skip
def test_white_words_are_hidden_only_on_white(xml: str, is_seen: bool) -> None:
    assert codes(body(xml)) == (set() if is_seen else {"word.white_text"})


def test_white_words_on_dark_pages_are_seen_and_words_of_their_shade_are_not() -> None:
    dark = re.sub(
        "<w:body>",
        '<w:background w:color="000000"/><w:body>',
        parts(body(paragraph("黑字", '<w:color w:val="000000"/>')))[MAIN].decode(),
    )
    assert codes(packed(parts(word(Random(1)).data) | {MAIN: dark.encode()})) == {"word.white_text"}


def test_help_of_form_fields_and_nested_fields_are_looked_at() -> None:
    form = '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:val="ID 000000200001010000"/></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert codes(body(form)) == {"word.field_code"}
    assert codes(clean(body(form), "文.docx")) == set()
    plain = '<w:p><w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:fldSimple w:instr="= 1+2"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>'
    assert codes(body(plain)) == set()


def test_tags_word_reads_off_dates_are_no_finding() -> None:
    tag = '<w:p><w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate"><w:smartTagPr><w:attr w:name="Year" w:val="2026"/></w:smartTagPr><w:r><w:t>2026年</w:t></w:r></w:smartTag></w:p>'
    assert codes(body(tag)) == set()


def test_properties_of_old_files_are_emptied() -> None:
    data = (Path(__file__).with_name("files") / "props.author.doc").read_bytes()
    assert codes(data) == {"props.author"}
    cleaned = clean(data, "文.doc")
    assert codes(cleaned) == set() and len(cleaned) == len(data)


def test_a_picture_shown_twice_cannot_be_cut() -> None:
    document = docx.Document()
    for _ in range(2):
        document.add_picture(io.BytesIO(carriers.picture(Random(1))))
    out = io.BytesIO()
    document.save(out)
    data = before(out.getvalue(), MAIN, "<a:stretch>", '<a:srcRect l="25%"/>')
    assert codes(data) == {"picture.cropped"}
    with pytest.raises(Uncleanable, match="不止一处"):
        clean(data, "文.docx")


OPEN_TEXT = (
    ('<text:p><text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>甄示范</text:p>', "open.hidden_text"),
    ('<text:section text:display="condition" text:is-hidden="true"><text:p>甄示范</text:p></text:section>', "open.hidden_text"),
    ('<text:p><text:a xlink:href="file:///C:/x.doc">附件</text:a></text:p>', "link.local"),
    ('<text:p><text:conditional-text text:string-value-if-true="甄示范" text:string-value-if-false="贾样本">甄</text:conditional-text></text:p>', "open.hidden_text"),
)  # fmt: skip


@pytest.mark.parametrize(("xml", "code"), OPEN_TEXT)
def test_what_open_texts_hide_is_found_and_cleaned(xml: str, code: str) -> None:
    data = open_document("text", f"<text:p>留下</text:p>{xml}")
    assert codes(data) == {code}
    assert codes(clean(data, "文.odt")) == set()


@pytest.mark.parametrize(
    ("properties", "color"),
    [('<style:paragraph-properties fo:background-color="#000080"/>', "#000080"), ("", "#ffffff"), ('<style:paragraph-properties fo:background-color="transparent"/>', "#fefefe")],
)  # fmt: skip
def test_words_of_the_color_of_their_ground_in_open_texts(properties: str, color: str) -> None:
    style = f'<style:style style:name="P9" style:family="paragraph">{properties}<style:text-properties fo:color="{color}"/></style:style>'
    data = open_document("text", '<text:p text:style-name="P9">甄示范</text:p>', style)
    assert codes(data) == {"open.white_text"}
    assert codes(clean(data, "文.odt")) == set()


def test_white_words_on_a_dark_cell_of_an_open_book_are_seen() -> None:
    styles = '<style:style style:name="C1" style:family="table-cell"><style:table-cell-properties fo:background-color="#000000"/></style:style><style:style style:name="P1" style:family="paragraph"><style:text-properties fo:color="#ffffff"/></style:style>'
    row = '<table:table-row><table:table-cell table:style-name="C1"><text:p text:style-name="P1">表头</text:p></table:table-cell></table:table-row>'
    assert (
        codes(open_document("spreadsheet", f'<table:table table:name="a">{row}</table:table>', styles))
        == set()
    )


OPEN_BOOK = (
    ('<table:data-pilot-tables><table:data-pilot-table/></table:data-pilot-tables>', "book.pivot_cache"),
    ('<table:dde-links><table:table/></table:dde-links>', "book.external_link"),
    ("<table:table table:name=\"'file:///C:/x.ods'#表\"><table:table-row><table:table-cell><text:p>甄示范</text:p></table:table-cell></table:table-row></table:table>", "book.external_link"),
)  # fmt: skip


@pytest.mark.parametrize(("xml", "code"), OPEN_BOOK)
def test_what_open_books_keep_of_their_sources(xml: str, code: str) -> None:
    row = '<table:table-row><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell></table:table-row>'
    data = open_document("spreadsheet", f'<table:table table:name="a">{row}</table:table>{xml}')
    assert codes(data) == {code}
    assert codes(clean(data, "表.ods")) == set()


def test_pictures_and_objects_in_open_files() -> None:
    content = parts(
        open_document(
            "text", '<text:p>文</text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
        )
    )
    content["Pictures/1.jpg"] = photograph(Random(1), gps=True)
    content["Object 1/content.xml"] = b"<x/>"
    content["META-INF/manifest.xml"] = content["META-INF/manifest.xml"].replace(
        b"</manifest:manifest>",
        b'<manifest:file-entry manifest:full-path="Object 1/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
    )
    data = packed(content)
    assert codes(data) == {"picture.location", "part.embedded"}
    assert codes(clean(data, "文.odt")) == set()


def test_own_properties_of_open_files() -> None:
    content = parts(open_document("text", "<text:p>文</text:p>"))
    added = '<meta:user-defined meta:name="审批">甄示范</meta:user-defined><dc:description>给甄示范</dc:description><meta:template xlink:href="file:///C:/x.ott"/><meta:printed-by>甄示范</meta:printed-by>'
    content["meta.xml"] = content["meta.xml"].replace(b"</office:meta>", added.encode() + b"</office:meta>")
    data = packed(content)
    assert codes(data) == {"props.custom", "props.description", "link.local", "props.author"}
    assert codes(clean(data, "文.odt")) == set()


PAGES = (
    (f'<img src="data:image/jpeg;base64,{base64.b64encode(photograph(Random(1), gps=True)).decode()}">', {"picture.location"}),
    (f'<img src="data:image/jpeg;base64,{base64.b64encode(photograph(Random(1), artist=True)).decode()}">', {"picture.properties"}),
    ('<img src="data:image/jpeg;base64,AAAA">', set()),
    ('<img alt="身份证000000200001010000" src="a.png">', {"picture.alt_text"}),
    ('<p style="color:#fff;background:#036">白字</p><div class="dark"><p style="color:#fff">白字</p></div>', set()),
    ('<table bgcolor="#003366"><tr><td><font color="white">白字</font></td></tr></table>', set()),
    ('<div style="display:none"></div><input type="hidden" value="token">', set()),
    ('<div style="display:none"><img src="a.png"></div>', {"html.hidden"}),
    ("<!--[if mso]><xml><o:Author>甄示范</o:Author></xml><![endif]-->", {"html.comment"}),
    ("<!--[if lt IE 9]>x<![endif]--><!-- 内容开始 --><!-- header -->", set()),
    ("<o:LastAuthor>甄示范</o:LastAuthor>", {"html.meta"}),
)  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), PAGES)
def test_web_pages(markup: str, expected: set[str]) -> None:
    data = page(Random(1)).data.replace(b"</h1>", b"</h1>" + markup.encode())
    assert codes(data) == expected
    assert codes(clean(data, "页.html")) == set()


def test_a_page_without_a_head_keeps_its_words_in_unicode() -> None:
    cleaned = clean("<body><p hidden>甄示范</p><p>公告</p>".encode("gb18030"), "页.html")
    assert "公告" in cleaned.decode() and b"charset" in cleaned and "甄示范" not in cleaned.decode()


def test_a_drawn_note_stays_on_the_page_and_a_closed_one_goes() -> None:
    with pikepdf.open(io.BytesIO(carriers.pdf_by_hand(Random(1), 1).data)) as document:
        stamp = document.make_stream(b"1 0 0 rg 0 0 80 20 re f")
        stamp.Type, stamp.Subtype, stamp.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 80, 20]
        notes = [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Stamp,
                Rect=[300, 100, 380, 120],
                AP=pikepdf.Dictionary(N=stamp),
                F=4,
            ),
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Text,
                Rect=[10, 10, 30, 30],
                Contents=pikepdf.String("甄示范"),
            ),
        ]
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(one) for one in notes])
        out = io.BytesIO()
        document.save(out)
    cleaned = clean(out.getvalue(), "报告.pdf")
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        assert len(document.pages[0].obj.get("/Annots", [])) == 0
        assert any(
            "re" in str(operator)
            for one in document.pages[0].Resources.XObject.values()
            for _, operator in pikepdf.parse_content_stream(one)
        )
    assert inspect(cleaned, "报告.pdf") == ()


def test_slides_may_be_tagged_by_programs() -> None:
    carrier = carriers.slides(Random(1))
    xml = f'<p:tagLst {carriers.P}><p:tag name="KSO_WM_UNIT" val="1"/></p:tagLst>'
    data, _ = related(carrier.data, "ppt/slides/slide1.xml", "tags", "ppt/tags/tag1.xml", xml.encode())
    assert codes(data) == set()
