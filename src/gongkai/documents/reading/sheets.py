"""The cells of a spreadsheet → rows, whatever kind of spreadsheet they come from."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from gongkai.documents.reading.content import Cell, Row, Unreadable, line
from gongkai.documents.reading.grid import MAX_CELLS, MAX_COLUMNS, is_prose

MAX_TEXT = 10_000_000
WIDEST = 64
"""A sheet used wider than this is not filled with blank cells."""
TOO_BIG = (
    f"表格过大（超过 {MAX_CELLS} 个单元格或 {MAX_COLUMNS} 列），不是年度报告的表，没有读取；"
    "请只保留年报的工作表，另存后再试。"
)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001


@dataclass(slots=True)
class Sheet:
    """Cells of one sheet by row and column (0-based), blank ones with empty text, and merged ranges as
    first row, first column, last row, last column."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    count: int = 0
    length: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        self.count += 1
        self.length += len(text)
        if self.count > MAX_CELLS or column >= MAX_COLUMNS or self.length > MAX_TEXT:
            raise Unreadable(TOO_BIG)
        self.cells.setdefault(row, {})[column] = text.strip()


def rows_of(sheet: Sheet, table: int) -> list[Row]:
    """The rows of a sheet as one table: blank rows left out, blank cells in the used width kept."""
    numbers = [number for number in sorted(sheet.cells) if any(sheet.cells[number].values())]
    columns = _used_columns(sheet, numbers)
    anchors, covered = _merges(sheet, numbers, columns)
    rows: list[Row] = []
    for number in numbers:
        texts = sheet.cells[number]
        hidden = covered.get(number, set[int]())
        wanted = columns if columns is not None else sorted(texts)
        cells = [
            Cell(texts.get(column, ""), column, *anchors.get((number, column), (1, 1)))
            for column in wanted
            if column not in hidden and column not in sheet.hidden_columns
        ]
        if is_prose(cells):
            rows += (line(text) for cell in cells for text in cell.text.split("\n") if text.strip())
        elif cells:
            rows.append(Row(tuple(cells), table))
    return rows


def _used_columns(sheet: Sheet, numbers: list[int]) -> range | None:
    """The columns with text in any row; ``None`` where they are too many to fill with blanks."""
    used = [column for number in numbers for column, text in sheet.cells[number].items() if text]
    used += [last for first, _, _, last in sheet.merges if first in sheet.cells and last < WIDEST]
    if not used or max(used) - min(used) >= WIDEST:
        return None
    return range(min(used), max(used) + 1)


def _merges(
    sheet: Sheet, numbers: list[int], columns: range | None
) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[int, set[int]]]:
    """Columns and rows each merged cell covers, counting only rows given, and the columns covered by
    others, row by row."""
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    covered: dict[int, set[int]] = {}
    end = columns.stop if columns else MAX_COLUMNS
    work = 0
    for top, left, bottom, right in sheet.merges:
        inside = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        right = min(right, end - 1)  # noqa: PLW2901
        work += len(inside) * max(right - left + 1, 1)
        if work > MAX_CELLS:
            raise Unreadable(TOO_BIG)
        if not inside or right < left:
            continue
        anchors[inside[0], left] = (right - left + 1, len(inside))
        for number in inside:
            covered.setdefault(number, set()).update(range(left, right + 1))
        covered[inside[0]].discard(left)
    return anchors, covered


def number_text(value: float | str) -> str:
    """A number as a spreadsheet shows it: 15 digits, no ``.0``, no exponent."""
    try:
        number = Decimal(f"{float(value):.15g}")
    except (ValueError, OverflowError, InvalidOperation):
        return str(value)
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return str(value)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(serial: float, *, from_1904: bool = False) -> str:
    """A day counted from the spreadsheet's epoch, as Chinese text."""
    try:
        day = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=serial)
    except OverflowError:
        return number_text(serial)
    return f"{day.year}年{day.month}月{day.day}日"
