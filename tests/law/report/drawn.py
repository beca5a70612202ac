"""Reports drawn at random that keep every sum."""

from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from gongkai.law.report.filled import FilledReport, FilledTable
from gongkai.law.report.formats import ReportFormat, all_formats

_FRAME = ("new_received", "brought_forward", "handled_total", "carried_forward")


def drawn(seed: int, form: ReportFormat) -> FilledReport:
    """A report with tables three and four; many figures 0, as in real ones."""
    chance = Random(seed)

    def count() -> int:
        return chance.choice([0, 0, chance.randint(0, 9), chance.randint(0, 3000)])

    tables = {"table3": _table3(form, count, chance), "table4": _table4(form, count)}
    return FilledReport(
        year=form.applies_from, tables={name: FilledTable(form.id, cells) for name, cells in tables.items()}
    )


def reports() -> st.SearchStrategy[FilledReport]:
    return st.builds(drawn, st.integers(0, 2**32), st.sampled_from(all_formats()))


def _table3(form: ReportFormat, count: Callable[[], int], chance: Random) -> dict[str, int]:
    rows = [row.code for row in form.table3_rows]
    columns = [column.code for column in form.table3_columns if column.code != "total"]
    cells: dict[str, int] = {}
    for column in columns:
        figures = {row: count() for row in rows if row not in _FRAME}
        handled, carried = sum(figures.values()), count()
        brought = chance.randint(0, handled + carried)
        figures |= {"handled_total": handled, "carried_forward": carried, "brought_forward": brought}
        figures["new_received"] = handled + carried - brought
        cells |= {f"table3.{row}.{column}": figure for row, figure in figures.items()}
    for row in rows:
        cells[f"table3.{row}.total"] = sum(cells[f"table3.{row}.{column}"] for column in columns)
    return {address: cells[address] for address in form.addresses("table3")}


def _table4(form: ReportFormat, count: Callable[[], int]) -> dict[str, int]:
    cells: dict[str, int] = {}
    for block in form.table4_blocks:
        parts = {column.code: count() for column in form.table4_columns if column.code != "total"}
        parts["total"] = sum(parts.values())
        cells |= {f"table4.{block.code}.{code}": figure for code, figure in parts.items()}
    return cells
