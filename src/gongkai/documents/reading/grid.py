"""Lays table cells out on a grid and keeps everything in reading order, for every format with spans.

Word and HTML files nest tables for layout. A row that holds a table is no data: its text becomes lines and
its inner tables come out as tables, in the order a reader meets them.
"""

from dataclasses import replace

from gongkai.documents.reading.charset import without_invisible
from gongkai.documents.reading.content import Cell, Row, Unreadable, line

MAX_CELLS = 300_000
MAX_COLUMNS = 16_384
MAX_DEPTH = 100
MAX_COLSPAN = 1_000
MAX_ROWSPAN = 65_534
PROSE = 300
BREAK = "\x1e"
"""Marks a line break in the parts of a text; a newline of the source is only a space."""


class _Span:
    """A cell that reaches down: where it stands in the rows, and how far it reaches."""

    __slots__ = ("cell", "place", "rowspan", "top")

    def __init__(self, place: int, cell: int, top: int, rowspan: int) -> None:
        self.place, self.cell, self.top, self.rowspan = place, cell, top, rowspan


class _Table:
    __slots__ = (
        "anchors", "cells", "colspan", "column", "covered_until", "in_cell", "in_row", "number", "pending",
        "row", "rowspan", "spans", "walked",
    )  # fmt: skip

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = -1
        self.in_row = self.in_cell = self.walked = False
        self.cells: list[Cell] = []
        self.column = 0
        self.colspan = self.rowspan = 1
        self.covered_until: dict[int, int] = {}
        self.pending: list[tuple[int, int]] = []
        self.spans: list[_Span] = []
        self.anchors: dict[int, _Span] = {}


class Grid:
    """Takes tables, rows, cells and text as a file is walked and gives ``rows`` in reading order.

    ``parts`` is the text since the last table, row or cell began or ended: append to it, with
    :data:`BREAK` for a line break. Raises :class:`Unreadable` where a table has no end of columns or cells.
    """

    __slots__ = ("_cells", "_stack", "_tables", "parts", "rows")

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.parts: list[str] = []
        self._stack: list[_Table] = []
        self._tables = 0
        self._cells = 0

    @property
    def in_cell(self) -> bool:
        return bool(self._stack) and self._stack[-1].in_cell

    @property
    def depth(self) -> int:
        return len(self._stack)

    @property
    def has_tables(self) -> bool:
        return any(row.table is not None for row in self.rows)

    def open_table(self) -> None:
        if self._stack:
            self._walk_row(self._stack[-1])
        if len(self._stack) >= MAX_DEPTH:
            raise Unreadable(
                "表格一层套一层，嵌套过深，疑似异常文件，没有读取；请用 Word 或浏览器另存后再试。"
            )
        self.flush()
        self._stack.append(_Table(self._tables))
        self._tables += 1

    def close_table(self) -> None:
        """Closes the innermost table; spans that reach past its last row are cut there."""
        self.close_row()
        self.close_group()
        self.flush()
        self._stack.pop()

    def close_group(self) -> None:
        """Ends a group of rows (``<tbody>``, a whole table): no cell reaches beyond it."""
        table = self._stack[-1]
        for span in table.spans:
            row = self.rows[span.place]
            cell = row.cells[span.cell]
            reach = min(span.rowspan, table.row + 1 - span.top)
            if reach != cell.rowspan:
                cells = (*row.cells[: span.cell], replace(cell, rowspan=reach), *row.cells[span.cell + 1 :])
                self.rows[span.place] = Row(cells, row.table)
        table.spans.clear()
        table.covered_until.clear()
        table.anchors.clear()

    def open_row(self, *, skip: int = 0) -> None:
        """Begins a row; ``skip`` columns at its left are no cells."""
        table = self._stack[-1]
        self.close_row()
        self.flush()
        table.in_row = True
        table.walked = False
        table.row += 1
        table.column = skip

    def close_row(self) -> None:
        table = self._stack[-1]
        if not table.in_row:
            return
        self.close_cell()
        table.in_row = False
        self.flush()
        cells = table.cells
        if not cells:
            return
        table.cells = []
        pending, table.pending = table.pending, []
        if is_prose(cells):
            self.rows += (line(text) for cell in cells for text in cell.text.split("\n") if text)
            return
        place = len(self.rows)
        self.rows.append(Row(tuple(cells), table.number))
        for number, rowspan in pending:
            span = _Span(place, number, table.row, rowspan)
            table.spans.append(span)
            table.anchors[cells[number].column] = span

    def open_cell(self, colspan: int = 1, rowspan: int = 1, *, reaches: bool = False) -> None:
        """Begins a cell in the first free column, and a row and a table where none is open; ``reaches``
        lets later rows call :meth:`reach_down`."""
        if not self._stack:
            self.open_table()
        table = self._stack[-1]
        if not table.in_row:
            self.open_row()
        elif table.in_cell:
            self.close_cell()
        else:
            self.flush()
        table.in_cell = True
        self._cells += 1
        until = table.covered_until
        if until:
            while until.get(table.column, 0) > table.row:
                table.column += 1
        table.colspan = colspan
        table.rowspan = rowspan
        if rowspan > 1:
            end = table.row + rowspan
            for column in range(table.column, table.column + colspan):
                until[column] = max(end, until.get(column, 0))
            self._cells += colspan
        if rowspan > 1 or reaches:
            table.pending.append((len(table.cells), rowspan))
        if self._cells > MAX_CELLS or table.column + colspan > MAX_COLUMNS:
            raise Unreadable(
                f"表格过大（超过 {MAX_COLUMNS} 列或 {MAX_CELLS} 个单元格），不是年度报告的表，没有读取；"
                "请另存为只含年报的文件再试。"
            )

    def close_cell(self) -> None:
        """Ends the open cell, if any."""
        table = self._stack[-1] if self._stack else None
        if table is None or not table.in_cell:
            return
        table.in_cell = False
        if table.walked:
            self.flush()
        else:
            table.cells.append(Cell(self.take(), table.column, table.colspan, table.rowspan))
        table.column += table.colspan

    def reach_down(self, colspan: int) -> bool:
        """Lets the cell above that begins in the next column reach into this row (Word's vMerge).
        False where no cell above can."""
        table = self._stack[-1]
        span = table.anchors.get(table.column)
        if span is None or span.top + span.rowspan != table.row:
            return False
        span.rowspan += 1
        table.column += colspan
        return True

    def widen(self, colspan: int) -> bool:
        """Lets the last cell of the row take the next columns too (Word's hMerge). False without one."""
        table = self._stack[-1]
        if not table.cells:
            return False
        cell = table.cells[-1]
        table.cells[-1] = replace(cell, colspan=cell.colspan + colspan)
        table.column += colspan
        return True

    def adopt(self, rows: tuple[Row, ...]) -> None:
        """Puts the rows of an embedded file here, its tables after those so far."""
        if self._stack:
            self._walk_row(self._stack[-1])
        self.flush()
        first = self._tables
        for row in rows:
            self.rows.append(row if row.table is None else Row(row.cells, first + row.table))
            self._tables = max(self._tables, first + 1 + (-1 if row.table is None else row.table))

    def take(self) -> str:
        """The text in ``parts``, which is emptied: blanks folded, empty lines dropped."""
        text = "".join(self.parts).strip()  # a BREAK is white space too
        self.parts.clear()
        if text.isalnum() or not text:
            return text
        if BREAK in text:
            text = "\n".join(filter(None, (" ".join(part.split()) for part in text.split(BREAK))))
        else:
            text = " ".join(text.split())
        return without_invisible(text)

    def flush(self) -> None:
        """Gives the text in ``parts`` as lines."""
        if self.parts:
            self.rows += (line(text) for text in self.take().split("\n") if text)

    def _walk_row(self, table: _Table) -> None:
        """The open row holds a table: its cells so far are lines, and so is what follows."""
        table.walked = True
        self.rows += (line(text) for cell in table.cells for text in cell.text.split("\n") if text)
        table.cells.clear()
        table.pending.clear()


def is_prose(cells: list[Cell]) -> bool:
    """Whether a row is one long text in the frame of a table, not data."""
    filled = [cell.text for cell in cells if cell.text]
    return len(filled) == 1 and len(filled[0]) > PROSE
