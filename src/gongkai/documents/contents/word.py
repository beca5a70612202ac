"""Word documents (.docx, .docm): text, tables, headers, footers, notes, boxes, comments, each at its place.

Reading and changing are one walk: what stands at a place is found in the same way for both.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from gongkai.documents.contents import drawings
from gongkai.documents.contents.columns import Frame
from gongkai.documents.contents.holding import Cell, Collector, Contents
from gongkai.documents.contents.marks import COMPATIBILITY, Line, Styles, line_of
from gongkai.documents.contents.packages import Package
from gongkai.documents.contents.pieces import Piece, put, put_lines, text_of
from gongkai.documents.reading.docx import main_part
from gongkai.documents.reading.grid import MAX_COLSPAN
from gongkai.documents.reading.numbering import Numbering
from gongkai.documents.reading.wordml import W, number, value

STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
_PARAGRAPH, _TABLE, _ROW, _CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_TRANSPARENT = frozenset(
    {
        *(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")),
        *(COMPATIBILITY + name for name in ("AlternateContent", "Choice")),
    }
)
_EDGES = re.compile(r"(header|footer)\d*\.xml")
_NOTES = {"footnotes": ("footnote", "脚注"), "endnotes": ("endnote", "尾注"), "comments": ("comment", "批注")}
_FEWEST = 10
"""A document with a picture and fewer characters than this is a scan."""


def read(package: Package) -> Contents:
    """What stands in a document. Raises :class:`gongkai.documents.reading.Unreadable`."""
    walk = _Walk(package, {})
    walk.whole()
    collected = walk.collector
    shown = sum(len(each.text.strip()) for each in collected.passages if not each.hidden)
    has_pictures = any(name.startswith(posixpath.join(walk.folder, "media/")) for name in package.names())
    is_scan = has_pictures and shown < _FEWEST and not collected.tables
    return collected.contents("docx", unscanned=["文档中的图片"] if is_scan else ())


def change(package: Package, changes: Mapping[str, str]) -> set[str]:
    """Changes the text at some places in the package; gives the places it found. Raises
    :class:`gongkai.documents.contents.pieces.Unwritable`."""
    walk = _Walk(package, changes)
    walk.whole()
    return walk.done


@dataclass(slots=True)
class _Zone:
    """A part of the document that counts its own paragraphs and tables."""

    name: str = ""
    hidden: bool = False
    paragraphs: int = 0
    tables: int = 0


class _Walk:
    def __init__(self, package: Package, changes: Mapping[str, str]) -> None:
        self.package, self.changes = package, changes
        self.collector = Collector()
        self.done = set[str]()
        self.main = main_part(package.archive)
        self.folder = posixpath.dirname(self.main)
        self.styles = Styles.of(self._part("styles.xml", b":vanish"))
        self.numbering = Numbering(None, None)
        self.boxes = 0
        self.touched = False

    def whole(self) -> None:
        """Walks over every part with text."""
        root = self.package.parsed(self.main)
        if root is None:
            return
        if next(root.iter(W + "numPr", W + "pStyle"), None) is not None:
            self.numbering = Numbering(self._part("numbering.xml"), self._part("styles.xml", b":numPr"))
        self._walk_part(self.main, root, [(root, _Zone())])
        self.numbering = Numbering(None, None)
        self._edges()
        for name, (element, label) in _NOTES.items():
            self._notes(posixpath.join(self.folder, f"{name}.xml"), W + element, label)
        self.done |= drawings.walk(self.package, self.folder, self.collector, self.changes)

    def _part(self, name: str, needed: bytes = b"") -> etree._Element | None:
        return self.package.parsed(posixpath.join(self.folder, name), needed)

    def _edges(self) -> None:
        counts = {"header": 0, "footer": 0}
        for path in self.package.names(self.folder):
            found = _EDGES.fullmatch(posixpath.basename(path))
            root = self.package.parsed(path) if found else None
            if found and root is not None:
                counts[found[1]] += 1
                name = {"header": "页眉", "footer": "页脚"}[found[1]]
                self._walk_part(path, root, [(root, _Zone(f"{name}{counts[found[1]]}"))])

    def _notes(self, path: str, element: str, label: str) -> None:
        root = self.package.parsed(path)
        if root is None:
            return
        notes = [note for note in root.iter(element) if note.get(W + "type", "normal") == "normal"]
        zones = [(note, _Zone(f"{label}{n}", label == "批注")) for n, note in enumerate(notes, 1)]
        self._walk_part(path, root, zones)

    def _walk_part(
        self, path: str, root: etree._Element, zones: Sequence[tuple[etree._Element, _Zone]]
    ) -> None:
        self.touched = False
        for parent, zone in zones:
            self._blocks(parent, zone)
        if self.touched:
            self.package.change(path, root)

    def _blocks(self, parent: etree._Element, zone: _Zone) -> None:
        for child in _children(parent):
            if child.tag == _PARAGRAPH:
                zone.paragraphs += 1
                self._paragraph(child, zone, f"{zone.name}第{zone.paragraphs}段")
            else:
                zone.tables += 1
                self._table(child, zone, f"{zone.name}表{zone.tables}")

    def _paragraph(self, paragraph: etree._Element, zone: _Zone, place: str) -> None:
        label = self.numbering.label(paragraph) if self.numbering else ""
        line = line_of(paragraph, self.styles)
        if line.printed:
            text = text_of(line.printed)
            self.collector.passage(label + text if text.strip() else text, place, hidden=zone.hidden)
            self._change(place, [line.printed], label)
        self._beside([line], zone, place)

    def _beside(self, lines: Sequence[Line], zone: _Zone, place: str) -> None:
        """What is not the printed text of a paragraph or cell, but belongs to it."""
        for name, hidden, found in (
            ("隐藏文字", True, [line.hidden for line in lines if line.hidden]),
            ("已删除的修订文字", True, [line.deleted for line in lines if line.deleted]),
            ("艺术字", zone.hidden, [line.art for line in lines if line.art]),
        ):
            if found:
                where = f"{place}的{name}"
                self.collector.passage(_joined(found), where, hidden=hidden)
                self._change(where, found)
        for box in (box for line in lines for box in line.boxes):
            self.boxes += 1
            done = len(self.done)
            self._blocks(box, _Zone(f"文本框{self.boxes}", zone.hidden))
            if len(self.done) > done:
                _drop_copies(box)

    def _table(self, table: etree._Element, zone: _Zone, place: str) -> None:
        before = len(self.collector.passages)
        frame = Frame(place)
        for row, is_deleted in _rows(table):
            frame.open_row(number(row.find(W + "trPr"), "gridBefore"))
            for cell in _cells(row):
                self._cell(cell, zone, frame, hidden=is_deleted or zone.hidden)
        self.collector.table(place, frame.rows(), before)

    def _cell(self, cell: etree._Element, zone: _Zone, frame: Frame, *, hidden: bool) -> None:
        properties = cell.find(W + "tcPr")
        width = min(max(number(properties, "gridSpan", 1), 1), MAX_COLSPAN)
        is_covered = any(value(properties, name, "continue") == "continue" for name in ("vMerge", "hMerge"))
        place = frame.place
        lines, tables = list[Line](), 0
        for child in _children(cell):
            if child.tag == _PARAGRAPH:
                lines.append(line_of(child, self.styles))
            else:
                tables += 1
                self._table(child, zone, f"{place}中的表{tables}")
        printed = [line.printed for line in lines if line.printed]
        frame.put(Cell(_joined(printed), place, hidden or is_covered), width)
        self._change(place, printed)
        self._beside(lines, zone, place)

    def _change(self, place: str, paragraphs: Sequence[Sequence[Piece]], label: str = "") -> None:
        new = self.changes.get(place)
        if new is None:
            return
        new = new.removeprefix(label)
        if len(paragraphs) == 1:
            put(paragraphs[0], new)
        else:
            put_lines(paragraphs, new)
        self.done.add(place)
        self.touched = True


def _joined(paragraphs: Sequence[Sequence[Piece]]) -> str:
    texts = [text_of(pieces) for pieces in paragraphs]
    if len(texts) == 1:
        return texts[0]
    return "\n".join(text for text in texts if text.strip())


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables in a part, through what only wraps them."""
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child)


def _rows(parent: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table, and whether a tracked change deleted them."""
    for child in parent:
        if child.tag == _ROW:
            yield child, child.find(f"{W}trPr/{W}del") is not None
        elif child.tag in _TRANSPARENT:
            yield from _rows(child)


def _cells(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == _CELL:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _cells(child)


def _drop_copies(box: etree._Element) -> None:
    """Takes out the copy of a changed box that is kept for old programs."""
    for wrapper in box.iterancestors(COMPATIBILITY + "AlternateContent"):
        for copy in wrapper.findall(COMPATIBILITY + "Fallback"):
            wrapper.remove(copy)
