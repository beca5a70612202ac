"""Excel workbooks in one XML file (XML 表格 2003), as web systems export them under the name .xls."""

from lxml import etree

from gongkai.documents.reading.archives import parse_xml
from gongkai.documents.reading.charset import BOMS
from gongkai.documents.reading.content import Content, Row
from gongkai.documents.reading.sheets import Sheet, number_text, rows_of

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_HIDDEN = f"{_X}WorksheetOptions/{_X}Visible"


def extract(data: bytes) -> Content:
    """The rows of the visible sheets. Raises :class:`Unreadable`."""
    root = parse_xml(data.removeprefix(BOMS[0][0]))
    rows: list[Row] = []
    table = 0
    for worksheet in root.iter(SS + "Worksheet"):
        if worksheet.find(_HIDDEN) is None:
            found = rows_of(_sheet(worksheet), table)
            table += bool(found)
            rows += found
    return Content("xmlss", tuple(rows))


def _sheet(worksheet: etree._Element) -> Sheet:
    sheet = Sheet()
    number = -1
    for row in worksheet.iter(SS + "Row"):
        number = _number(row, "Index", number + 2) - 1
        if row.get(SS + "Hidden") != "1":
            _cells(sheet, row, number)
    return sheet


def _cells(sheet: Sheet, row: etree._Element, number: int) -> None:
    column = -1
    for cell in row.iter(SS + "Cell"):
        column = _number(cell, "Index", column + 2) - 1
        data = cell.find(SS + "Data")
        text = "".join(map(str, data.itertext())) if data is not None else ""
        is_number = data is not None and data.get(SS + "Type") == "Number"
        sheet.put(number, column, number_text(text) if is_number else text)
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        if across or down:
            sheet.merges.append((number, column, number + down, column + across))
        column += across


def _number(element: etree._Element, name: str, default: int) -> int:
    text = element.get(SS + name, "")
    return int(text) if text.isdecimal() and len(text) < 8 else default
