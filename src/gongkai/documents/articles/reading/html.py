"""Web pages → articles. Safe by construction: of a page only words, lists, tables, links to where a reader
may be sent, and pictures that lie in the page itself are taken; no tag of it goes any further."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from gongkai.documents.articles.links import is_allowed, link
from gongkai.documents.articles.reading.draft import Draft
from gongkai.documents.articles.reading.result import ReadArticle
from gongkai.documents.reading.charset import decode
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.grid import BREAK, MAX_COLSPAN, MAX_ROWSPAN, Grid

HIDDEN = "网页里隐藏起来的文字没有取用。"
EMBEDDED = "网页里嵌入的视频、动画、其他网页或程序没有取用。"
ELSEWHERE = "引用别处地址的图片没有取用；请把图片下载后单独上传。"
UNLINKED = "有的链接不是网址、邮箱或本站地址，只留下了文字。"
_SILENT = frozenset(
    (
        "script", "style", "head", "nav", "aside", "footer", "template", "select", "textarea", "button",
        "noscript", "noframes", "datalist", "rp", "rt", "del",
    )
)  # fmt: skip
_EMBEDDED = frozenset(
    ("iframe", "object", "embed", "applet", "video", "audio", "svg", "math", "canvas", "frame")
)
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "header", "hr", "html", "legend",
        "main", "p", "pre", "section", "summary", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6",
    )
)  # fmt: skip
_LISTS = frozenset({"ul", "ol", "dir"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTERED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_REGION_TAGS = {"main": 1, "article": 2}
_REGIONS = frozenset(
    ("trs_editor", "trs_ueditor", "ucap-content", "ucapcontent", "zoom", "pages_content", "article-content")
)
"""Names that government sites give to the part of a page that is the article."""
_DATA = re.compile(r"data:image/[a-z+.-]{1,20};base64,", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TOP_HEADING = re.compile(r"<h1[\s>]", re.IGNORECASE)
_MOST_LISTS = 50

Attributes = Mapping[str, str]


def read(data: bytes, name: str) -> ReadArticle:
    """The article in a web page. Raises :class:`Unreadable`."""
    source = _DECLARATION.sub("", decode(data).replace("\0", ""), count=1)
    page = _Page(has_one_title=len(_TOP_HEADING.findall(source)) == 1)
    target: Any = page  # the stubs ask for more than the parser does
    parser = etree.HTMLParser(target=target, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        parser.feed(source)
        parser.close()
    except etree.LxmlError as error:
        raise Unreadable(
            "这个网页残缺不全，读不出文字；请用浏览器打开后另存为 .docx 或 .html 再试。"
        ) from error
    return page.draft.finished(name, page.named_title or page.title)


class _Page:
    """Takes the tags of a page as a parser meets them, end tags that were left out among them."""

    def __init__(self, *, has_one_title: bool) -> None:
        self.draft = Draft()
        self._top = 0 if has_one_title else 1
        self.title = self.named_title = ""
        self._parts: list[str] = []
        self._skipped = self._depth = 0
        self._region = (0, 0)  # how sure we are to be in the article itself, and how deep it lies
        self._left = False
        self._in_head_title = False
        self._heading = 0
        self._centered = 0
        self._aligned: list[str] = []
        self._lists: list[list[int]] = []
        self._items: list[bool] = []
        self._link: tuple[int, str] | None = None
        self._tables = 0
        self._grid = Grid()
        self._heads: list[bool] = []
        self._caption = ""
        self._pending: list[tuple[bytes, str]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self._depth += 1
        if not self._tables and (weight := _weight(tag, attributes)) > self._region[0]:
            self._flush()
            self.draft.restart()
            self._region = (weight, self._depth)
            self._left = False
        if tag == "title" and not self._tables:
            self._in_head_title = not self.title
        if tag == "meta":
            self._take_meta(attributes)
        if self._skipped or self._begins_skipped(tag, attributes):
            self._skipped += 1
        elif act := _STARTS.get(tag):
            act(self, attributes)
        elif tag in _BLOCKS:
            self._begin_block(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._region[0] and self._depth < self._region[1] and not self._left:
            while self._tables and self._grid.depth:
                self._close_table()
            self._flush()
            self._left = True
        if tag == "title":
            self._in_head_title = False
        if self._skipped:
            self._skipped -= 1
        elif act := _ENDS.get(tag):
            act(self)
        elif tag in _BLOCKS:
            self._end_block(tag)

    def data(self, text: str) -> None:
        if self._in_head_title:
            self.title += text
        elif not self._skipped and not self._left:
            self._words.append(text)

    def close(self) -> None:
        while self._tables and self._grid.depth:  # a table that was refused is open no more
            self._close_table()
        self._flush()

    @property
    def _words(self) -> list[str]:
        return self._grid.parts if self._tables else self._parts

    def _begins_skipped(self, tag: str, attributes: Attributes) -> bool:
        if tag in _EMBEDDED:
            self.draft.lose(EMBEDDED)
            return True
        if tag in _SILENT:
            return True
        if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", "")):
            if tag not in ("br", "input", "img", "body", "html"):
                self.draft.lose(HIDDEN)
            return True
        return False

    def _begin_block(self, tag: str, attributes: Attributes) -> None:
        if self._goes_on(tag):
            self._words.append(BREAK)
            return
        self._flush()
        if tag in _LISTS and len(self._lists) < _MOST_LISTS:
            self._lists.append([0] if tag == "ol" else [])
        if tag == "li":
            self._items.append(False)
            if self._lists and self._lists[-1]:
                self._lists[-1][0] += 1
        self._heading = _HEADINGS.get(tag, self._heading)
        if _is_centered(tag, attributes):
            self._aligned.append(tag)

    def _end_block(self, tag: str) -> None:
        if self._goes_on(tag):
            self._words.append(BREAK)
            return
        self._flush()
        if tag in _LISTS and self._lists:
            self._lists.pop()
        if tag == "li" and self._items:
            self._items.pop()
        if tag in _HEADINGS:
            self._heading = 0
        if self._aligned and self._aligned[-1] == tag:
            self._aligned.pop()

    def _goes_on(self, tag: str) -> bool:
        """Whether a block is only a line of the cell or the item it stands in."""
        return bool(self._tables) or (bool(self._items) and tag != "li" and tag not in _LISTS)

    def _flush(self) -> None:
        """The words so far are a heading, an item or a paragraph."""
        self._end_link()
        text = _folded(self._parts)
        self._parts.clear()
        if not text:
            return
        if self._heading:
            self.draft.heading(text, self._top if self._heading == 1 else self._heading)
        elif self._items and not self._items[-1]:
            self._items[-1] = True
            self.draft.item(text, self._lists[-1][0] if self._lists and self._lists[-1] else None)
        else:
            for line in text.split("\n"):
                self.draft.line(line, centered=bool(self._aligned))

    def _break(self, _attributes: Attributes) -> None:
        self._words.append(BREAK)

    def _begin_link(self, attributes: Attributes) -> None:
        self._end_link()
        target = attributes.get("href", "").strip()
        if target and not is_allowed(target):
            self.draft.lose(UNLINKED)
        elif target and not target.startswith("#"):
            self._link = (len(self._words), target)

    def _end_link(self) -> None:
        if self._link is None:
            return
        (start, target), self._link = self._link, None
        words = "".join(self._words[start:])
        if words.strip() and BREAK not in words:
            self._words[start:] = [link(words, target)]

    def _take_picture(self, attributes: Attributes) -> None:
        source = attributes.get("src", "")
        alternative = attributes.get("alt", "")
        found = _DATA.match(source)
        if self._left:
            return
        if found is None:
            self.draft.lose(ELSEWHERE)
            return
        try:
            picture = base64.b64decode(source[found.end() :], validate=False)
        except binascii.Error:
            picture = b""
        if self._tables:
            self._pending.append((picture, alternative))
        else:
            self._flush()
            self.draft.picture(picture, alternative)

    def _take_meta(self, attributes: Attributes) -> None:
        """Government sites give the article's own title in a tag (政府网站网页标签规范)."""
        if attributes.get("name", "").lower() == "articletitle":
            self.named_title = attributes.get("content", "")

    def _open_table(self, _attributes: Attributes) -> None:
        self._end_link()
        if not self._tables:
            self._flush()
            self._grid, self._heads, self._caption = Grid(), [], ""
        self._grid.open_table()
        self._tables += 1

    def _close_table(self) -> None:
        self._end_link()
        if not self._tables:
            return
        self._grid.close_table()
        self._tables -= 1
        if not self._tables:
            heads = next((n for n, is_head in enumerate(self._heads) if not is_head), len(self._heads))
            self.draft.rows(self._grid.rows, heads or None, self._caption)
            for picture, alternative in self._pending:
                self.draft.picture(picture, alternative)
            self._pending.clear()

    def _begin_caption(self, _attributes: Attributes) -> None:
        self._end_link()
        self._words.append(BREAK)

    def _end_caption(self) -> None:
        """A table's name, where it stands before the rows."""
        self._end_link()
        if self._tables == 1 and not self._heads:
            self._caption = _folded(self._words).replace("\n", " ")
            self._words.clear()

    def _open_row(self, _attributes: Attributes) -> None:
        if self._tables:
            self._end_link()
            self._grid.open_row()
            self._heads += [True] * (self._tables == 1)

    def _close_row(self) -> None:
        if self._tables:
            self._end_link()
            self._grid.close_row()

    def _open_cell(self, attributes: Attributes) -> None:
        if self._tables:
            self._end_link()
            self._grid.open_cell(
                _number(attributes.get("colspan"), MAX_COLSPAN),
                _number(attributes.get("rowspan"), MAX_ROWSPAN),
            )

    def _open_data_cell(self, attributes: Attributes) -> None:
        if self._tables == 1 and self._heads:
            self._heads[-1] = False
        self._open_cell(attributes)

    def _close_cell(self) -> None:
        if self._tables:
            self._end_link()
            self._grid.close_cell()

    def _close_group(self) -> None:
        if self._tables:
            self._grid.close_row()
            self._grid.close_group()


_STARTS: dict[str, Callable[[_Page, Attributes], None]] = {
    "br": _Page._break, "a": _Page._begin_link, "img": _Page._take_picture, "table": _Page._open_table,
    "caption": _Page._begin_caption, "tr": _Page._open_row, 
    "td": _Page._open_data_cell, "th": _Page._open_cell,
}  # fmt: skip
_ENDS: dict[str, Callable[[_Page], None]] = {
    "caption": _Page._end_caption,
    "a": _Page._end_link, "table": _Page._close_table, "tr": _Page._close_row, "td": _Page._close_cell,
    "th": _Page._close_cell, "thead": _Page._close_group, "tbody": _Page._close_group,
    "tfoot": _Page._close_group,
}  # fmt: skip


def _weight(tag: str, attributes: Attributes) -> int:
    """How surely an element is the article of a page, 0 for not at all."""
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}".lower().split()
    return 3 if not _REGIONS.isdisjoint(names) else _REGION_TAGS.get(tag, 0)


def _folded(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split(BREAK))
    return "\n".join(filter(None, lines))


def _is_centered(tag: str, attributes: Attributes) -> bool:
    by_style = _CENTERED.search(attributes.get("style", "")) is not None
    return tag == "center" or by_style or attributes.get("align", "").lower() == "center"


def _number(text: str | None, most: int) -> int:
    return min(max(int(text), 1), most) if text and text.isdecimal() and len(text) < 7 else 1
