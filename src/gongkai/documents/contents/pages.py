"""HTML pages: paragraphs and tables where a reader sees them, and what the page hides.

One pass over the tags without a tree, each stretch of text known by where it stands in the source.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from gongkai.documents.contents.columns import Frame
from gongkai.documents.contents.encodings import decoded
from gongkai.documents.contents.holding import Cell, Collector, Contents
from gongkai.documents.contents.spans import Edit, Span, edited, edits
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.grid import MAX_DEPTH
from gongkai.documents.reading.html import BLOCKS, TAG, VOID, is_hidden, spans_of

_UNSEEN = frozenset(
    {"applet", "audio", "datalist", "iframe", "noframes", "noscript", "object", "template", "video"}
)
_CELL_ENDS = frozenset({"td", "th", "/td", "/th", "tr", "/tr", "/table", "/tbody", "thead", "tbody", "tfoot"})
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(alt|title|value|content|placeholder|summary|data-[\w-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
_HAN_OR_DIGITS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|\d{5}")
_TYPE_HIDDEN = re.compile(r"type\s*=\s*[\"']?\s*hidden", re.IGNORECASE)
_TOO_NESTED = "表格一层套一层，嵌套过深，疑似异常文件，没有读取；请用 Word 或浏览器另存后再试。"

Stretch = tuple[int, int] | None
"""From where to where in the source, or a line break."""


def read(data: bytes) -> Contents:
    """What stands in a page, and what it hides. Raises :class:`Unreadable`."""
    page = _Page(decoded(data).text, {})
    return page.collector.contents("html")


def rewrite(data: bytes, changes: Mapping[str, str]) -> tuple[bytes, set[str]]:
    """A copy with changes, and the places found. Raises
    :class:`gongkai.documents.contents.pieces.Unwritable`."""
    source = decoded(data)
    page = _Page(source.text, changes)
    return source.encoded(edited(source.text, page.edits)), page.done


@dataclass(slots=True)
class _Table:
    """A table while it is open."""

    place: str
    frame: Frame
    before: int
    stretches: list[Stretch] = field(default_factory=list)
    in_row: bool = False
    in_cell: bool = False
    width: int = 1
    height: int = 1
    tables: int = 0


class _Page:
    def __init__(self, source: str, changes: Mapping[str, str]) -> None:
        self.source, self.changes = source, changes
        self.collector = Collector()
        self.edits = list[Edit]()
        self.done = set[str]()
        self.tables = list[_Table]()
        self.loose = list[Stretch]()
        self.unseen = list[Stretch]()
        self.counts: dict[str, int] = {}
        self.skipping = ""
        self.depth = 0
        self.in_title = False
        self._walk()
        while self.tables:
            self._close_table()
        self._flush_unseen()
        self._flush()

    def _walk(self) -> None:
        at = 0
        for found in TAG.finditer(self.source):
            if found.start() > at:
                self._text(at, found.start())
            at = found.end()
            name = found[1]
            if name:
                self._tag(name.lower(), found)
            elif found[0].startswith("<!--"):
                self._keep("注释", (found.start() + 4, found.end() - (3 if found[0].endswith("-->") else 0)))
        self._text(at, len(self.source))

    def _text(self, start: int, end: int) -> None:
        if self.skipping:
            self.unseen.append((start, end))
        elif self.in_title:
            self._keep("网页标题", (start, end), hidden=False)
        elif self.tables and self.tables[-1].in_cell:
            self.tables[-1].stretches.append((start, end))
        else:
            self.loose.append((start, end))

    def _tag(self, name: str, found: re.Match[str]) -> None:
        attributes = found[2] or ""
        if "=" in attributes:
            self._attributes(name, attributes, found.start(2))
        if self.skipping:
            self._in_hidden(name)
            if self.skipping:
                return
        elif name not in VOID and (name in _UNSEEN or (attributes and is_hidden(name, attributes))):
            if name in ("td", "th", "tr"):
                self._structure(name, attributes)
            self.skipping, self.depth = name, 1
            return
        self._structure(name, attributes)

    def _in_hidden(self, name: str) -> None:
        if name == self.skipping and name not in ("td", "th", "tr"):
            self.depth += 1
        elif name == "/" + self.skipping:
            self.depth -= 1
        if name in BLOCKS:
            self.unseen.append(None)
        ends = name in _CELL_ENDS and self.skipping not in ("table", "div") and name != "/" + self.skipping
        if self.depth == 0 or (ends and not self._stays_hidden(name)):
            self._flush_unseen()
            self.skipping = ""

    def _stays_hidden(self, name: str) -> bool:
        """A hidden row goes on over its cells."""
        return self.skipping == "tr" and name in ("td", "th", "/td", "/th")

    def _structure(self, name: str, attributes: str) -> None:
        if name in ("title", "/title"):
            self.in_title = name == "title"
        elif name == "table":
            self._open_table()
        elif not self.tables or name not in _CELL_ENDS:
            if name in BLOCKS:
                self._break()
        elif name in ("td", "th"):
            self._open_cell(attributes)
        elif name in ("/td", "/th"):
            self._close_cell()
        elif name == "tr":
            self._close_cell()
            self.tables[-1].frame.open_row()
            self.tables[-1].in_row = True
        elif name == "/table":
            self._close_table()
        else:
            self._close_cell()
            self.tables[-1].in_row = False

    def _break(self) -> None:
        if self.tables and self.tables[-1].in_cell:
            self.tables[-1].stretches.append(None)
        else:
            self._flush()

    def _open_table(self) -> None:
        if self.tables and not self.tables[-1].in_cell:
            self._close_table()
        if len(self.tables) >= MAX_DEPTH:
            raise Unreadable(_TOO_NESTED)
        self._break()
        if self.tables:
            outer = self.tables[-1]
            outer.tables += 1
            place = f"{outer.frame.place}中的表{outer.tables}"
        else:
            place = f"表{self._next('表')}"
        self.tables.append(_Table(place, Frame(place), len(self.collector.passages)))

    def _close_table(self) -> None:
        self._close_cell()
        table = self.tables.pop()
        self.collector.table(table.place, table.frame.rows(), table.before)

    def _open_cell(self, attributes: str) -> None:
        self._close_cell()
        table = self.tables[-1]
        if not table.in_row:
            table.frame.open_row()
            table.in_row = True
        table.in_cell, table.tables = True, 0
        table.width, table.height = spans_of(attributes)

    def _close_cell(self) -> None:
        table = self.tables[-1]
        if table.in_cell:
            place = table.frame.place
            table.frame.put(Cell(self._said(table.stretches, place), place), table.width, table.height)
            table.in_cell = False
            table.stretches = []

    def _flush(self) -> None:
        if self.loose:
            stretches, self.loose = self.loose, []
            if any(each and not self.source[each[0] : each[1]].isspace() for each in stretches):
                place = f"第{self._next('段')}段"
                self.collector.passage(self._said(stretches, place), place)

    def _flush_unseen(self) -> None:
        stretches, self.unseen = self.unseen, []
        if any(each and not self.source[each[0] : each[1]].isspace() for each in stretches):
            place = f"隐藏内容{self._next('隐藏内容')}"
            self.collector.passage(self._said(stretches, place), place, hidden=True)

    def _attributes(self, name: str, attributes: str, start: int) -> None:
        """The words an attribute holds: what stands in a field is seen, the rest is not."""
        for found in _ATTRIBUTE.finditer(attributes):
            group = 2 if found[2] is not None else 3
            if _HAN_OR_DIGITS.search(found[group]):
                is_field = name == "input" and found[1].lower() in ("value", "placeholder")
                hidden = bool(self.skipping) or not is_field or bool(_TYPE_HIDDEN.search(attributes))
                stretch = (start + found.start(group), start + found.end(group))
                self._keep("表单内容" if is_field else "属性文字", stretch, hidden=hidden)

    def _keep(self, name: str, stretch: tuple[int, int], *, hidden: bool = True) -> None:
        if not self.source[slice(*stretch)].strip():
            return
        place = f"{name}{self._next(name)}"
        self.collector.passage(self._said([stretch], place), place, hidden=hidden)

    def _next(self, name: str) -> int:
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]

    def _said(self, stretches: list[Stretch], place: str) -> str:
        """What some stretches say; they are changed where a change is wanted."""
        text = _text(self.source, stretches)
        if place in self.changes:
            self._change(stretches, text, self.changes[place])
            self.done.add(place)
        return text

    def _change(self, stretches: list[Stretch], old: str, new: str) -> None:
        span = _span(self.source, stretches)
        if "".join(span.text) != old:
            held = [each for each in stretches if each is not None]
            self.edits += [Edit(start, end, "") for start, end in held]
            self.edits.append(Edit(held[0][0], held[0][0], _written(new)))
            return
        self.edits += edits(span, new, _written)


def _written(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _text(source: str, stretches: list[Stretch]) -> str:
    parts, line = list[str](), list[str]()
    for stretch in [*stretches, None]:
        if stretch is not None:
            line.append(source[stretch[0] : stretch[1]])
            continue
        words = " ".join(unescape("".join(line)).split()) if line else ""
        line = []
        if words:
            parts.append(words)
    return "\n".join(parts)


def _span(source: str, stretches: list[Stretch]) -> Span:
    """As :func:`_text`, with where each character stands."""
    span, gap, blank = Span(), "", (0, 0)
    for character, start, end in _characters(source, stretches):
        if character == "\n":
            gap = "\n"
        elif character.isspace():
            gap, blank = (gap, blank) if gap else (" ", (start, end))
        else:
            if gap and span.text:
                span.add(gap, *(blank if gap == " " else (start, start)))
            gap = ""
            span.add(character, start, end)
    return span


def _characters(source: str, stretches: list[Stretch]) -> Iterator[tuple[str, int, int]]:
    """Characters with where they stand; a line end of the source is a blank, ``\\n`` a line break."""
    for stretch in stretches:
        if stretch is None:
            yield "\n", 0, 0
            continue
        at, end = stretch
        for found in _ENTITY.finditer(source, at, end):
            yield from _plain(source, at, found.start())
            said = unescape(found[0])
            yield from ((character, found.start(), found.end()) for character in said.replace("\n", " "))
            at = found.end()
        yield from _plain(source, at, end)


def _plain(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for place in range(start, end):
        yield (" " if source[place] == "\n" else source[place]), place, place + 1
