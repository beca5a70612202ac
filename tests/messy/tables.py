"""The three statutory tables laid out as grids, as the form prints them or as offices bend them.

``knobs`` is the set of knob names of a case (see ``knobs``); a knob that does not concern a table is
ignored here. Labels come from the form's own file.
"""

import random
from collections.abc import Collection, Sequence

from gongkai.law.report.filled import FilledTable
from gongkai.law.report.formats import Block, Column, ReportFormat, Row, load_format

from .figures import plain
from .paper import Grid, Slot
from .truth import blocks_of

Knobs = Collection[str]


def _label(text: str, colspan: int = 1, rowspan: int = 1) -> Slot:
    return Slot(text, colspan, rowspan, "label")


def _header(text: str, colspan: int = 1, rowspan: int = 1) -> Slot:
    return Slot(text, colspan, rowspan, "header")


def _value(table: FilledTable, address: str, colspan: int = 1) -> Slot:
    return Slot(plain(table.cells[address]), colspan, 1, "value", address)


# --- table 2 ---------------------------------------------------------------------------------------


def table2(table: FilledTable, knobs: Knobs) -> list[Grid]:
    """Table 2 in one grid, or a grid for each block (knob ``block_tables``)."""
    formats = {"table2": table.format}
    if table.block_formats:
        formats["block"] = table.block_formats["20-1"]
    blocks = blocks_of(formats)
    lines = [_block_lines(table, block, knobs, _width(blocks, knobs)) for block in blocks]
    if "block_tables" in knobs:
        return [Grid("table2", part) for part in lines]
    return [Grid("table2", [line for part in lines for line in part])]


def _width(blocks: Sequence[Block], knobs: Knobs) -> int:
    widest = 1 + max(len(block.columns) for block in blocks)
    return widest + 1 if "uneven_colspans" in knobs else widest


def _block_lines(table: FilledTable, block: Block, knobs: Knobs, width: int) -> list[list[Slot]]:
    lines = [] if "no_block_titles" in knobs else [[Slot(block.title, width, 1, "title")]]
    if "label_and_figure_in_one_cell" in knobs and len(block.columns) == 1:
        column = block.columns[0]
        return lines + [[_joined(table, row, column, width)] for row in block.rows]
    spans = _spans(len(block.columns), width - 1)
    lines.append(
        [_header(block.row_header), *(_header(c.label, s) for c, s in zip(block.columns, spans, strict=True))]
    )
    for number, row in enumerate(block.rows):
        turned = spans[::-1] if "uneven_colspans" in knobs and (number + len(block.rows)) % 2 else spans
        lines.append(_row_line(table, block, row, turned))
        if "sub_rows" in knobs and row.code == "other_external_service":
            lines += [
                [_label(text), *(Slot("0", s) for s in spans)] for text in ("其中：行政确认", "行政奖励")
            ]
    if "last_year_column" in knobs and len(block.columns) == 1:
        _add_last_year(lines, width)
    return lines


def _row_line(table: FilledTable, block: Block, row: Row, spans: Sequence[int]) -> list[Slot]:
    values = (
        _value(table, f"table2.{row.code}.{c.code}", s) for c, s in zip(block.columns, spans, strict=True)
    )
    return [_label(row.label), *values]


def _joined(table: FilledTable, row: Row, column: Column, width: int) -> Slot:
    """Label and figure in one cell: 行政许可：3 (unit words come from the header)."""
    address = f"table2.{row.code}.{column.code}"
    unit = "万元" if column.kind == "amount" else "件"
    figure = plain(table.cells[address])
    return Slot(f"{row.label}：{figure}{unit if figure else ''}", width, 1, "joined", address)


def _spans(columns: int, width: int) -> list[int]:
    """How many grid columns each of the value columns takes; the first takes what is left over."""
    each = width // columns
    return [width - each * (columns - 1), *[each] * (columns - 1)]


def _add_last_year(lines: list[list[Slot]], width: int) -> None:
    """A column of the year before beside the statutory one, which the office added for itself."""
    for line in lines:
        if line[-1].role == "header":
            line[-1].colspan -= 1
            line.append(_header("上年数"))
        elif line[-1].role == "value":
            line[-1].colspan -= 1
            line.append(Slot("1024"))


# --- table 3 ---------------------------------------------------------------------------------------


def table3(table: FilledTable, knobs: Knobs, rng: random.Random) -> list[Grid]:
    """Table 3 in one grid, or in a small grid for each group of rows (knob ``group_tables``)."""
    form = load_format(table.format)
    columns = list(form.table3_columns)
    if "total_first" in knobs:
        columns = [columns[-1], *columns[:-1]]
    if "transposed" in knobs:
        return [Grid("table3", _transposed(table, form))]
    rows = _ordered(form, knobs, rng)
    if "group_tables" in knobs:
        return _group_grids(table, rows, columns)
    lines = [] if "no_headers" in knobs else _header3(form, columns, knobs)
    lines += _body3(table, rows, columns, knobs)
    if "serial_column" in knobs:
        _add_serials(lines)
    return [Grid("table3", lines)]


def _ordered(form: ReportFormat, knobs: Knobs, rng: random.Random) -> list[Row]:
    """The rows of the form; two reasons of one group change places under knob ``rows_swapped``."""
    rows = list(form.table3_rows)
    if "rows_swapped" in knobs:
        first = rng.choice(
            [i for i, r in enumerate(rows[:-1]) if len(r.groups) == 2 == len(rows[i + 1].groups)]
        )
        if rows[first].groups == rows[first + 1].groups:
            rows[first], rows[first + 1] = rows[first + 1], rows[first]
    return rows


def _header3(form: ReportFormat, columns: Sequence[Column], knobs: Knobs) -> list[list[Slot]]:
    extra = [Slot("法人或其他组织小计", 1, 2, "header")] * ("organizations_subtotal" in knobs)
    extra += [Slot("占比", 1, 2, "header")] * ("share_column" in knobs)
    if "flat_header" in knobs:
        flat = [_header("申请办理情况", 3), *(_header(column.label) for column in columns)]
        return [flat + [_header(slot.text) for slot in extra]]
    outer = {column.code for column in columns if column.code in ("natural_person", "total")}
    empty = "empty_header_cells" in knobs
    first = [_header(form.corner_label, 3, 3), _header(form.applicants_label, len(columns) + len(extra))]
    second: list[Slot] = []
    third: list[Slot] = []
    for column in columns:
        if column.code in outer:
            second.append(_header(column.label, 1, 1 if empty else 2))
            third += [_header("")] * empty
        else:
            third.append(_header(column.label))
            if column.code == "commercial_enterprise":
                second.append(_header(form.organizations_label, 5))
    return [first, second + extra, third]


def _body3(
    table: FilledTable, rows: Sequence[Row], columns: Sequence[Column], knobs: Knobs
) -> list[list[Slot]]:
    lines: list[list[Slot]] = []
    for number, row in enumerate(rows):
        before = rows[number - 1].groups if number else ()
        labels: list[Slot] = []
        for level, group in enumerate(row.groups):
            opens = before[: level + 1] != row.groups[: level + 1]
            if opens and level == 1 and "group_subtotals" in knobs:
                members = rows[number : number + _reach(rows, number, 1)]
                lines.append([_label(group, 2), *_subtotals(table, members, columns, knobs)])
                _stretch(lines, row.groups[0])
            if opens or "repeated_groups" in knobs:
                spread = "repeated_groups" in knobs or "no_rowspans" in knobs
                labels.append(_label(group, 1, 1 if spread else _reach(rows, number, level)))
            elif "no_rowspans" in knobs:
                labels.append(_label(""))
        labels.append(_label(row.label, 3 - len(row.groups)))
        lines.append(labels + _values3(table, row, columns, knobs))
    return lines


def _reach(rows: Sequence[Row], number: int, level: int) -> int:
    """How many rows from here on share the group at this level."""
    group, count = rows[number].groups[: level + 1], 0
    while number + count < len(rows) and rows[number + count].groups[: level + 1] == group:
        count += 1
    return count


def _subtotals(
    table: FilledTable, members: Sequence[Row], columns: Sequence[Column], knobs: Knobs
) -> list[Slot]:
    """The figures of a row the office added above a group: the sums of its members."""
    added = [_values3(table, row, columns, set(knobs) - {"share_column"}) for row in members]
    return [Slot(str(sum(int(slot.text or 0) for slot in below))) for below in zip(*added, strict=True)]


def _stretch(lines: list[list[Slot]], group: str) -> None:
    """Let the merged cell of an outer group cover one row more."""
    for line in lines:
        for slot in line:
            slot.rowspan += slot.text == group


def _values3(table: FilledTable, row: Row, columns: Sequence[Column], knobs: Knobs) -> list[Slot]:
    values = [_value(table, f"table3.{row.code}.{column.code}") for column in columns]
    if "organizations_subtotal" in knobs:
        inner = [
            table.cells[f"table3.{row.code}.{c.code}"]
            for c in columns
            if c.code not in ("natural_person", "total")
        ]
        values.append(Slot(str(sum(int(v or 0) for v in inner))))
    if "share_column" in knobs:
        total = int(table.cells[f"table3.{row.code}.total"] or 0)
        everything = int(table.cells["table3.handled_total.total"] or 0)
        values.append(Slot(f"{100 * total / everything:.1f}%" if everything else "0%"))
    return values


def _add_serials(lines: list[list[Slot]]) -> None:
    number = 0
    for position, line in enumerate(lines):
        if any(slot.role == "label" for slot in line):
            number += 1
            line.insert(0, Slot(str(number)))
        elif position == 0:
            line.insert(0, _header("序号", 1, 3 if line[0].rowspan == 3 else 1))


def _transposed(table: FilledTable, form: ReportFormat) -> list[list[Slot]]:
    """Applicants downward, outcomes across, each outcome with its full label in one header row."""
    head = [_header("项目"), *(_header("".join((*r.groups[1:], r.label))) for r in form.table3_rows)]
    lines = [head]
    for column in form.table3_columns:
        lines.append(
            [
                _label(column.label),
                *(_value(table, f"table3.{r.code}.{column.code}") for r in form.table3_rows),
            ]
        )
    return lines


def _group_grids(table: FilledTable, rows: Sequence[Row], columns: Sequence[Column]) -> list[Grid]:
    """A small table for each run of rows with the same group, columns renamed 数据1 … 总计."""
    names = ["类别", *(f"数据{i}" for i in range(1, len(columns))), "总计"]
    grids: list[Grid] = []
    for number, row in enumerate(rows):
        groups = row.groups[1:]
        if not groups or number == 0 or rows[number - 1].groups[1:] != groups:
            grids.append(Grid("table3", []))
            if groups:
                grids[-1].lines.append([Slot(groups[0], len(names), 1, "title")])
            grids[-1].lines.append([_header(name) for name in names])
        grids[-1].lines.append([_label(row.label), *_values3(table, row, columns, ())])
    return grids


# --- table 4 ---------------------------------------------------------------------------------------


def table4(table: FilledTable, knobs: Knobs) -> list[Grid]:
    """Table 4 as printed (15 cells under three header rows), stacked, in rows, or in three grids."""
    form = load_format(table.format)
    if "table4_stacked" in knobs:
        return [Grid("table4", _stacked(table, form))]
    if "table4_rows" in knobs:
        return [Grid("table4", _in_rows(table, form))]
    if "group_tables" in knobs or "table4_three" in knobs:
        return [Grid("table4", _small(table, form, block)) for block in form.table4_blocks]
    values = [
        _value(table, f"table4.{b.code}.{c.code}") for b in form.table4_blocks for c in form.table4_columns
    ]
    return [Grid("table4", [values] if "no_headers" in knobs else [*_header4(form, knobs), values])]


def _header4(form: ReportFormat, knobs: Knobs) -> list[list[Slot]]:
    first_block, *suits = form.table4_blocks
    names = [column.label for column in form.table4_columns]
    empty = "empty_header_cells" in knobs
    top = [_header(first_block.label, 5), _header(suits[0].groups[0], 10)]
    middle = [*(_header(n, 1, 1 if empty else 2) for n in names), *(_header(b.label, 5) for b in suits)]
    bottom = [*[_header("")] * (5 * empty), *(_header(name) for _ in suits for name in names)]
    return [top, middle, bottom]


def _stacked(table: FilledTable, form: ReportFormat) -> list[list[Slot]]:
    lines: list[list[Slot]] = []
    for block in form.table4_blocks:
        lines.append([Slot("".join((*block.groups, block.label)), 2, 1, "title")])
        for column in form.table4_columns:
            lines.append([_label(column.label), _value(table, f"table4.{block.code}.{column.code}")])
    return lines


def _in_rows(table: FilledTable, form: ReportFormat) -> list[list[Slot]]:
    lines = [[_header("类别"), *(_header(column.label) for column in form.table4_columns)]]
    for block in form.table4_blocks:
        name = "".join((*block.groups, block.label))
        lines.append(
            [_label(name), *(_value(table, f"table4.{block.code}.{c.code}") for c in form.table4_columns)]
        )
    return lines


def _small(table: FilledTable, form: ReportFormat, block: Row) -> list[list[Slot]]:
    name = f"{block.groups[0]}（{block.label}）" if block.groups else block.label
    return [
        [Slot(name, 5, 1, "title")],
        [_header(column.label) for column in form.table4_columns],
        [_value(table, f"table4.{block.code}.{column.code}") for column in form.table4_columns],
    ]
