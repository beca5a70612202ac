"""The words of an article for search, feeds and digests."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.articles import (
    Article,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    digest_of,
    to_plain,
)
from tests.documents.articles.examples import ARTICLES, SHA, WHOLE


def test_every_word_is_there_and_no_mark():
    assert to_plain(WHOLE).split("\n") == [
        "示例县教育局2024年度义务教育学校招生工作安排如下。详见招生政策。",
        "一、招生范围",
        "本县户籍适龄儿童。",
        "含随迁子女。",
        "（一）小学",
        "户口簿",
        "房产证明",
        "现场办理",
        "网上办理",
        "招生计划",
        "学校\t计划",
        "示例小学\t120",
        "样本|小学\t",
        "学区划分图",
        "图1 学区划分",
    ]


def test_a_caption_that_repeats_what_the_picture_shows_is_said_once():
    assert to_plain(Article((Picture(SHA, "校门", "校门"),))) == "校门"


@given(ARTICLES, st.integers(2, 200))
def test_a_digest_is_no_longer_than_asked(article, at_most):
    assert len(digest_of(article, at_most)) <= at_most


def test_a_digest_ends_with_a_sentence():
    article = Article(
        (Heading("一、概况"), Paragraph("第一句。" * 5), Paragraph("“第二段！”后面很长" + "长" * 200))
    )
    assert digest_of(article, 40) == "第一句。" * 5 + " “第二段！”"
    assert digest_of(article, 12) == "第一句。" * 3


def test_a_first_sentence_too_long_is_cut_where_the_room_ends():
    assert digest_of(Article((Paragraph("甲乙丙，丁戊己庚"),)), 5) == "甲乙丙…"


def test_an_article_without_paragraphs_is_told_by_its_lists_and_tables():
    assert (
        digest_of(Article((Heading("目录"), Listing(("甲", "乙")), Grid((("丙", "丁"),), 0))))
        == "目录 甲 乙 丙 丁"
    )
    assert digest_of(Article()) == ""
