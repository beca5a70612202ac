"""Word documents as articles."""

import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from PIL import Image

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.reading import read_article
from tests.documents.reading.wordfiles import cell, package, paragraph, row, saved, table

NAME = "招生工作安排.docx"


def png(color="red", kind="PNG", size=(12, 8)):
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind)
    return out.getvalue()


def read(body, parts=None):
    return read_article(package(body, parts), NAME)


def blocks(body, parts=None):
    return read(body, parts).article.blocks


def linked(*relations):
    entries = "".join(
        f'<Relationship Id="{name}" Target="{target}" TargetMode="{mode or "Internal"}"/>'
        for name, target, mode in relations
    )
    return {
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{entries}</Relationships>'
    }


def whole():
    document = docx.Document()
    document.add_paragraph("示例县教育局关于招生工作的安排", style="Title")
    document.add_heading("一、招生范围", 1)
    document.add_paragraph("本县户籍适龄儿童。")
    document.add_heading("报名材料", 2)
    for item in ("户口簿", "房产证明"):
        document.add_paragraph(item, style="List Bullet")
    for item in ("登录网站", "填写信息"):
        document.add_paragraph(item, style="List Number")
    document.add_paragraph("表1 招生计划")
    grid = document.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "学校"
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "计划"
    grid.cell(1, 1).text, grid.cell(1, 2).text = "男", "女"
    for number in ("1", "2"):
        cells = grid.add_row().cells
        for place, text in enumerate((f"示例小学{number}", "60", "62")):
            cells[place].text = text
    document.add_picture(io.BytesIO(png()))
    document.inline_shapes[0]._inline.docPr.set("descr", "学区划分图")
    document.add_paragraph("图1 学区划分")
    return document


def test_a_paper_is_taken_over_whole():
    taken = read_article(saved(whole()), NAME)
    [(sha, data, kind)] = taken.pictures
    assert (data, kind) == (png(), "image/png")
    assert taken.title == "示例县教育局关于招生工作的安排"
    assert taken.article == Article(
        (
            Heading("一、招生范围", 1),
            Paragraph("本县户籍适龄儿童。"),
            Heading("报名材料", 2),
            Listing(("户口簿", "房产证明")),
            Listing(("登录网站", "填写信息"), ordered=True),
            Grid(
                (
                    ("学校", "计划", "计划"),
                    ("学校", "男", "女"),
                    ("示例小学1", "60", "62"),
                    ("示例小学2", "60", "62"),
                ),
                2,
                "表1 招生计划",
            ),
            Picture(sha, "学区划分图", "图1 学区划分"),
        )
    )
    assert taken.lost == ("表格里合并的单元格已经拆开，每一格写上同样的内容；请看一遍表格。",)


def test_centered_lines_at_the_top_are_the_title_and_a_document_number_is_not():
    document = docx.Document()
    for text in ("示例县教育局文件", "示教发〔2024〕3号", "关于招生工作的通知"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("各学校：")
    taken = read_article(saved(document), NAME)
    assert taken.title == "示例县教育局文件关于招生工作的通知"
    assert taken.article.blocks == (Paragraph("示教发〔2024〕3号"), Paragraph("各学校："))


def test_the_only_heading_of_its_rank_before_all_is_the_title():
    document = docx.Document()
    document.add_heading("招生问答", 1)
    document.add_heading("何时报名", 2)
    document.add_heading("何处报名", 2)
    taken = read_article(saved(document), NAME)
    assert taken.title == "招生问答"
    assert taken.article.blocks == (Heading("何时报名", 1), Heading("何处报名", 1))


def test_a_file_without_a_title_is_called_by_its_name():
    taken = read(paragraph("全年公开53条。"))
    assert (taken.title, taken.article.blocks) == ("招生工作安排", (Paragraph("全年公开53条。"),))


def test_numbered_lines_are_headings_without_any_style():
    assert blocks(paragraph("　　一、总体情况") + paragraph("（一）主动公开")) == (
        Heading("一、总体情况", 1),
        Heading("（一）主动公开", 2),
    )


def test_a_heading_that_runs_on_is_a_paragraph():
    properties = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    assert blocks(paragraph("甲") + paragraph("很长" * 50, properties))[1] == Paragraph("很长" * 50)


def test_what_is_not_printed_is_left_out_and_told():
    taken = read(
        "<w:p><w:r><w:t>公开</w:t></w:r><w:del><w:r><w:t>删掉</w:t></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:commentReference/></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        "<w:r><w:object><w:t>内嵌</w:t></w:object></w:r></w:p><w:altChunk/>"
    )
    assert taken.article.blocks == (Paragraph("公开x"),)
    assert [sentence[:10] for sentence in taken.lost] == [
        "文件里有修订痕迹，取", "文件里的批注没有取用", "文件里的图表、图示或", "文件里嵌入的其他文档",
        "文件里隐藏的文字没有",
        "文件里的公式只取了字",
    ]  # fmt: skip


def test_white_words_are_taken_and_asked_about():
    taken = read('<w:p><w:r><w:rPr><w:color w:val="ffffff"/></w:rPr><w:t>白字</w:t></w:r></w:p>')
    assert taken.article.blocks == (Paragraph("白字"),)
    assert "白色的字" in taken.lost[0]


def test_a_chart_is_told():
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    chart = f'<w:p><w:r><w:drawing><c:chart xmlns:c="{space}"/></w:drawing></w:r></w:p>'
    assert "图表" in read(chart).lost[0]


def test_wrapped_rows_and_cells_are_found():
    wrapped = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = wrapped.format(table(wrapped.format(row(wrapped.format(cell("甲")), cell("乙")))))
    assert blocks(body) == (Grid((("甲", "乙"),), 0),)


def test_links_lead_outside_the_file_or_are_words():
    body = (
        '<w:p><w:hyperlink r:id="a"><w:r><w:t>政策</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="b"><w:r><w:t>程序</w:t></w:r></w:hyperlink>'
        '<w:hyperlink w:anchor="c"><w:r><w:t>书签</w:t></w:r></w:hyperlink></w:p>'
    )
    parts = linked(
        ("a", "https://example.com/p?a=1&amp;b=(2)", "External"), ("b", "javascript:alert(1)", "External")
    )
    assert blocks(body, parts) == (Paragraph("[政策](https://example.com/p?a=1&b=%282%29)程序书签"),)


def drawing(name):
    return (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'r:embed="{name}"/></w:drawing></w:r></w:p>'
    )


def test_pictures_browsers_do_not_show_are_turned_or_told():
    parts = linked(
        ("a", "media/1.bmp", ""), ("b", "media/2.emf", ""), ("c", "https://example.com/x.png", "External")
    )
    parts |= {"word/media/1.bmp": png(kind="BMP"), "word/media/2.emf": b"\x01\0\0\0 no picture"}
    taken = read(drawing("a") + drawing("b") + drawing("c") + drawing("d"), parts)
    assert [kind for _, _, kind in taken.pictures] == ["image/png"]
    assert len(taken.article.blocks) == 1
    assert [sentence[:7] for sentence in taken.lost] == ["有图片的格式网", "引用别处地址的"]


def test_a_picture_in_a_table_stands_after_it():
    body = table(row("<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p>" + drawing("a") + "</w:tc>", cell("乙")))
    taken = read(body, linked(("a", "media/1.png", "")) | {"word/media/1.png": png()})
    assert [type(block) for block in taken.article.blocks] == [Grid, Picture]


def test_rows_said_to_repeat_are_the_header():
    head = "<w:tblHeader/>"
    body = table(
        row(cell("甲"), cell("乙"), properties=head),
        row(cell("丙"), cell("丁"), properties=head),
        row(cell("1"), cell("2")),
    )
    assert blocks(body) == (Grid((("甲", "乙"), ("丙", "丁"), ("1", "2")), 2),)


def test_a_table_in_a_table_comes_out_in_reading_order():
    inner = table(row(cell("1"), cell("2")), row(cell("3"), cell("4")))
    body = table(row(cell("外"), f"<w:tc>{inner}<w:p/></w:tc>"))
    assert blocks(body) == (Paragraph("外"), Grid((("1", "2"), ("3", "4")), 1))


def test_a_frame_around_one_text_is_no_table():
    assert blocks(table(row(cell("框里的话。")))) == (Paragraph("框里的话。"),)


def test_cells_merged_in_the_old_way_are_taken_apart_too():
    body = table(
        row(cell("宽", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("窄")),
        row(cell("1"), cell("2"), cell("3")),
    )
    assert blocks(body) == (Grid((("宽", "宽", "窄"), ("1", "2", "3")), 1),)


def test_columns_that_are_only_lines_of_the_layout_are_one():
    wide = '<w:gridSpan w:val="2"/>'
    body = table(row(cell("甲", wide), cell("乙", wide)), row(cell("1", wide), cell("2", wide)))
    assert blocks(body) == (Grid((("甲", "乙"), ("1", "2")), 1),)


def test_a_table_too_large_is_for_an_attachment():
    taken = read(table(*[row(*[cell(f"{n}.{m}") for m in range(70)]) for n in range(3)]))
    assert taken.article.blocks == ()
    assert taken.lost == ("有一张表太大（3 行 70 列），没有取用；请把它作为附件公开。",)


def test_a_table_that_says_it_is_huge_costs_nothing():
    wide = '<w:gridSpan w:val="1000"/>'
    taken = read(table(row(cell("甲", wide), cell("乙", wide)), row(cell("1", wide), cell("2", wide))))
    assert taken.lost == ("有一张表太大（2 行 2000 列），没有取用；请把它作为附件公开。",)


def test_footnotes_come_at_the_end():
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>含民办学校</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    taken = read(paragraph("正文。"), {"word/footnotes.xml": notes})
    assert taken.article.blocks == (Paragraph("正文。"), Paragraph("注：含民办学校"))
    assert taken.lost == ("脚注和尾注放在了文末，前面标“注”。",)


NUMBERED = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""


def numbered(text, number):
    return paragraph(
        text, f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    )


def test_numbers_that_word_prints_are_kept():
    body = (
        numbered("甲", 1)
        + numbered("乙", 1)
        + paragraph("插一段。")
        + numbered("丙", 1)
        + numbered("范围", 2)
    )
    assert blocks(body, {"word/numbering.xml": NUMBERED}) == (
        Listing(("甲", "乙"), True),
        Paragraph("插一段。"),
        Paragraph("3.丙"),
        Heading("（一）范围", 2),
    )


def test_an_outline_level_and_a_style_based_on_another_make_headings():
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="a"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="我的"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr>'
        '</w:style><w:style w:styleId="c"><w:name w:val="c"/><w:basedOn w:val="c"/></w:style></w:styles>'
    )
    body = (
        paragraph("先说一句。")
        + paragraph("甲", '<w:pPr><w:pStyle w:val="b"/></w:pPr>')
        + paragraph("乙", '<w:pPr><w:outlineLvl w:val="4"/></w:pPr>')
        + paragraph("丙", '<w:pPr><w:pStyle w:val="c"/><w:jc w:val="center"/></w:pPr>')
    )
    assert blocks(body, {"word/styles.xml": styles})[1:] == (
        Heading("甲", 1),
        Heading("乙", 2),
        Paragraph("丙"),
    )
