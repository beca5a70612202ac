"""Presentations (.pptx): the words of each slide and its tables, hidden slides and speaker notes marked."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from gongkai.documents.contents import drawings
from gongkai.documents.contents.columns import Frame
from gongkai.documents.contents.drawings import A, paragraph
from gongkai.documents.contents.holding import Cell, Collector, Contents
from gongkai.documents.contents.packages import Package, relations
from gongkai.documents.contents.pieces import Node, Piece, put, put_lines, text_of
from gongkai.documents.reading.archives import DAMAGED
from gongkai.documents.reading.content import Unreadable

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MAIN = "ppt/presentation.xml"
_FEWEST = 10
"""A slide with a picture and fewer characters than this is a scan."""


def read(package: Package) -> Contents:
    """What stands in a presentation. Raises :class:`Unreadable`."""
    walk = _Walk(package, {})
    walk.whole()
    return walk.collector.contents("pptx", unscanned=walk.unscanned)


def change(package: Package, changes: Mapping[str, str]) -> set[str]:
    """Changes the text at some places in the package; gives the places it found."""
    walk = _Walk(package, changes)
    walk.whole()
    return walk.done


class _Walk:
    def __init__(self, package: Package, changes: Mapping[str, str]) -> None:
        self.package, self.changes = package, changes
        self.collector = Collector()
        self.done = set[str]()
        self.unscanned = list[str]()

    def whole(self) -> None:
        root = self.package.parsed(_MAIN)
        if root is None:
            raise Unreadable(DAMAGED)
        targets = relations(self.package, _MAIN)
        for number, slide in enumerate(root.iter(P + "sldId"), 1):
            identifier = next((str(text) for key, text in slide.items() if str(key).endswith("}id")), "")
            self._slide(targets.get(identifier, ""), f"第{number}张幻灯片")
        self.done |= drawings.walk(self.package, "ppt", self.collector, self.changes)

    def _slide(self, path: str, place: str) -> None:
        root = self.package.parsed(path)
        if root is None:
            return
        before = self.collector.length
        self._part(path, root, place, hidden=root.get("show") in ("0", "false"))
        if self.collector.length - before < _FEWEST and next(root.iter(P + "pic"), None) is not None:
            self.unscanned.append(place)
        for target in sorted(relations(self.package, path).values()):
            beside = posixpath.basename(posixpath.dirname(target))
            name = {"notesslides": "的备注", "comments": "的批注"}.get(beside.lower())
            other = self.package.parsed(target) if name else None
            if other is not None:
                self._part(target, other, f"{place}{name}", hidden=True)

    def _part(self, path: str, root: etree._Element, place: str, *, hidden: bool) -> None:
        done = len(self.done)
        paragraphs = tables = 0
        for element in _blocks(root):
            if element.tag == A + "tbl":
                tables += 1
                self._table(element, f"{place}表{tables}", hidden=hidden)
            else:
                paragraphs += 1
                pieces = paragraph(element) if element.tag == A + "p" else [Node(element)]
                where = f"{place}第{paragraphs}段"
                self.collector.passage(text_of(pieces), where, hidden=hidden)
                self._change(where, [pieces])
        if len(self.done) > done:
            self.package.change(path, root)

    def _table(self, table: etree._Element, place: str, *, hidden: bool) -> None:
        frame = Frame(place)
        for row in table.iter(A + "tr"):
            frame.open_row()
            for cell in row.iter(A + "tc"):
                paragraphs = [paragraph(each) for each in cell.iter(A + "p")]
                covered = cell.get("hMerge") == "1" or cell.get("vMerge") == "1"
                text = "\n".join(text for each in paragraphs if (text := text_of(each)).strip())
                where = frame.place
                frame.put(Cell(text, where, hidden or covered))
                self._change(where, paragraphs)
        self.collector.table(place, frame.rows())

    def _change(self, place: str, paragraphs: Sequence[Sequence[Piece]]) -> None:
        if place in self.changes:
            if len(paragraphs) == 1:
                put(paragraphs[0], self.changes[place])
            else:
                put_lines(paragraphs, self.changes[place])
            self.done.add(place)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (A + "p", A + "tbl", P + "text"):
            yield child
        else:
            yield from _blocks(child)
