"""The printed geometry of the three statutory tables: rows of cells with their spans.

Writers and web pages draw a table from this and from nothing else, so that the printed form, the
screen and the spreadsheet cannot differ. Grid rows and columns are counted from 0; a cell stands
where it starts, and a cell that reaches down from above is not repeated.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Literal

from gongkai.law.report.filled import FilledTable
from gongkai.law.report.formats import Block, Column, ReportFormat, Row, load_format

HeaderScope = Literal["col", "colgroup", "row", "rowgroup"]

HEADER_ROWS = 3  # of tables 3 and 4
LABEL_COLUMNS = 3  # of table 3: group, subgroup, label


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A printed cell: a label (``text``) or a figure (``address``).

    ``scope`` says which cells a label heads, as in HTML; ``None`` for figures and for the corner
    of table 3, which heads nothing.
    """

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    text: str = ""
    address: str | None = None
    scope: HeaderScope | None = None

    def covers_column(self, column: int) -> bool:
        return self.column <= column < self.column + self.colspan

    def covers_row(self, row: int) -> bool:
        return self.row <= row < self.row + self.rowspan


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A printed row. ``header``: it holds column headings only. ``block``: in table 2, the block
    (``20-1``) it belongs to."""

    cells: tuple[LaidCell, ...]
    header: bool = False
    block: str | None = None

    @property
    def repeats(self) -> bool:
        """Whether the row is printed again at the top of every page the table runs over."""
        return self.header and self.block is None


def layout(report_format: ReportFormat, table: str) -> tuple[LaidRow, ...]:
    """A table (``table2``, ``table3``, ``table4``) of a form. Raises ``KeyError`` for another name."""
    return {"table2": _table2, "table3": _table3, "table4": _table4}[table](report_format)


def layout_of(table: str, filled: FilledTable) -> tuple[LaidRow, ...]:
    """The layout of a table as filled in: in table 2 each block is drawn by its own form."""
    mixed = tuple(sorted(filled.block_formats.items())) if table == "table2" else ()
    return _layout(filled.format, table, mixed)


@lru_cache
def _layout(format_id: str, table: str, mixed: tuple[tuple[str, str], ...]) -> tuple[LaidRow, ...]:
    report_format = load_format(format_id)
    if not mixed:
        return layout(report_format, table)
    chosen = {block.code: block for block in report_format.table2}
    for code, other in mixed:
        chosen |= {block.code: block for block in load_format(other).table2 if block.code == code}
    return _stack([chosen[code] for code in sorted(chosen)])


def width(rows: Sequence[LaidRow]) -> int:
    """The number of grid columns of a table."""
    return max(cell.column + cell.colspan for row in rows for cell in row.cells)


def headers_of(rows: Sequence[LaidRow], cell: LaidCell) -> tuple[LaidCell, ...]:
    """The labels that head a figure: those of its column from the top, then those of its row from
    the left. In table 2 only the headings of its own block count."""
    block = rows[cell.row].block
    above = [
        label
        for row in rows[: cell.row]
        if row.header and row.block == block
        for label in row.cells
        if label.scope and label.covers_column(cell.column)
    ]
    beside = [
        label
        for row in rows[: cell.row + 1]
        for label in row.cells
        if label.scope in {"row", "rowgroup"} and label.covers_row(cell.row)
    ]
    return tuple(above + beside)


# Table 2: blocks under one another


def _table2(report_format: ReportFormat) -> tuple[LaidRow, ...]:
    return _stack(report_format.table2)


def _stack(blocks: Sequence[Block]) -> tuple[LaidRow, ...]:
    """Blocks share one grid: the union of the borders of their columns, which are evenly spaced in
    each block. Three columns above two make four grid columns, as on the printed form."""
    edges = sorted({Fraction(i, len(b.columns)) for b in blocks for i in range(len(b.columns) + 1)})
    grid = {edge: 1 + position for position, edge in enumerate(edges)}
    rows: list[LaidRow] = []
    for block in blocks:
        rows += _block(block, len(rows), grid)
    return tuple(rows)


def _block(block: Block, top: int, grid: dict[Fraction, int]) -> Iterator[LaidRow]:
    title = LaidCell(top, 0, colspan=len(grid), text=block.title, scope="colgroup")
    yield LaidRow((title,), header=True, block=block.code)
    spans = [_span(grid, number, len(block.columns)) for number in range(len(block.columns))]
    head = [
        LaidCell(top + 1, start, colspan=span, text=column.label, scope="col")
        for column, (start, span) in zip(block.columns, spans, strict=True)
    ]
    corner = LaidCell(top + 1, 0, text=block.row_header, scope="col")
    yield LaidRow((corner, *head), header=True, block=block.code)
    for at, row in enumerate(block.rows, start=top + 2):
        label = LaidCell(at, 0, text=row.label, scope="row")
        figures = [
            LaidCell(at, start, colspan=span, address=f"table2.{row.code}.{column.code}")
            for column, (start, span) in zip(block.columns, spans, strict=True)
        ]
        yield LaidRow((label, *figures), block=block.code)


def _span(grid: dict[Fraction, int], number: int, count: int) -> tuple[int, int]:
    """First grid column and colspan of the ``number``-th of ``count`` even columns."""
    start, end = grid[Fraction(number, count)], grid[Fraction(number + 1, count)]
    return start, end - start


# Table 3: three header rows, three label columns


def _table3(report_format: ReportFormat) -> tuple[LaidRow, ...]:
    header = _applicant_header(report_format)
    starts = _group_starts(report_format.table3_rows)
    body = [
        LaidRow((*_labels(row, number, starts), *_applicants(row, number, report_format)))
        for number, row in enumerate(report_format.table3_rows)
    ]
    return (*header, *body)


def _applicant_header(report_format: ReportFormat) -> tuple[LaidRow, ...]:
    """The single columns 自然人 and 总计 stand beside the columns of the organisations."""
    first, *organizations, last = report_format.table3_columns
    left, right = LABEL_COLUMNS, LABEL_COLUMNS + len(organizations) + 1
    count = len(report_format.table3_columns)
    corner = LaidCell(0, 0, rowspan=HEADER_ROWS, colspan=LABEL_COLUMNS, text=report_format.corner_label)
    applicants = LaidCell(0, left, colspan=count, text=report_format.applicants_label, scope="colgroup")
    middle = (
        LaidCell(1, left, rowspan=2, text=first.label, scope="col"),
        LaidCell(
            1, left + 1, colspan=len(organizations), text=report_format.organizations_label, scope="colgroup"
        ),
        LaidCell(1, right, rowspan=2, text=last.label, scope="col"),
    )
    kinds = tuple(
        LaidCell(2, left + 1 + number, text=column.label, scope="col")
        for number, column in enumerate(organizations)
    )
    return tuple(LaidRow(cells, header=True) for cells in ((corner, applicants), middle, kinds))


def _group_starts(rows: Sequence[Row]) -> dict[tuple[int, int], int]:
    """(row number, depth) where a merged group label starts → the number of rows it spans."""
    found: dict[tuple[int, int], int] = {}
    for depth in range(LABEL_COLUMNS - 1):
        at = 0
        for name, members in groupby(rows, key=lambda row: row.groups[: depth + 1]):
            span = len(list(members))
            if len(name) > depth:
                found[at, depth] = span
            at += span
    return found


def _labels(row: Row, number: int, starts: dict[tuple[int, int], int]) -> Iterator[LaidCell]:
    at = HEADER_ROWS + number
    for depth, group in enumerate(row.groups):
        if (number, depth) in starts:
            yield LaidCell(at, depth, rowspan=starts[number, depth], text=group, scope="rowgroup")
    depth = len(row.groups)
    yield LaidCell(at, depth, colspan=LABEL_COLUMNS - depth, text=row.label, scope="row")


def _applicants(row: Row, number: int, report_format: ReportFormat) -> Iterator[LaidCell]:
    for place, column in enumerate(report_format.table3_columns, start=LABEL_COLUMNS):
        yield LaidCell(HEADER_ROWS + number, place, address=f"table3.{row.code}.{column.code}")


# Table 4: one row of figures under three header rows


def _table4(report_format: ReportFormat) -> tuple[LaidRow, ...]:
    columns, blocks = report_format.table4_columns, report_format.table4_blocks
    header: tuple[list[LaidCell], ...] = tuple([] for _ in range(HEADER_ROWS))
    for start, block in zip(range(0, len(columns) * len(blocks), len(columns)), blocks, strict=True):
        for cell in _remedy_header(block, start, columns, blocks):
            header[cell.row].append(cell)
    figures = tuple(
        LaidCell(HEADER_ROWS, number, address=f"table4.{block.code}.{column.code}")
        for number, (block, column) in enumerate((b, c) for b in blocks for c in columns)
    )
    return (*(LaidRow(tuple(cells), header=True) for cells in header), LaidRow(figures))


def _remedy_header(
    block: Row, start: int, columns: Sequence[Column], blocks: Sequence[Row]
) -> Iterator[LaidCell]:
    """A block in a group stands one row lower than a block of its own, under the group's label."""
    span, depth = len(columns), len(block.groups)
    siblings = [other for other in blocks if other.groups == block.groups]
    if depth and block is siblings[0]:
        yield LaidCell(0, start, colspan=span * len(siblings), text=block.groups[0], scope="colgroup")
    yield LaidCell(depth, start, colspan=span, text=block.label, scope="colgroup")
    for number, column in enumerate(columns, start=start):
        yield LaidCell(depth + 1, number, rowspan=2 - depth, text=column.label, scope="col")


def figures_of(rows: Iterable[LaidRow]) -> Iterator[LaidCell]:
    """The cells that hold figures, in reading order."""
    return (cell for row in rows for cell in row.cells if cell.address)
