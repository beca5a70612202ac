"""Formats that are only read: Word 97–2003, rich text, Excel 97–2003 and binary workbooks."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import olefile
import xlrd
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from gongkai.documents.contents.formats import date_format, shown
from gongkai.documents.contents.grids import Sheet
from gongkai.documents.contents.holding import Cell, Collector, Contents, Names
from gongkai.documents.contents.numbers import float_number
from gongkai.documents.reading import doc, rtf, word97
from gongkai.documents.reading.archives import DAMAGED, ENCRYPTED, Archive
from gongkai.documents.reading.content import Row, Unreadable

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_doc(data: bytes) -> Contents:
    """A Word 97–2003 document, with what it does not print. Raises :class:`Unreadable`."""
    collector = Collector()
    collect_rows(doc.extract(data).rows, collector)
    for name, hidden, paragraphs in (
        ("页眉页脚", False, word97.edges(data)),
        ("批注", True, word97.comments(data)),
        ("隐藏或已删除的文字", True, word97.unprinted(data)),
    ):
        for number, text in enumerate(paragraphs, 1):
            collector.passage(text, f"{name}{number}", hidden=hidden)
    return collector.contents("doc")


def read_rtf(data: bytes) -> Contents:
    """A rich text file, with its headers and comments."""
    collector = Collector()
    collect_rows(rtf.extract(data).rows, collector)
    for name, hidden, words in (
        ("页眉页脚", False, rtf.EDGES),
        ("批注", True, rtf.COMMENTS),
    ):
        for number, text in enumerate(rtf.asides(data, words), 1):
            collector.passage(text, f"{name}{number}", hidden=hidden)
    for number, text in enumerate(rtf.unprinted(data), 1):
        collector.passage(text, f"隐藏或已删除的文字{number}", hidden=True)
    return collector.contents("rtf")


def collect_rows(rows: Iterable[Row], collector: Collector) -> None:
    """Rows as the reading of reports gives them, as passages and tables."""
    paragraphs, tables = 0, list[int]()
    open_rows = list[Row]()
    for row in [*rows, Row(())]:
        if open_rows and row.table != open_rows[0].table:
            tables.append(1)
            place = f"表{len(tables)}"
            collector.table(place, _laid_out(open_rows, place))
            open_rows = []
        if row.table is not None:
            open_rows.append(row)
        elif row.cells:
            paragraphs += 1
            collector.passage(row.text, f"第{paragraphs}段")


def _laid_out(rows: Sequence[Row], place: str) -> list[tuple[Cell, ...]]:
    width = max((cell.column + 1 for row in rows for cell in row.cells), default=0)
    return [
        tuple(
            Cell(texts.get(column, ""), f"{place}第{number}行第{column + 1}列")
            for column in (range(width) if width * len(rows) < 1_000_000 else sorted(texts))
        )
        for number, row in enumerate(rows, 1)
        for texts in [{cell.column: cell.text for cell in row.cells}]
    ]


def read_xls(data: bytes) -> Contents:
    """An Excel 97–2003 workbook, hidden sheets, rows and columns marked. Raises :class:`Unreadable`."""
    collector, names = Collector(), Names()
    try:
        stream = _workbook_stream(data)
        book = xlrd.open_workbook(file_contents=stream, formatting_info=True, logfile=io.StringIO())
        for source in book.sheets():
            place = f"工作表“{names.unique(source.name)}”"
            sheet = Sheet(place, source.visibility != 0)
            _xls_cells(book, source, sheet)
            sheet.collect(collector)
            for (row, column), note in sorted(source.cell_note_map.items()):
                collector.passage(note.text, f"{sheet.cell_place(row, column)}的批注", hidden=True)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # the library fails in every way on a broken file
        raise Unreadable(ENCRYPTED if "encrypt" in str(error).lower() else DAMAGED) from error
    return collector.contents("xls")


def _workbook_stream(data: bytes) -> bytes:
    """The records of a workbook, out of the file system they are kept in: where that turns in circles, xlrd
    would follow."""
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        name = next(path for path in file.listdir() if path[-1].lower() in ("workbook", "book"))
        stream: bytes = file.openstream(name).read()
    return stream


def _xls_cells(book: Any, source: Any, sheet: Sheet) -> None:
    for column, information in source.colinfo_map.items():
        if information.hidden:
            sheet.hide_columns(column, column)
    for number in range(source.nrows):
        information = source.rowinfo_map.get(number)
        is_hidden = information is not None and bool(information.hidden)
        for column, cell in enumerate(source.row(number)):
            text = _xls_text(book, cell)
            if text:
                sheet.put(number, column, text, is_hidden=is_hidden)


def _xls_text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        code = book.xf_list[cell.xf_index].format_key
        stated = book.format_map[code].format_str if code in book.format_map else None
        pattern = date_format(code, None) or date_format(code, stated) or "yyyy/m/d"
        return shown(cell.value, pattern, from_1904=book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return float_number(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return _ERRORS.get(cell.value, "#N/A")
    return str(cell.value)


def read_xlsb(data: bytes) -> Contents:
    """A binary workbook; whether rows and columns are hidden is not told. Raises :class:`Unreadable`."""
    archive = Archive(data)
    for name in archive:
        if name.endswith((".xml", ".bin")):
            archive.read(name)
    collector, names = Collector(), Names()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in workbook.sheets_metadata:
            source = workbook.get_sheet_by_name(about.name)
            sheet = Sheet(f"工作表“{names.unique(about.name)}”", about.visible != SheetVisibleEnum.Visible)
            top, left = source.start or (0, 0)
            for number, values in enumerate(source.iter_rows(), top):
                for column, value in enumerate(values, left):
                    text = _value_text(value)
                    if text:
                        sheet.put(number, column, text)
            sheet.collect(collector)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":  # Rust gave up
            raise Unreadable(DAMAGED) from error
        raise
    return collector.contents("xlsb")


def _value_text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return float_number(float(value))
    return str(value)
