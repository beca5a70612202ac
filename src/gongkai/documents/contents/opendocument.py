"""OpenDocument texts, spreadsheets and presentations (.odt, .ods, .odp, and texts in one XML file)."""

import copy
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from gongkai.documents.contents.columns import Frame
from gongkai.documents.contents.grids import Sheet
from gongkai.documents.contents.holding import MOST_CELLS, Cell, Collector, Contents, Names
from gongkai.documents.contents.numbers import written_number
from gongkai.documents.contents.pieces import Attribute, Mark, Node, Piece, put, put_lines, text_of
from gongkai.documents.reading.grid import MAX_COLSPAN, MAX_ROWSPAN

_OFFICE, _TEXT, _TABLE, _STYLE, _DRAW = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "text", "table", "style", "drawing")
)
_PARAGRAPHS = frozenset({_TEXT + "p", _TEXT + "h"})
_SKIPPED = frozenset({_TEXT + "ruby-text", _OFFICE + "annotation-end"})
_WRITTEN = {_TEXT + "line-break": "\n", _TEXT + "tab": "\t"}
_MOST_REPEATED = 1_000
_COLLAPSED = ("collapse", "filter")


class Walk:
    """One walk over the trees of a file; ``changes`` are made on the way, and ``done`` are their places."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        self.changes = changes
        self.collector = Collector()
        self.done = set[str]()
        self.names = Names()
        self.hiding = set[str]()
        self.counts: dict[str, int] = {}

    def body(self, root: etree._Element) -> None:
        """The document itself."""
        self.hiding |= set(_hiding_styles(root))
        if self.changes:
            _write_out_repeats(root)
        for body in root.iter(_OFFICE + "body"):
            for kind in body:
                if kind.tag == _OFFICE + "spreadsheet":
                    self._sheets(kind)
                elif kind.tag == _OFFICE + "presentation":
                    self._pages(kind)
                else:
                    self._blocks(kind, "", hidden=False)

    def edges(self, root: etree._Element) -> None:
        """The headers and footers, which stand among the styles."""
        for element in root.iter(_STYLE + "header", _STYLE + "footer"):
            name = "页眉" if element.tag == _STYLE + "header" else "页脚"
            self._blocks(element, f"{name}{self._next(name)}", hidden=False)

    def contents(self, kind: str) -> Contents:
        return self.collector.contents(kind)

    def _next(self, name: str) -> int:
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]

    def _pages(self, parent: etree._Element) -> None:
        for number, page in enumerate(parent.iter(_DRAW + "page"), 1):
            self._blocks(page, f"第{number}张幻灯片", hidden=False)

    def _blocks(self, parent: etree._Element, zone: str, *, hidden: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                place = f"{zone}第{self._next(zone + '段')}段"
                self._paragraphs([child], place, hidden=hidden)
            elif tag == _TABLE + "table":
                self._table(child, f"{zone}表{self._next(zone + '表')}", hidden=hidden)
            elif tag == _TEXT + "tracked-changes":
                self._aside(child, "已删除的修订文字", hidden=True)
            elif str(tag).endswith("}notes"):
                self._blocks(child, f"{zone}的备注", hidden=True)
            elif tag not in _SKIPPED:
                unseen = child.get(_TEXT + "display") == "none"
                self._blocks(child, zone, hidden=hidden or unseen)

    def _paragraphs(self, elements: Sequence[etree._Element], place: str, *, hidden: bool) -> str:
        """The text of a paragraph, or of those of a cell, and what hangs on it."""
        lines = [_Line(element, self.hiding) for element in elements]
        if place:
            text = _joined([line.shown for line in lines])
            self.collector.passage(text, place, hidden=hidden)
            self._change(place, [line.shown for line in lines])
        for line in lines:
            self._beside(line, hidden=hidden)
        return place

    def _beside(self, line: "_Line", *, hidden: bool) -> None:
        if line.hidden:
            place = f"隐藏文字{self._next('隐藏文字')}"
            self.collector.passage(text_of(line.hidden), place, hidden=True)
            self._change(place, [line.hidden])
        for element, name, unseen in line.asides:
            self._aside(element, name, hidden=hidden or unseen)

    def _aside(self, element: etree._Element, name: str, *, hidden: bool) -> None:
        self._blocks(element, f"{name}{self._next(name)}", hidden=hidden)

    def _table(self, table: etree._Element, place: str, *, hidden: bool) -> None:
        frame, before = Frame(place), len(self.collector.passages)
        for row, repeated in _rows(table):
            for _ in range(min(repeated, _MOST_REPEATED)):
                frame.open_row()
                for cell in row:
                    if cell.tag == _TABLE + "table-cell":
                        self._cell(cell, frame, hidden=hidden)
        self.collector.table(place, frame.rows(), before)

    def _cell(self, cell: etree._Element, frame: Frame, *, hidden: bool) -> None:
        for _ in range(_number(cell, "number-columns-repeated", _MOST_REPEATED)):
            place = frame.place
            lines = [_Line(each, self.hiding) for each in cell if each.tag in _PARAGRAPHS]
            frame.put(
                Cell(_joined([line.shown for line in lines]), place, hidden),
                _number(cell, "number-columns-spanned", MAX_COLSPAN),
                _number(cell, "number-rows-spanned", MAX_ROWSPAN),
            )
            self._change(place, [line.shown for line in lines])
            for line in lines:
                self._beside(line, hidden=hidden)
            for number, inner in enumerate(cell.iterfind(_TABLE + "table"), 1):
                self._table(inner, f"{place}中的表{number}", hidden=hidden)

    def _sheets(self, parent: etree._Element) -> None:
        for table in parent.iterfind(_TABLE + "table"):
            place = f"工作表“{self.names.unique(table.get(_TABLE + 'name', ''))}”"
            sheet = Sheet(place, table.get(_TABLE + "style-name") in self.hiding)
            column = 0
            for element in table.iter(_TABLE + "table-column"):
                width = _number(element, "number-columns-repeated", MOST_CELLS)
                if element.get(_TABLE + "visibility") in _COLLAPSED:
                    sheet.hide_columns(column, column + width - 1)
                column += width
            number = 0
            for row, repeated in _rows(table):
                self._row(row, sheet, number, min(repeated, _MOST_REPEATED))
                number += repeated
            sheet.collect(self.collector)

    def _row(self, row: etree._Element, sheet: Sheet, first: int, repeated: int) -> None:
        hidden = row.get(_TABLE + "visibility") in _COLLAPSED
        column = 0
        for cell in row:
            width = _number(cell, "number-columns-repeated", MOST_CELLS)
            text, lines = _cell_text(cell, self.hiding)
            for number in range(first, first + repeated) if text else ():
                for at in range(column, column + min(width, _MOST_REPEATED)):
                    self._put(cell, lines, sheet.put(number, at, text, is_hidden=hidden))
            for note in cell.iterfind(_OFFICE + "annotation"):
                self._blocks(note, f"{sheet.cell_place(first, column)}的批注", hidden=True)
            column += width

    def _put(self, cell: etree._Element, lines: Sequence["_Line"], place: str) -> None:
        if place not in self.changes:
            return
        self._change(place, [line.shown for line in lines])
        for key in list(cell.keys()):
            if str(key).startswith(_OFFICE) or key == _TABLE + "formula" or "calcext" in str(key):
                del cell.attrib[key]
        cell.set(_OFFICE + "value-type", "string")

    def _change(self, place: str, paragraphs: Sequence[Sequence[Piece]]) -> None:
        if place in self.changes:
            if len(paragraphs) == 1:
                put(paragraphs[0], self.changes[place])
            else:
                put_lines(paragraphs, self.changes[place])
            self.done.add(place)


class _Line:
    """A paragraph: its text, its hidden text, and the notes, boxes and comments that hang on it."""

    def __init__(self, element: etree._Element, hiding: set[str]) -> None:
        self.shown = list[Piece]()
        self.hidden = list[Piece]()
        self.asides = list[tuple[etree._Element, str, bool]]()
        is_hidden = element.get(_TEXT + "style-name") in hiding
        self._gather(element, hiding, self.hidden if is_hidden else self.shown)

    def _gather(self, element: etree._Element, hiding: set[str], into: list[Piece]) -> None:
        if element.text is not None or not len(element):
            into.append(Node(element))
        for child in element:
            self._child(child, hiding, into)
            if child.tail:
                into.append(Node(child, is_tail=True))

    def _child(self, child: etree._Element, hiding: set[str], into: list[Piece]) -> None:
        tag = str(child.tag)
        if tag in _WRITTEN:
            into.append(Mark(_WRITTEN[tag], child))
        elif tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            into.append(Mark(" " * min(int(count) if count.isdecimal() else 1, 1000), child))
        elif tag == _TEXT + "note":
            label = "尾注" if child.get(_TEXT + "note-class") == "endnote" else "脚注"
            self.asides += [(body, label, False) for body in child.iterfind(_TEXT + "note-body")]
        elif tag == _OFFICE + "annotation":
            self.asides.append((child, "批注", True))
        elif tag.endswith("}text-box"):
            self.asides.append((child, "文本框", False))
        elif tag in (_TEXT + "hidden-text", _TEXT + "hidden-paragraph"):
            self.hidden.append(Attribute(child, name=_TEXT + "string-value"))
        elif tag not in _SKIPPED:
            unseen = child.get(_TEXT + "style-name") in hiding if hiding else False
            self._gather(child, hiding, self.hidden if unseen else into)


def _joined(paragraphs: Sequence[Sequence[Piece]]) -> str:
    if len(paragraphs) == 1:
        return text_of(paragraphs[0])
    return "\n".join(text for pieces in paragraphs if (text := text_of(pieces)).strip())


def _cell_text(cell: etree._Element, hiding: set[str]) -> tuple[str, list[_Line]]:
    """What a cell of a spreadsheet holds: a plain number as it is stored, all else as it is shown."""
    lines = [_Line(each, hiding) for each in cell if each.tag in _PARAGRAPHS]
    stored = cell.get(_OFFICE + "value")
    if stored and cell.get(_OFFICE + "value-type") == "float":
        return written_number(stored), lines
    return _joined([line.shown for line in lines]), lines


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """The rows of a table and how often each is repeated; those of tables inside it are not its own."""
    for child in table:
        if child.tag == _TABLE + "table-row":
            yield child, _number(child, "number-rows-repeated", MOST_CELLS * 4)
        elif child.tag != _TABLE + "table" and len(child):
            yield from _rows(child)


def _hiding_styles(root: etree._Element) -> Iterator[str]:
    """The styles that hide what is set in them: text, or a sheet."""
    for style in root.iter(_STYLE + "style"):
        for properties in style:
            if properties.get(_TEXT + "display") == "none" or properties.get(_TABLE + "display") == "false":
                yield style.get(_STYLE + "name", "")


def _write_out_repeats(root: etree._Element) -> None:
    """Makes one element of each cell and row that is written once for several and holds something."""
    for name, tags in (
        ("number-columns-repeated", (_TABLE + "table-cell",)),
        ("number-rows-repeated", (_TABLE + "table-row",)),
    ):
        for element in list(root.iter(*tags)):
            count = _number(element, name, MOST_CELLS)
            if 1 < count <= _MOST_REPEATED and next(element.iter(*_PARAGRAPHS), None) is not None:
                del element.attrib[_TABLE + name]
                for _ in range(count - 1):
                    element.addnext(copy.deepcopy(element))


def _number(element: etree._Element, name: str, most: int) -> int:
    text = element.get(_TABLE + name, "1")
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 10 else 1
