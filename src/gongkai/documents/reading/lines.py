"""The bytes of a spreadsheet or a CSV file → lines of texts: a register as people keep it."""

import csv
import io

from gongkai.documents.reading.charset import decode, without_invisible
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.opening import open_content
from gongkai.documents.reading.sniff import kind_of

MOST_BYTES = 10_000_000
_SPREADSHEETS = {"xlsx", "xlsb", "xls", "ods", "xmlss"}
_SEPARATORS = (",", "\t", ";", "，")
NOT_A_TABLE = "这不是表格文件；请把登记簿另存为XLSX或者CSV再试。"

Line = tuple[int, tuple[str, ...]]
"""The number of a line as the file counts its filled lines from 1, and its cells from the left."""


def read_lines(data: bytes, most_rows: int) -> list[Line]:
    """The filled lines of the first table. Raises ``Unreadable`` with one sentence."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"文件超过{MOST_BYTES // 1_000_000} MB，没有读取；请分成几个文件再试。")
    kind = _kind(data)
    lines = _of_text(data) if kind == "text" else _of_spreadsheet(data, kind)
    if not lines:
        raise Unreadable("表格是空的，没有可以导入的行；请检查文件。")
    if len(lines) > most_rows + 1:
        raise Unreadable(f"表格有{len(lines)}行，一次最多导入{most_rows}行；请按年度分成几个文件再试。")
    return lines


def _kind(data: bytes) -> str:
    try:
        return kind_of(data)
    except Unreadable as error:
        # What is said of an annual report is of no use to somebody with a register.
        if "年报" in str(error) or "年度报告" in str(error):
            raise Unreadable(NOT_A_TABLE) from error
        raise


def _of_spreadsheet(data: bytes, kind: str) -> list[Line]:
    if kind not in _SPREADSHEETS:
        raise Unreadable(NOT_A_TABLE)
    rows = [row for row in open_content(data).rows if row.table == 0]
    return [
        (number, _spread({cell.column: cell.text for cell in row.cells}))
        for number, row in enumerate(rows, 1)
    ]


def _spread(cells: dict[int, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in range(max(cells, default=-1) + 1))


def _of_text(data: bytes) -> list[Line]:
    text = without_invisible(decode(data))
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    if not first.count(separator):
        raise Unreadable(NOT_A_TABLE)
    csv.field_size_limit(1_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable("CSV文件的引号或者换行不完整，读不下去；请用表格软件另存后再试。") from error
    filled = [tuple(cell.strip() for cell in row) for row in rows if any(cell.strip() for cell in row)]
    return list(enumerate(filled, 1))
