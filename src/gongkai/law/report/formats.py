"""The forms of the annual report, read from ``law/data/report_formats``.

A cell has an *address*: ``table2.<row>.<column>``, ``table3.<row>.<column>`` or
``table4.<block>.<column>``. Row codes may contain a dot (``denied.state_secret``); table and
column codes never do.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, Literal

TABLES = ("table2", "table3", "table4")
TABLE_NAMES = {"table2": "表二", "table3": "表三", "table4": "表四"}

CellKind = Literal["count", "signed", "amount"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statutory table. ``kind`` says what its cells hold: a count (integer, not
    negative), a signed integer, or an amount (decimal, 万元)."""

    code: str
    label: str
    kind: CellKind = "count"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statutory table.

    ``groups`` are the labels of the merged cells left of it, outermost first; ``counts`` are the
    outcome codes it counts (empty for the rows that count something else).
    """

    code: str
    label: str
    groups: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of table 2 (``20-1`` is 第二十条第（一）项) with its own header row."""

    code: str
    title: str
    row_header: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def addresses(self) -> Iterator[str]:
        for row in self.rows:
            for column in self.columns:
                yield f"table2.{row.code}.{column.code}"


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections; ``table`` names the statutory table printed in it."""

    code: str
    title: str
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A relation between cells: the sum of ``left`` equals the sum of ``right`` (addresses)."""

    code: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    article: str
    statement: str
    along: str

    @property
    def addresses(self) -> tuple[str, ...]:
        return self.left + self.right


@dataclass(frozen=True, eq=False)
class ReportFormat:
    """A published form of the annual report, valid for report years ``applies_from`` to
    ``applies_until`` (``None``: still in force)."""

    id: str
    name: str
    document_number: str
    issued_on: date | None
    applies_from: int
    applies_until: int | None
    source: str
    sections: tuple[Section, ...]
    table2: tuple[Block, ...]
    table3_columns: tuple[Column, ...]
    table3_rows: tuple[Row, ...]
    table4_columns: tuple[Column, ...]
    table4_blocks: tuple[Row, ...]
    corner_label: str
    applicants_label: str
    organizations_label: str
    relations: tuple[Sum, ...]

    def addresses(self, table: str) -> tuple[str, ...]:
        """All cell addresses of a table, in reading order."""
        return self._addresses.get(table, ())

    @cached_property
    def _addresses(self) -> Mapping[str, tuple[str, ...]]:
        return {
            table: tuple(address for address in self.cells if address.startswith(table + "."))
            for table in TABLES
        }

    @cached_property
    def cells(self) -> Mapping[str, tuple[Row, Column]]:
        """Every cell of the form: address → (row, column), in reading order."""
        found: dict[str, tuple[Row, Column]] = {}
        for block in self.table2:
            for row in block.rows:
                found |= {f"table2.{row.code}.{column.code}": (row, column) for column in block.columns}
        for row in self.table3_rows:
            found |= {f"table3.{row.code}.{column.code}": (row, column) for column in self.table3_columns}
        for row in self.table4_blocks:
            found |= {f"table4.{row.code}.{column.code}": (row, column) for column in self.table4_columns}
        return found

    def block_of(self, row_code: str) -> Block | None:
        """The block of table 2 that holds a row, or ``None``."""
        return next((block for block in self.table2 if any(row.code == row_code for row in block.rows)), None)


@lru_cache(maxsize=1024)
def split_address(address: str) -> tuple[str, str, str]:
    """``table3.denied.state_secret.total`` → ``("table3", "denied.state_secret", "total")``."""
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    return table, row, column


def describe(address: str) -> str:
    """The cell in the words of the form, as a clerk would point at it."""
    for report_format in all_formats():
        if address in report_format.cells:
            row, column = report_format.cells[address]
            return f"{TABLE_NAMES[address.partition('.')[0]]}“{row.label}”行“{column.label}”列"
    return address


def cell_kind(address: str) -> CellKind:
    """What a cell holds. Raises ``KeyError`` for an address no form knows."""
    for report_format in all_formats():
        if address in report_format.cells:
            return report_format.cells[address][1].kind
    raise KeyError(address)


@lru_cache
def load_format(format_id: str) -> ReportFormat:
    """One form by its id (``fy2019``, ``fy2021``). Raises ``KeyError`` for an unknown id."""
    for report_format in all_formats():
        if report_format.id == format_id:
            return report_format
    raise KeyError(format_id)


def format_for(year: int) -> ReportFormat | None:
    """The form a report year must use; ``None`` before 2019, when there was no unified form."""
    for report_format in all_formats():
        if report_format.applies_from <= year <= (report_format.applies_until or year):
            return report_format
    return None


@lru_cache
def all_formats() -> tuple[ReportFormat, ...]:
    """Every form known, oldest first."""
    folder = resources.files("gongkai.law") / "data" / "report_formats"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_parse(tomllib.loads(f.read_text("utf-8"))) for f in files)


def _parse(data: dict[str, Any]) -> ReportFormat:
    table3, table4 = data["table3"], data["table4"]
    rows = {
        "table3": tuple(_row(row) for row in table3["rows"]),
        "table4": tuple(_row(row) for row in table4["blocks"]),
    }
    columns = {
        "table3": tuple(Column(**column) for column in table3["columns"]),
        "table4": tuple(Column(**column) for column in table4["columns"]),
    }
    return ReportFormat(
        id=data["id"],
        name=data["name"],
        document_number=data["document_number"],
        issued_on=data.get("issued_on"),
        applies_from=data["applies_from"],
        applies_until=data.get("applies_until"),
        source=data["source"],
        sections=tuple(Section(**section) for section in data["sections"]),
        table2=tuple(_block(block) for block in data["table2"]),
        table3_columns=columns["table3"],
        table3_rows=rows["table3"],
        table4_columns=columns["table4"],
        table4_blocks=rows["table4"],
        corner_label=table3["corner_label"],
        applicants_label=table3["applicants_label"],
        organizations_label=table3["organizations_label"],
        relations=tuple(s for relation in data["relations"] for s in _sums(relation, rows, columns)),
    )


def _row(data: dict[str, Any]) -> Row:
    return Row(
        code=data["code"],
        label=data["label"],
        groups=tuple(data.get("groups", ())),
        counts=tuple(data.get("counts", ())),
        article=data.get("article", ""),
    )


def _block(data: dict[str, Any]) -> Block:
    return Block(
        code=data["code"],
        title=data["title"],
        row_header=data["row_header"],
        columns=tuple(Column(**column) for column in data["columns"]),
        rows=tuple(_row(row) for row in data["rows"]),
    )


def _sums(
    data: dict[str, Any], rows: dict[str, tuple[Row, ...]], columns: dict[str, tuple[Column, ...]]
) -> Iterator[Sum]:
    """A relation pattern of the file, once for each column or row it runs along."""
    table = data["table"]
    by_column = data["each"] == "column"
    for item in columns[table] if by_column else rows[table]:
        if not by_column and item.code not in data.get("rows", [item.code]):
            continue
        pattern = f"{table}.{{0}}.{item.code}" if by_column else f"{table}.{item.code}.{{0}}"
        yield Sum(
            code=data["code"],
            left=tuple(pattern.format(code) for code in data["left"]),
            right=tuple(pattern.format(code) for code in data["right"]),
            article=data["article"],
            statement=data["statement"],
            along=item.label,
        )
