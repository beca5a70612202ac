"""Excel workbooks (.xlsx, .xlsm): every cell of every sheet, hidden ones marked, and what stands beside them.

Read straight from the XML: a sheet that claims a million rows costs only the cells it has.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.contents import drawings
from gongkai.documents.contents.formats import date_format, shown
from gongkai.documents.contents.grids import Sheet, column_number
from gongkai.documents.contents.holding import Collector, Contents, Names
from gongkai.documents.contents.numbers import written_number
from gongkai.documents.contents.packages import Package, relations
from gongkai.documents.contents.pieces import Node, put
from gongkai.documents.reading.archives import DAMAGED
from gongkai.documents.reading.content import Unreadable

STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
)
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_OFF = frozenset({None, "0", "false"})
_EDGES = {
    "oddHeader": "页眉", "oddFooter": "页脚", "evenHeader": "偶数页页眉", "evenFooter": "偶数页页脚",
    "firstHeader": "首页页眉", "firstFooter": "首页页脚",
}  # fmt: skip


def read(package: Package) -> Contents:
    """What stands in a workbook. Raises :class:`Unreadable`."""
    walk = _Walk(package, {})
    walk.whole()
    return walk.collector.contents("xlsx")


def change(package: Package, changes: Mapping[str, str]) -> set[str]:
    """Changes the text at some places in the package; gives the places it found."""
    walk = _Walk(package, changes)
    walk.whole()
    return walk.done


@dataclass(slots=True)
class _Texts:
    """The shared texts, and how many cells still show each."""

    root: etree._Element | None
    items: list[etree._Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    used: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.items = list(self.root.iter(S + "si")) if self.root is not None else []
        self.texts = [rich_text(item) for item in self.items]

    def blank_unused(self) -> None:
        for number, item in enumerate(self.items):
            if not self.used[number]:
                for child in list(item):
                    item.remove(child)
                etree.SubElement(item, S + "t")


class _Walk:
    def __init__(self, package: Package, changes: Mapping[str, str]) -> None:
        self.package, self.changes = package, changes
        self.collector = Collector()
        self.done = set[str]()
        self.names = Names()
        self.main = _main_part(package)
        self.folder = posixpath.dirname(self.main)
        root = package.parsed(self.main)
        if root is None:
            raise Unreadable(DAMAGED)
        self.root = root
        self.shared = _Texts(package.parsed(self._path("sharedStrings.xml")))
        self.dates = dict(_date_styles(package.parsed(self._path("styles.xml"))))
        properties = root.find(S + "workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") not in _OFF

    def whole(self) -> None:
        """Walks over every sheet and what belongs to it."""
        for path, name, is_hidden in self._sheets():
            self._sheet(path, f"工作表“{self.names.unique(name)}”", is_hidden=is_hidden)
        if self.done and self.shared.root is not None:
            self.shared.blank_unused()
            self.package.change(self._path("sharedStrings.xml"), self.shared.root)
        self.done |= drawings.walk(self.package, self.folder, self.collector, self.changes)

    def _path(self, name: str) -> str:
        return posixpath.join(self.folder, name)

    def _sheets(self) -> Iterator[tuple[str, str, bool]]:
        """Path, name and whether it is hidden, of each sheet in the order of the tabs."""
        targets = relations(self.package, self.main)
        for sheet in self.root.iter(S + "sheet"):
            path = targets.get(_relation(sheet), "")
            if path in self.package:
                yield path, sheet.get("name", ""), sheet.get("state", "visible") != "visible"

    def _sheet(self, path: str, place: str, *, is_hidden: bool) -> None:
        root = self.package.parsed(path)
        if root is None:
            return
        sheet = Sheet(place, is_hidden)
        done = len(self.done)
        for column in root.iter(S + "col"):
            first, last = column.get("min", ""), column.get("max", "")
            if column.get("hidden") not in _OFF and first.isdecimal() and last.isdecimal():
                sheet.hide_columns(int(first) - 1, int(last) - 1)
        following = 0
        for row in root.iter(S + "row"):
            following = self._row(row, sheet, following)
        sheet.collect(self.collector)
        self._edges(root, place, is_hidden=is_hidden)
        if len(self.done) > done:
            self.package.change(path, root)
        self._comments(path, place)

    def _row(self, row: etree._Element, sheet: Sheet, following: int) -> int:
        stated = row.get("r", "")
        number = int(stated) - 1 if stated.isdecimal() and len(stated) < 9 else following
        is_hidden = row.get("hidden") not in _OFF
        column = 0
        for cell in row.iter(S + "c"):
            found = _REFERENCE.fullmatch(cell.get("r", ""))
            column = column_number(found[1]) if found else column
            text = self._text(cell)
            if text:
                place = sheet.put(number, column, text, is_hidden=is_hidden)
                if place in self.changes:
                    self._rewrite(cell, self.changes[place])
                    self.done.add(place)
                else:
                    self._count(cell)
            column += 1
        return number + 1

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(S + "is")
            return rich_text(inline) if inline is not None else ""
        value = cell.findtext(S + "v")
        if not value:
            formula = cell.findtext(S + "f")
            return f"={formula}" if formula and value is None else ""
        if kind == "s":
            return self.shared.texts[number] if (number := self._shared(value)) is not None else ""
        if kind == "n":
            return self._number(value, cell.get("s", "0"))
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        return value

    def _shared(self, value: str) -> int | None:
        number = int(value) if value.isdecimal() and len(value) < 9 else -1
        return number if 0 <= number < len(self.shared.texts) else None

    def _number(self, value: str, style: str) -> str:
        pattern = self.dates.get(style)
        if pattern is not None:
            try:
                return shown(float(value), pattern, from_1904=self.from_1904)
            except ValueError:
                return value
        return written_number(value)

    def _count(self, cell: etree._Element) -> None:
        value = cell.findtext(S + "v") if self.changes and cell.get("t") == "s" else None
        if value and (number := self._shared(value)) is not None:
            self.shared.used[number] += 1

    def _rewrite(self, cell: etree._Element, new: str) -> None:
        """The text in the cell itself: other cells may show the shared one. Its formula is gone."""
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        for name in {"cm", "vm"} & set(cell.keys()):
            del cell.attrib[name]
        Node(etree.SubElement(etree.SubElement(cell, S + "is"), S + "t")).put(new)

    def _edges(self, root: etree._Element, place: str, *, is_hidden: bool) -> None:
        for element in root.iterfind(f"{S}headerFooter/*"):
            name = _EDGES.get(element.tag.removeprefix(S))
            if name:
                where = f"{place}{name}"
                self.collector.passage(element.text or "", where, hidden=is_hidden)
                if where in self.changes:
                    element.text = self.changes[where]
                    self.done.add(where)

    def _comments(self, sheet: str, place: str) -> None:
        for path in sorted(relations(self.package, sheet).values()):
            if "comments" in path.lower() and path.endswith(".xml") and path in self.package:
                root = self.package.parsed(path)
                if root is not None:
                    self._notes(path, root, place)

    def _notes(self, path: str, root: etree._Element, place: str) -> None:
        touched = False
        for note in root.iter(S + "comment", _THREADED + "threadedComment"):
            where = self.names.unique(f"{place}{note.get('ref', '')}的批注")
            pieces = [Node(each) for each in note.iter(S + "t", _THREADED + "text")]
            self.collector.passage("".join(piece.text for piece in pieces), where, hidden=True)
            if where in self.changes:
                put(pieces, self.changes[where])
                self.done.add(where)
                touched = True
        if touched:
            self.package.change(path, root)


def rich_text(item: etree._Element) -> str:
    """The runs of a text, without the phonetic guide Excel keeps beside them."""
    if len(item) == 1 and item[0].tag == S + "t":
        return item[0].text or ""
    return "".join(
        piece.text or ""
        for piece in item.iter(S + "t")
        if (parent := piece.getparent()) is None or parent.tag != S + "rPh"
    )


def _main_part(package: Package) -> str:
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    names = [name for name in package.names() if name.endswith("workbook.xml")]
    if not names:
        raise Unreadable(DAMAGED)
    return min(names)


def _relation(sheet: etree._Element) -> str:
    return next((str(text) for key, text in sheet.items() if str(key).endswith("}id")), "")


def _date_styles(styles: etree._Element | None) -> Iterator[tuple[str, str]]:
    """The cell styles that show a number as a date, by their number, each with its format."""
    if styles is None:
        return
    stated = {item.get("numFmtId", ""): item.get("formatCode", "") for item in styles.iter(S + "numFmt")}
    for place, style in enumerate(styles.iterfind(f"{S}cellXfs/{S}xf")):
        code = style.get("numFmtId", "0")
        pattern = date_format(int(code) if code.isdecimal() and len(code) < 6 else 0, stated.get(code))
        if pattern is not None:
            yield str(place), pattern
