"""A filled-in annual report: what stands in the published tables, blanks kept apart from 0."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gongkai.law.report.formats import ReportFormat, load_format

Value = int | Decimal | None
"""A cell: an integer count, a decimal amount in 万元, or ``None`` for a blank."""


@dataclass(frozen=True, slots=True)
class FilledTable:
    """One statutory table as published.

    ``cells``: address → value for every cell of the form (blank: ``None``). ``block_formats``:
    for table 2, the format of each block whose header differs from ``format``.
    ``notes``: address → words that stood in the cell beside the figure (其中修订16件).
    """

    format: str
    cells: Mapping[str, Value]
    block_formats: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the reader could not settle. Cells with several consistent readings are blank
    and stand here with them (``readings``: one mapping of address → value for each)."""

    cells: tuple[str, ...]
    message: str
    readings: tuple[Mapping[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class FilledReport:
    """An annual report. A table that is not in the report is not in ``tables``.

    ``sections``: section code → prose, as published. ``headings``: section code → its heading as
    published (``3、收到和处理…``), where the reader saw it. ``year`` is the report year.
    """

    agency: str | None = None
    year: int | None = None
    tables: Mapping[str, FilledTable] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    published_on: date | None = None
    doubts: tuple[Doubt, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, address: str) -> Value:
        """The value of a cell; ``None`` if blank or not in the report."""
        table = self.tables.get(address.partition(".")[0])
        return table.cells.get(address) if table else None

    def __contains__(self, address: str) -> bool:
        """Whether the report's tables have this cell at all (blank or not)."""
        table = self.tables.get(address.partition(".")[0])
        return table is not None and address in table.cells

    def cells(self) -> Iterator[tuple[str, Value]]:
        for table in self.tables.values():
            yield from table.cells.items()

    def format_of(self, table: str) -> ReportFormat | None:
        filled = self.tables.get(table)
        return load_format(filled.format) if filled else None

    @property
    def format(self) -> str | None:
        """The form of the report as a whole: that of table 2, else of table 3, else of table 4."""
        return next((table.format for table in self.tables.values()), None)

    @property
    def doubtful(self) -> frozenset[str]:
        """Addresses whose value the reader could not settle."""
        return frozenset(cell for doubt in self.doubts for cell in doubt.cells)


def blank_table(table: str, report_format: ReportFormat) -> FilledTable:
    """The empty form of one table: every cell present and blank."""
    return FilledTable(format=report_format.id, cells=dict.fromkeys(report_format.addresses(table)))
