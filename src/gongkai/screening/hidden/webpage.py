"""Web pages: comments, scripts, what is not displayed, and what attributes hold."""

import base64
import re
from collections.abc import Iterator
from functools import partial

from lxml import etree, html

from gongkai.documents.reading.charset import decode
from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.invisible import invisible, without_invisible
from gongkai.screening.hidden.names import holds_data, is_local, is_ordinary_name
from gongkai.screening.hidden.picture import Picture, is_picture
from gongkai.screening.hidden.tree import Element, drop, drop_all, text_of, unset

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|"
    r"font-size\s*:\s*0*[01](?:\.\d+)?(?:px|pt)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3}|"
    r"(?:left|top)\s*:\s*-\d{4}|mso-hide\s*:\s*all|"
    r"(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*;[^<]*overflow\s*:\s*hidden",
    re.IGNORECASE,
)
_COLOR = re.compile(r"(?<![\w-])color\s*:\s*([^;]+)", re.IGNORECASE)
_GROUND = re.compile(r"background(?:-color|-image)?\s*:\s*([^;]+)", re.IGNORECASE)
_WHITE = re.compile(
    r"\s*(?:#fff(?:fff)?|white|"
    r"rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)|#f[a-f0-9]f[a-f0-9]f[a-f0-9])\s*(?:!important)?\s*",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_STRUCTURE = re.compile(
    r"[\s\w/<>=:：.\-—*#]{0,16}(?:开始|结束|头部|底部|导航|正文|内容|脚本|样式|区域|"
    r"部分|begin|end|start|header|footer|版权|菜单|标题|列表|分页|"
    r"左侧|右侧|主体)[\s\w/<>=:：.\-—*#]{0,8}",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"data:image/[\w+.-]+;base64,", re.IGNORECASE)
_ORDINARY_META = frozenset(
    {
        "viewport",
        "generator",
        "renderer",
        "theme-color",
        "format-detection",
        "robots",
        "keywords",
        "description",
        "progid",
        "originator",
    }
)


class WebPage:
    """A page as a tree."""

    def __init__(self, data: bytes) -> None:
        self._text = decode(data)
        try:
            self._tree: Element = html.document_fromstring(
                re.sub(r"^\s*<\?xml[^>]*>", "", self._text, count=1).replace("\0", "")
            )
        except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
            raise Unreadable("网页内容是空的或已损坏，打不开；请重新保存网页再试。") from error

    def hits(self) -> Iterator[Hit]:
        tree = self._tree
        if excerpt := invisible(self._text):
            yield Hit("part.invisible", "网页正文", excerpt, self._show)
        yield from self._comments()
        yield from self._scripts()
        for one in list(tree.iter()):
            if not isinstance(one.tag, str):
                continue
            yield from self._meta(one)
            yield from self._attributes(one)
        yield from self._unseen()

    def _comments(self) -> Iterator[Hit]:
        comments = [
            one for one in self._tree.iter() if not isinstance(one.tag, str) and _tells(one.text or "")
        ]
        if comments:
            yield Hit(
                "html.comment", "网页代码", masked(comments[0].text or ""), lambda: _drop_comments(self._tree)
            )

    def _scripts(self) -> Iterator[Hit]:
        scripts = [
            one
            for one in self._tree.iter(
                "script", "iframe", "object", "embed", "applet", "noscript", "template"
            )
            if isinstance(one.tag, str)
        ]
        acting = [
            one
            for one in self._tree.iter()
            if isinstance(one.tag, str) and any(_acts(str(k), str(v)) for k, v in one.attrib.items())
        ]
        if scripts or acting:
            yield Hit("html.script", "网页代码", "", lambda: _drop_scripts(self._tree))

    def _meta(self, element: Element) -> Iterator[Hit]:
        name = (element.get("name") or "").lower()
        text = element.get("content") or ""
        tells = (
            element.tag == "meta"
            and name
            and name not in _ORDINARY_META
            and not name.startswith(("og:", "twitter:", "msapplication", "apple-"))
        )
        names_people = name in (
            "author",
            "creator",
            "editor",
            "owner",
            "copyright",
            "dc.creator",
            "contentsource",
            "publisher",
        )
        if tells and ((names_people and not is_ordinary_name(text)) or holds_data(text)):
            yield Hit("html.meta", "网页头部", masked(text), lambda: drop(element))
        local = str(element.tag).rpartition(":")[2].lower()
        if (
            ":" in str(element.tag)
            and local in ("author", "lastauthor", "company", "manager")
            and not is_ordinary_name(text_of(element))
        ):
            yield Hit("html.meta", "网页头部", masked(text_of(element)), lambda: drop(element))

    def _attributes(self, element: Element) -> Iterator[Hit]:
        for key, value in [(str(key), str(value)) for key, value in element.attrib.items()]:
            if key in ("href", "src", "background", "action") and is_local(value):
                yield Hit("link.local", "网页链接", masked(value), partial(unset, element, key))
            elif key in ("alt", "title") and holds_data(value):
                yield Hit(
                    "picture.alt_text",
                    "网页图片",
                    masked(value),
                    partial(unset, element, key),
                )
            elif key.startswith("data-") and (holds_data(value) or _HAN.search(value)):
                yield Hit(
                    "html.data",
                    f"标签属性 {key[:30]}",
                    masked(value),
                    partial(unset, element, key),
                )
            elif key == "src" and _PICTURE.match(value):
                yield from self._picture(element, value)

    def _picture(self, element: Element, value: str) -> Iterator[Hit]:
        start, _, body = value.partition(",")
        try:
            data = base64.b64decode(body)
        except ValueError:
            return
        if not is_picture(data):
            return
        picture = Picture(data)
        codes = {hit.code for hit in picture.hits()}
        code = "picture.location" if "image.location" in codes else "picture.properties"
        if codes:
            yield Hit(
                code,
                "网页插图",
                "",
                lambda: element.set("src", f"{start},{base64.b64encode(picture.save()).decode()}"),
            )

    def _unseen(self) -> Iterator[Hit]:
        hidden, white = list[Element](), list[Element]()
        for one in list(self._tree.iter()):
            if not isinstance(one.tag, str) or one.tag in (
                "head",
                "html",
                "body",
                "script",
                "style",
                "title",
                "meta",
                "link",
            ):
                continue
            if _is_hidden(one) and _content(one):
                hidden.append(one)
            elif _is_white(one) and text_of(one).strip():
                white.append(one)
        for code, found in (("html.hidden", hidden), ("html.white_text", white)):
            if found:
                yield Hit(
                    code,
                    "网页正文",
                    masked(_content(found[0])),
                    partial(drop_all, found),
                )

    def _show(self) -> None:
        for one in self._tree.iter():
            one.text = without_invisible(one.text) if one.text else one.text
            one.tail = without_invisible(one.tail) if one.tail else one.tail
            for key, value in one.attrib.items():
                one.attrib[key] = without_invisible(str(value))

    def save(self) -> bytes:
        """The page in UTF-8, without scripts and comments."""
        _drop_comments(self._tree)
        _drop_scripts(self._tree)
        for one in list(self._tree.iter("meta")):
            if one.get("charset") or (one.get("http-equiv") or "").lower() == "content-type":
                drop(one)
        head = self._tree.find("head")
        if head is None:
            head = self._tree.makeelement("head")
            self._tree.insert(0, head)
        head.insert(0, head.makeelement("meta", {"charset": "utf-8"}))
        return etree.tostring(self._tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


def _tells(comment: str) -> bool:
    """Whether a comment is more than a mark where a part of a page begins."""
    text = comment.strip()
    if not text or text.startswith(("[if", "[endif", "<![endif")):
        return bool(text.startswith("[if")) and bool(re.search(r"<o:(?:Last)?Author>[^<]", text))
    return holds_data(text) or (
        bool(_HAN.search(text)) and not (len(text) <= 40 and _STRUCTURE.fullmatch(text))
    )


def _acts(key: str, value: str) -> bool:
    return key.startswith("on") or value.strip().lower().startswith(("javascript:", "vbscript:"))


def _drop_comments(tree: Element) -> None:
    for one in list(tree.iter()):
        if not isinstance(one.tag, str):
            drop(one)


def _drop_scripts(tree: Element) -> None:
    for one in list(tree.iter("script", "iframe", "object", "embed", "applet", "noscript", "template")):
        drop(one)
    for one in tree.iter():
        if isinstance(one.tag, str):
            for key in [str(key) for key, value in one.attrib.items() if _acts(str(key), str(value))]:
                one.attrib.pop(key)


def _is_hidden(element: Element) -> bool:
    if element.tag == "input":
        return (element.get("type") or "").lower() == "hidden"
    return "hidden" in element.attrib or bool(_HIDDEN.search((element.get("style") or "")[:2_000]))


def _content(element: Element) -> str:
    if element.tag == "input":
        value = element.get("value") or ""
        return value if holds_data(value) or _HAN.search(value) else ""
    return text_of(element).strip() or ("图片" if any(True for _ in element.iter("img")) else "")


def _is_white(element: Element) -> bool:
    found = _COLOR.search(element.get("style") or "")
    color = found[1] if found else element.get("color") or ""
    if not color or not _WHITE.fullmatch(color):
        return False
    for one in (element, *element.iterancestors()):
        if one.get("class") or one.get("id"):
            return False
        ground = _GROUND.search(one.get("style") or "")
        said = ground[1] if ground else one.get("bgcolor") or one.get("background") or ""
        if said:
            return bool(_WHITE.fullmatch(said))
    return True
