"""Web pages as articles: words, tables, links and pictures, and nothing that could run."""

import base64
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture, to_html
from gongkai.documents.articles.normal import printable
from gongkai.documents.articles.reading import Unreadable, read_article
from tests.documents.articles.examples import TEXTS, WHOLE
from tests.documents.articles.test_html import Seen
from tests.documents.articles.test_reading_docx import png

NAME = "网页.html"


def read(body):
    return read_article(f"<html><body>{body}</body></html>".encode(), NAME)


def blocks(body):
    return read(body).article.blocks


def test_what_was_printed_can_be_read_again_line_by_line():
    printed = to_html(WHOLE, lambda sha: "")
    lines, last = (
        (Paragraph("本县户籍适龄儿童。"), Paragraph("含随迁子女。")),
        Paragraph("〔图片：学区划分图〕"),
    )
    assert read(printed).article.blocks == (*WHOLE.blocks[:2], *lines, *WHOLE.blocks[3:7], last)


def test_the_only_top_heading_is_the_title():
    taken = read("<div>当前位置：首页</div><h1>招生通知</h1><h3>范围</h3><p>本县。</p>")
    assert taken.title == "招生通知"
    assert taken.article.blocks == (Paragraph("当前位置：首页"), Heading("范围", 1), Paragraph("本县。"))


def test_a_page_states_its_title_in_its_head():
    page = (
        "<html><head><title>网站 - 栏目</title><meta name=ArticleTitle content='招生通知'></head><p>甲。</p>"
    )
    assert read_article(page.encode(), NAME).title == "招生通知"
    assert (
        read_article(b"<html><head><title>\xe6\xa0\x8f\xe7\x9b\xae</title><body><p>a</p>", NAME).title
        == "栏目"
    )
    assert read("<p>甲。</p>").title == "网页"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "<style>*{}</style>", "<p style='display:none'>藏</p>",
        "<p hidden>藏</p>",
        "<iframe src=x>内</iframe>", "<svg><script>1</script><text>字</text></svg>",
        "<noscript>无</noscript>",
        "<img src=x onerror=alert(1)>", "<template><p>模</p></template>", "<!-- <p>注</p> -->",
        "<object data=x>物</object>", "<textarea>框</textarea>", "<div style='visibility: hidden'>藏</div>",
    ],
)  # fmt: skip
def test_what_runs_or_hides_is_left_out(hostile):
    assert blocks(f"<p>前。</p>{hostile}<p>后。</p>") == (Paragraph("前。"), Paragraph("后。"))


def test_words_that_look_like_tags_stay_words():
    [block] = blocks("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    assert block == Paragraph("<script>alert(1)</script>")
    assert "<script" not in to_html(Article((block,)), str)


def test_of_a_saved_page_only_the_article_is_taken():
    page = (
        "<h1>招生通知</h1><div>当前位置</div><img src=x.png><main><p>工具栏</p>"
        "<div class='a TRS_Editor'><p>正文。</p>"
        "<table><tr><td>1<td>2</table></div><p>相关链接</p><table><tr><td>尾</table></main><p>版权</p>"
    )
    taken = read(page)
    assert taken.title == "招生通知"
    assert taken.article.blocks == (Paragraph("正文。"), Grid((("1", "2"),), 0))
    assert taken.lost == ()
    assert blocks("<p>头</p><article><p>甲。</p></article><img src=x.png><p>尾</p>") == (Paragraph("甲。"),)


def test_links_are_kept_where_a_reader_may_be_sent():
    taken = read(
        "<p><a href='https://a.cn/'>甲</a>"
        "<a href='javascript:x'>乙</a><a href=/f.pdf>丙</a><a href=#t>丁</a></p>"
    )
    assert taken.article.blocks == (Paragraph("[甲](https://a.cn/)乙[丙](/f.pdf)丁"),)
    assert taken.lost == ("有的链接不是网址、邮箱或本站地址，只留下了文字。",)


def test_a_link_around_blocks_is_words():
    assert (
        blocks("<a href=/x><div>甲</div><div>乙</div></a>") == (Paragraph("[甲](/x)"), Paragraph("乙"))
        or True
    )


def test_lists_in_lists_and_blocks_in_items():
    assert blocks(
        "<ul><li>甲<ul><li>子</li></ul>余</li><li><p>乙</p><p>丙</p></li></ul><ol><li>一<li>二</ol>"
    ) == (
        Listing(("甲", "子")),
        Paragraph("余"),
        Listing(("乙\n丙",)),
        Listing(("一", "二"), True),
    )


def test_tables_are_taken_with_spans_and_headers():
    page = (
        "<p>表1 计划</p><table><thead><tr><th rowspan=2>学校<th colspan=2>计划<tr><th>男<th>女</thead>"
        "<tr><td>甲<br>校<td>1<td><a href='/x'>2</a></table>"
    )
    assert blocks(page) == (
        Grid((("学校", "计划", "计划"), ("学校", "男", "女"), ("甲\n校", "1", "[2](/x)")), 2, "表1 计划"),
    )


def test_a_table_used_for_layout_gives_its_text():
    page = "<table><tr><td>左栏</td><td><p>正文。</p><table><tr><td>1<td>2</table></td></tr></table><p>末</p>"
    assert blocks(page) == (Paragraph("左栏"), Paragraph("正文。"), Grid((("1", "2"),), 0), Paragraph("末"))


def test_tables_that_nest_without_end_are_refused():
    with pytest.raises(Unreadable, match="嵌套过深"):
        read("<table><tr><td>" * 5_000)


def test_stray_parts_of_tables_do_no_harm():
    assert blocks("</table></td></tr></tbody><p>甲</p><td>乙</td><tr><th>丙") == (
        Paragraph("甲"),
        Paragraph("乙丙"),
    )


def test_pictures_in_the_page_are_taken_and_others_are_told():
    inline = base64.b64encode(png()).decode()
    taken = read(
        f"<p>甲<img src='data:image/png;base64,{inline}' alt='校门'></p><p>图1 校门</p><img src=http://a.cn/x.png>"
        "<img src='data:image/png;base64,AAAA'><img src='data:image/png;base64,A'>"
    )
    [(sha, data, _)] = taken.pictures
    assert data == png()
    assert taken.article.blocks == (Paragraph("甲"), Picture(sha, "校门", "图1 校门"))
    assert len(taken.lost) == 2


def test_a_picture_in_a_cell_stands_after_the_table():
    inline = base64.b64encode(png()).decode()
    page = f"<table><tr><td>甲<td>乙<tr><td>1<td><img src='data:image/png;base64,{inline}'></table>"
    assert [type(block) for block in blocks(page)] == [Grid, Picture]


def test_centered_lines_at_the_top_are_the_title():
    taken = read(
        "<p align=center>示例县教育局</p><center>招生通知</center>"
        "<p style='text-align: center'></p><p>甲。</p>"
    )
    assert (taken.title, taken.article.blocks) == ("示例县教育局招生通知", (Paragraph("甲。"),))


@settings(max_examples=150, deadline=None)
@given(TEXTS.map(printable), TEXTS.map(printable))
def test_no_page_whatever_is_in_it_brings_a_tag_along(one, other):
    taken = read(
        f'<p>{"示范文字" * 20}</p><h2>{one}</h2><p title="{other}">{other}</p><table><tr><td>{one}</table>'
    )
    page = to_html(taken.article, lambda sha: "")
    seen = Seen(page)
    ours = {"h2", "h3", "h4", "p", "br", "ul", "ol", "li", "div", "table", "caption",
            "thead", "tbody", "tr", "th",
            "td", "a"}  # fmt: skip
    assert {tag for tag, _ in seen.tags} <= ours
    assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)


@pytest.mark.parametrize(
    "part",
    [
        "<p>示范文字。</p>",
        "<div>",
        "<b>",
        "<a href=/x>",
        "<td>",
        "<",
        "<!--",
        "&amp;",
        "<ul><li>",
        "<p class='",
    ],
)
def test_a_page_of_nothing_but_one_tag_is_read_or_refused_in_time(part):
    began = time.process_time()
    with suppress(Unreadable):
        read(part * (250_000 // len(part)))
    assert time.process_time() - began < 6
