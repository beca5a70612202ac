"""Which grid column of table 3 is which applicant kind.

The header says it where all seven labels stand over a column of figures; else the seven columns
that carry figures are taken in the order of the form, or with the total first where only then
the rows add up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.documents.reading.content import Cell, Row
from gongkai.documents.reading.decoding.cuts import row_adds_up
from gongkai.documents.reading.decoding.figures import Figure
from gongkai.documents.reading.decoding.folding import core
from gongkai.documents.reading.decoding.labels import applicant_columns
from gongkai.documents.reading.decoding.records import COLUMN_CODES, WIDTH, Record


@dataclass(frozen=True, slots=True)
class Layout:
    """``columns``: the grid columns of the seven applicant kinds, in the order of the form.
    ``extra``: columns with a header of their own that the form does not have."""

    columns: tuple[int, ...]
    extra: frozenset[int] = frozenset()


HEADER_ROWS = 6
SEVERAL = 2


Make = tuple[int, ...]
"""The grid columns that a row has cells in."""


def layouts_of(rows: Sequence[Row], records: Sequence[Record]) -> dict[Make, Layout | None]:
    """Make of row → layout: one for the whole table, else (the halves of a table on two pages may have
    grids of their own) one for each make; ``None`` where it cannot be told."""
    makes: dict[Make, list[Record]] = {}
    for record in records:
        makes.setdefault(record.columns, []).append(record)
    found = None if _is_in_halves(makes) else _whole_layout(rows, records)
    return {make: found or _by_figures(alike) for make, alike in makes.items()}


def _is_in_halves(makes: Mapping[Make, Sequence[Record]]) -> bool:
    """Whether several rows each have their seven figures in different columns of one width."""
    sevens = {
        _used(records) | {make[-1]} for make, records in makes.items() if make and len(records) > SEVERAL
    }
    whole = [seven for seven in sevens if len(seven) == WIDTH]
    return len(whole) > 1 and len({max(seven) for seven in whole}) == 1


def _whole_layout(rows: Sequence[Row], records: Sequence[Record]) -> Layout | None:
    if _is_unsteady(records):
        return _in_turn_layout(rows, records)
    found = _by_header(rows, records) or _by_figures(records)
    in_turn = sum(record.filled == WIDTH for record in records)
    return found or (_in_turn_layout(rows, records) if 2 * in_turn > len(records) else None)


def _is_unsteady(records: Sequence[Record]) -> bool:
    """Whether rows end in different grid columns, several each: then the grid is only that of a text
    whose merged cells are lost."""
    ends = Counter(record.columns[-1] for record in records if record.columns)
    return sum(count > SEVERAL for count in ends.values()) > 1


def _by_header(rows: Sequence[Row], records: Sequence[Record]) -> Layout | None:
    found: dict[str, int] = {}
    others: set[int] = set()
    for cell in _header_cells(rows, records[0]):
        code = applicant_columns().exact(cell.text)
        if code and code not in found:
            found[code] = cell.column
        elif cell.text.strip() and cell.colspan == 1:
            others.add(cell.column)
    if len(set(found.values())) < WIDTH:
        return None
    layout = Layout(tuple(found[code] for code in COLUMN_CODES), frozenset(others - set(found.values())))
    fitting = sum(_by_column(record, layout) is not None for record in records)
    return layout if 2 * fitting > len(records) else None


def _header_cells(rows: Sequence[Row], first: Record) -> Iterator[Cell]:
    for row in rows[max(0, first.index - HEADER_ROWS) : first.index]:
        if row.table == first.table:
            yield from row.cells


def _by_figures(records: Sequence[Record]) -> Layout | None:
    """The columns of the commonest make of row, without those blank throughout: anywhere if seven
    are left (the last is the total's, even if blank throughout), else at the ends."""
    makes = [record.columns for record in records if len(record.columns) >= WIDTH]
    if not makes:
        return None
    columns = list(Counter(makes).most_common(1)[0][0])
    used = _used(records)
    if len(used | {columns[-1]}) == WIDTH:
        used |= {columns[-1]}
    if len(used & set(columns)) == WIDTH:
        columns = [column for column in columns if column in used]
    while len(columns) > WIDTH and columns[-1] not in used:
        columns.pop()
    while len(columns) > WIDTH and columns[0] not in used:
        columns.pop(0)
    candidates = [columns] if len(columns) == WIDTH else _without_one(columns)
    return _best_order(records, [tuple(c) for c in candidates], certain=len(columns) == WIDTH)


def _in_turn_layout(rows: Sequence[Row], records: Sequence[Record]) -> Layout | None:
    """No grid column means anything; the total comes first if the header names it before natural
    persons or, the header being lost, if only then the rows add up. ``None`` if the header names a
    subtotal: then nothing tells which of eight cells it is."""
    header = list(_header_cells(rows, records[0]))
    if any(core(cell.text).endswith("小计") for cell in header):
        return None
    named = [code for cell in header if (code := applicant_columns().exact(cell.text))]
    last, first = Layout(tuple(range(-WIDTH, 0))), Layout((*range(-WIDTH + 1, 0), -WIDTH))
    if {"total", "natural_person"} <= set(named):
        return first if named.index("total") < named.index("natural_person") else last
    return first if _adding(records, first) > _adding(records, last) else last


def _used(records: Sequence[Record]) -> frozenset[int]:
    """The grid columns in which some record has a figure."""
    filled = (zip(r.columns, r.figures, strict=True) for r in records)
    return frozenset(column for pairs in filled for column, figure in pairs if not figure.blank)


def _without_one(columns: list[int]) -> list[list[int]]:
    """Eight columns: one of them is a subtotal the form does not have."""
    return [columns[:i] + columns[i + 1 :] for i in range(WIDTH + 1)] if len(columns) == WIDTH + 1 else []


def _best_order(
    records: Sequence[Record], candidates: Sequence[tuple[int, ...]], *, certain: bool
) -> Layout | None:
    """The candidate under which most rows with figures add up, the total last or first."""
    orders = [Layout(order, _used(records) - set(order)) for c in candidates for order in (c, (*c[1:], c[0]))]
    scored = [(_adding(records, order), order) for order in orders]
    if not scored:
        return None
    best = max(score for score, _ in scored)
    winners = [order for score, order in scored if score == best]
    if certain:
        return winners[0] if best == scored[0][0] or len(winners) == 1 else scored[0][1]
    return winners[0] if len(winners) == 1 and best else None


def _adding(records: Sequence[Record], layout: Layout) -> int:
    return sum(
        row_adds_up(tuple(figure.value for figure in figures))
        for record in records
        if record.filled and any(f.value for f in record.figures)
        for figures in [arranged(record, layout)]
        if figures
    )


def arranged(record: Record, layout: Layout | None) -> tuple[Figure, ...] | None:
    """The record's seven figures in the order of the form; ``None`` where their columns cannot be
    told."""
    if layout is None:
        return None if record.filled < WIDTH or len(record.figures) > WIDTH else record.figures
    return _by_column(record, layout) or _in_turn(record, layout) or _nearest(record, layout)


def _by_column(record: Record, layout: Layout) -> tuple[Figure, ...] | None:
    """A cell in each of the columns, and no figure outside them."""
    by_column = dict(zip(record.columns, record.figures, strict=True))
    outside = [c for c, f in by_column.items() if c not in {*layout.columns, *layout.extra} and not f.blank]
    if outside or not set(layout.columns) <= set(by_column):
        return None
    return tuple(by_column[column] for column in layout.columns)


def _in_turn(record: Record, layout: Layout) -> tuple[Figure, ...] | None:
    """Seven cells one after the other, or seven filled ones among more; where the columns of the grid
    mean nothing none of them may be blank."""
    figures = tuple(figure for figure in record.figures if not figure.blank)
    if len(figures) != WIDTH and layout.columns[0] >= 0:
        figures = record.figures
    if len(figures) != WIDTH or (len(record.figures) > WIDTH and layout.extra):
        return None
    ranks = sorted(layout.columns)
    return tuple(figures[ranks.index(column)] for column in layout.columns)


def _nearest(record: Record, layout: Layout) -> tuple[Figure, ...] | None:
    """Each figure in the column it starts in or after, where that adds up; a row that lost cells
    in between does not."""
    starts = sorted(layout.columns)
    placed: dict[int, Figure] = {}
    for column, figure in zip(record.columns, record.figures, strict=True):
        start = max((s for s in starts if s <= column), default=None)
        if figure.blank and (start is None or start in placed):
            continue
        if start is None or (start in placed and not placed[start].blank):
            return None
        placed[start] = figure
    figures = tuple(placed.get(column, Figure()) for column in layout.columns)
    total = figures[-1].value
    return figures if total and row_adds_up(tuple(figure.value for figure in figures)) else None
