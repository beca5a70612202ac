"""The newsletter: the same words on PDF and in Word, under a red head, with its list and its recipients."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import docx
import pypdfium2
import pytest

from gongkai.documents.articles import Article, Grid, Paragraph
from gongkai.documents.newsletters import Newsletter, NewsletterItem, newsletter, newsletter_docx
from tests.documents.posters.board import PICTURE, article, is_tagged, pages, picture

FIRST = NewsletterItem(
    "招生入学工作安排", article(), "基础教育科", date(2026, 3, 2), {PICTURE: picture("JPEG")}
)
SECOND = NewsletterItem("短讯一则", Article((Paragraph("示例第一小学举行开放日。"),)), "局办公室")
ISSUE = Newsletter(
    name="教育信息简报",
    agency="示例市教育局",
    number=3,
    total=128,
    dated=date(2026, 3, 31),
    items=(FIRST, SECOND),
    report_to=("示例市人民政府办公室", "示例省教育厅"),
    send_to=("市直有关部门",),
    distribute_to=("各县（市、区）教育局",),
    copies=60,
)
WORDS = (
    "教育信息简报", "第3期（总第128期）", "示例市教育局", "2026年3月31日", "本期要目", "招生入学工作安排",
    "（基础教育科供稿　2026年3月2日公开）", "一、总体要求", "招生平台", "适龄儿童", "招生计划",
    "示例第二中学",
    "图1　学区划分", "短讯一则", "（局办公室供稿）", "示例第一小学举行开放日。",
    "示例市人民政府办公室，示例省教育厅。", "市直有关部门。", "各县（市、区）教育局。", "示例市教育局编",
    "2026年3月31日印发", "共印60份",
)  # fmt: skip


def in_word(issue: Newsletter) -> str:
    document = docx.Document(io.BytesIO(newsletter_docx(issue)))
    inner = (node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))
    return "".join("".join(inner).split())


def on_paper(issue: Newsletter) -> str:
    return "".join(pages(newsletter(issue)))


@pytest.mark.parametrize("read", [on_paper, in_word])
def test_an_issue_carries_every_word_of_its_items(read):
    text = read(ISSUE)
    for words in WORDS:
        assert "".join(words.split()) in text, words


def test_word_and_paper_say_the_same_in_the_same_order():
    def places(text: str) -> list[int]:
        marks = (
            "本期要目",
            "基础教育科供稿",
            "一、总体要求",
            "招生计划",
            "局办公室供稿",
            "市直有关部门",
            "共印60份",
        )
        return [text.index(mark) for mark in marks]

    for text in (on_paper(ISSUE), in_word(ISSUE)):
        assert places(text) == sorted(places(text))


def test_the_list_of_contents_names_the_page_of_each_item():
    long = replace(FIRST, article=article(40))
    texts = pages(newsletter(replace(ISSUE, items=(long, SECOND))))
    number = next(n for n, text in enumerate(texts, 1) if "示例第一小学举行开放日" in text)
    assert number > 2 and f"短讯一则局办公室{number}" in texts[0]


def test_the_name_is_red_and_large():
    with pypdfium2.PdfDocument(newsletter(ISSUE)) as document:
        page = document[0].render(scale=1).to_pil().convert("RGB")
    red = sum(count for count, (r, g, b) in page.getcolors(1 << 20) if r > 180 and g < 60 and b < 80)
    assert red > 4000


def test_recipients_and_copies_that_are_not_given_are_not_printed():
    bare = replace(ISSUE, total=None, report_to=(), send_to=(), distribute_to=(), copies=None)
    for text in (on_paper(bare), in_word(bare)):
        assert "第3期" in text and "总第" not in text and "共印" not in text
        assert "报：" not in text and "送：" not in text and "发：" not in text


def test_an_issue_without_items_says_so_on_paper():
    assert "本期没有内容" in on_paper(replace(ISSUE, items=()))


def test_an_item_without_source_has_no_empty_brackets():
    bare = replace(ISSUE, items=(NewsletterItem("短讯", Article((Paragraph("正文。"),))),))
    assert "（）" not in on_paper(bare) and "（）" not in in_word(bare)


def test_a_picture_stands_in_the_word_file_with_what_it_shows_and_its_size():
    data = newsletter_docx(ISSUE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.read("word/media/picture1.png").startswith(b"\x89PNG")
        body = archive.read("word/document.xml").decode()
    assert 'descr="学区划分示意图"' in body
    [shape] = docx.Document(io.BytesIO(data)).inline_shapes
    assert shape.width / shape.height == pytest.approx(400 / 250, rel=0.01)


def test_a_picture_that_cannot_be_read_is_replaced_by_its_words():
    lost = replace(ISSUE, items=(replace(FIRST, pictures={PICTURE: b"none"}),))
    assert "图片：学区划分示意图" in in_word(lost)


def test_links_work_in_the_word_file():
    with zipfile.ZipFile(io.BytesIO(newsletter_docx(ISSUE))) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert relations.count('Target="https://rx.example.gov.cn/"') == 1


def test_what_looks_like_markup_is_written_as_it_stands():
    odd = '<w:t>甲</w:t> & #let x "乙" \' *粗*'
    table = Grid(((odd,), (odd,)), 1, odd)
    item = NewsletterItem(odd, Article((Paragraph(odd), table)), odd)
    issue = replace(ISSUE, name="简报", items=(item,), send_to=(odd,))
    plain = "".join(odd.split())
    assert on_paper(issue).count("#let") >= 6 and in_word(issue).count(plain) >= 6
    with zipfile.ZipFile(io.BytesIO(newsletter_docx(issue))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))


def test_headings_keep_their_order_for_readers_aloud():
    assert is_tagged(newsletter(ISSUE))
    document = docx.Document(io.BytesIO(newsletter_docx(ISSUE)))
    styles = [paragraph.style.style_id for paragraph in document.paragraphs]
    assert styles.index("NewsTitle") < styles.index("NewsHeading1") < styles.index("NewsHeading2")


def test_the_same_issue_gives_the_same_bytes():
    assert newsletter(ISSUE) == newsletter(ISSUE) and newsletter_docx(ISSUE) == newsletter_docx(ISSUE)
