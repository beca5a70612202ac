"""Data in one text file: workbooks in XML (XML 表格 2003), JSON, and OFD pages."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from gongkai.documents.contents.grids import Sheet
from gongkai.documents.contents.holding import Cell, Collector, Contents, Names
from gongkai.documents.contents.numbers import written_number
from gongkai.documents.contents.packages import Package
from gongkai.documents.contents.pieces import Node, put
from gongkai.documents.reading.archives import DAMAGED, parse_xml
from gongkai.documents.reading.charset import BOMS
from gongkai.documents.reading.content import Unreadable

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_VISIBLE = f"{_X}WorksheetOptions/{_X}Visible"
_DEEPEST = 60


def xml_workbook(data: bytes, changes: Mapping[str, str]) -> tuple[Contents, bytes, set[str]]:
    """A workbook in XML: what stands in it, a copy with changes, and the places found. Raises
    :class:`Unreadable`."""
    root = parse_xml(data.removeprefix(BOMS[0][0]))
    collector, names, done = Collector(), Names(), set[str]()
    for worksheet in root.iter(SS + "Worksheet"):
        place = f"工作表“{names.unique(worksheet.get(SS + 'Name', ''))}”"
        sheet = Sheet(place, worksheet.find(_VISIBLE) is not None)
        for element, where in _xml_cells(worksheet, sheet):
            if where in changes:
                put([Node(each) for each in element.iter() if not len(each)], changes[where])
                element.set(SS + "Type", "String")
                done.add(where)
        sheet.collect(collector)
    copy = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True) if done else data
    return collector.contents("xmlss"), copy, done


def _xml_cells(worksheet: etree._Element, sheet: Sheet) -> Iterator[tuple[etree._Element, str]]:
    column = -1
    for element in worksheet.iter(SS + "Column"):
        column = _number(element, "Index", column + 2) - 1
        last = column + _number(element, "Span", 0)
        if element.get(SS + "Hidden") == "1":
            sheet.hide_columns(column, last)
        column = last
    number = -1
    for row in worksheet.iter(SS + "Row"):
        number = _number(row, "Index", number + 2) - 1
        column = -1
        for cell in row.iter(SS + "Cell"):
            column = _number(cell, "Index", column + 2) - 1
            data = cell.find(SS + "Data")
            text = "".join(map(str, data.itertext())) if data is not None else ""
            if data is not None and text:
                text = written_number(text) if data.get(SS + "Type") == "Number" else text
                yield data, sheet.put(number, column, text, is_hidden=row.get(SS + "Hidden") == "1")
            column += _number(cell, "MergeAcross", 0)


def _number(element: etree._Element, name: str, default: int) -> int:
    text = element.get(SS + name, "")
    return int(text) if text.isdecimal() and len(text) < 8 else default


def read_json(data: Any) -> Contents:
    """The words and numbers in JSON that has been parsed: a list of records is a table."""
    collector = Collector()
    _collect(data, "", collector, 0)
    return collector.contents("json")


def _collect(value: Any, place: str, collector: Collector, depth: int) -> None:
    if depth > _DEEPEST:
        raise Unreadable("文件里的内容嵌套过深，读不了，疑似异常文件；请重新导出后再试。")
    if isinstance(value, dict):
        for key, inner in value.items():
            _collect(inner, f"{place}“{key}”", collector, depth + 1)
    elif isinstance(value, list):
        if len(value) > 1 and all(isinstance(each, dict) for each in value):
            _records(value, place, collector, depth)
            return
        for number, inner in enumerate(value, 1):
            _collect(inner, f"{place}第{number}项", collector, depth + 1)
    elif value is not None:
        collector.passage(_plain(value), place or "全文")


def _records(records: list[dict[str, Any]], place: str, collector: Collector, depth: int) -> None:
    """Records as a table under their names; what is no plain value goes its own way."""
    keys = list(dict.fromkeys(key for record in records for key in record))
    rows = [tuple(Cell(key, f"{place}的字段名{number}") for number, key in enumerate(keys, 1))]
    for number, record in enumerate(records, 1):
        own = f"{place}第{number}项"
        row = list[Cell]()
        for key in keys:
            value = record.get(key)
            is_plain = not isinstance(value, dict | list)
            row.append(Cell(_plain(value) if is_plain and value is not None else "", f"{own}“{key}”"))
            if not is_plain:
                _collect(value, f"{own}“{key}”的内容", collector, depth + 1)
        rows.append(tuple(row))
        collector.weigh(len(row), 0)
    collector.table(place or "全部记录", rows)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def read_ofd(data: bytes) -> Contents:
    """The words on the pages of an OFD document (GB/T 33190). Raises :class:`Unreadable`."""
    package, collector, unscanned = Package(data), Collector(), list[str]()
    names = [name for name in package.names() if name.endswith("content.xml") and "/page" in name]
    for number, name in enumerate(sorted(names, key=_page_number), 1):
        root = package.parsed(name)
        if root is None:
            raise Unreadable(DAMAGED)
        lines = list(_ofd_lines(root))
        for count, line in enumerate(lines, 1):
            collector.passage(line, f"第{number}页第{count}行")
        if not lines:
            unscanned.append(f"第{number}页")
    return collector.contents("ofd", unscanned=unscanned)


def _page_number(name: str) -> tuple[int, str]:
    return len(name), name


def _ofd_lines(root: etree._Element) -> Iterator[str]:
    """Text objects at the same height are one line."""
    lines: dict[float, list[str]] = {}
    for element in root.iter("{*}TextObject"):
        boundary = element.get("Boundary", "").split()
        try:
            height = round(float(boundary[1]), 0)
        except (IndexError, ValueError, OverflowError):
            height = float(len(lines))
        text = "".join(code.text or "" for code in element.iter("{*}TextCode"))
        lines.setdefault(height, []).append(text)
    yield from (text for parts in lines.values() if (text := "".join(parts)).strip())
