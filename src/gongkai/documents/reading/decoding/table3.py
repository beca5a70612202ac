"""Table 3 from a grid: which row is which, which format, which figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.documents.reading.content import Row
from gongkai.documents.reading.decoding import cuts as cutting
from gongkai.documents.reading.decoding.columns import Layout, Make, arranged, layouts_of
from gongkai.documents.reading.decoding.cuts import Cut
from gongkai.documents.reading.decoding.drafts import Draft, row_name
from gongkai.documents.reading.decoding.labels import split_ending
from gongkai.documents.reading.decoding.records import COLUMN_CODES, WIDTH, Record, records_of, with_fragments
from gongkai.documents.reading.decoding.solving import Solution, column_equations, solve
from gongkai.law.report.formats import ReportFormat, load_format

SPLIT_ROWS = ("otherwise_handled.supplement_lapsed", "otherwise_handled.fee_lapsed")
ONE_ROW = ("otherwise_handled", "otherwise_handled.other_handling")
FIRST, LAST = "new_received", "carried_forward"
ENOUGH_ROWS = 12


@dataclass(frozen=True, slots=True)
class RowReading:
    """The readings of one row, in the form's column order. ``others``: readings that do not add
    up, kept to see whether they would explain the columns better."""

    cuts: tuple[Cut, ...]
    notes: tuple[str, ...] = ("",) * WIDTH
    unsure: frozenset[int] = frozenset()
    others: tuple[Cut, ...] = ()


def read_grid(rows: Sequence[Row]) -> Draft | None:
    """Table 3 as it stands in the file's tables, or ``None`` if it is not there as a grid."""
    return next((draft for run in _runs(records_of(rows)) if (draft := _read_run(rows, run))), None)


def _runs(records: list[Record]) -> Iterator[list[Record]]:
    """The records of one table 3 each: from 本年新收 to 结转下年度."""
    run: list[Record] = []
    for record in records:
        if record.code == FIRST and any(r.code == FIRST for r in run):
            yield run
            run = []
        run.append(record)
    if run:
        yield run


def _read_run(rows: Sequence[Row], run: list[Record]) -> Draft | None:
    run = _bounded(run)
    if len({record.code for record in run if record.code}) < ENOUGH_ROWS and not _label_less(run):
        return None
    run = with_fragments(run, rows)
    layouts = layouts_of(rows, run)
    report_format = _format_of(run)
    aligned = align(run, report_format)
    readings = {code: _reading(records, layouts) for code, records in aligned.items()}
    return settle(report_format, readings, lost=_lost(run, aligned))


def _bounded(run: list[Record]) -> list[Record]:
    """From the first row of the form to its last; what stands before and after is not table 3."""
    codes = [record.code for record in run]
    start = codes.index(FIRST) if FIRST in codes else 0
    end = len(codes) - codes[::-1].index(LAST) if LAST in codes else len(codes)
    if end <= start:
        start, end = 0, len(codes)
    return [r for r in run[start:end] if r.code or (r.filled and len(r.figures) >= WIDTH - 2)]


def _label_less(run: list[Record]) -> bool:
    return sum(len(record.figures) >= WIDTH for record in run) in {23, 25}


def _format_of(records: Sequence[Record]) -> ReportFormat:
    """By the labels of （六）; where they are lost, by the rows between （五） and （七）, else by all."""
    split = any(record.words.endswith(split_ending()) for record in records)
    if split or {record.code for record in records} & set(SPLIT_ROWS):
        return load_format("fy2021")
    between = _between(records, "not_processed.reissue_or_confirm", "handled_total")
    if len(between) >= 3 and not any(record.code for record in between):
        return load_format("fy2021")
    if len(between) == 1 or any(r.code in ONE_ROW and r.filled for r in records):
        return load_format("fy2019")
    return load_format("fy2021" if len(records) >= 25 else "fy2019")


def _between(records: Sequence[Record], first: str, last: str) -> list[Record]:
    """The records with figures between two rows of the form; none if either is not there."""
    codes = [record.code for record in records]
    if first not in codes or last not in codes:
        return []
    return [record for record in records[codes.index(first) + 1 : codes.index(last)] if record.filled]


def align(records: Sequence[Record], report_format: ReportFormat) -> dict[str, list[Record]]:
    """Records to rows of the form: by label, then label-less ones by their place between them."""
    order = [row.code for row in report_format.table3_rows]
    found: dict[str, list[Record]] = {}
    for record in records:
        code = _code_in(record, report_format)
        if code in order:
            found.setdefault(code, []).append(record)
    for before, loose, after in _gaps(records, set(order)):
        start = order.index(before) + 1 if before else 0
        end = order.index(after) if after else len(order)
        free = [code for code in order[start:end] if code not in found]
        if len(free) == len(loose):
            found |= {code: [record] for code, record in zip(free, loose, strict=True)}
    return found


def _code_in(record: Record, report_format: ReportFormat) -> str | None:
    """（六）其他 is the row 其他处理 where the form has no row 3.其他."""
    if record.code == "otherwise_handled.other_handling" and report_format.id == "fy2019":
        return "otherwise_handled"
    return record.code


def _gaps(
    records: Sequence[Record], known: set[str]
) -> Iterator[tuple[str | None, list[Record], str | None]]:
    """Runs of records without a known label, with the labelled neighbours; after the last label only
    rows that follow it at once."""
    before: Record | None = None
    loose: list[Record] = []
    for record in records:
        if record.code in known:
            if loose:
                yield before.code if before else None, loose, record.code
            before, loose = record, []
        elif record.filled:
            loose.append(record)
    if loose and (before is None or loose[-1].index <= before.index + len(loose)):
        yield before.code if before else None, loose, None


def _lost(records: Sequence[Record], aligned: Mapping[str, list[Record]]) -> bool:
    """Whether figures were left over that belong to no row."""
    placed = {record.index for found in aligned.values() for record in found}
    return any(record.filled and record.index not in placed and record.code is None for record in records)


def _reading(records: Sequence[Record], layouts: Mapping[Make, Layout | None]) -> RowReading:
    """The readings of a row; several records under one label are several readings."""
    filled = [record for record in records if record.filled] or list(records[:1])
    readings = [_one_reading(record, layouts.get(record.columns)) for record in filled]
    cuts = tuple(dict.fromkeys(cut for reading in readings for cut in reading.cuts))
    return RowReading(cuts, readings[0].notes, readings[0].unsure)


def _one_reading(record: Record, layout: Layout | None) -> RowReading:
    if not record.filled:
        certain = layout is not None or len(record.figures) in {0, WIDTH}
        return RowReading(((None,) * WIDTH,) if certain else ())
    figures = arranged(record, layout)
    if figures is None:
        values = [figure.value for figure in record.figures if not figure.blank]
        return RowReading(tuple(cutting.place(values, WIDTH)) if len(values) < WIDTH else ())
    return RowReading(
        (tuple(figure.value for figure in figures),),
        tuple(figure.note for figure in figures),
        frozenset(i for i, figure in enumerate(figures) if not figure.sure),
    )


def settle(report_format: ReportFormat, readings: Mapping[str, RowReading], *, lost: bool = False) -> Draft:
    """Choose among the readings by the relations; say what stays open."""
    draft = Draft(report_format.id)
    usable = {code: reading for code, reading in readings.items() if reading.cuts}
    settled = _chosen(report_format, usable)
    for row in report_format.table3_rows:
        addresses = [f"table3.{row.code}.{code}" for code in COLUMN_CODES]
        name = row_name(addresses[0])
        if row.code in settled:
            draft.settle_row(addresses, settled[row.code], name)
            draft.notes |= dict(zip(addresses, usable[row.code].notes, strict=True))
        elif row.code in readings:
            draft.doubt(addresses, f"{name}的数字与七列对不上，请对照原件填写。")
        else:
            draft.doubt(addresses, f"没有找到{name}，请对照原件填写。")
        if lost and all(draft.cells[address] is None for address in addresses):
            draft.doubt(addresses, f"{name}没有数字，而表中有几行数字认不出属于哪一行，请对照原件填写。")
    _confirm(draft, report_format, usable)
    return draft


def _chosen(report_format: ReportFormat, usable: Mapping[str, RowReading]) -> dict[str, list[Cut]]:
    """Row → the readings that remain possible."""
    if all(len(reading.cuts) == 1 and not reading.others for reading in usable.values()):
        return {code: list(reading.cuts) for code, reading in usable.items()}
    solution = solve(report_format, {code: reading.cuts for code, reading in usable.items()})
    if not solution.choices or not solution.complete:
        return {code: [*reading.cuts, *reading.others] for code, reading in usable.items()}
    remaining = {code: [choice[code] for choice in solution.choices] for code in usable}
    for code, reading in usable.items():
        if reading.others or solution.broken:
            remaining[code] += _rivals(report_format, code, reading, solution, remaining[code])
    return remaining


def _rivals(
    report_format: ReportFormat,
    code: str,
    reading: RowReading,
    solution: Solution,
    taken: Sequence[Cut],
) -> list[Cut]:
    """Other cuts of a row that may be true: all of them where a row of the form is missing, so that
    the columns prove nothing, and where they do not add up those that explain them about as well."""
    best = solution.choices[0]
    other = [cut for cut in (*reading.cuts, *reading.others) if cut not in taken]
    equations = [equation for equation in column_equations(report_format) if code in equation]
    if any(row.code not in best for row in report_format.table3_rows):
        return other
    if not any(value for equation in equations for value in _column_sums(best, equation)):
        return []
    return [cut for cut in other if _broken({**best, code: cut}, report_format) <= solution.broken + 1]


def _column_sums(choice: Mapping[str, Cut], equation: Mapping[str, int]) -> list[int | Decimal]:
    return [sum((sign * (choice[code][i] or 0) for code, sign in equation.items()), 0) for i in range(WIDTH)]


def _broken(choice: Mapping[str, Cut], report_format: ReportFormat) -> int:
    rows = sum(not cutting.row_may_add_up(cut) for cut in choice.values())
    complete = [e for e in column_equations(report_format) if all(code in choice for code in e)]
    return rows + sum(1 for equation in complete for value in _column_sums(choice, equation) if value)


def _confirm(draft: Draft, report_format: ReportFormat, usable: Mapping[str, RowReading]) -> None:
    """Mended glyphs are taken only where row and columns bear them out."""
    choice = {
        row.code: tuple(draft.cells.get(f"table3.{row.code}.{c}") for c in COLUMN_CODES)
        for row in report_format.table3_rows
    }
    for code, reading in usable.items():
        for i in sorted(reading.unsure):
            address = f"table3.{code}.{COLUMN_CODES[i]}"
            if (
                draft.cells.get(address) is None
                or not cutting.row_adds_up(choice[code])
                or not _column_holds(choice, report_format, i)
            ):
                value = draft.cells.get(address)
                draft.doubt(
                    [address], f"{row_name(address)}有一格字形不清，请对照原件填写。", [{address: value}]
                )


def _column_holds(choice: Mapping[str, Cut], report_format: ReportFormat, column: int) -> bool:
    return all(_column_sums(choice, equation)[column] == 0 for equation in column_equations(report_format))
