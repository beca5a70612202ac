"""Old Excel workbooks (.xls, .et, .xlsb) and OpenDocument spreadsheets (.ods)."""

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from gongkai.documents.reading.archives import DAMAGED
from gongkai.documents.reading.content import Content, Row, Unreadable
from gongkai.documents.reading.sheets import Sheet, number_text, rows_of

Value = int | float | str | bool | time | date | datetime | timedelta


def extract(data: bytes, kind: str) -> Content:
    """The rows of the visible sheets in order; ``kind`` is that of the file. Raises :class:`Unreadable`."""
    rows: list[Row] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        table = 0
        for sheet in workbook.sheets_metadata:
            if sheet.visible == SheetVisibleEnum.Visible:
                found = rows_of(_sheet(workbook.get_sheet_by_name(sheet.name)), table)
                table += bool(found)
                rows += found
    except CalamineError as error:
        raise Unreadable(DAMAGED) from error
    return Content(kind, tuple(rows))


def _sheet(source: CalamineSheet) -> Sheet:
    sheet = Sheet()
    top, left = source.start or (0, 0)
    for number, values in enumerate(source.iter_rows(), top):
        for column, value in enumerate(values, left):
            if value != "":
                sheet.put(number, column, _text(value))
    for (first_row, first_column), (last_row, last_column) in source.merged_cell_ranges or ():
        sheet.merges.append((first_row, first_column, last_row, last_column))
    return sheet


def _text(value: Value) -> str:
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return number_text(value) if isinstance(value, int | float) else str(value)
