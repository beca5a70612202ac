"""Reports laid out as rows of cells and as running text, for trying the decoder."""

from gongkai.documents.reading.content import Cell, Content, Row, line
from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.formats import Block, load_format


def text_of(value: Value) -> str:
    return "" if value is None else format(value, "f") if not isinstance(value, int) else str(value)


def blocks_of(report: FilledReport) -> list[Block]:
    table = report.tables["table2"]
    chosen = {block.code: table.format for block in load_format(table.format).table2} | dict(
        table.block_formats
    )
    return [b for code in sorted(chosen) for b in load_format(chosen[code]).table2 if b.code == code]


def grid(report: FilledReport) -> Content:
    """The report as an ideal file: every label and every cell in its own cell."""
    rows = [line(f"{report.agency}{report.year}年政府信息公开工作年度报告")]
    rows += _table2(report) + _table3(report) + _table4(report)
    return Content("test", tuple(rows))


def _row(texts: list[str], table: int) -> Row:
    return Row(tuple(Cell(text, column) for column, text in enumerate(texts)), table)


def _table2(report: FilledReport) -> list[Row]:
    rows = [line("二、主动公开政府信息情况")]
    for block in blocks_of(report):
        rows.append(_row([block.title], 0))
        rows.append(_row([block.row_header, *(column.label for column in block.columns)], 0))
        for row in block.rows:
            values = [report[f"table2.{row.code}.{c.code}"] for c in block.columns]
            units = ["万元" if c.kind == "amount" and "万元" not in c.label else "" for c in block.columns]
            cells = [
                text_of(v) + (unit if v is not None else "") for v, unit in zip(values, units, strict=True)
            ]
            rows.append(_row([row.label, *cells], 0))
    return rows


def _table3(report: FilledReport) -> list[Row]:
    form = load_format(report.tables["table3"].format)
    rows = [line("三、收到和处理政府信息公开申请情况")]
    rows.append(_row([form.corner_label, *(column.label for column in form.table3_columns)], 1))
    for row in form.table3_rows:
        values = [report[f"table3.{row.code}.{column.code}"] for column in form.table3_columns]
        rows.append(_row([row.label, *map(text_of, values)], 1))
    return rows


def _table4(report: FilledReport) -> list[Row]:
    form = load_format(report.tables["table4"].format)
    rows = [line("四、政府信息公开行政复议、行政诉讼情况")]
    rows.append(_row([column.label for _ in form.table4_blocks for column in form.table4_columns], 2))
    rows.append(_row([text_of(report[address]) for address in form.addresses("table4")], 2))
    return rows


def running_text(report: FilledReport, separator: str) -> Content:
    """The report as text; ``""`` prints the cells without anything between them."""
    pieces: list[str] = []
    for row in grid(report).rows:
        text = separator.join(cell.text for cell in row.cells)
        pieces.append(text)
    return Content("text", tuple(line(part) for part in separator.join(pieces).split("\n")))
