"""Table 2 from grids, block by block."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.documents.reading.content import Cell, Row
from gongkai.documents.reading.decoding.blocks import BlockDraft, block_format, form_with
from gongkai.documents.reading.decoding.drafts import row_name
from gongkai.documents.reading.decoding.figures import Figure, read_figure
from gongkai.documents.reading.decoding.folding import core, fold
from gongkai.documents.reading.decoding.labels import EXACT, block_titles, table2_columns, table2_rows
from gongkai.law.report.formats import Block, all_formats

_WITH_FIGURE = re.compile(r"(\D*[一-鿿])\s*[:：]?\s*([+\-\d][\d.,，]*\s*(?:件|万元|元|项)?)")
MOST_CELLS = 7
"""Filled cells of the widest row of table 2, with a number before it and columns of the office's own."""
_UNIT = re.compile(r"[(（][^()（）]*?(亿元|万元|元)\s*[)）]")


Header = tuple[tuple[str | None, int], ...]
"""The header cells over the figures: column code (``None``: not of the form) and grid column."""


@dataclass(slots=True)
class _DataRow:
    """A row of figures with their grid columns, under the header in force (empty if none)."""

    code: str
    table: int
    header: Header
    unit: str
    titled: bool
    figures: list[tuple[int, Figure | None]] = field(default_factory=list)


def read_blocks(rows: Sequence[Row]) -> dict[str, BlockDraft]:
    """The blocks of table 2 that stand in the file's tables, by their codes."""
    found = _data_rows(rows)
    telling = Counter(row.table for row in found)
    found = [row for row in found if row.header or row.titled or telling[row.table] >= 3]
    usual = _usual_form(found)
    blocks: dict[str, BlockDraft] = {}
    for row in found:
        block = _block_for(row, usual)
        if block and not _has(blocks.get(block.code), row.code):
            _take_row(
                blocks.setdefault(block.code, BlockDraft(form_with(block), code=block.code)), block, row
            )
    return blocks


def _data_rows(rows: Sequence[Row]) -> list[_DataRow]:
    found: list[_DataRow] = []
    header: Header = ()
    unit, titled, table = "", False, None
    for row in rows:
        words = [cell.text for cell in row.cells if cell.text.strip()]
        title = block_titles().find(words[0]) if len(words) == 1 else None
        if title:
            header, unit, titled, table = (), "", True, row.table
            continue
        if row.table is None or len(words) > MOST_CELLS:
            continue
        if row.table != table:
            titled, table = titled and not header, row.table
        named = _header(row)
        if named:
            header, unit = named, _unit_of(row)
            continue
        data = _data_row(row, header, unit, titled)
        if data:
            found.append(data)
    return found


def _header(row: Row) -> Header:
    """The columns a header row names, in order; empty if the row is none. A row that begins like a
    header is one even if none of its names is known."""
    cells = [cell for cell in row.cells if cell.text.strip()]
    begins = bool(cells) and core(cells[0].text) == core(all_formats()[0].table2[0].row_header)
    cells = cells[1:] if begins else cells
    found = [table2_columns().find(cell.text) for cell in cells]
    named = sum(match is not None for match in found)
    if not begins and (not named or len(found) - named > 1):
        return ()
    return tuple((match[0] if match else None, cell.column) for match, cell in zip(found, cells, strict=True))


def _unit_of(row: Row) -> str:
    unit = _UNIT.search(re.sub(r"\s", "", fold(row.text)))
    return unit[1] if unit else ""


def _data_row(row: Row, header: Header, unit: str, titled: bool) -> _DataRow | None:
    label = next((i for i, cell in enumerate(row.cells) if cell.text.strip()), None)
    if label is None or row.table is None:
        return None
    words, inside = _words_and_figure(row.cells[label])
    match = table2_rows().find(words)
    if match is None or not (titled or header or match[1] == EXACT):
        return None
    figures = inside + _figures(row.cells[label + 1 :])
    return (
        _DataRow(match[0], row.table, header, unit, titled, figures) if len(row.cells) > 1 or inside else None
    )


def _words_and_figure(cell: Cell) -> tuple[str, list[tuple[int, Figure | None]]]:
    """The label of a cell, and its figure where both stand in one cell (``行政许可：12``)."""
    parts = _WITH_FIGURE.fullmatch(cell.text.strip())
    return (parts[1], [(cell.column, read_figure(parts[2]))]) if parts else (cell.text, [])


def _figures(cells: Sequence[Cell]) -> list[tuple[int, Figure | None]]:
    """The figures after the label, without the blank cells behind the last one."""
    figures = [(cell.column, read_figure(cell.text)) for cell in cells]
    while figures and figures[-1][1] is not None and figures[-1][1].blank:
        figures.pop()
    return figures


def _usual_form(rows: Sequence[_DataRow]) -> str | None:
    """The form that the rows with a clear header or a telling width agree on."""
    forms = {form for row in rows if (form := _form_of(row))}
    return forms.pop() if len(forms) == 1 else None


def _form_of(row: _DataRow) -> str | None:
    """The form of a row by its header, else by its number of figures if only one form has that."""
    holding = _holding(row.code)
    if row.header and holding:
        named = [code for code, _ in row.header]
        return block_format(holding[0].code, [code for code in named if code]) or _by_place(holding, named)
    fitting = {form_with(b) for b in holding if len(b.columns) == len(row.figures)}
    return fitting.pop() if len(fitting) == 1 else None


def _by_place(holding: Sequence[Block], named: Sequence[str | None]) -> str | None:
    """The form whose block has the named columns in just these places, some names being damaged."""
    fitting = [
        form_with(block)
        for block in holding
        if len(block.columns) == len(named)
        and any(named)
        and all(code in {None, column.code} for code, column in zip(named, block.columns, strict=True))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _holding(code: str) -> list[Block]:
    """The blocks of all forms with this row."""
    return [b for f in all_formats() for b in f.table2 if any(row.code == code for row in b.rows)]


def _block_for(row: _DataRow, usual: str | None) -> Block | None:
    holding = _holding(row.code)
    form = _form_of(row) or usual
    if form is None and row.titled and row.figures:
        form = all_formats()[-1].id
    return next((b for b in holding if form_with(b) == form), None)


def _has(draft: BlockDraft | None, row: str) -> bool:
    return draft is not None and any(address.startswith(f"table2.{row}.") for address in draft.cells)


def _take_row(draft: BlockDraft, block: Block, row: _DataRow) -> None:
    addresses = [f"table2.{row.code}.{column.code}" for column in block.columns]
    figures = _under_header(block, row)
    if figures is None:
        draft.doubt(addresses, f"{row_name(addresses[0])}的数字与表头对不上，请对照原件填写。")
        return
    for address, column, figure in zip(addresses, block.columns, figures, strict=True):
        draft.take(address, column.kind, figure, row.unit)


def _under_header(block: Block, row: _DataRow) -> list[Figure | None] | None:
    """The figures in the order of the block's columns: one for each header cell in turn, else by
    grid column; ``None`` where they do not fit."""
    codes = [code for code, _ in row.header] or [column.code for column in block.columns]
    if None in codes and _by_place([block], codes):
        codes = [column.code for column in block.columns]
    figures = [figure for _, figure in row.figures]
    filled = [figure for figure in figures if figure is None or not figure.blank or figure.note]
    if len(figures) < len(codes) and None not in codes:
        figures += [Figure()] * (len(codes) - len(figures))
    by_code: dict[str | None, Figure | None] = {}
    if len(figures) == len(codes):
        by_code = dict(zip(codes, figures, strict=True))
    elif len(filled) == len(codes):
        by_code = dict(zip(codes, filled, strict=True))
    elif {column for column, figure in row.figures if figure in filled} <= {
        column for _, column in row.header
    }:
        by_column = dict(row.figures)
        by_code = {code: by_column[column] for code, column in row.header if column in by_column}
    wanted = [column.code for column in block.columns]
    return [by_code[code] for code in wanted] if set(wanted) <= set(by_code) else None
