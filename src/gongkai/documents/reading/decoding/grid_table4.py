"""Table 4 from grids: fifteen figures in a row, three rows of five, or label and figure in pairs."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from gongkai.documents.reading.content import Row
from gongkai.documents.reading.decoding.cuts import row_adds_up
from gongkai.documents.reading.decoding.drafts import Draft
from gongkai.documents.reading.decoding.figures import Figure, read_figure
from gongkai.documents.reading.decoding.folding import skeleton
from gongkai.documents.reading.decoding.labels import result_columns
from gongkai.documents.reading.decoding.prose import heading_of
from gongkai.law.report.formats import all_formats

WIDTH = 5


def read_table4(rows: Sequence[Row]) -> Draft | None:
    """Table 4 as it stands in the file's tables, or ``None`` if it is not there as a grid."""
    addresses = list(all_formats()[-1].addresses("table4"))
    width = len(addresses)
    fifteen = _in_one_row(rows, width) or _in_blocks(rows) or _in_pairs(rows) or _without_header(rows, width)
    return _draft(addresses, fifteen) if fifteen else None


def _in_one_row(rows: Sequence[Row], width: int) -> list[Figure] | None:
    """The first row of figures below a header of fifteen results; a blank one if no other follows."""
    blank: list[Figure] | None = None
    seen: dict[int, int] = {}
    for row in rows:
        if row.table is None:
            continue
        named = _results_named(row)
        seen[row.table] = seen.get(row.table, 0) + (named if named >= WIDTH - 1 else 0)
        if not seen[row.table]:
            continue
        figures = _all_figures(row, width)
        if figures is None or seen[row.table] < width - 3:
            five = _five(row)
            seen[row.table] = 0 if five and any(not f.blank for f in five) else seen[row.table]
            blank = None if _any_figures(row) else blank
        elif any(not figure.blank for figure in figures):
            return figures
        else:
            blank = figures
    return blank


def _any_figures(row: Row) -> bool:
    """Whether a row holds figures and nothing else, whatever their number."""
    figures = [read_figure(cell.text) for cell in row.cells]
    return None not in figures and sum(f is not None and not f.blank for f in figures) >= WIDTH


def _results_named(row: Row) -> int:
    return sum(result_columns().exact(cell.text) is not None for cell in row.cells)


def _all_figures(row: Row, width: int) -> list[Figure] | None:
    """The figures of a row that holds nothing else, ``width`` of them."""
    if len(row.cells) < width:
        return None
    figures = [read_figure(cell.text) for cell in row.cells]
    while len(figures) > width and figures[-1] is not None and figures[-1].blank:
        figures.pop()
    while len(figures) > width and figures[0] is not None and figures[0].blank:
        figures.pop(0)
    known = [figure for figure in figures if figure is not None]
    return known if len(known) == len(figures) == width else None


def _in_blocks(rows: Sequence[Row]) -> list[Figure] | None:
    """Rows of five below a header of five, each named in its row or above it."""
    blocks: dict[str, list[Figure]] = {}
    named: str | None = None
    blank: list[Figure] = []
    in_header = False
    for row in [*rows, Row(())]:
        if blank and (_results_named(row) or not row.cells):
            _put(blocks, named, blank)
            named, blank = None, []
        named = _block_named(row) or named
        if _results_named(row) >= WIDTH - 1:
            in_header = True
            continue
        figures = _five(row) if in_header and row.table is not None else None
        if figures and all(figure.blank for figure in figures):
            blank = figures
        elif figures:
            _put(blocks, named, figures)
            named, blank = None, []
    return _joined(blocks)


def _put(blocks: dict[str, list[Figure]], named: str | None, figures: list[Figure]) -> None:
    """Five figures to the block named above them, else to the next of the form."""
    code = named if named and named not in blocks else _next_block(blocks)
    if code:
        blocks[code] = figures


def _five(row: Row) -> list[Figure] | None:
    """Five figures, after at most one name."""
    plain = _all_figures(row, WIDTH)
    if plain:
        return plain
    named = [cell for cell in row.cells if read_figure(cell.text) is None]
    if not named or any(_block_in(cell.text) is None for cell in named):
        return None
    last = row.cells.index(named[-1])
    figures = _all_figures(Row(row.cells[last + 1 :], row.table), WIDTH)
    return figures if figures and any(not figure.blank for figure in figures) else None


def _block_named(row: Row) -> str | None:
    """The block whose name stands last in a row (行政诉讼（复议后起诉） names 复议后起诉)."""
    names = [code for cell in row.cells if (code := _block_in(cell.text))]
    return names[-1] if names else None


def _block_in(words: str) -> str | None:
    """The block a short text names; the name must end it."""
    key = skeleton(words)
    found = [b for b in all_formats()[-1].table4_blocks if key.endswith(skeleton(b.label))]
    return found[0].code if found and len(key) <= 20 else None


def _next_block(blocks: dict[str, list[Figure]]) -> str | None:
    return next((b.code for b in all_formats()[-1].table4_blocks if b.code not in blocks), None)


def _joined(blocks: dict[str, list[Figure]]) -> list[Figure] | None:
    order = [block.code for block in all_formats()[-1].table4_blocks]
    return [figure for code in order for figure in blocks[code]] if set(blocks) == set(order) else None


def _in_pairs(rows: Sequence[Row]) -> list[Figure] | None:
    """``结果维持 | 3`` one below the other, in runs of five."""
    blocks: dict[str, list[Figure]] = {}
    for _, run in groupby(rows, key=lambda row: row.table):
        for name, figures in _runs_of_pairs(list(run)):
            code = name if name and name not in blocks else _next_block(blocks)
            if code:
                blocks[code] = figures
    return _joined(blocks)


def _runs_of_pairs(rows: Sequence[Row]) -> Iterator[tuple[str | None, list[Figure]]]:
    order = [column.code for column in all_formats()[-1].table4_columns]
    figures: list[Figure] = []
    name: str | None = None
    for row in rows:
        name = _block_named(row) or next((c for cell in row.cells if (c := _block_in(cell.text))), name)
        pair = _pair(row)
        if pair is None or pair[0] != order[len(figures)]:
            figures = []
        if pair and pair[0] == order[len(figures)]:
            figures.append(pair[1])
        if len(figures) == WIDTH:
            yield name, figures
            figures, name = [], None


def _pair(row: Row) -> tuple[str, Figure] | None:
    """The last label and the only figure of a row."""
    labels = [code for cell in row.cells if (code := result_columns().exact(cell.text))]
    figures = [f for cell in row.cells if (f := read_figure(cell.text)) is not None and not f.blank]
    return (labels[-1], figures[0]) if len(labels) == 1 and len(figures) == 1 else None


def _without_header(rows: Sequence[Row], width: int) -> list[Figure] | None:
    """The only row of fifteen figures under the section's heading, if its three blocks add up."""
    inside = False
    found: list[list[Figure]] = []
    for row in rows:
        section = heading_of(row)
        inside = inside if section is None else section == "remedies"
        figures = _all_figures(row, width) if inside and row.table is not None else None
        if figures and any(not figure.blank for figure in figures):
            found.append(figures)
    return found[0] if len(found) == 1 and _adds_up(found[0]) else None


def _adds_up(figures: Sequence[Figure]) -> bool:
    values = [figure.value for figure in figures]
    return all(row_adds_up(tuple(values[i : i + WIDTH])) for i in range(0, len(values), WIDTH))


def _draft(addresses: Sequence[str], figures: Sequence[Figure]) -> Draft:
    draft = Draft(all_formats()[-1].id)
    for address, figure in zip(addresses, figures, strict=True):
        draft.cells[address] = figure.value
        draft.notes[address] = figure.note
    for start in range(0, len(addresses), WIDTH):
        _confirm(draft, addresses[start : start + WIDTH], figures[start : start + WIDTH])
    return draft


def _confirm(draft: Draft, addresses: Sequence[str], figures: Sequence[Figure]) -> None:
    """Mended glyphs are taken only where the block adds up."""
    if not _adds_up(figures):
        for address, figure in zip(addresses, figures, strict=True):
            if not figure.sure:
                draft.doubt([address], "表四有一格字形不清，请对照原件填写。", [{address: figure.value}])
