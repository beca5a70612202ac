"""Rows of table 3 in a grid: a label and the figures after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.documents.reading.content import Cell, Row
from gongkai.documents.reading.decoding.figures import Figure, read_figure, read_value
from gongkai.documents.reading.decoding.folding import core
from gongkai.documents.reading.decoding.labels import applicant_columns, table3_rows
from gongkai.law.report.formats import all_formats

COLUMN_CODES = tuple(column.code for column in all_formats()[-1].table3_columns)
WIDTH = len(COLUMN_CODES)


@dataclass(frozen=True, slots=True)
class Record:
    """A row that carries figures. ``code`` is ``None`` where the label is missing or unknown;
    ``columns`` are the grid columns of the figures, ``filled`` is how many are not blank."""

    index: int
    table: int
    words: str
    code: str | None
    figures: tuple[Figure, ...]
    columns: tuple[int, ...]
    filled: int


def records_of(rows: Sequence[Row]) -> list[Record]:
    """Every row of the file's tables that could be a row of table 3."""
    found = []
    for index, row in enumerate(rows):
        if row.table is not None:
            record = _record(index, row)
            if record:
                found.append(record)
    return found


def with_fragments(records: Sequence[Record], rows: Sequence[Row]) -> list[Record]:
    """The records, their cells not sure where a row beside them, without words of its own, has a figure
    in the same column: there a number may have been broken in two."""
    known = {record.index for record in records}
    between = range(records[0].index, records[-1].index) if records else ()
    broken = {i: rows[i] for i in between if i not in known and _is_fragment(rows[i])}
    return [_beside(record, broken) for record in records] if broken else list(records)


def _beside(record: Record, broken: Mapping[int, Row]) -> Record:
    near = [broken[i] for i in (record.index - 1, record.index + 1) if i in broken]
    columns = {cell.column for row in near for cell in row.cells if cell.text.strip()}
    figures = tuple(
        replace(figure, sure=False) if column in columns else figure
        for figure, column in zip(record.figures, record.columns, strict=True)
    )
    return replace(record, figures=figures)


def _is_fragment(row: Row) -> bool:
    """A row of a few figures and blanks."""
    figures = [read_figure(cell.text) for cell in row.cells]
    return (
        row.table is not None
        and None not in figures
        and 0 < sum(not f.blank for f in figures if f) < WIDTH - 2
    )


def _record(index: int, row: Row) -> Record | None:
    cells = row.cells
    figures = [read_figure(cell.text) for cell in cells]
    label = _label_at(cells, figures)
    if label < 0 and not _label_less(figures):
        return None
    kept = _values(cells[label + 1 :], figures[label + 1 :])
    words = cells[label].text if label >= 0 else ""
    match = table3_rows().find(words) if words else None
    if label >= 0 and not kept and not (match and _only_label(cells)):
        return None
    return Record(
        index=index,
        table=row.table if row.table is not None else -1,
        words=core(words),
        code=match[0] if match else None,
        figures=tuple(figure for _, figure in kept),
        columns=tuple(cell.column for cell, _ in kept),
        filled=sum(figure.value is not None for _, figure in kept),
    )


def _values(cells: Sequence[Cell], figures: Sequence[Figure | None]) -> list[tuple[Cell, Figure]]:
    """The cells after the label, up to the last figure; words between figures are read as best can."""
    known = [i for i, figure in enumerate(figures) if figure is not None]
    end = known[-1] + 1 if known else 0
    return [(cell, read_value(cell.text)) for cell in cells[:end]]


def _label_at(cells: Sequence[Cell], figures: Sequence[Figure | None]) -> int:
    """Which cell is the row's label: the words before the last long run of figures; else the last
    cell that is a label exactly; else the last words before the first figure. -1: none."""
    before_run = _before_long_run(figures)
    if before_run >= 0:
        return before_run
    exact = [i for i, cell in enumerate(cells) if figures[i] is None and table3_rows().exact(cell.text)]
    if exact:
        return exact[-1]
    label = -1
    for i, figure in enumerate(figures):
        if figure is None:
            label = i
        elif not figure.blank:
            break
    return label


def _before_long_run(figures: Sequence[Figure | None]) -> int:
    """The last words with at least seven cells of figures or blanks after them, some filled."""
    for i in range(len(figures) - 1, -1, -1):
        after = figures[i + 1 :]
        if figures[i] is None and len(after) >= WIDTH and None not in after[:WIDTH]:
            return i if any(f is not None and not f.blank for f in after) else -1
    return -1


def _only_label(cells: Sequence[Cell]) -> bool:
    """Not a header with the labels of several rows in it, or of several columns."""
    rows = {table3_rows().exact(cell.text) for cell in cells} - {None}
    return len(rows) == 1 and sum(applicant_columns().exact(cell.text) is not None for cell in cells) < 2


def _label_less(figures: Sequence[Figure | None]) -> bool:
    return sum(f is not None and not f.blank for f in figures) >= 5 and None not in figures
