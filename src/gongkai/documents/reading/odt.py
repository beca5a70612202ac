"""OpenDocument texts (.odt, and .fodt in one XML file), as LibreOffice writes them."""

from lxml import etree

from gongkai.documents.reading.archives import DAMAGED, Archive, parse_xml
from gongkai.documents.reading.charset import BOMS
from gongkai.documents.reading.content import Content, Unreadable
from gongkai.documents.reading.grid import BREAK, MAX_COLSPAN, MAX_ROWSPAN, Grid

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PARAGRAPHS = frozenset({_TEXT + "p", _TEXT + "h"})
_UNPRINTED = frozenset({_TEXT + "tracked-changes", _OFFICE + "annotation", _TEXT + "ruby-text"})
_WRITTEN = {_TEXT + "line-break": BREAK, _TEXT + "tab": "\t", _TEXT + "s": " "}
_MOST_REPEATED = 1_000


def extract(data: bytes) -> Content:
    """The rows of an OpenDocument text. Raises :class:`Unreadable`."""
    root = Archive(data).xml("content.xml")
    if root is None:
        raise Unreadable(DAMAGED)
    return _content(root, "odt")


def extract_flat(data: bytes) -> Content:
    """As :func:`extract`, of the form that is one XML file."""
    return _content(parse_xml(data.removeprefix(BOMS[0][0])), "fodt")


def _content(root: etree._Element, kind: str) -> Content:
    grid = Grid()
    body = root.find(_OFFICE + "body")
    _blocks(grid, body if body is not None else root)
    grid.flush()
    return Content(kind, tuple(grid.rows))


def _blocks(grid: Grid, parent: etree._Element) -> None:
    for child in parent:
        tag = child.tag
        if tag in _PARAGRAPHS:
            _inline(grid, child)
            grid.parts.append(BREAK)
        elif tag == _TABLE + "table":
            grid.open_table()
            _rows(grid, child)
            grid.close_table()
        elif tag not in _UNPRINTED:
            _blocks(grid, child)


def _inline(grid: Grid, element: etree._Element) -> None:
    """The text of a paragraph; a frame in it holds paragraphs and tables of its own."""
    grid.parts.append(element.text or "")
    for child in element:
        if child.tag in _WRITTEN:
            grid.parts.append(_WRITTEN[child.tag])
        elif child.tag.endswith("}text-box"):
            grid.parts.append(BREAK)
            _blocks(grid, child)
        elif child.tag not in _UNPRINTED:
            _inline(grid, child)
        grid.parts.append(child.tail or "")


def _rows(grid: Grid, parent: etree._Element) -> None:
    for child in parent:
        if child.tag == _TABLE + "table-row":
            for _ in range(_number(child, "number-rows-repeated", _MOST_REPEATED)):
                grid.open_row()
                _cells(grid, child)
                grid.close_row()
        elif child.tag not in _UNPRINTED:
            _rows(grid, child)


def _cells(grid: Grid, row: etree._Element) -> None:
    """Covered cells need no place of their own: the cell that covers them has spans."""
    for cell in row:
        if cell.tag == _TABLE + "table-cell":
            for _ in range(_number(cell, "number-columns-repeated", _MOST_REPEATED)):
                grid.open_cell(
                    _number(cell, "number-columns-spanned", MAX_COLSPAN),
                    _number(cell, "number-rows-spanned", MAX_ROWSPAN),
                )
                _blocks(grid, cell)
                grid.close_cell()


def _number(element: etree._Element, name: str, most: int) -> int:
    text = element.get(_TABLE + name, "1")
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 10 else 1
