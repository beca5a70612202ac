"""The JSON form of an annual report that other programs read and write.

Counts are integers, amounts are decimal strings in 万元, ``null`` is a blank.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.law.report.filled import Doubt, FilledReport, FilledTable, Value
from gongkai.law.report.formats import TABLES, all_formats, cell_kind, load_format, split_address

_DIGITS = 18
"""More digits before the point, or zeros behind it, than this no figure of a report has."""
_QUOTE = 40
"""Characters of a refused value that are quoted."""


class NotAReport(ValueError):
    """The JSON is not an annual report; the message is a Chinese sentence."""


def to_json(report: FilledReport) -> dict[str, Any]:
    """A report as a JSON-ready object, keys in the order of the form."""
    notes = {a: note for table in report.tables.values() for a, note in table.notes.items()}
    return {
        "agency": report.agency,
        "year": report.year,
        "format": report.format,
        "title": report.title,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        **{name: _table_to_json(name, report.tables.get(name)) for name in TABLES},
        "sections": dict(report.sections),
        "headings": dict(report.headings),
        "notes": notes,
        "doubts": [_doubt_to_json(doubt) for doubt in report.doubts],
    }


def _table_to_json(name: str, table: FilledTable | None) -> dict[str, Any] | None:
    if table is None:
        return None
    out: dict[str, Any] = {} if name == "table4" else {"format": table.format}
    if table.block_formats:
        out["block_formats"] = dict(table.block_formats)
    if name == "table3":
        out["rows"] = _rows_to_json(table)
        return out
    for address, value in table.cells.items():
        _, row, column = split_address(address)
        out.setdefault(row, {})[column] = _value_to_json(value)
    return out


def _rows_to_json(table: FilledTable) -> dict[str, list[Any]]:
    report_format = load_format(table.format)
    return {
        row.code: [
            _value_to_json(table.cells.get(f"table3.{row.code}.{column.code}"))
            for column in report_format.table3_columns
        ]
        for row in report_format.table3_rows
    }


def _value_to_json(value: Value) -> int | str | None:
    return decimal_text(value) if isinstance(value, Decimal) else value


def decimal_text(value: Decimal) -> str:
    """A decimal as printed: plain digits, no exponent."""
    return format(value, "f")


def _doubt_to_json(doubt: Doubt) -> dict[str, Any]:
    out: dict[str, Any] = {"cells": list(doubt.cells), "message": doubt.message}
    if doubt.readings:
        out["readings"] = [{a: _value_to_json(v) for a, v in r.items()} for r in doubt.readings]
    return out


def from_json(data: object) -> FilledReport:
    """A report from its JSON object. Raises :class:`NotAReport` with what is wrong and where."""
    if not isinstance(data, Mapping) or not any(name in data for name in TABLES):
        raise NotAReport("这不是年度报告数据：应是一个 JSON 对象，至少含 table2、table3、table4 之一。")
    whole = _format("format", data.get("format") or all_formats()[-1].id)
    tables: dict[str, FilledTable] = {}
    for name in TABLES:
        if data.get(name) is not None:
            tables[name] = _table_from_json(name, data[name], next(iter(tables.values()), None), whole)
    return FilledReport(
        agency=_text(data, "agency"),
        year=_year(data.get("year")),
        tables=_with_notes(tables, data.get("notes")),
        sections=_words("sections", data.get("sections")),
        headings=_words("headings", data.get("headings")),
        title=_text(data, "title"),
        published_on=_date(data.get("published_on")),
        doubts=_doubts(data.get("doubts")),
    )


def _text(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise NotAReport(f"{key} 应是文字。")
    return value


def _year(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2999):
        return value
    raise NotAReport("year 应是四位数的报告年度。")


def _date(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise NotAReport("published_on 应写成 2021-01-29 的样子。") from error


def _words(key: str, value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
        raise NotAReport(f"{key} 应是“代码 → 文字”的对象。")
    return {str(code): text for code, text in value.items()}


def _format(key: str, value: object) -> str:
    known = [report_format.id for report_format in all_formats()]
    if value not in known:
        raise NotAReport(f"{key} 写的是 {_quoted(value)}，没有这种格式，现有的是 {'、'.join(known)}。")
    return str(value)


def _table_from_json(name: str, data: object, before: FilledTable | None, whole: str) -> FilledTable:
    if not isinstance(data, Mapping):
        raise NotAReport(f"{name} 应是一个对象。")
    format_id = _format(f"{name}.format", data.get("format") or _shared_format(name, before, whole))
    block_formats = _words(f"{name}.block_formats", data.get("block_formats"))
    cells: dict[str, Value] = dict.fromkeys(_expected(name, format_id, block_formats))
    given = _rows(name, data) if name == "table3" else _blocks(name, data)
    for address, raw in given.items():
        if address not in cells:
            raise NotAReport(f"{address} 不是 {format_id} 格式里的单元格。")
        cells[address] = _value(address, raw)
    return FilledTable(format=format_id, cells=cells, block_formats=block_formats)


def _shared_format(name: str, before: FilledTable | None, whole: str) -> str:
    """Table 4 carries no format in the exchange form, because it is the same in all of them."""
    if name != "table4":
        raise NotAReport(f"{name} 没有 format。")
    return before.format if before else whole


def _expected(name: str, format_id: str, block_formats: Mapping[str, str]) -> list[str]:
    """The cells a table has, block by block where table 2 mixes forms."""
    if name != "table2":
        return list(load_format(format_id).addresses(name))
    chosen = {block.code: format_id for block in load_format(format_id).table2}
    chosen |= block_formats
    addresses: list[str] = []
    for code, block_format in sorted(chosen.items()):
        try:
            blocks = [block for block in load_format(block_format).table2 if block.code == code]
        except KeyError as error:
            raise NotAReport(f"table2.block_formats 里没有“{block_format}”这种格式。") from error
        addresses += [address for block in blocks for address in block.addresses()]
    return addresses


def _rows(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    columns = [column.code for column in all_formats()[0].table3_columns]
    found: dict[str, Any] = {}
    rows = data.get("rows", {})
    if not isinstance(rows, Mapping):
        raise NotAReport(f"{name}.rows 应是“行代码 → 七个数”的对象。")
    for row, values in rows.items():
        if not isinstance(values, list) or len(values) != len(columns):
            raise NotAReport(f"{name}.rows.{row} 应有 {len(columns)} 个数。")
        found |= {f"{name}.{row}.{column}": v for column, v in zip(columns, values, strict=True)}
    return found


def _blocks(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row, values in data.items():
        if row in {"format", "block_formats"}:
            continue
        if not isinstance(values, Mapping):
            raise NotAReport(f"{name}.{row} 应是一个对象。")
        found |= {f"{name}.{row}.{column}": value for column, value in values.items()}
    return found


def _value(address: str, raw: object) -> Value:
    """Integers and decimal strings; a number with a fraction in a count cell is kept as it is, because
    a published table may hold one and a check names it."""
    if raw is None:
        return None
    value = _number(raw)
    if value is None:
        raise NotAReport(f"{address} 的值 {_quoted(raw)} 不是数。")
    if not -_DIGITS <= value.adjusted() < _DIGITS:
        raise NotAReport(f"{address} 的值 {_quoted(raw)} 位数太多，最多 {_DIGITS} 位。")
    whole = cell_kind(address) != "amount" and value == value.to_integral_value()
    return int(value) if whole else value


def _number(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        value = Decimal(str(raw))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _quoted(raw: object) -> str:
    """A value as it stands in the JSON, cut where it is long."""
    text = json.dumps(raw, ensure_ascii=False)
    return text if len(text) <= _QUOTE else f"{text[:_QUOTE]}…"


def _with_notes(tables: dict[str, FilledTable], notes: object) -> dict[str, FilledTable]:
    if not isinstance(notes, Mapping):
        return tables
    return {
        name: FilledTable(
            table.format,
            table.cells,
            table.block_formats,
            {a: str(note) for a, note in notes.items() if a in table.cells},
        )
        for name, table in tables.items()
    }


def _doubts(value: object) -> tuple[Doubt, ...]:
    if value is None:
        return ()
    try:
        return tuple(_doubt(item) for item in value)  # type: ignore[attr-defined]
    except (TypeError, KeyError, AttributeError) as error:
        raise NotAReport("doubts 的每一条应有 cells（单元格地址）和 message（文字）。") from error


def _doubt(item: Mapping[str, Any]) -> Doubt:
    readings = tuple({a: _value(a, v) for a, v in reading.items()} for reading in item.get("readings", ()))
    return Doubt(cells=tuple(map(str, item["cells"])), message=str(item["message"]), readings=readings)
