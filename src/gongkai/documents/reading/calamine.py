"""Old Excel workbooks (.xls, .et, .xlsb) and OpenDocument spreadsheets (.ods)."""

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from gongkai.documents.reading.archives import DAMAGED, Archive
from gongkai.documents.reading.charset import without_invisible
from gongkai.documents.reading.content import Content, Row, Unreadable
from gongkai.documents.reading.sheets import Sheet, number_text, rows_of

Value = int | float | str | bool | time | date | datetime | timedelta


def extract(data: bytes, kind: str) -> Content:
    """The rows of the visible sheets in order; ``kind`` is that of the file. Raises :class:`Unreadable`."""
    if kind != "xls":
        _weigh(Archive(data))
    rows: list[Row] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        table = 0
        for sheet in workbook.sheets_metadata:
            if sheet.visible == SheetVisibleEnum.Visible:
                found = rows_of(_sheet(workbook.get_sheet_by_name(sheet.name)), table)
                table += bool(found)
                rows += found
    except BaseException as error:
        if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":  # Rust gave up
            raise Unreadable(DAMAGED) from error
        raise
    return Content(kind, tuple(rows))


def _weigh(archive: Archive) -> None:
    """Refuses a bomb before the library inflates it."""
    for name in archive:
        if name.endswith((".xml", ".bin")):
            archive.read(name)


def _sheet(source: CalamineSheet) -> Sheet:
    sheet = Sheet()
    top, left = source.start or (0, 0)
    for number, values in enumerate(source.iter_rows(), top):
        for column, value in enumerate(values, left):
            if value != "":
                sheet.put(number, column, without_invisible(_text(value)))
    for (first_row, first_column), (last_row, last_column) in source.merged_cell_ranges or ():
        sheet.merges.append((first_row, first_column, last_row, last_column))
    return sheet


def _text(value: Value) -> str:
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return number_text(value) if isinstance(value, int | float) else str(value)
