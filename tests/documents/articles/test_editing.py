"""An article as a clerk's text and back."""

import time

import pytest
from hypothesis import given, settings

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.editing import from_text, to_text
from gongkai.documents.articles.normal import normalized
from tests.documents.articles.examples import ARTICLES, SHA, TEXTS, WHOLE

WRITTEN = f"""\
示例县教育局2024年度义务教育学校招生工作安排如下。详见[招生政策](https://example.com/policy)。

一、招生范围

本县户籍适龄儿童。
含随迁子女。

（一）小学

1. 户口簿
2. 房产证明

- 现场办理
- 网上办理

表题：招生计划
| 学校 | 计划 |
| --- | --- |
| 示例小学 | 120 |
| 样本\\|小学 |  |

![学区划分图](图片:{SHA} 图1 学区划分)"""


def blocks(text):
    return from_text(text).blocks


def test_an_article_is_written_as_a_clerk_would_write_it():
    assert to_text(WHOLE) == WRITTEN


@settings(max_examples=400, deadline=None)
@given(ARTICLES)
def test_every_article_comes_back_from_its_text(article):
    assert from_text(to_text(article)) == normalized(article)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_whatever_a_clerk_types_is_kept_by_saving_again(text):
    article = from_text(text)
    assert article == normalized(article)
    assert from_text(to_text(article)) == article


@given(ARTICLES)
def test_an_article_survives_as_plain_data(article):
    assert Article.from_json(article.to_json()) == article


def test_lines_pasted_from_a_paper_become_headings_and_paragraphs():
    assert blocks(
        "　　一、总体情况\r\n　　全年公开53条。\r\n　　其中网站14条。\r\n（二）依申请公开\r\n无。"
    ) == (
        Heading("一、总体情况", 1),
        Paragraph("全年公开53条。"),
        Paragraph("其中网站14条。"),
        Heading("（二）依申请公开", 2),
        Paragraph("无。"),
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "一、坚持以公开为常态，不公开为例外。",
        "（一）材料齐全的，当场受理；",
        "一、" + "很长的标题" * 8,
        "2. 没有第一条的编号",
        "2024. 年份不是编号",
        "《办法》第一、二条",
    ],
)
def test_a_sentence_that_begins_with_a_number_stays_a_sentence(sentence):
    assert blocks(sentence) == (Paragraph(sentence),)


def test_a_backslash_keeps_a_line_from_being_a_mark():
    assert blocks("\\# 不是标题") == (Paragraph("# 不是标题"),)
    assert blocks("\\一、总体情况") == (Paragraph("一、总体情况"),)
    assert blocks("\\\\本来就有反斜杠") == (Paragraph("\\本来就有反斜杠"),)


def test_a_numbered_list_goes_on_over_an_empty_line_and_begins_anew_with_one():
    assert blocks("1. 甲\n\n2. 乙\n\n1. 丙") == (Listing(("甲", "乙"), True), Listing(("丙",), True))


def test_an_item_may_have_more_lines():
    assert blocks("- 甲\n  其一\n- 乙") == (Listing(("甲\n其一", "乙")),)


def test_a_table_without_a_rule_has_its_header_in_the_first_row():
    assert blocks("| 学校 | 计划 |\n| 示例小学 | 120 |") == (
        Grid((("学校", "计划"), ("示例小学", "120")), 1),
    )
    assert blocks("| 只有一行 |") == (Grid((("只有一行",),), 0),)


def test_rows_of_a_table_are_filled_up_and_cells_may_hold_lines():
    assert blocks("|甲|乙|\n|-|-|\n|一\\n二|") == (Grid((("甲", "乙"), ("一\n二", "")), 1),)


def test_a_caption_without_a_table_is_words():
    assert blocks("表题：招生计划\n如下") == (Paragraph("表题：招生计划\n如下"),)


def test_a_picture_says_what_it_shows():
    assert blocks(f"![示意图](图片:{SHA})") == (Picture(SHA, "示意图"),)
    assert blocks("![示意图](图片:123)") == (Paragraph("![示意图](图片:123)"),)


def test_deep_headings_are_of_the_third_level():
    assert blocks("##### 附则") == (Heading("附则", 3),)


def test_what_cannot_be_printed_is_dropped():
    assert blocks("甲\x00乙\x0b丙\ud800") == (Paragraph("甲乙\n丙"),)


@pytest.mark.parametrize(
    "part", ["[", "[a](", "|", "![\\", "1. ", "- a\n  ", "|a|\n甲\n", "\\", "　", "[a](/a"]
)
def test_a_long_text_of_marks_takes_no_longer_than_it_is_long(part):
    text = part * (60_000 // len(part))
    began = time.process_time()
    to_text(from_text(text))
    assert time.process_time() - began < 5
