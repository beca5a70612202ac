"""An article on a page: every word, and no tag but ours."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture, to_html
from gongkai.documents.articles.links import is_allowed, link, spans
from tests.documents.articles.examples import ARTICLES, SHA, TEXTS, WHOLE

OURS = {
    "h2": set(), "h3": set(), "h4": set(), "p": set(), "br": set(), "ul": set(), "ol": set(), "li": set(),
    "div": {"class", "role", "tabindex", "aria-label"}, "table": {"class"}, "caption": set(), "thead": set(),
    "tbody": set(), "tr": set(), "th": {"scope"}, "td": {"class"}, "figure": set(), "figcaption": set(),
    "img": {"src", "alt", "loading"}, "a": {"href", "rel"},
}  # fmt: skip


class Seen(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.words, self.open, self.others = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def address(sha):
    return f"/files/{sha[:8]}"


@settings(max_examples=400, deadline=None)
@given(ARTICLES)
def test_no_page_holds_a_tag_that_the_writer_did_not_write(article):
    seen = Seen(to_html(article, address))
    assert seen.open == seen.others == []
    for tag, attributes in seen.tags:
        assert set(attributes) <= OURS[tag]
        if tag == "a":
            assert is_allowed(attributes["href"])
            assert attributes["rel"] == "noopener"
        if tag == "img":
            assert attributes["src"] == address(SHA)


@given(TEXTS)
def test_the_words_of_a_paragraph_are_all_there(text):
    seen = Seen(to_html(Article((Heading(text),)), address))
    folded = re.sub(r"\s", "", "".join(seen.words))
    printable = re.sub(r"[^\t\n -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|\s", "", text)
    assert folded == printable


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert", "data:text/html,x", "vbscript:x", "//evil.example/",
        "java\tscript:x", "\x01javascript:x", "https://", "file:///etc/passwd", "a:b", "",
    ],
)  # fmt: skip
def test_a_link_leads_nowhere_but_to_pages_and_mail(target):
    assert not is_allowed(target)
    assert link("词", target) == "词"
    page = to_html(Article((Paragraph(f"[词]({target})"),)), address)
    assert "<a" not in page


@pytest.mark.parametrize(
    "target",
    ["https://a.cn/x?y=1&z=2#t", "http://a.cn", "mailto:a@example.com", "/guide/", "a/b.pdf", "?q=1:2", "#t"],
)
def test_a_link_leads_to_the_web_to_mail_and_inside_the_site(target):
    [(tag, attributes)] = Seen(to_html(Article((Paragraph(f"见[此处]({target})。"),)), address)).tags[1:]
    assert (tag, attributes["href"]) == ("a", target)


@given(TEXTS, TEXTS)
def test_words_and_address_become_one_link_or_the_words_alone(words, target):
    written = link(words, target)
    assert len([span for span in spans(written) if span.target]) <= 1 or "](" in words


def test_an_address_with_brackets_is_written_so_that_it_can_be_read():
    assert link("附件[1]", "/f/a (1).pdf") == "[附件［1］](/f/a%20%281%29.pdf)"


def test_tables_have_a_name_headers_and_a_region_that_scrolls():
    page = to_html(WHOLE, address)
    assert (
        '<div class="scroll" role="region" tabindex="0" aria-label="招生计划">'
        '<table class="list"><caption>招生计划</caption>'
        '<thead><tr><th scope="col">学校</th><th scope="col">计划</th></tr></thead>'
        "<tbody><tr><td>示例小学</td><td>120</td></tr>"
    ) in page


def test_a_table_without_a_name_is_numbered_and_an_empty_corner_heads_nothing():
    page = to_html(Article((Grid((("", "计划"),), 1), Grid((("无",),), 0))), address)
    assert 'aria-label="第1张表"' in page
    assert "<td></td><th" in page
    assert "<caption>第2张表</caption><tbody>" in page


def test_headings_leave_out_no_level():
    page = to_html(
        Article((Heading("甲", 3), Heading("乙", 3), Heading("丙", 1), Heading("丁", 2))), address, 3
    )
    assert re.findall(r"<(h\d)>", page) == ["h3", "h4", "h3", "h4"]


def test_a_picture_has_its_words_its_caption_and_an_address():
    assert '<figure><img src="/files/abababab" alt="学区划分图" loading="lazy"><figcaption>图1' in to_html(
        WHOLE, address
    )
    missing = Article((Picture(SHA, "<学区>"), Picture(SHA, "")))
    assert to_html(missing, lambda sha: "") == "<p>〔图片：&lt;学区&gt;〕</p>\n"


def test_lines_and_lists_are_kept():
    page = to_html(Article((Paragraph("甲\n乙"), Listing(("一", "二"), True), Listing(("<三>",)))), address)
    assert page == "<p>甲<br>乙</p>\n<ol><li>一</li><li>二</li></ol>\n<ul><li>&lt;三&gt;</li></ul>"
