"""Tables 2 and 4 from grids."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.documents.reading.content import Cell, Row
from gongkai.documents.reading.decoding.blocks import BlockDraft, block_format, join_blocks
from gongkai.documents.reading.decoding.drafts import Draft
from gongkai.documents.reading.decoding.figures import Figure, read_figure
from gongkai.documents.reading.decoding.folding import core
from gongkai.documents.reading.decoding.labels import (
    EXACT,
    block_titles,
    remedy_blocks,
    result_columns,
    table2_columns,
    table2_rows,
)
from gongkai.law.report.formats import Block, all_formats, load_format

_UNIT = re.compile(r"[(（][^()（）]*?(亿元|万元|元)\s*[)）]")


@dataclass(slots=True)
class _Header:
    """The header row in force: column codes in order, and the unit in brackets."""

    columns: tuple[str, ...] = ()
    unit: str = ""
    title: str | None = None
    blocks: dict[str, BlockDraft] = field(default_factory=dict)


def read_table2(rows: Sequence[Row], year: int | None) -> Draft | None:
    """Table 2 as it stands in the file's tables, or ``None`` if it is not there as a grid."""
    state = _Header()
    for row in rows:
        words = [cell.text for cell in row.cells if cell.text.strip()]
        title = block_titles().find(words[0]) if len(words) == 1 else None
        if title:
            state.title, state.columns = title[0], ()
        elif row.table is not None:
            _table_row(state, row)
    return join_blocks(list(state.blocks.values()), year) if state.blocks else None


def _table_row(state: _Header, row: Row) -> None:
    columns = [table2_columns().exact(re.sub("[(（].*?[)）]", "", cell.text)) for cell in row.cells]
    if any(columns):
        state.columns = tuple(code for code in columns if code)
        unit = _UNIT.search(row.text)
        state.unit = unit[1] if unit else ""
        return
    label = next((i for i, cell in enumerate(row.cells) if cell.text.strip()), None)
    if label is None or not state.title:
        return
    found = table2_rows().find(row.cells[label].text)
    if found:
        _data_row(state, found[0], row.cells[label + 1 :])


def _data_row(state: _Header, code: str, cells: Sequence[Cell]) -> None:
    block = _block_for(state, code)
    if block is None or (block.code in state.blocks and _has(state.blocks[block.code], code)):
        return
    figures = [read_figure(cell.text) for cell in cells]
    while len(figures) > len(block.columns) and (figures[-1] is None or figures[-1].blank):
        figures.pop()
    draft = state.blocks.setdefault(block.code, _new_draft(state, block))
    addresses = [f"table2.{code}.{column.code}" for column in block.columns]
    if len(figures) > len(block.columns) or (0 < len(figures) < len(block.columns)):
        draft.doubt(addresses, f"“{_label(block, code)}”一行的数字与表头对不上，请对照原件填写。")
        return
    padded: list[Figure | None] = [*figures, *[Figure()] * (len(block.columns) - len(figures))]
    for address, column, figure in zip(addresses, block.columns, padded, strict=True):
        draft.take(address, column.kind, figure, state.unit)


def _has(draft: BlockDraft, row: str) -> bool:
    return any(address.startswith(f"table2.{row}.") for address in draft.cells)


def _label(block: Block, code: str) -> str:
    return next(row.label for row in block.rows if row.code == code)


def _new_draft(state: _Header, block: Block) -> BlockDraft:
    form = next(f.id for f in all_formats() if block in f.table2)
    return BlockDraft(form, code=block.code)


def _block_for(state: _Header, row: str) -> Block | None:
    """The block that holds this row under the header in force."""
    holding = [b for f in all_formats() for b in f.table2 if any(r.code == row for r in b.rows)]
    if not holding:
        return None
    form = block_format(holding[0].code, state.columns) if state.columns else None
    if form is None:
        return None
    blocks = load_format(form).table2
    return next((b for b in blocks if b.code == holding[0].code and any(r.code == row for r in b.rows)), None)


def read_table4(rows: Sequence[Row]) -> Draft | None:
    """Table 4 as a row of fifteen figures, or as three rows of five under their own headers."""
    form = all_formats()[-1]
    addresses = list(form.addresses("table4"))
    blocks: dict[str, list[Figure]] = {}
    named: str | None = None
    in_header = False
    for row in rows:
        named = _block_named(row) or named
        if _is_result_header(row):
            in_header = True
            continue
        if not in_header or row.table is None:
            continue
        figures = [f for cell in row.cells if (f := read_figure(cell.text)) is not None]
        if len(figures) < len(row.cells) or not figures:
            continue
        values = _trim(figures, len(addresses))
        if len(values) == len(addresses):
            return _fifteen(addresses, values)
        values = _trim(figures, len(form.table4_columns))
        if len(values) == len(form.table4_columns):
            free = [b.code for b in form.table4_blocks if b.code not in blocks]
            code = named if named in free else (free[0] if free else None)
            if code:
                blocks[code] = values
                named, in_header = None, False
    if len(blocks) == len(form.table4_blocks):
        return _fifteen(addresses, [f for b in form.table4_blocks for f in blocks[b.code]])
    return None


def _trim(figures: Sequence[Figure], width: int) -> list[Figure]:
    kept = list(figures)
    while len(kept) > width and kept[-1].blank:
        kept.pop()
    while len(kept) > width and kept[0].blank:
        kept.pop(0)
    return kept


def _block_named(row: Row) -> str | None:
    """The block whose name stands last in a row (行政诉讼（复议后起诉） names 复议后起诉)."""
    match = None
    for cell in row.cells:
        found = remedy_blocks().find(cell.text)
        if found and (found[1] == EXACT or core(cell.text).startswith("行政诉讼")):
            match = found[0]
    return match


def _is_result_header(row: Row) -> bool:
    return sum(result_columns().exact(cell.text) is not None for cell in row.cells) >= 4


def _fifteen(addresses: Sequence[str], figures: Sequence[Figure]) -> Draft:
    draft = Draft(all_formats()[-1].id)
    for address, figure in zip(addresses, figures, strict=True):
        draft.cells[address] = figure.value
        draft.notes[address] = figure.note
    for start in range(0, len(addresses), 5):
        _confirm(draft, addresses[start : start + 5], figures[start : start + 5])
    return draft


def _confirm(draft: Draft, addresses: Sequence[str], figures: Sequence[Figure]) -> None:
    """Mended glyphs are taken only where the block adds up."""
    *parts, total = [figure.value or 0 for figure in figures]
    if sum(parts) != total:
        for address, figure in zip(addresses, figures, strict=True):
            if not figure.sure:
                draft.doubt([address], "表四有一格字形不清，请对照原件填写。", [{address: figure.value}])
