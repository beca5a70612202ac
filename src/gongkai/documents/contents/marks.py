"""The text of a Word paragraph: what is printed, what is hidden, what a tracked change deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.contents.pieces import Attribute, Mark, Node, Piece
from gongkai.documents.reading.wordml import VAL, W, is_on

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
_RUN, _TEXT, _BOX = W + "r", W + "t", W + "txbxContent"
_DELETED = frozenset({W + "del", W + "moveFrom"})
_WRITTEN = {
    W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " ",
}  # fmt: skip
_SKIPPED = frozenset({W + "pPr", W + "rPr", W + "sdtPr", W + "rt", COMPATIBILITY + "Fallback"})
_DRAWN = frozenset({W + "drawing", W + "pict", W + "object", COMPATIBILITY + "AlternateContent"})


@dataclass(slots=True)
class Line:
    """A paragraph: its printed text, its hidden text, what was deleted, its watermarks and word art, and the
    boxes that hang on it."""

    printed: list[Piece] = field(default_factory=list)
    hidden: list[Piece] = field(default_factory=list)
    deleted: list[Piece] = field(default_factory=list)
    art: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles that hide what is set in them."""

    hiding: frozenset[str] = frozenset()

    @classmethod
    def of(cls, root: etree._Element | None) -> "Styles":
        found = set[str]()
        for mark in root.iter(W + "vanish") if root is not None else ():
            properties = mark.getparent()
            style = properties.getparent() if properties is not None else None
            if style is not None and style.tag == W + "style" and is_on(mark):
                found.add(style.get(W + "styleId", ""))
        return cls(frozenset(found))

    def hide(self, properties: etree._Element | None, name: str) -> bool:
        """Whether properties hide their text, by themselves or by the style ``name`` says."""
        if properties is None:
            return False
        own = properties.find(W + "vanish")
        if own is not None:
            return is_on(own)
        style = properties.find(W + name) if self.hiding else None
        return style is not None and style.get(VAL) in self.hiding


def line_of(paragraph: etree._Element, styles: Styles) -> Line:
    """What a paragraph says."""
    line = Line()
    is_hidden = bool(styles.hiding) and styles.hide(paragraph.find(W + "pPr"), "pStyle")
    _gather(paragraph, line, styles, line.hidden if is_hidden else line.printed)
    return line


def _gather(parent: etree._Element, line: Line, styles: Styles, into: list[Piece]) -> None:
    for child in parent:
        tag = child.tag
        if tag == _RUN:
            is_hidden = into is line.printed and styles.hide(child.find(W + "rPr"), "rStyle")
            _run(child, line, styles, line.hidden if is_hidden else into)
        elif tag in _DELETED:
            _gather(child, line, styles, line.deleted)
        elif tag == _MATH + "t":
            into.append(Node(child))
        elif tag in _DRAWN:
            _drawn(child, line)
        elif tag not in _SKIPPED:
            _gather(child, line, styles, into)


def _run(run: etree._Element, line: Line, styles: Styles, into: list[Piece]) -> None:
    for child in run:
        tag = child.tag
        if tag == _TEXT:
            into.append(Node(child))
        elif tag == W + "delText":
            line.deleted.append(Node(child))
        elif tag in _WRITTEN:
            into.append(Mark(_WRITTEN[tag], child))
        elif tag == W + "sym":
            into.append(Mark(_symbol(child), child))
        elif tag in _DRAWN:
            _drawn(child, line)
        elif tag == W + "ruby":
            _gather(child, line, styles, into)


def _drawn(drawing: etree._Element, line: Line) -> None:
    """Boxes and word art of a drawing; the copy kept for old programs is left out."""
    for element in _outermost(drawing):
        if element.tag == _BOX:
            line.boxes.append(element)
        else:
            line.art.append(Attribute(element, name="string"))


def _outermost(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (_BOX, _TEXTPATH):
            yield child
        elif child.tag != COMPATIBILITY + "Fallback":
            yield from _outermost(child)


def _symbol(symbol: etree._Element) -> str:
    """A character by its code; those of symbol fonts have no meaning as text."""
    try:
        code = int(symbol.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""
