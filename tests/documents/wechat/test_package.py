"""The WeChat package: within the limits of the platform, and nothing in it that the editor drops."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.posters.pictures import UnusablePicture
from gongkai.documents.wechat import (
    API_TITLE,
    AUTHOR,
    CONTENT,
    COVER_SIZE,
    DIGEST,
    TITLE,
    WechatSource,
    cover,
    package,
)
from tests.documents.posters.board import PICTURE, article, picture

COVER = picture("PNG", (90, 38))
SOURCE = WechatSource(
    title="义务教育招生入学工作安排",
    agency="示例市教育局",
    article=article(),
    pictures={PICTURE: picture()},
    address="https://gk.example.gov.cn/items/2026-00012",
    section="基础教育科",
    published_on=date(2026, 4, 8),
)
TAGS = {
    "section", "p", "h2", "h3", "h4", "ul", "ol", "li", "table", "tbody", "tr", "th", "td", "img", "a", "br",
    "sup", "strong",
}  # fmt: skip
ATTRIBUTES = {"style", "src", "alt", "href"}


class Seen(HTMLParser):
    """The tags, attributes and words of a piece of HTML; every tag closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, list[str]] = {}
        self.words = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")
        if tag not in {"br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def of(*blocks, **changes):
    return package(replace(SOURCE, article=Article(blocks), **changes), COVER)


def test_the_content_uses_only_what_the_editor_keeps():
    seen = Seen(package(SOURCE, COVER).content_html)
    assert seen.tags <= TAGS and set(seen.attributes) <= ATTRIBUTES
    for words in (
        "一、总体要求",
        "第1段。",
        "适龄儿童",
        "示例第二中学",
        "图1",
        "来源：示例市教育局基础教育科",
    ):
        assert words in seen.words
    assert "公开日期：2026年4月8日" in seen.words


texts = st.text(min_size=0, max_size=60) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[甲](javascript:alert(1))", "&lt;b&gt;",
     '[乙](https://example.gov.cn/"onclick="x)', 'src="picture:aaa"', "a\nb"]
)  # fmt: skip
rows = st.integers(1, 7).flatmap(lambda n: st.lists(st.tuples(*[texts] * n), min_size=1, max_size=4))
blocks = st.one_of(
    st.builds(Heading, texts, st.integers(1, 3)),
    st.builds(Paragraph, texts),
    st.builds(Listing, st.lists(texts, min_size=1, max_size=4).map(tuple), st.booleans()),
    st.builds(lambda r, n, c: Grid(tuple(r), n, c), rows, st.integers(0, 2), texts),
    st.builds(Picture, st.just("b" * 64), texts, texts),
)


@given(st.lists(blocks, max_size=6).map(tuple), texts)
@settings(max_examples=150, deadline=None)
def test_no_words_ever_become_a_tag(article_blocks, words):
    made = of(*article_blocks, title=words, section=words, digest=words, author=words)
    for html in (made.content_html, made.page_html):
        seen = Seen(html)
        assert seen.tags <= TAGS and set(seen.attributes) <= ATTRIBUTES
        for address in seen.attributes.get("href", []) + seen.attributes.get("src", []):
            assert address.startswith(("https://mp.weixin.qq.com/", "picture:"))
    assert len(made.title) <= TITLE and len(made.author) <= AUTHOR and len(made.digest) <= DIGEST


def test_links_out_of_wechat_are_numbered_and_listed_once():
    made = of(
        Paragraph("见[平台](https://rx.example.gov.cn/a?b=1&c=2)、[官网](https://www.example.gov.cn/)。"),
        Listing(
            ("再见[平台](https://rx.example.gov.cn/a?b=1&c=2)", "[往期](https://mp.weixin.qq.com/s/abc)")
        ),
        Paragraph("[https://www.example.gov.cn/](https://www.example.gov.cn/)，[内页](/items/1)"),
    )
    words = Seen(made.content_html).words
    assert "平台[1]" in words and "官网[2]" in words and words.count("平台[1]") == 2
    assert words.count("https://rx.example.gov.cn/a?b=1&c=2") == 1
    assert '<a href="https://mp.weixin.qq.com/s/abc">往期</a>' in made.content_html
    assert "公众号里点不开外部链接：2个地址已经列在文末。" in made.warnings


def test_a_narrow_table_stays_a_table():
    made = of(Grid((("学校", "人数"), ("示例一小", "12")), 1, "计划"))
    assert made.content_html.count("<th") == 2 and made.content_html.count("<td") == 2
    assert "计划" in made.content_html and made.warnings == ()


def test_a_wide_table_becomes_records_that_keep_every_cell_with_its_heads():
    heads = (("项目", "项目", "", "时间", "地点", "电话"), ("名称", "级别", "人数", "", "", ""))
    made = of(Grid((*heads, ("示例杯", "市级", "30", "3月", "", "0000")), 2))
    words = Seen(made.content_html).words
    for line in ("项目 名称：示例杯", "项目 级别：市级", "人数：30", "时间：3月", "电话：0000"):
        assert line in words
    assert "地点" not in words and "<table" not in made.content_html
    assert "1个表格的列太多，手机上看不全，已经改成逐条列出。" in made.warnings


def test_a_wide_table_without_heads_or_rows_stays_as_it_is():
    for grid in (Grid((tuple("甲乙丙丁戊己"),) * 2, 0), Grid((tuple("甲乙丙丁戊己"),), 1)):
        assert "<table" in of(grid).content_html


def test_pictures_wait_for_their_uploaded_address():
    made = package(SOURCE, COVER)
    assert f'src="picture:{PICTURE}"' in made.content_html
    address = "http://mmbiz.qpic.cn/mmbiz_png/a/0?wx_fmt=png&tp=1"
    html = made.with_addresses({PICTURE: address})
    assert Seen(html).attributes["src"] == [address] and "picture:" not in html
    with pytest.raises(KeyError):
        made.with_addresses({})


def test_a_picture_shown_twice_is_sent_once_and_each_place_has_it():
    made = of(Picture(PICTURE, "甲"), Picture(PICTURE, "乙"))
    assert len(made.pictures) == 1 and made.with_addresses({PICTURE: "u"}).count('src="u"') == 2


def test_a_heavy_picture_is_made_small_enough_and_becomes_jpg_or_png():
    noise = Image.merge("RGB", [Image.effect_noise((2400, 1800), 90) for _ in range(3)])
    file = io.BytesIO()
    noise.save(file, "WEBP", quality=95)
    [ready] = of(Picture(PICTURE, "甲"), pictures={PICTURE: file.getvalue()}).pictures
    assert len(ready.data) <= 1_000_000 and ready.media_type in {"image/png", "image/jpeg"}
    assert max(Image.open(io.BytesIO(ready.data)).size) <= 1280


def test_a_picture_that_is_missing_or_broken_is_told_in_words_and_warned_of():
    made = of(Picture(PICTURE, "示意图"), Picture("c" * 64, "流程图"), pictures={"c" * 64: b"broken"})
    assert made.pictures == () and "（图片：示意图）" in made.content_html
    assert any("第1张图片不在附件里" in warning for warning in made.warnings)
    assert any("第2张图片用不了" in warning for warning in made.warnings)


def test_what_is_too_long_is_cut_and_said():
    made = package(
        replace(
            SOURCE, title="长" * 70, author="某" * 20, digest="摘" * 130, address="https://x/" + "a" * 1100
        ),
        COVER,
    )
    assert (len(made.title), len(made.author), len(made.digest)) == (TITLE, AUTHOR, DIGEST)
    assert made.title.endswith("…") and made.address == ""
    for words in (
        "标题有70个字",
        "作者有20个字",
        "摘要有130个字",
        "原文地址超过1 KB",
        f"只收{API_TITLE}个字",
    ):
        assert any(words in warning for warning in made.warnings), words


def test_a_content_over_the_limit_is_said_with_what_to_do():
    made = of(*[Paragraph("很长的一段。" * 100)] * 40)
    assert len(made.content_html) >= CONTENT
    assert any("请删短正文" in warning for warning in made.warnings)


def test_the_digest_is_the_first_sentences_unless_one_is_given():
    assert of(Paragraph("第一句。第二句。" + "长" * 120)).digest == "第一句。第二句。"
    assert package(replace(SOURCE, digest="亲自写的摘要。"), COVER).digest == "亲自写的摘要。"


@pytest.mark.parametrize("title", ["教师资格认定", "关于" + "很长的标题" * 30, "A" * 40, ""])
def test_a_cover_of_the_size_of_the_platform_is_made_of_any_title(title):
    with Image.open(io.BytesIO(cover(title, "示例市教育局"))) as made:
        assert made.size == COVER_SIZE == (900, 383)
        colors = made.convert("RGB").getcolors(1 << 20)
    white = sum(count for count, color in colors if min(color) > 240)
    assert white > (1500 if title else 200)


def test_a_cover_of_ones_own_is_taken_without_its_secrets_and_must_be_a_picture():
    exif = Image.Exif()
    exif[0x010E] = "secret-place"
    own = picture("JPEG", (900, 383), exif=exif)
    assert b"secret-place" in own and b"secret-place" not in package(SOURCE, own).cover
    with pytest.raises(UnusablePicture):
        package(SOURCE, b"no picture")
    assert package(SOURCE).cover.startswith(b"\x89PNG")


def test_the_zip_holds_a_page_to_copy_and_everything_to_put_in():
    made = package(replace(SOURCE, title="长" * 40), COVER)
    with zipfile.ZipFile(io.BytesIO(made.to_zip())) as archive:
        assert archive.namelist() == ["说明.txt", "正文.html", "封面.png", f"图片/{made.pictures[0].name}"]
        notes = archive.read("说明.txt").decode("utf-8-sig")
        page = archive.read("正文.html").decode()
    assert "在这里插入“图片1." in page and "<img" not in page and "<script" not in page
    assert not re.search(r"https?://(?!rx\.example)", unescape(page))
    assert "标题：长" in notes and f"原文链接：{SOURCE.address}" in notes and "· 标题有40个字" in notes
    assert "插入“图片”文件夹" in notes


def test_the_notes_of_a_bare_package_name_only_what_is_there():
    made = of(Paragraph("正文。"), address="")
    with zipfile.ZipFile(io.BytesIO(made.to_zip())) as archive:
        notes = archive.read("说明.txt").decode("utf-8-sig")
    assert "原文链接" not in notes and "图片" not in notes and "请留意" not in notes


def test_the_same_publication_gives_the_same_bytes():
    assert package(SOURCE).to_zip() == package(SOURCE).to_zip()
