"""Word documents (.docx) → articles: headings, paragraphs, lists, tables, links and pictures.

What a reader of the print-out does not see (tracked deletions, hidden text, comments, field codes) is left
out, and so are headers and footers.
"""

import posixpath
from collections.abc import Iterator

from lxml import etree

from gongkai.documents.articles.links import link
from gongkai.documents.articles.reading.docx_styles import Styles
from gongkai.documents.articles.reading.draft import Draft
from gongkai.documents.articles.reading.result import ReadArticle
from gongkai.documents.reading.archives import Archive, parse_xml
from gongkai.documents.reading.docx import clean, main_part
from gongkai.documents.reading.grid import BREAK, MAX_COLSPAN, Grid
from gongkai.documents.reading.wordml import VAL, W, is_on, number, value

REVISED = "文件里有修订痕迹，取用的是接受全部修订后的文字；请与定稿核对。"
WHITE = "文件里有白色的字，纸上可能看不见，这里按普通文字取用；请逐处核对是否应当公开。"
HIDDEN = "文件里隐藏的文字没有取用。"
COMMENTED = "文件里的批注没有取用。"
NOTED = "脚注和尾注放在了文末，前面标“注”。"
DRAWN = "文件里的图表、图示或嵌入的对象没有取用；请截图后作为图片上传，或作为附件公开。"
FORMULAS = "文件里的公式只取了字符，排列请核对。"
ELSEWHERE = "引用别处地址的图片没有取用；请单独上传图片。"
EMBEDDED = "文件里嵌入的其他文档没有取用。"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TRANSPARENT = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
)
_WRITTEN = {
    W + "tab": " ", W + "ptab": " ", W + "br": BREAK, W + "cr": BREAK, W + "noBreakHyphen": "-",
}  # fmt: skip
_UNDRAWN = ("chart", "relIds")
_PROPERTIES = frozenset({W + "pPr", W + "rPr"})
_Found = tuple[bytes, str]


def read(data: bytes, name: str) -> ReadArticle:
    """The article in a Word document. Raises :class:`Unreadable`."""
    archive = Archive(data)
    part = main_part(archive)
    reader = _Reader(archive, posixpath.dirname(part))
    reader.read(_parsed(archive.read(part)))
    return reader.draft.finished(name)


def _parsed(xml: bytes) -> etree._Element:
    for strict, transitional in _STRICT:
        xml = xml.replace(strict, transitional)
    return parse_xml(xml)


class _Reader:
    """One walk over a document."""

    def __init__(self, archive: Archive, folder: str) -> None:
        self.draft = Draft()
        self._archive, self._folder = archive, folder
        self._styles = Styles(self._part("styles.xml"), self._part("numbering.xml"))
        self._targets = self._relations("_rels/document.xml.rels")
        self._pictures: list[_Found] = []

    def read(self, root: etree._Element) -> None:
        self._note_losses(root)
        clean(root)
        for block in self._blocks(root):
            self._block(block)
        for name in ("footnotes", "endnotes"):
            self._notes(name)

    def _part(self, name: str) -> etree._Element | None:
        path = posixpath.join(self._folder, name)
        return _parsed(self._archive.read(path)) if path in self._archive else None

    def _relations(self, name: str) -> dict[str, tuple[str, bool]]:
        """Target of each relation by its id, and whether it lies outside the file."""
        root = self._part(name)
        return {
            relation.get("Id", ""): (relation.get("Target", ""), relation.get("TargetMode") == "External")
            for relation in (root if root is not None else ())
        }

    def _note_losses(self, root: etree._Element) -> None:
        for sentence, names in (
            (REVISED, ("del", "moveFrom", "cellDel", "ins")),
            (COMMENTED, ("commentReference",)),
            (DRAWN, ("object",)),
            (EMBEDDED, ("altChunk",)),
        ):
            if next(root.iter(*(W + name for name in names)), None) is not None:
                self.draft.lose(sentence)
        if any(is_on(mark) for mark in root.iter(W + "vanish")):
            self.draft.lose(HIDDEN)
        if any((mark.get(VAL) or "").upper() == "FFFFFF" for mark in root.iter(W + "color")):
            self.draft.lose(WHITE)
        if next(root.iter(*("{*}" + name for name in _UNDRAWN)), None) is not None:
            self.draft.lose(DRAWN)
        if next(root.iter(_MATH_TEXT), None) is not None:
            self.draft.lose(FORMULAS)

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        """The paragraphs and tables, whatever is wrapped around them."""
        for child in parent:
            if child.tag in (W + "p", W + "tbl"):
                yield child
            elif child.tag in _TRANSPARENT:
                yield from self._blocks(child)

    def _block(self, block: etree._Element) -> None:
        if block.tag == W + "p":
            self._paragraph(block)
        else:
            self._table(block)
        for picture, alternative in self._pictures:
            self.draft.picture(picture, alternative)
        self._pictures.clear()

    def _paragraph(self, paragraph: etree._Element) -> None:
        set_as = self._styles.of(paragraph)
        text = _folded(self._text(paragraph))
        if not text:
            return
        if set_as.rank is not None:
            self.draft.heading(set_as.label + text, set_as.rank)
        elif set_as.is_bullet:
            self.draft.item(text)
        elif set_as.number is not None:
            self.draft.item(text, set_as.number, set_as.label)
        else:
            self.draft.line(set_as.label + text, centered=set_as.is_centered, names=set_as.is_caption)

    def _text(self, element: etree._Element) -> str:
        parts: list[str] = []
        for child in element:
            tag = child.tag
            if tag == W + "t" or tag == _MATH_TEXT:
                parts.append(child.text or "")
            elif tag in _WRITTEN:
                parts.append(_WRITTEN[tag])
            elif tag == W + "hyperlink":
                parts.append(self._link(child))
            elif tag in (W + "drawing", W + "pict"):
                self._take_pictures(child)
            elif tag not in _PROPERTIES and tag != W + "object":
                parts.append(self._text(child))
        return "".join(parts)

    def _link(self, element: etree._Element) -> str:
        words = self._text(element)
        target, is_outside = self._targets.get(element.get(_R + "id", ""), ("", False))
        return link(words, target) if is_outside and words.strip() and BREAK not in words else words

    def _take_pictures(self, drawing: etree._Element) -> None:
        named = next(drawing.iter(_DRAWING), None)
        alternative = (named.get("descr") or named.get("title") or "") if named is not None else ""
        for mark in drawing.iter(_BLIP, _IMAGE):
            identifier = mark.get(_R + "embed") or mark.get(_R + "id") or ""
            target, is_outside = self._targets.get(identifier, ("", True))
            path = posixpath.normpath(posixpath.join("/" + self._folder, target))[1:]
            if is_outside or path not in self._archive:
                self.draft.lose(ELSEWHERE)
            else:
                self._pictures.append((self._archive.read(path), alternative))

    def _table(self, table: etree._Element) -> None:
        grid = Grid()
        self._fill(grid, table)
        heads = 0
        for row in _rows(table):
            if row.find(f"{W}trPr/{W}tblHeader") is None:
                break
            heads += 1
        self.draft.rows(grid.rows, heads or None)

    def _fill(self, grid: Grid, table: etree._Element) -> None:
        grid.open_table()
        for row in _rows(table):
            grid.open_row(skip=number(row.find(W + "trPr"), "gridBefore"))
            for cell in _wrapped(row, W + "tc"):
                self._cell(grid, cell)
            grid.close_row()
        grid.close_table()

    def _cell(self, grid: Grid, cell: etree._Element) -> None:
        properties = cell.find(W + "tcPr")
        wide = min(max(number(properties, "gridSpan", 1), 1), MAX_COLSPAN)
        down = value(properties, "vMerge", "continue")
        if value(properties, "hMerge", "continue") == "continue" and grid.widen(wide):
            return
        if down == "continue" and grid.reach_down(wide):
            return
        grid.open_cell(wide, reaches=down is not None)
        for block in self._blocks(cell):
            if block.tag == W + "tbl":
                self._fill(grid, block)
            else:
                label = self._styles.of(block).label
                grid.parts += (label, self._text(block), BREAK)
        grid.close_cell()

    def _notes(self, name: str) -> None:
        root = self._part(f"{name}.xml")
        if root is None:
            return
        clean(root)
        self._targets = self._relations(f"_rels/{name}.xml.rels")
        for note in root:
            if note.get(W + "type", "normal") == "normal":
                words = " ".join(_folded(self._text(block)) for block in self._blocks(note)).strip()
                if words:
                    self.draft.lose(NOTED)
                    self.draft.line(f"注：{words}")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return _wrapped(table, W + "tr")


def _wrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _wrapped(child, tag)


def _folded(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split(BREAK))
    return "\n".join(filter(None, lines))
