"""The figures of a report that an agency could have published, drawn from a seed.

A drawn report keeps every relation of its form; ``errors`` then breaks it in the ways published reports
are broken. What comes out is the truth a reader is judged by: what stands in the tables, blank or not.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from gongkai.law.report.filled import FilledReport, FilledTable, Value
from gongkai.law.report.formats import Block, ReportFormat, load_format

from .names import draw_name

SIZES = ("nothing", "bureau", "county", "city", "capital")
ERRORS = (
    "block_total_zero", "handled_total_off_by_a_row", "digits_transposed", "off_by_one", "row_total_zero",
    "zeros_blank", "detail_totals_blank", "cells_blank", "row_lost", "carried_forward_blank", "table4_absent",
)  # fmt: skip

_CASES = {"nothing": 0, "bureau": 6, "county": 120, "city": 2500, "capital": 14000}
_DECISIONS = {"nothing": 0, "bureau": 40, "county": 90_000, "city": 900_000, "capital": 12_000_000}
_ORGANIZATION_SHARE = (0.03, 0.004, 0.004, 0.012, 0.01)

Cells = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Truth:
    """``report``: what stands in the tables. ``errors``: what the publisher got wrong.
    ``open``: addresses where a reader may rightly doubt. ``tolerated``: address → other values that are
    as good as the drawn one (无 is 0 to one reader and a blank to another)."""

    report: FilledReport
    size: str
    errors: tuple[str, ...] = ()
    open: frozenset[str] = frozenset()
    tolerated: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    published_on: date = date(2021, 1, 29)


def draw_truth(rng: random.Random, *, errors: bool = True) -> Truth:
    """A report with its figures; ``errors=False`` draws one that keeps every relation."""
    size = rng.choices(SIZES, (2, 4, 5, 3, 1))[0]
    year, formats = _draw_year_and_formats(rng)
    cells = {
        "table2": _draw_table2(rng, formats, size),
        "table3": _draw_table3(rng, load_format(formats["table3"]), size),
        "table4": _draw_table4(rng, load_format(formats["table4"]), size),
    }
    injected = _inject(rng, cells) if errors and rng.random() < 0.5 else ()
    tables = {name: FilledTable(formats[name], found) for name, found in cells.items() if found}
    if "block" in formats:
        tables["table2"] = FilledTable(
            formats["table2"], cells["table2"], block_formats={"20-1": formats["block"]}
        )
    report = FilledReport(agency=draw_name(rng), year=year, tables=tables)
    published_on = date(year + 1, 1, 4) + timedelta(days=rng.randrange(80))
    return Truth(report, size, injected, published_on=published_on)


def _draw_year_and_formats(rng: random.Random) -> tuple[int, dict[str, str]]:
    """The report year and each table's form: mostly the lawful one, sometimes a hybrid."""
    year = rng.choice((2019, 2020, 2020, 2021, 2021, 2022, 2023, 2024, 2025, 2025))
    own = "fy2019" if year < 2021 else "fy2021"
    formats = dict.fromkeys(("table2", "table3", "table4"), own)
    if year >= 2021:
        hybrid = rng.random()
        if hybrid < 0.08:
            formats = dict.fromkeys(formats, "fy2019")
        elif hybrid < 0.18:
            formats["table3"] = "fy2019"
        elif hybrid < 0.25:
            formats["block"] = "fy2019"
    return year, formats


def _count(rng: random.Random, top: int) -> int:
    """A count of up to ``top``, small ones likelier, often nothing."""
    return 0 if top <= 0 or rng.random() < 0.15 else int(top ** rng.random())


def blocks_of(formats: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks of table 2, each from its own form."""
    own = load_format(formats["table2"]).table2
    other = load_format(formats["block"]).table2 if "block" in formats else own
    return (other[0], *own[1:])


def _draw_table2(rng: random.Random, formats: Mapping[str, str], size: str) -> Cells:
    cells: Cells = {}
    for block in blocks_of(formats):
        for row in block.rows:
            values = _draw_row(rng, block, row.code, size)
            for column in block.columns:
                cells[f"table2.{row.code}.{column.code}"] = values[column.code]
    return cells


def _draw_row(rng: random.Random, block: Block, row: str, size: str) -> dict[str, Value]:
    top = _DECISIONS[size]
    items = _count(rng, {"nothing": 0, "bureau": 12}.get(size, 900))
    rules = 0 if row == "government_rule" and size not in ("city", "capital") else top // 2000
    made, stock = _count(rng, min(rules, 120)), _count(rng, min(rules * 10, 5000))
    drawn: dict[str, Value] = {
        "issued": made, "repealed": _count(rng, min(rules, 200)), "in_force": stock,
        "made": made, "disclosed": made if rng.random() < 0.8 else _count(rng, made),
        "disclosed_total": made + stock, "decisions": _count(rng, top), "items_last_year": items,
        "change": rng.randint(-items, items * 2) if rng.random() < 0.6 else 0, "projects": items,
    }  # fmt: skip
    if row == "central_procurement" and not items:
        drawn["amount"] = Decimal(0)
    elif any(column.code == "amount" for column in block.columns):
        drawn["amount"] = _draw_amount(rng, top // 60)
    return drawn


def _draw_amount(rng: random.Random, top: int) -> Decimal:
    """An amount in 万元 with none to six decimals."""
    whole, places = _count(rng, top), rng.choice((0, 0, 1, 2, 2, 4, 6))
    if not top or (not whole and rng.random() < 0.5):
        return Decimal(0)
    return Decimal(f"{whole}.{rng.randrange(10**places):0{places}d}") if places else Decimal(whole)


def _draw_table3(rng: random.Random, form: ReportFormat, size: str) -> Cells:
    columns = [column.code for column in form.table3_columns]
    leaves = [row.code for row in form.table3_rows if row.groups and row.code != "handled_total"]
    weights = [
        rng.random() ** 3 * (8 if leaf in ("granted", "unable_to_provide.not_held") else 1) for leaf in leaves
    ]
    persons = _count(rng, _CASES[size]) or rng.choice((0, 1, 3)) * (size != "nothing")
    handled = [persons, *(_organizations(rng, persons, share) for share in _ORGANIZATION_SHARE)]
    rows = {row.code: [0] * 7 for row in form.table3_rows}
    for column, count in enumerate(handled):
        for leaf in rng.choices(leaves, weights, k=count):
            rows[leaf][column] += 1
        forward = _count(rng, count // 8 + 1) if count else 0
        brought = min(_count(rng, count // 10), count + forward)
        rows["handled_total"][column], rows["carried_forward"][column] = count, forward
        rows["brought_forward"][column] = brought
        rows["new_received"][column] = count + forward - brought
    for values in rows.values():
        values[6] = sum(values[:6])
    return {
        f"table3.{row}.{column}": v for row, vs in rows.items() for column, v in zip(columns, vs, strict=True)
    }


def _organizations(rng: random.Random, persons: int, share: float) -> int:
    return rng.choice((0, _count(rng, max(1, int(persons * share * 2))))) if persons else 0


def _draw_table4(rng: random.Random, form: ReportFormat, size: str) -> Cells:
    cells: Cells = {}
    for block, part in zip(form.table4_blocks, (40, 90, 120), strict=True):
        values = [_count(rng, _CASES[size] // part) for _ in form.table4_columns[:-1]]
        for column, value in zip(form.table4_columns, [*values, sum(values)], strict=True):
            cells[f"table4.{block.code}.{column.code}"] = value
    return cells


def _inject(rng: random.Random, cells: dict[str, Cells]) -> tuple[str, ...]:
    chosen = tuple(rng.sample(ERRORS, rng.choice((1, 1, 2))))
    for error in chosen:
        _SPOIL[error](rng, cells)
    return chosen


def _block_total_zero(rng: random.Random, cells: dict[str, Cells]) -> None:
    cells["table4"] |= {a: 0 for a in cells["table4"] if a.endswith(".total") and rng.random() < 0.7}


def _off_by_a_row(rng: random.Random, cells: dict[str, Cells]) -> None:
    """The handled totals leave out one row, for natural persons and in all."""
    missing = cells["table3"]["table3.partly_granted.natural_person"]
    for column in ("natural_person", "total"):
        address = f"table3.handled_total.{column}"
        cells["table3"][address] = max(0, _whole(cells["table3"][address]) - _whole(missing))


def _digits_transposed(rng: random.Random, cells: dict[str, Cells]) -> None:
    long = [a for a, v in cells["table3"].items() if isinstance(v, int) and v > 9 and str(v)[0] != str(v)[1]]
    if long:
        address = rng.choice(long)
        text = str(cells["table3"][address])
        cells["table3"][address] = int(text[1] + text[0] + text[2:])


def _off_by_one(rng: random.Random, cells: dict[str, Cells]) -> None:
    address = rng.choice([a for a in cells["table3"] if a.endswith((".total", ".natural_person"))])
    cells["table3"][address] = _whole(cells["table3"][address]) + 1


def _row_total_zero(rng: random.Random, cells: dict[str, Cells]) -> None:
    cells["table3"][rng.choice([a for a in cells["table3"] if a.endswith(".total")])] = 0


def _zeros_blank(rng: random.Random, cells: dict[str, Cells]) -> None:
    for name in rng.sample(("table3", "table4"), rng.choice((1, 2))):
        cells[name] |= {a: None for a, v in cells[name].items() if v == 0}


def _detail_totals_blank(rng: random.Random, cells: dict[str, Cells]) -> None:
    kept = (".new_received.", ".brought_forward.", ".handled_total.", ".carried_forward.")
    totals = [a for a in cells["table3"] if a.endswith(".total") and not any(row in a for row in kept)]
    cells["table3"] |= dict.fromkeys(totals)


def _cells_blank(rng: random.Random, cells: dict[str, Cells]) -> None:
    for found in cells.values():
        found |= {a: None for a in found if rng.random() < 0.03}


def _row_lost(rng: random.Random, cells: dict[str, Cells]) -> None:
    row = rng.choice([a.rpartition(".")[0] for a in cells["table3"]])
    cells["table3"] |= {a: None for a in cells["table3"] if a.startswith(row + ".")}


def _carried_forward_blank(rng: random.Random, cells: dict[str, Cells]) -> None:
    cells["table3"] |= {a: None for a in cells["table3"] if a.startswith("table3.carried_forward.")}


def _table4_absent(rng: random.Random, cells: dict[str, Cells]) -> None:
    cells["table4"] = {}


def _whole(value: Value) -> int:
    return int(value or 0)


_SPOIL = {
    "block_total_zero": _block_total_zero,
    "handled_total_off_by_a_row": _off_by_a_row,
    "digits_transposed": _digits_transposed,
    "off_by_one": _off_by_one,
    "row_total_zero": _row_total_zero,
    "zeros_blank": _zeros_blank,
    "detail_totals_blank": _detail_totals_blank,
    "cells_blank": _cells_blank,
    "row_lost": _row_lost,
    "carried_forward_blank": _carried_forward_blank,
    "table4_absent": _table4_absent,
}
