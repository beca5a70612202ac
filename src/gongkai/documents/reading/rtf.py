"""Rich text files (.rtf), which are often named .doc.

The control words are those of Microsoft's Rich Text Format Specification 1.9.1; only what bears on the text
and its tables is looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongkai.documents.reading.content import Content
from gongkai.documents.reading.doc import printed
from gongkai.documents.reading.sprms import RowShape
from gongkai.documents.reading.word97 import DEEPEST, Paragraph

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))"
    rb"|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_CODE_PAGES = {0: "", 128: "shift_jis", 134: "gb18030", 136: "big5hkscs", 129: "cp949"}
"""Encodings by the character set of a font; of others the file's own."""
_SKIPPED = frozenset(
    (
        b"annotation", b"atnauthor", b"atnid", b"bkmkend", b"bkmkstart", b"colortbl", b"datastore",
        b"filetbl", b"fldinst", b"fonttbl", b"footer", b"footerf", b"footerl", b"footerr", b"header",
        b"headerf", b"headerl", b"headerr", b"info", b"listoverridetable", b"listtable", b"nonesttables",
        b"object", b"pict", b"revtbl", b"sp", b"stylesheet", b"tc", b"themedata", b"upr", b"xe",
    )
)  # fmt: skip
EDGES = frozenset(
    (b"header", b"headerf", b"headerl", b"headerr", b"footer", b"footerf", b"footerl", b"footerr")
)
COMMENTS = frozenset((b"annotation",))
_GROUP = re.compile(rb"\{(?:\\\*)?\\(header[flr]?|footer[flr]?|annotation)(?![a-z])")
_BRACE = re.compile(rb"\\[\\{}]|[{}]")
_CODE_PAGE = re.compile(rb"\\ansicpg[0-9]{1,5}")
_FONTS = re.compile(rb"\{\\fonttbl(?:[^{}]|\{[^{}]*\})*\}")
_UNPRINTED = re.compile(rb"\\(?:v|deleted)(?![a-z])")
_SHOWN_THOUGH_OPTIONAL = frozenset((b"nesttableprops", b"shpinst", b"listtext", b"pntext"))
_WRITTEN = {
    b"tab": "\t", b"line": "\x0b", b"page": "\x0b", b"emdash": "—", b"endash": "–", b"lquote": "‘",
    b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_ENDS = {
    b"par": (0, 0),
    b"sect": (0, 0),
    b"cell": (1, 0),
    b"nestcell": (1, 0),
    b"row": (0, 1),
    b"nestrow": (0, 1),
}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and its end takes back."""

    skipped: bool = False
    unprinted: bool = False
    encoding: str = ""
    fallback: int = 1
    in_table: bool = False
    depth: int = 1


@dataclass(slots=True)
class _Shape:
    """A row's shape while its control words come in."""

    edges: list[int] = field(default_factory=lambda: [0])
    from_above: set[int] = field(default_factory=set)
    from_left: set[int] = field(default_factory=set)

    def take(self, word: bytes, number: int) -> None:
        cell = len(self.edges) - 1
        if word == b"trowd":
            self.edges, self.from_above, self.from_left = [0], set(), set()
        elif word == b"trleft":
            self.edges[0] = number
        elif word == b"cellx":
            self.edges.append(number)
        elif word == b"clvmrg":
            self.from_above.add(cell)
        elif word == b"clmrg":
            self.from_left.add(cell)

    def shape(self) -> RowShape:
        return RowShape(tuple(self.edges), frozenset(self.from_above), frozenset(self.from_left))


def extract(data: bytes) -> Content:
    """The rows of a rich text file."""
    return Content("rtf", printed(_Reader().paragraphs(data)))


def asides(data: bytes, words: frozenset[bytes]) -> list[str]:
    """The texts of the groups that begin with one of some control words, such as :data:`EDGES`."""
    head = b"".join(found[0] for found in (_CODE_PAGE.search(data), _FONTS.search(data)) if found)
    texts = list[str]()
    end = 0
    for found in _GROUP.finditer(data):
        if found[1] in words and found.start() >= end:
            end = _end_of_group(data, found.end())
            group = b"{" + head + b"{" + data[found.end() : end] + b"}}"
            texts += [paragraph.text for paragraph in _Reader().paragraphs(group)]
    return [text for text in texts if text.strip()]


def unprinted(data: bytes) -> list[str]:
    """What is hidden or was deleted while changes were tracked."""
    if not _UNPRINTED.search(data):
        return []
    found = _Reader(wants_unprinted=True).paragraphs(data)
    return [paragraph.text for paragraph in found if paragraph.text.strip()]


def _end_of_group(data: bytes, start: int) -> int:
    depth = 1
    for found in _BRACE.finditer(data, start):
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    return len(data)


class _Reader:
    def __init__(self, *, wants_unprinted: bool = False) -> None:
        self.wants_unprinted = wants_unprinted
        self.state = _State()
        self.outer: list[_State] = []
        self.encoding = "gb18030"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.in_fonts = 0
        self.optional = False
        self.to_skip = 0
        self.pending = b""
        self.text: list[str] = []
        self.shape = _Shape()

    def paragraphs(self, data: bytes) -> Iterator[Paragraph]:
        for word, number, byte, symbol, brace, text in (found.groups() for found in _TOKEN.finditer(data)):
            if byte:
                self._take_bytes(bytes([int(byte, 16)]))
            elif text:
                self._take_bytes(text)
            elif brace:
                self._brace(brace)
            elif symbol:
                self._symbol(symbol)
            elif word:
                yield from self._word(word, int(number) if number else None)
            self.optional = self.optional and symbol == b"*"
        yield Paragraph(self._taken())

    def _take_bytes(self, text: bytes) -> None:
        skip = min(self.to_skip, len(text))
        self.to_skip -= skip
        if not self.state.skipped and self.state.unprinted is self.wants_unprinted:
            self.pending += text[skip:]

    def _brace(self, brace: bytes) -> None:
        self._decode()
        self.to_skip = 0
        if brace == b"{":
            self.outer.append(self.state)
        elif self.outer:
            self.state = self.outer.pop()
            if len(self.outer) < self.in_fonts:
                self.in_fonts = 0

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.optional = True
        elif symbol in _SYMBOLS:
            self._write(_SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> Iterator[Paragraph]:
        self._decode()
        if word in _ENDS:
            if not self.state.skipped:
                yield self._ended(word)
        elif word in _WRITTEN:
            self._write(_WRITTEN[word])
        elif word == b"u" and number is not None:
            self._write(chr(number % 0x10000))
            self.to_skip = self.state.fallback
        elif word in (b"trowd", b"trleft", b"cellx", b"clvmrg", b"clmrg"):
            self.shape.take(word, number or 0)
        else:
            self._set(word, number)

    def _set(self, word: bytes, number: int | None) -> None:
        """Takes note of what changes how the text that follows is read."""
        state = self.state
        if word in _SKIPPED or (self.optional and word not in _SHOWN_THOUGH_OPTIONAL):
            state = replace(state, skipped=True)
            self.in_fonts = len(self.outer) if word == b"fonttbl" else self.in_fonts
        elif word in (b"v", b"deleted"):
            state = replace(state, unprinted=number != 0)
        elif word == b"plain":
            state = replace(state, unprinted=False, encoding="")
        elif word == b"f":
            self.font = number or 0
            state = replace(state, encoding=self.fonts.get(self.font, ""))
        elif word == b"fcharset" and self.in_fonts:
            self.fonts[self.font] = _CODE_PAGES.get(number or 0, "")
        elif word == b"ansicpg" and number:
            self.encoding = {936: "gb18030", 950: "big5hkscs"}.get(number, f"cp{number}")
        elif word == b"uc":
            state = replace(state, fallback=max(number or 0, 0))
        elif word == b"pard":
            state = replace(state, in_table=False, depth=1)
        elif word == b"intbl":
            state = replace(state, in_table=True)
        elif word == b"itap":
            state = replace(state, depth=min(max(number or 0, 0), DEEPEST), in_table=bool(number))
        self.state = state

    def _ended(self, word: bytes) -> Paragraph:
        ends_cell, ends_row = _ENDS[word]
        in_table = self.state.in_table or ends_cell or ends_row
        depth = self.state.depth if in_table else 0
        if word in (b"row", b"cell"):
            depth = 1
        elif ends_cell or ends_row:
            depth = max(depth, 2)
        shape = self.shape.shape() if ends_row else None
        return Paragraph(self._taken(), depth, bool(ends_cell), bool(ends_row), shape)

    def _write(self, text: str) -> None:
        self._decode()
        if not self.state.skipped and self.state.unprinted is self.wants_unprinted:
            self.text.append(text)

    def _decode(self) -> None:
        if self.pending:
            try:
                text = self.pending.decode(self.state.encoding or self.encoding, "replace")
            except LookupError:
                text = self.pending.decode("gb18030", "replace")
            self.text.append(text)
            self.pending = b""

    def _taken(self) -> str:
        self._decode()
        text = "".join(self.text)
        self.text.clear()
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
