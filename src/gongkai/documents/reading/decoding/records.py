"""Rows of table 3 in a grid: a label and the figures after it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.documents.reading.content import Cell, Row
from gongkai.documents.reading.decoding.figures import Figure, read_figure
from gongkai.documents.reading.decoding.folding import core
from gongkai.documents.reading.decoding.labels import EXACT, applicant_columns, table3_groups, table3_rows

WIDTH = 7
COLUMN_CODES = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organization",
    "legal_service_organization",
    "other_organization",
    "total",
)


@dataclass(frozen=True, slots=True)
class Record:
    """A row that carries figures. ``code`` is ``None`` where the label is missing or unknown;
    ``columns`` are the grid columns of the figures."""

    index: int
    table: int
    words: str
    code: str | None
    strength: int
    figures: tuple[Figure, ...]
    columns: tuple[int, ...]

    @property
    def filled(self) -> int:
        return sum(not figure.blank for figure in self.figures)


def records_of(rows: Sequence[Row]) -> list[Record]:
    """Every row of the file's tables that could be a row of table 3."""
    found = []
    for index, row in enumerate(rows):
        if row.table is not None:
            record = _record(index, row)
            if record:
                found.append(record)
    return found


def _record(index: int, row: Row) -> Record | None:
    cells = row.cells
    figures = [read_figure(cell.text) for cell in cells]
    label = _label_at(cells, figures)
    if label < 0 and not _label_less(figures):
        return None
    values = [(cell, f) for cell, f in zip(cells[label + 1 :], figures[label + 1 :], strict=True)]
    kept: list[tuple[Cell, Figure]] = []
    for cell, figure in values:
        if figure is None:
            break
        kept.append((cell, figure))
    words = cells[label].text if label >= 0 else ""
    match = table3_rows().find(words) if words else None
    if label >= 0 and not kept and not (match and match[1] == EXACT):
        return None
    return Record(
        index=index,
        table=row.table if row.table is not None else -1,
        words=core(words),
        code=match[0] if match else None,
        strength=match[1] if match else 0,
        figures=tuple(figure for _, figure in kept),
        columns=tuple(cell.column for cell, _ in kept),
    )


def _label_at(cells: Sequence[Cell], figures: Sequence[Figure | None]) -> int:
    """Which cell is the row's label: the last that is one exactly, else the last words before
    the first figure. -1: the row has no words before its figures."""
    exact = [i for i, cell in enumerate(cells) if figures[i] is None and table3_rows().exact(cell.text)]
    if exact:
        first_figure = next((i for i, f in enumerate(figures) if f is not None and not f.blank), len(cells))
        before = [i for i in exact if i < first_figure]
        return before[-1] if before else exact[-1]
    label = -1
    for i, figure in enumerate(figures):
        if figure is None:
            label = i
        elif not figure.blank:
            break
    return label


def _label_less(figures: Sequence[Figure | None]) -> bool:
    return sum(f is not None and not f.blank for f in figures) >= 5 and None not in figures


def value_columns(records: Sequence[Record]) -> tuple[int, ...] | None:
    """The grid columns of the seven values: those most rows with seven figures have."""
    counted = Counter(r.columns for r in records if len(r.figures) == WIDTH)
    return counted.most_common(1)[0][0] if counted else None


def widened(record: Record, starts: tuple[int, ...] | None) -> Record:
    """The record with exactly seven figures, by grid column; fewer where that cannot be told."""
    if len(record.figures) == WIDTH:
        return record
    if starts is None:
        return _trimmed(record)
    placed: dict[int, Figure] = {}
    for column, figure in zip(record.columns, record.figures, strict=True):
        slot = max((i for i, start in enumerate(starts) if start <= column), default=-1)
        if figure.blank and (slot < 0 or slot in placed):
            continue
        if slot < 0 or (slot in placed and not placed[slot].blank):
            return _trimmed(record)
        placed[slot] = figure
    return replace(record, figures=tuple(placed.get(i, Figure()) for i in range(WIDTH)), columns=starts)


def _trimmed(record: Record) -> Record:
    """Without the blank cells at both ends that are one too many."""
    figures = list(record.figures)
    while len(figures) > WIDTH and figures[-1].blank:
        figures.pop()
    while len(figures) > WIDTH and figures[0].blank:
        figures.pop(0)
    return replace(record, figures=tuple(figures), columns=record.columns[: len(figures)])


def column_order(rows: Sequence[Row], first: Record, starts: tuple[int, ...] | None) -> tuple[str, ...]:
    """The column codes in the order printed. The form's own order unless the header names all
    seven columns, each over one value column, in another."""
    found: dict[str, int] = {}
    for cell in _header_cells(rows, first):
        code = applicant_columns().exact(cell.text)
        if code and code not in found:
            found[code] = cell.column
    printed = tuple(sorted(found, key=lambda code: found[code]))
    if starts and len(printed) == WIDTH and tuple(sorted(found.values())) == starts:
        return printed
    return COLUMN_CODES


def _header_cells(rows: Sequence[Row], first: Record) -> Iterator[Cell]:
    for row in rows[max(0, first.index - 5) : first.index]:
        if row.table == first.table:
            yield from row.cells


def is_group_label(words: str) -> bool:
    match = table3_groups().find(words)
    return match is not None and match[1] == EXACT
