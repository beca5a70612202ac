"""A small report that keeps every relation, in both forms, and changes of it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gongkai.law.report.exchange import from_json
from gongkai.law.report.filled import FilledReport, FilledTable, Value

AGENCY = "示例县教育局"

_ROWS = {
    "new_received": [20, 5, 0, 0, 1, 0, 26],
    "brought_forward": [2, 0, 0, 0, 0, 0, 2],
    "granted": [9, 3, 0, 0, 1, 0, 13],
    "partly_granted": [4, 0, 0, 0, 0, 0, 4],
    "denied.third_party_rights": [1, 0, 0, 0, 0, 0, 1],
    "unable_to_provide.not_held": [3, 2, 0, 0, 0, 0, 5],
    "not_processed.repeated": [2, 0, 0, 0, 0, 0, 2],
    "handled_total": [19, 5, 0, 0, 1, 0, 25],
    "carried_forward": [3, 0, 0, 0, 0, 0, 3],
}
_TABLE4 = {
    "reconsideration": {"upheld": 3, "overturned": 1, "other_result": 0, "pending": 1, "total": 5},
    "direct_suit": {"upheld": 1, "overturned": 0, "other_result": 0, "pending": 0, "total": 1},
    "suit_after_reconsideration": {"upheld": 0, "overturned": 0, "other_result": 1, "pending": 1, "total": 2},
}
_TABLE2 = {
    "fy2021": {
        "government_rule": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative_document": {"issued": 4, "repealed": 1, "in_force": 30},
        "permit": {"decisions": 120},
        "penalty": {"decisions": 3},
        "coercive_measure": {"decisions": 0},
        "administrative_fee": {"amount": "12.5"},
    },
    "fy2019": {
        "government_rule": {"made": 0, "disclosed": 0, "disclosed_total": 0},
        "normative_document": {"made": 4, "disclosed": 4, "disclosed_total": 30},
        "permit": {"items_last_year": 10, "change": 2, "decisions": 120},
        "other_external_service": {"items_last_year": 4, "change": 10, "decisions": 8},
        "penalty": {"items_last_year": 7, "change": -2, "decisions": 3},
        "coercive_measure": {"items_last_year": 1, "change": 0, "decisions": 0},
        "administrative_fee": {"items_last_year": 5, "change": 0},
        "central_procurement": {"projects": 4, "amount": "1082.36"},
    },
}
_ZEROS = {
    "fy2021": ("supplement_lapsed", "fee_lapsed", "other_handling"),
    "fy2019": (),
}
_EMPTY_ROWS = (
    "denied.state_secret",
    "denied.barred_by_law",
    "denied.three_securities_one_stability",
    "denied.internal_affairs",
    "denied.deliberative",
    "denied.enforcement_file",
    "denied.registry_query",
    "unable_to_provide.needs_creation",
    "unable_to_provide.still_unclear",
    "not_processed.petition_or_complaint",
    "not_processed.public_publication",
    "not_processed.excessive",
    "not_processed.reissue_or_confirm",
)


def sample(form: str = "fy2021", year: int | None = None, agency: str | None = AGENCY) -> FilledReport:
    """The report, for 2023 in the 2021 form or for 2020 in the 2019 form."""
    leaves = [f"otherwise_handled.{leaf}" for leaf in _ZEROS[form]] or ["otherwise_handled"]
    rows = _ROWS | {row: [0] * 7 for row in (*_EMPTY_ROWS, *leaves)}
    data = {
        "agency": agency,
        "year": year or {"fy2021": 2023, "fy2019": 2020}[form],
        "table2": {"format": form, **_TABLE2[form]},
        "table3": {"format": form, "rows": rows},
        "table4": _TABLE4,
    }
    return from_json(data)


def with_figures(report: FilledReport, figures: Mapping[str, Value]) -> FilledReport:
    """The report with some cells changed. Raises ``KeyError`` for a cell it does not have."""
    tables = dict(report.tables)
    for address, value in figures.items():
        name = address.partition(".")[0]
        if address not in tables[name].cells:
            raise KeyError(address)
        tables[name] = replace(tables[name], cells={**tables[name].cells, address: value})
    return replace(report, tables=tables)


def blanked(report: FilledReport, start: str) -> FilledReport:
    """The report with every cell blank whose address starts or ends so."""
    cells = [a for a, _ in report.cells() if a.startswith(start) or a.endswith(start)]
    return with_figures(report, dict.fromkeys(cells))


def described(row: Mapping[str, Any]) -> FilledReport:
    """A report as a scenario describes it: the sample with what the row changes.

    ``figures``: address → number (a string: decimal; empty: blank). ``blank``: starts or ends of
    addresses. ``without``: tables left out. ``tables_of``: table → the form it is taken from.
    ``double``: every figure twice the sample's.
    """
    form = row.get("form", "fy2021")
    report = sample(form, row.get("year"), row.get("agency", AGENCY))
    if row.get("double"):
        report = with_figures(report, {a: value * 2 for a, value in report.cells() if value is not None})
    report = with_figures(report, {a: _value(a, raw) for a, raw in row.get("figures", {}).items()})
    for cells in row.get("blank", []):
        report = blanked(report, cells)
    tables = {name: t for name, t in report.tables.items() if name not in row.get("without", [])}
    for name, other in row.get("tables_of", {}).items():
        tables[name] = sample(other).tables[name]
    for code, other in row.get("block_formats", {}).items():
        tables["table2"] = _with_block(tables["table2"], code, other)
    return replace(
        report,
        tables=tables,
        year=None if row.get("yearless") else report.year,
        title=row.get("title"),
        published_on=row.get("published_on"),
        sections=row.get("sections", {}),
        headings=row.get("headings", {}),
    )


def _with_block(table: FilledTable, code: str, form: str) -> FilledTable:
    return replace(table, block_formats={**table.block_formats, code: form})


def _value(address: str, raw: object) -> Value:
    if isinstance(raw, int):
        return raw
    return Decimal(str(raw)) if raw else None
