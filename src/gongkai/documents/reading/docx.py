"""Word documents (.docx, .docm, .dotx; Word's, WPS's or anybody's): what a reader of the print-out sees.

Tracked deletions, hidden text, comments and field codes are left out; insertions, text boxes, list numbers,
footnotes and embedded pages are kept. Merged cells start where they are printed.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from gongkai.documents.reading.archives import DAMAGED, Archive, parse_xml
from gongkai.documents.reading.content import Content, Unreadable
from gongkai.documents.reading.grid import BREAK, MAX_COLSPAN, Grid
from gongkai.documents.reading.numbering import Numbering
from gongkai.documents.reading.wordml import W, is_on, number, value

_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode())
_TEXT, _TAB, _SYMBOL = W + "t", W + "tab", W + "sym"
_TEXTS = frozenset({_TEXT, "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRITTEN = {W + "br": BREAK, W + "cr": BREAK, W + "noBreakHyphen": "-", W + "ptab": " "}
_IN_PARAGRAPH = (*_TEXTS, _TAB, _SYMBOL, *_WRITTEN)
_PARAGRAPH, _TABLE, _ROW, _CELL, _CHUNK = W + "p", W + "tbl", W + "tr", W + "tc", W + "altChunk"
_TRANSPARENT = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
)
_TAB_STOPS = W + "tabs"
_BOX, _DELETED, _HIDDEN, _DELETED_CELL = W + "txbxContent", W + "del", W + "vanish", W + "cellDel"

OpenPart = Callable[[bytes], Content]
"""Opens a file embedded in the document."""


def extract(data: bytes, open_part: OpenPart | None = None) -> Content:
    """The rows of a Word document. ``open_part`` reads pages of other formats embedded in it; without it
    they are left out. Raises :class:`Unreadable`."""
    archive = Archive(data)
    name = main_part(archive)
    xml = archive.read(name)
    document = _Document(archive, posixpath.dirname(name), open_part)
    document.read(parse_xml(xml.replace(*_STRICT)))
    return Content("docx", tuple(document.grid.rows), _title(archive))


def extract_root(root: etree._Element, kind: str, numbering: Numbering | None = None) -> Content:
    """The rows of a document that is one tree, not an archive of parts."""
    document = _Document(None, "", None)
    document.numbering = numbering or document.numbering
    document.walk(root)
    return Content(kind, tuple(document.grid.rows))


def main_part(archive: Archive) -> str:
    """The name of the part that holds the text; producers other than Word choose their own."""
    if "word/document.xml" in archive:
        return "word/document.xml"
    types = archive.xml("[Content_Types].xml")
    for override in types if types is not None else ():
        kind = override.get("ContentType", "")
        if kind.endswith(".main+xml") and "word" in kind:
            return override.get("PartName", "").lstrip("/")
    raise Unreadable(DAMAGED)


def _title(archive: Archive) -> str:
    core = archive.xml("docProps/core.xml")
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title") if core is not None else None
    return (title or "").strip()


@dataclass(frozen=True, slots=True)
class _Merge:
    """The columns a cell takes; ``restart`` where it begins a merge downwards or across, ``continue`` where
    it goes on with one."""

    colspan: int = 1
    down: str | None = None
    across: str | None = None


_NO_MERGE = _Merge()


class _Document:
    """One walk over a document and what belongs to it."""

    def __init__(self, archive: Archive | None, folder: str, open_part: OpenPart | None) -> None:
        self.archive, self.folder, self.open_part = archive, folder, open_part
        self.grid = Grid()
        self.numbering = Numbering(None, None)
        self.merges: dict[etree._Element, _Merge] = {}
        self.written: tuple[str, ...] = ()

    def read(self, root: etree._Element) -> None:
        if next(root.iter(W + "numPr", W + "pStyle"), None) is not None:
            self.numbering = Numbering(self._part("numbering.xml"), self._part("styles.xml", b":numPr"))
        self.walk(root)
        for name in ("footnotes", "endnotes"):
            self._notes(name)

    def walk(self, root: etree._Element) -> None:
        clean(root)
        self.merges = _merges(root)
        self.written = tuple({str(piece.tag) for piece in root.iter(*_IN_PARAGRAPH)}) or (_TEXT,)
        self._blocks(root)
        self.grid.flush()

    def _part(self, name: str, needed: bytes = b"") -> etree._Element | None:
        """A part of the document; ``None`` where there is none, or nothing in it that is ``needed``."""
        path = posixpath.join(self.folder, name)
        if self.archive is None or path not in self.archive:
            return None
        data = self.archive.read(path).replace(*_STRICT)
        return parse_xml(data) if needed in data else None

    def _blocks(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == _PARAGRAPH:
                self._paragraph(child)
            elif tag == _TABLE:
                self._table(child)
            elif tag in _TRANSPARENT:
                self._blocks(child)
            elif tag == _CHUNK:
                self._chunk(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        parts = self.grid.parts
        if self.numbering:
            label = self.numbering.label(paragraph)
            if label:
                parts.append(label)
        for piece in paragraph.iter(*self.written):
            tag = piece.tag
            if tag in _TEXTS:
                parts.append(piece.text or "")
            elif tag == _TAB:
                if (parent := piece.getparent()) is not None and parent.tag != _TAB_STOPS:
                    parts.append("\t")
            elif tag == _SYMBOL:
                parts.append(_symbol(piece))
            else:
                parts.append(_WRITTEN[tag])
        parts.append(BREAK)

    def _table(self, table: etree._Element) -> None:
        self.grid.open_table()
        self._rows(table)
        self.grid.close_table()

    def _rows(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == _ROW:
                self.grid.open_row(skip=number(child.find(W + "trPr"), "gridBefore"))
                self._cells(child)
                self.grid.close_row()
            elif child.tag in _TRANSPARENT:
                self._rows(child)

    def _cells(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == _CELL:
                self._cell(child)
            elif child.tag in _TRANSPARENT:
                self._cells(child)

    def _cell(self, cell: etree._Element) -> None:
        merge = self.merges.get(cell[0], _NO_MERGE) if len(cell) else _NO_MERGE
        if merge.across == "continue" and self.grid.widen(merge.colspan):
            return
        if merge.down == "continue" and self.grid.reach_down(merge.colspan):
            return
        self.grid.open_cell(merge.colspan, reaches=merge.down is not None)
        self._blocks(cell)
        self.grid.close_cell()

    def _chunk(self, chunk: etree._Element) -> None:
        """A page embedded whole, as programs that fill in reports do it."""
        identifier = next((str(text) for key, text in chunk.items() if str(key).endswith("}id")), "")
        relations = self._part("_rels/document.xml.rels")
        if relations is None or self.archive is None or self.open_part is None:
            return
        for relation in relations:
            path = posixpath.normpath(posixpath.join("/" + self.folder, relation.get("Target", "")))[1:]
            if relation.get("Id") == identifier and path in self.archive:
                self.grid.adopt(self.open_part(self.archive.read(path)).rows)

    def _notes(self, name: str) -> None:
        root = self._part(f"{name}.xml")
        for note in root if root is not None else ():
            if note.get(W + "type", "normal") == "normal":
                self.walk(note)


def _merges(root: etree._Element) -> dict[etree._Element, _Merge]:
    """How cells are merged, by their properties element, for the cells that are."""
    found = {mark.getparent() for mark in root.iter(W + "gridSpan", W + "vMerge", W + "hMerge")}
    return {
        properties: _Merge(
            min(max(number(properties, "gridSpan", 1), 1), MAX_COLSPAN),
            value(properties, "vMerge", "continue"),
            value(properties, "hMerge", "continue"),
        )
        for properties in found
        if properties is not None
    }


def clean(root: etree._Element) -> None:
    """Takes out what is not printed (tracked deletions, hidden text, doubled drawings, ruby) and puts the
    text of boxes behind the paragraph they hang on."""
    for element in list(root.iter(_DELETED, _DELETED_CELL, _HIDDEN, _FALLBACK, W + "moveFrom", W + "rt")):
        unprinted = _unprinted(element)
        parent = unprinted.getparent() if unprinted is not None else None
        if unprinted is not None and parent is not None:
            parent.remove(unprinted)
    for box in list(root.iter(_BOX)):
        paragraph = next(box.iterancestors(_PARAGRAPH), None)
        if paragraph is not None:
            for block in reversed(box):
                paragraph.addnext(block)


def _unprinted(element: etree._Element) -> etree._Element | None:
    """What is not printed because of ``element``: itself, or the row, cell or run whose property it is."""
    parent = element.getparent()
    if element.tag == _HIDDEN:
        run = parent.getparent() if parent is not None else None
        return run if run is not None and run.tag == W + "r" and is_on(element) else None
    if element.tag == _DELETED_CELL or (parent is not None and parent.tag == W + "trPr"):
        return parent.getparent() if parent is not None else None
    return None if parent is not None and parent.tag == W + "rPr" else element


def _symbol(symbol: etree._Element) -> str:
    """A character by its code; those of symbol fonts have no meaning as text."""
    try:
        code = int(symbol.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""
