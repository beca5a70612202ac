"""Excel workbooks (.xlsx, .xlsm): the visible sheets in order, each a table, with figures as they are stored.

Read straight from the XML: a sheet that claims a million rows or 16,384 columns costs only the cells it has.
"""

import io
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from gongkai.documents.reading.archives import DAMAGED, Archive, parse_xml
from gongkai.documents.reading.charset import without_invisible
from gongkai.documents.reading.content import Content, Row, Unreadable
from gongkai.documents.reading.sheets import Sheet, date_text, number_text, rows_of

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = (b"http://purl.oclc.org/ooxml/spreadsheetml/main", S[1:-1].encode())
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
_OFF = frozenset({None, "0", "false"})


def extract(data: bytes) -> Content:
    """The rows of a workbook. Raises :class:`Unreadable`."""
    return Content("xlsx", tuple(_Workbook(Archive(data)).rows()))


class _Workbook:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = self._main_part()
        self.root = self._parse(self.main)
        shared = self._optional("sharedStrings.xml")
        self.texts = [without_invisible(_rich_text(item)) for item in shared.iter(S + "si")]
        self.date_styles = set(_date_styles(self._optional("styles.xml")))
        properties = self.root.find(S + "workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") not in _OFF

    def rows(self) -> Iterator[Row]:
        table = 0
        for path in self._sheets():
            rows = rows_of(self._sheet(path), table)
            table += bool(rows)
            yield from rows

    def _main_part(self) -> str:
        if "xl/workbook.xml" in self.archive:
            return "xl/workbook.xml"
        names = [name for name in self.archive if name.endswith("workbook.xml")]
        if not names:
            raise Unreadable(DAMAGED)
        return min(names)

    def _parse(self, path: str) -> etree._Element:
        return parse_xml(self.archive.read(path).replace(*_STRICT))

    def _optional(self, name: str) -> etree._Element:
        path = posixpath.join(posixpath.dirname(self.main), name)
        return self._parse(path) if path in self.archive else etree.Element("none")

    def _sheets(self) -> Iterator[str]:
        """The parts of the visible sheets, in the order of their tabs."""
        folder, name = posixpath.split(self.main)
        relations = self._optional(f"_rels/{name}.rels")
        targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
        for sheet in self.root.iter(S + "sheet"):
            identifier = next((str(text) for key, text in sheet.items() if str(key).endswith("}id")), "")
            path = posixpath.normpath(posixpath.join("/" + folder, targets.get(identifier, ""))).lstrip("/")
            if sheet.get("state", "visible") == "visible" and path in self.archive:
                yield path

    def _sheet(self, path: str) -> Sheet:
        sheet = Sheet()
        data = self.archive.read(path).replace(*_STRICT)
        tags = (S + "row", S + "mergeCell", S + "col")
        try:
            events = etree.iterparse(
                io.BytesIO(data), events=("end",), tag=tags, resolve_entities=False, no_network=True,
                load_dtd=False, huge_tree=False,
            )  # fmt: skip
            following = 0
            for _, element in events:
                if element.tag == S + "row":
                    following = self._row(sheet, element, following)
                elif element.tag == S + "col":
                    _column(sheet, element)
                else:
                    _merge(sheet, element.get("ref", ""))
                element.clear()
        except etree.XMLSyntaxError as error:
            raise Unreadable(DAMAGED) from error
        return sheet

    def _row(self, sheet: Sheet, row: etree._Element, following: int) -> int:
        """Puts the cells of a visible row; gives the number of the row after it."""
        stated = row.get("r", "")
        number = int(stated) - 1 if stated.isdecimal() and len(stated) < 9 else following
        if row.get("hidden") in _OFF:
            column = 0
            for cell in row.iter(S + "c"):
                place = _REFERENCE.fullmatch(cell.get("r", ""))
                column = _column_number(place[1]) if place else column
                sheet.put(number, column, self._text(cell))
                column += 1
        return number + 1

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(S + "is")
            return _rich_text(inline) if inline is not None else ""
        value = cell.findtext(S + "v")
        if value is None:
            formula = cell.findtext(S + "f")
            return f"={formula}" if formula else ""
        if kind == "s":
            return self.texts[int(value)] if value.isdecimal() and int(value) < len(self.texts) else ""
        if kind != "n":
            return value
        return self._number(value, cell.get("s", "0"))

    def _number(self, value: str, style: str) -> str:
        if style in self.date_styles:
            try:
                return date_text(float(value), from_1904=self.from_1904)
            except ValueError:
                return value
        return number_text(value)


def _rich_text(item: etree._Element) -> str:
    """The runs of a text, without the phonetic guide Excel keeps beside them."""
    return "".join(
        piece.text or ""
        for piece in item.iter(S + "t")
        if (p := piece.getparent()) is None or p.tag != S + "rPh"
    )


def _date_styles(styles: etree._Element) -> Iterator[str]:
    """The numbers of the cell styles that print a number as a date."""
    dated = {
        item.get("numFmtId", "")
        for item in styles.iter(S + "numFmt")
        if re.search(r"[yd]", _LITERAL.sub("", item.get("formatCode", "")), re.IGNORECASE)
    }
    for place, style in enumerate(styles.iterfind(f"{S}cellXfs/{S}xf")):
        code = style.get("numFmtId", "0")
        if code in dated or (code.isdecimal() and int(code) in _DATE_FORMATS):
            yield str(place)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _column(sheet: Sheet, column: etree._Element) -> None:
    first, last = column.get("min", ""), column.get("max", "")
    if column.get("hidden") not in _OFF and first.isdecimal() and last.isdecimal():
        sheet.hidden_columns.update(range(int(first) - 1, min(int(last), 16_384)))


def _merge(sheet: Sheet, reference: str) -> None:
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.replace("$", "").split(":")]
    if len(corners) == 2 and corners[0] and corners[1]:
        (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
        sheet.merges.append((int(top) - 1, _column_number(left), int(bottom) - 1, _column_number(right)))
