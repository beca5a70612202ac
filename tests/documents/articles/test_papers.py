"""An article as PDF and Word: the layout, the tags, and no word read as anything but a word."""

import hashlib
import io
import re
import time
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from lxml import etree
from PIL import Image

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.normal import normalized, stepped
from gongkai.documents.articles.papers import Paper, to_docx, to_pdf
from gongkai.documents.articles.papers.paper import (
    TEXT_WIDTH,
    agency_indent,
    centered_columns,
    column_shares,
    linked,
    measure,
    shown,
    table_size,
    title_lines,
)
from gongkai.documents.articles.reading import read_article
from gongkai.documents.writing import Unwritable
from tests.documents.articles.examples import ARTICLES, PRINTED_ARTICLES, SHA, WHOLE
from tests.documents.articles.test_reading_docx import png

TITLE = "示例县教育局关于2024年义务教育阶段学校招生入学工作安排的通知"
PAPER = Paper(
    TITLE, "示例县教育局", WHOLE, "示教发〔2024〕3号", date(2024, 5, 20), {SHA: png(size=(900, 500))},
    "000014349/2024-00012", "https://www.example.com/disclosure/items/12/",
)  # fmt: skip


def words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def tags(pdf):
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append((str(element.S), str(element.get("/Alt", ""))))
        children = element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else []
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary):
                walk(child)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        walk(document.Root.StructTreeRoot)
    return found


@pytest.fixture(scope="module")
def pdf():
    return to_pdf(PAPER)


def test_the_paper_carries_everything_that_identifies_it(pdf):
    said = re.sub(r"\s", "", words(pdf))
    for text in (
        TITLE,
        "索引号：000014349/2024-00012",
        "示教发〔2024〕3号",
        "示例县教育局2024年5月20日",
        "扫码查看网上原文",
    ):
        assert text in said


def test_the_paper_is_tagged_for_those_who_hear_it(pdf):
    kinds = [kind for kind, _ in tags(pdf)]
    for kind in ("/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Link", "/Caption"):
        assert kind in kinds
    assert ("/Figure", "学区划分图") in tags(pdf)


def test_links_lead_where_they_led_on_the_web():
    article = Article((Paragraph("[甲](/a.pdf)[乙](https://b.cn/)[丙](mailto:c@example.com)"),))
    with pikepdf.open(io.BytesIO(to_pdf(replace(PAPER, article=article)))) as document:
        targets = [str(note.A.URI) for page in document.pages for note in page.get("/Annots", [])]
    assert targets[:3] == ["https://www.example.com/a.pdf", "https://b.cn/", "mailto:c@example.com"]
    assert linked("[甲](/a.pdf)", replace(PAPER, address=None)) == [{"text": "甲", "target": ""}]


def test_the_same_paper_gives_the_same_bytes(pdf):
    assert to_pdf(PAPER) == pdf
    assert to_docx(PAPER) == to_docx(PAPER)


def test_marks_in_the_words_stay_words():
    hostile = "#panic() $x$ *粗* _斜_ <script>alert(1)</script> \\ @引 [[/x]]"
    article = Article((Heading(hostile), Paragraph(hostile), Grid(((hostile,), (hostile,)))))
    paper = Paper(hostile, "示例&<局>", article)
    squeezed = re.sub(r"[\s\u200b]", "", hostile)
    assert re.sub(r"[\s\u200b\ufffe]", "", words(to_pdf(paper))).count(squeezed) >= 3
    with zipfile.ZipFile(io.BytesIO(to_docx(paper))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        text = "".join(root.itertext())
        assert re.sub(r"\s", "", text).count(squeezed) == 5
        etree.fromstring(archive.read("docProps/core.xml"))


def test_a_paper_with_nothing_but_a_title_is_a_paper():
    bare = Paper("题目", "", Article())
    assert "题目" in words(to_pdf(bare))
    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(to_docx(bare))).paragraphs] == ["题目"]


def test_headings_that_leave_out_a_level_are_printed_all_the_same():
    article = Article((Heading("甲", 3), Heading("乙", 2), Picture(SHA, ""), Grid((("一",),), 0)))
    kinds = [kind for kind, _ in tags(to_pdf(replace(PAPER, article=article)))]
    assert kinds.count("/H1") + kinds.count("/H2") >= 2


def test_a_picture_that_is_not_there_is_told_in_words():
    said = words(to_pdf(replace(PAPER, pictures={})))
    assert "〔图片：学区划分图〕" in re.sub(r"\s", "", said)
    assert b"media/image2" not in to_docx(replace(PAPER, pictures={SHA: b"no picture"}))


def test_a_character_without_a_shape_is_refused_in_a_sentence():
    with pytest.raises(Unwritable, match="没有这些字"):
        to_pdf(replace(PAPER, article=Article((Paragraph("\U0001f9ff甲"),))))


def test_an_address_too_long_for_a_code_is_refused_in_a_sentence():
    for write in (to_pdf, to_docx):
        with pytest.raises(Unwritable, match="太长"):
            write(replace(PAPER, address="https://a.cn/" + "x" * 3000))


@settings(max_examples=60, deadline=None)
@given(ARTICLES)
def test_a_word_file_is_well_formed_whatever_is_in_it(article):
    with zipfile.ZipFile(io.BytesIO(to_docx(replace(PAPER, article=article)))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


@settings(max_examples=40, deadline=None)
@given(PRINTED_ARTICLES)
def test_a_pdf_is_made_of_whatever_is_in_it(article):
    assert to_pdf(replace(PAPER, article=article)).startswith(b"%PDF")


def test_a_list_of_a_thousand_schools_is_written_in_time():
    rows = tuple((str(number), f"示例县第{number}小学", "按学区划分") for number in range(1000))
    paper = replace(PAPER, article=Article((Grid((("序号", "学校", "说明"), *rows)),)))
    began = time.process_time()
    assert len(docx.Document(io.BytesIO(to_docx(paper))).tables[0].rows) == 1001
    assert words(to_pdf(paper)).count("序号") > 10
    assert time.process_time() - began < 10


def test_a_word_file_is_read_again_as_the_article_it_was_made_of():
    taken = read_article(to_docx(replace(PAPER, address=None)), "x.docx")
    picture = taken.pictures[0][0]
    kept = tuple(
        replace(block, sha256=picture) if isinstance(block, Picture) else block for block in WHOLE.blocks
    )
    assert taken.title == TITLE
    assert taken.article.blocks == (
        Paragraph("索引号：000014349/2024-00012"), Paragraph("示教发〔2024〕3号"), *kept,
        Paragraph("示例县教育局"), Paragraph("2024年5月20日"),
    )  # fmt: skip


def test_word_opens_the_file_with_its_own_headings_lists_and_header_rows():
    document = docx.Document(io.BytesIO(to_docx(PAPER)))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:3] == ["索引号", "Title", "文号"]
    assert {"Heading 1", "Heading 2"} <= set(styles)
    assert document.tables[0].cell(2, 0).text == "样本|小学"
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "学区划分图"
    assert document.core_properties.title == TITLE


def test_each_numbered_list_begins_with_one():
    article = Article((Listing(("甲", "乙"), True), Listing(("丙",)), Listing(("丁",), True)))
    again = read_article(to_docx(Paper("题目", "", article)), "x.docx")
    assert again.article == article


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("招生通知", ("招生通知",)),
        (TITLE, ("示例县教育局关于2024年义务教育阶段", "学校招生入学工作安排的通知")),
        ("甲" * 30, ("甲" * 15, "甲" * 15)),
        ("甲" * 50, ("甲" * 17, "甲" * 17, "甲" * 16)),
        ("", ()),
    ],
)
def test_a_title_is_broken_where_its_sense_does(title, lines):
    assert title_lines(title) == lines


def test_the_agency_stands_over_the_middle_of_the_date():
    assert agency_indent("甲" * 7, "2024年5月20日") == 4.0 + (measure("2024年5月20日") - 7) / 2
    assert agency_indent("甲" * 40, "2024年5月20日") == 0


@given(ARTICLES)
def test_columns_of_every_table_fit_and_none_is_nothing(article):
    for block in normalized(article).blocks:
        if isinstance(block, Grid):
            shares = column_shares(block)
            assert len(shares) == len(block.rows[0]) == len(centered_columns(block))
            assert min(shares) >= 3


def test_a_number_is_not_broken_while_there_is_room():
    grid = Grid((("学校", "电话", "说明"), ("示例小学", "0000-0000000", "很长的说明" * 20)))
    shares = column_shares(grid)
    points = TEXT_WIDTH * 72 / 25.4 * shares[1] / sum(shares)
    assert points > measure("0000-0000000") * table_size(grid)


@pytest.mark.parametrize(("columns", "size"), [(3, 12), (7, 10.5), (10, 9), (20, 7.5)])
def test_wide_tables_are_set_smaller(columns, size):
    assert table_size(Grid((("甲",) * columns,), 0)) == size


def test_a_printed_picture_tells_nothing_of_the_camera():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAM"
    Image.new("RGB", (3000, 1000), "blue").save(out, "JPEG", exif=exif)
    assert b"SECRETCAM" in out.getvalue()
    drawn = shown(out.getvalue())
    assert b"SECRETCAM" not in drawn.data
    assert (drawn.kind, drawn.width, drawn.height) == ("jpeg", TEXT_WIDTH, 52.0)
    assert b"SECRETCAM" not in to_docx(replace(PAPER, pictures={SHA: out.getvalue()}))


def test_a_picture_one_can_see_through_stands_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(shown(out.getvalue()).data)) as seen:
        assert seen.getpixel((5, 5)) == (255, 255, 255)
    assert shown(None) is shown(b"GIF89a") is None


def test_an_article_is_printed_in_normal_form():
    article = Article((Heading("甲", 2), Paragraph("  ")))
    assert stepped(normalized(article)) == Article((Heading("甲", 1),))


def test_the_sha_of_a_picture_is_that_of_its_bytes():
    taken = read_article(to_docx(PAPER), "x.docx")
    assert all(hashlib.sha256(data).hexdigest() == sha for sha, data, _ in taken.pictures)
