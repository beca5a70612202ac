"""From another library's tables to figures: the twenty lines its user would write.

A peer gives tables as lists of rows of text. A row's label is its last cell before the figures; the
rows are found by the labels of the form. It knows no damage, no hybrids and no lost labels.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from gongkai.law.report.filled import FilledReport, FilledTable, Value
from gongkai.law.report.formats import ReportFormat, cell_kind, load_format
from gongkai.law.report.relations import evaluate

Table = Sequence[Sequence[str]]
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(万元)?")


def figures(tables: Iterable[Table], format_id: str) -> FilledReport:
    """The figures of a report from its tables, with its relations evaluated."""
    form = load_format(format_id)
    labels = _labels(form)
    cells: dict[str, Value] = {}
    for row in (row for table in tables for row in table):
        _take(cells, labels, [_clean(cell) for cell in row])
    filled = {
        name: FilledTable(format_id, {address: cells.get(address) for address in form.addresses(name)})
        for name in ("table2", "table3", "table4")
    }
    report = FilledReport(tables=filled)
    evaluate(report)
    return report


def _labels(form: ReportFormat) -> dict[str, tuple[str, ...]]:
    """Cleaned row label → the addresses of its figures, in order."""
    found = {
        _clean(row.label): tuple(f"table2.{row.code}.{column.code}" for column in block.columns)
        for block in form.table2
        for row in block.rows
    }
    for row in form.table3_rows:
        found[_clean(row.label)] = tuple(f"table3.{row.code}.{c.code}" for c in form.table3_columns)
    found[""] = tuple(form.addresses("table4"))
    return found


def _take(cells: dict[str, Value], labels: dict[str, tuple[str, ...]], row: list[str]) -> None:
    words = [index for index, cell in enumerate(row) if cell and not _NUMBER.fullmatch(cell)]
    label = row[words[-1]] if words else ""
    addresses = labels.get(label, ())
    values = row[words[-1] + 1 if words else 0 :]
    if sum(map(bool, values)) == len(addresses):
        values = [value for value in values if value]  # the rest only fills up a merged cell
    if not addresses or not any(values) or len(values) < len(addresses):
        return
    for address, value in zip(addresses, values[-len(addresses) :], strict=True):
        if value:
            number = value.removesuffix("万元")
            cells[address] = Decimal(number) if cell_kind(address) == "amount" else int(Decimal(number))


def _clean(text: str) -> str:
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(\d+[.、,](?!\d)|[(（][一二三四五六七八九十][)）]|[一二三四五六七八九十]、)", "", folded)


def agreement(found: FilledReport, truth: FilledReport) -> tuple[int, int]:
    """(cells as in truth, cells of truth)."""
    cells = list(truth.cells())
    return sum(found[address] == value for address, value in cells), len(cells)
