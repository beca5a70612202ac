"""Every other kind of file, what is refused, and files nobody vouches for."""

import io
import time
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.papers import to_pdf
from gongkai.documents.articles.reading import Unreadable, guarded, read_article, worker
from gongkai.documents.articles.reading.draft import Draft
from gongkai.documents.articles.reading.guarded import read_guarded
from gongkai.documents.articles.reading.pictures import MOST_PICTURES
from gongkai.documents.redaction.rasters import unpacked
from tests.documents.articles.test_papers import PAPER, TITLE
from tests.documents.articles.test_reading_docx import NAME, png, whole
from tests.documents.reading.wordfiles import saved

OLD = Path(__file__).parents[1] / "reading" / "files" / "report.doc"


def test_a_text_is_lines_with_headings():
    taken = read_article("招生通知\n一、范围\n本县户籍。\n".encode("gb18030"), "a.txt")
    assert taken.title == "招生通知"
    assert taken.article.blocks == (Heading("一、范围"), Paragraph("本县户籍。"))


def test_a_first_line_that_is_a_sentence_is_no_title():
    taken = read_article("今年公开信息53条。\n其中网站14条。".encode(), "情况.txt")
    assert (taken.title, len(taken.article.blocks)) == ("情况", 2)


def test_a_document_number_above_the_title_stays():
    taken = read_article("示教发〔2024〕3号\n招生工作通知\n各学校：\n".encode(), "a.txt")
    assert taken.title == "招生工作通知"
    assert taken.article.blocks == (Paragraph("示教发〔2024〕3号"), Paragraph("各学校："))


def test_markdown_is_the_text_a_clerk_writes():
    taken = read_article("# 招生通知\n\n- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(), "a.md")
    assert taken.title == "招生通知"
    assert taken.article.blocks == (
        Listing(("甲", "乙")), Grid((("a", "b"), ("1", "2"))),
    )  # fmt: skip


def test_an_old_word_file_is_read_and_says_what_it_cannot_give():
    taken = read_article(OLD.read_bytes(), "report.doc")
    assert taken.title == "测试县教育局2023年政府信息公开工作年度报告"
    assert any(isinstance(block, Grid) for block in taken.article.blocks)
    assert any("自动编号" in sentence for sentence in taken.lost)


def test_rich_text_with_pictures_says_so():
    taken = read_article(rb"{\rtf1\ansi hello\par {\pict 00}}", "a.rtf")
    assert taken.article.blocks == (Paragraph("hello"),)
    assert any(".docx" in sentence and "图片" in sentence for sentence in taken.lost)


def test_our_own_pdf_is_read_and_asks_to_be_looked_at():
    taken = read_article(to_pdf(PAPER), "a.pdf")
    assert taken.title == TITLE
    assert Heading("一、招生范围", 1) in taken.article.blocks
    assert Listing(("现场办理", "网上办理")) in taken.article.blocks
    [grid] = [block for block in taken.article.blocks if isinstance(block, Grid)]
    assert grid.rows == (("学校", "计划"), ("示例小学", "120"), ("样本|小学", ""))
    assert "逐段核对" in taken.lost[0]


def test_a_workbook_is_its_tables():
    book = openpyxl.Workbook()
    for row in (("学校", "计划"), ("示例小学", 120)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    taken = read_article(out.getvalue(), "计划.xlsx")
    assert taken.title == "计划"
    assert Grid((("学校", "计划"), ("示例小学", "120"))) in taken.article.blocks
    assert "工作簿" in taken.lost[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (png(), "这是图片"),
        (b"7z\xbc\xaf'\x1c...", "压缩包"),
        (b"PK\x03\x04 broken", "损坏"),
        (bytes(range(32)) * 40, "不是能读的文件"),
        (b"x" * 50_000_001, "50 MB"),
    ],
)
def test_what_is_no_paper_is_refused_in_a_sentence_about_papers(data, words):
    with pytest.raises(Unreadable, match=words) as refusal:
        read_article(data, "x")
    assert "年报" not in str(refusal.value)


def test_a_huge_picture_and_one_too_many_are_told():
    draft = Draft()
    huge = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(huge, "PNG")
    draft.picture(huge.getvalue())
    draft.picture(png(), "校门\n正面")
    draft.picture(png())
    for number in range(MOST_PICTURES):
        draft.picture(png((number, 0, 1), size=(1, 1)))
    taken = draft.finished("x")
    assert len(taken.pictures) == MOST_PICTURES
    assert len(taken.article.blocks) == MOST_PICTURES + 1
    assert taken.article.blocks[0] == Picture(taken.pictures[0][0], "校门 正面")
    assert [sentence[:5] for sentence in taken.lost] == ["有图片过大", "图片太多（"]


def test_a_picture_of_ink_colors_is_turned_into_one_browsers_show():
    draft, out = Draft(), io.BytesIO()
    Image.new("CMYK", (4, 4)).save(out, "TIFF")
    draft.picture(out.getvalue())
    [(_, data, kind)] = draft.finished("x").pictures
    assert (Image.open(io.BytesIO(data)).mode, kind) == ("RGB", "image/png")


def test_a_file_read_in_a_child_process_is_the_same():
    data = saved(whole())
    assert read_guarded(data, NAME) == read_article(data, NAME)


@pytest.mark.parametrize(
    ("data", "words"),
    [(png(), "这是图片"), (b"x" * 50_000_001, "50 MB"), (b"<p>" + b"<table><td>" * 999, "嵌套")],
)
def test_a_child_process_refuses_as_the_reader_does(data, words):
    with pytest.raises(Unreadable, match=words):
        read_guarded(data, "x")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (MemoryError(), "内存"),
        (RecursionError(), "嵌套"),
        (Unreadable("空的"), "空的"),
        (ZeroDivisionError(), "Zero"),
    ],
)
def test_a_child_process_answers_whatever_happens(monkeypatch, fault, words):
    def failing(data, name):
        raise fault

    monkeypatch.setattr(worker, "read_article", failing)
    head, body = unpacked(worker.answer(b"x", "x"))
    assert words in "".join(head.values())
    assert body == b""


def test_an_answer_holds_the_article_and_its_pictures():
    data = saved(whole())
    assert worker.from_message(*unpacked(worker.answer(data, NAME))) == read_article(data, NAME)


def test_a_file_that_takes_too_long_costs_its_child_only():
    with pytest.raises(Unreadable, match="没有读完"):
        read_guarded(("<p>示范。</p>" * 300_000).encode(), "x", seconds=0.05)


def test_a_page_of_ten_megabytes_is_read_or_refused_within_ten_seconds():
    began = time.perf_counter()
    try:
        taken = read_guarded((f"<div><p>{'示范文字，一二三四。' * 20}</p></div>" * 17_000).encode(), "x")
        assert len(taken.article.blocks) == 17_000
    except Unreadable as refusal:
        assert "停止" in str(refusal)
    assert time.perf_counter() - began < 12


def test_a_fault_of_ours_is_one_sentence(monkeypatch, caplog):
    monkeypatch.setattr(guarded, "WORKER", "tests.documents.articles.faulty")
    with pytest.raises(Unreadable, match="记入日志"):
        read_guarded(b"x", "x")
    assert "ZeroDivisionError" in caplog.text


def test_a_child_that_dies_is_one_sentence(monkeypatch):
    monkeypatch.setattr(guarded, "WORKER", "tests.documents.articles.dying")
    with pytest.raises(Unreadable, match="中止"):
        read_guarded(b"x", "x")


def test_nothing_read_is_an_empty_article():
    assert Draft().finished("文件夹\\空.docx").article == Article()
    assert Draft().finished("文件夹\\空.docx").title == "空"
