"""HTML pages, and what offices save as HTML from Word, WPS and Excel: one pass over the tags.

The tags are split by one regular expression and walked once without a tree, which is faster than building
one and cannot be upset by nesting; where tags are missing the rules of the HTML standard are followed,
except that text standing between cells, which a browser moves before the table, stays where it is.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape

from gongkai.documents.reading.charset import decode
from gongkai.documents.reading.content import Content
from gongkai.documents.reading.grid import BREAK, MAX_COLSPAN, MAX_ROWSPAN, Grid

# Only single characters are repeated possessively: of a group, Python before 3.11.5 takes too much.
TAG = re.compile(
    r"<(?:"
    r"(?i:script)\b[^<]*+(?:<(?!/(?i:script))[^<]*+)*|(?i:style)\b[^<]*+(?:<(?!/(?i:style))[^<]*+)*"
    r"|(/?[a-zA-Z][^\s/>]*+)([^>=]*+(?:=\s*+(?:\"[^\"]*\"|'[^']*'|)[^>=]*+)*)>?"
    r"|!--(?:>|->|[^-]*+(?:-(?!->)[^-]*+)*(?:-->)?)"
    r"|[!?/][^>]*+>?)"
)
"""A tag with its name and attributes; or a script, a style, a comment, without."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDDEN_ATTRIBUTE = re.compile(r"(?:^|\s)hidden(?:\s|/|=|$)", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SPAN = re.compile(r"(?<![\w-])(col|row)span\s*=\s*[\"']?\s*\+?(\d{1,6})", re.IGNORECASE)
_PRE = re.compile(r"<(?i:pre|listing)\b[^<]*+(?:<(?!/(?i:pre|listing))[^<]*+)*")
_VALUE = r"(?<![\w-])%s\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_META_NAME = re.compile(_VALUE % "name", re.IGNORECASE)
_META_CONTENT = re.compile(_VALUE % "content", re.IGNORECASE)
_INPUT_VALUE = re.compile(_VALUE % "value", re.IGNORECASE)
_INPUT_TYPE = re.compile(_VALUE % "type", re.IGNORECASE)

_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "ul",
)  # fmt: skip
BLOCKS = frozenset(form for name in _BLOCKS for form in (name, "/" + name, name.upper(), "/" + name.upper()))
_INLINE = frozenset(
    {"span", "/span", "b", "/b", "strong", "/strong", "font", "/font", "a", "/a", "o:p", "/o:p"}
)
SKIPPED = (
    "applet", "audio", "button", "del", "iframe", "nav", "noframes", "object", "rp", "rt", "select", "svg",
    "template", "textarea", "video",
)  # fmt: skip
VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_GROUP_ENDS = frozenset({*_GROUPS, "/table"})
_ROW_ENDS = frozenset({"tr", "/thead", "/tbody", "/tfoot", *_GROUP_ENDS})
_CELL_ENDS = frozenset({"td", "th", "/tr", *_ROW_ENDS})
_ENDS = {"table": frozenset[str](), "tr": _ROW_ENDS, "td": _CELL_ENDS, "th": _CELL_ENDS} | dict.fromkeys(
    _GROUPS, _GROUP_ENDS
)
_INNER_ENDS = frozenset({"/td", "/th", *_CELL_ENDS})
"""Where a hidden element without an end tag ends at the latest."""


def extract(data: bytes) -> Content:
    """The rows of an HTML page. What the page hides is left out, unless all its tables are hidden."""
    return extract_text(decode(data))


def extract_text(source: str) -> Content:
    """As :func:`extract`, of a page already decoded."""
    source = source.replace("&nbsp;", "\xa0")
    page = _Page(source)
    if page.left_out and not page.grid.has_tables:
        whole = _Page(unescape(source) if "&lt;t" in source else source, whole=True)
        if whole.grid.has_tables:
            page = whole
    return Content("html", tuple(page.grid.rows), page.named_title or page.title)


class _Page:
    """One walk over a page; ``whole`` shows what it hides and what stands in text fields too."""

    def __init__(self, source: str, *, whole: bool = False) -> None:
        self.grid = Grid()
        self.title = self.named_title = ""
        self.hides = not whole and any(word in source for word in ("isplay", "DISPLAY", "hidden"))
        self.left_out = False
        self.actions = _SHOWING_ALL if whole else _ACTIONS
        if "<pre" in source or "<PRE" in source:
            source = _PRE.sub(lambda found: found[0].replace("\n", BREAK), source)
        pieces = iter(TAG.split(source))
        self.grid.parts.append(unescape(next(pieces)))
        self.tags: Iterator[tuple[str | None, str, str]] = zip(pieces, pieces, pieces, strict=False)
        self._walk()
        self._finish()

    def _walk(self) -> None:
        append, hides, action_of = self.grid.parts.append, self.hides, self.actions.get
        for name, attributes, text in self.tags:
            if name is not None:
                if hides and attributes and is_hidden(name, attributes):
                    self._skip(name.lower())
                    continue
                if name in BLOCKS:
                    append(BREAK)
                elif name not in _INLINE:
                    act = action_of(name.lower())
                    if act is not None and act(self, attributes, text):
                        continue
            if text:
                append(unescape(text) if "&" in text else text)

    def _finish(self) -> None:
        while self.grid.depth:
            self.grid.close_table()
        self.grid.flush()

    def skip_element(self, attributes: str, _text: str, *, name: str) -> bool:
        if name == "svg" and attributes.endswith("/"):
            return False
        self._skip(name)
        return True

    def _skip(self, name: str) -> None:
        """Passes over an element whose start tag has been read; its end may be missing."""
        self.left_out = True
        self._begin_hidden(name)
        ends = _ENDS.get(name, _INNER_ENDS)
        depth, tables = 1, 0
        for found, attributes, text in self.tags:
            inner = found.lower() if found else ""
            if not tables and inner in ends:
                self._resume(inner, attributes, text)
                return
            if inner == "/" + name and not (tables and name != "table"):
                depth -= 1
            elif inner == name and not tables:
                depth += 1
            elif inner == "table":
                tables += 1
            elif inner == "/table":
                tables -= 1
            if depth == 0:
                self.grid.parts.append(unescape(text))
                return

    def _begin_hidden(self, name: str) -> None:
        if name in ("td", "th"):
            self.grid.close_cell()
        elif name == "tr" and self.grid.depth:
            self.grid.close_row()

    def _resume(self, name: str, attributes: str, text: str) -> None:
        """Goes on at a tag that ended a skipped element in place of its own end tag."""
        if self.hides and is_hidden(name, attributes):
            self._skip(name)
        elif not self.actions[name](self, attributes, text):
            self.grid.parts.append(unescape(text))

    def open_table(self, _attributes: str, _text: str) -> bool:
        if self.grid.depth and not self.grid.in_cell:
            self.grid.close_table()
        self.grid.open_table()
        return False

    def close_table(self, _attributes: str, _text: str) -> bool:
        if self.grid.depth:
            self.grid.close_table()
        return False

    def end_group(self, _attributes: str, _text: str) -> bool:
        if self.grid.depth:
            self.grid.close_row()
            self.grid.close_group()
        return False

    def open_row(self, _attributes: str, _text: str) -> bool:
        if not self.grid.depth:
            self.grid.open_table()
        self.grid.open_row()
        return False

    def close_row(self, _attributes: str, _text: str) -> bool:
        if self.grid.depth:
            self.grid.close_row()
        return False

    def open_cell(self, attributes: str, _text: str) -> bool:
        if "span" in attributes or "SPAN" in attributes or "Span" in attributes:
            self.grid.open_cell(*spans_of(attributes))
        else:
            self.grid.open_cell()
        return False

    def close_cell(self, _attributes: str, _text: str) -> bool:
        self.grid.close_cell()
        return False

    def take_title(self, _attributes: str, text: str) -> bool:
        self.title = self.title or " ".join(unescape(text).split())
        return True

    def take_meta(self, attributes: str, _text: str) -> bool:
        """Government sites give the article's own title in a tag (政府网站网页标签规范)."""
        if _value(_META_NAME, attributes).lower() == "articletitle":
            self.named_title = _value(_META_CONTENT, attributes)
        return False

    def take_input(self, attributes: str, _text: str) -> bool:
        """A form printed to a page keeps its figures in text fields."""
        if _value(_INPUT_TYPE, attributes).lower() in ("", "text", "number"):
            self.grid.parts.append(_value(_INPUT_VALUE, attributes))
        return False


Action = Callable[[_Page, str, str], bool]
"""Takes a tag's attributes and the text behind the tag; says whether it has dealt with that text."""

_SHOWING_ALL: dict[str, Action] = {
    "table": _Page.open_table, "/table": _Page.close_table,
    "tr": _Page.open_row, "/tr": _Page.close_row,
    "td": _Page.open_cell, "/td": _Page.close_cell, "th": _Page.open_cell, "/th": _Page.close_cell,
    "title": _Page.take_title, "meta": _Page.take_meta, "input": _Page.take_input,
    **{form: _Page.end_group for name in _GROUPS for form in (name, "/" + name)},
}  # fmt: skip
_ACTIONS = _SHOWING_ALL | {name: partial(_Page.skip_element, name=name) for name in SKIPPED}


def is_hidden(name: str, attributes: str) -> bool:
    by_style = ("isplay" in attributes or "DISPLAY" in attributes) and _HIDDEN_STYLE.search(attributes)
    if not by_style and "hidden" not in attributes:
        return False
    if name.lower() in VOID or name.startswith("/"):
        return False
    return bool(by_style or _HIDDEN_ATTRIBUTE.search(_QUOTED.sub("", attributes)))


def spans_of(attributes: str) -> tuple[int, int]:
    """Columns and rows a cell covers, kept in the bounds of the HTML standard; ``rowspan=0`` reaches to
    the end of the row group."""
    colspan = rowspan = 1
    for which, digits in _SPAN.findall(attributes):
        if which.lower() == "col":
            colspan = min(int(digits) or 1, MAX_COLSPAN)
        else:
            rowspan = min(int(digits) or MAX_ROWSPAN, MAX_ROWSPAN)
    return colspan, rowspan


def _value(pattern: re.Pattern[str], attributes: str) -> str:
    found = pattern.search(attributes)
    return unescape(found[1] or found[2] or found[3] or "").strip() if found else ""
