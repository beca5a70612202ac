"""Table 2 as the library and the registers have it, live or as it was frozen.

Only what an office keeps is counted: the cells of a register that has no record yet are typed.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.law.publishing.registers import CountedCell, CountedTable2, count_table2, table2_sources
from gongkai.law.report.formats import ReportFormat, cell_kind
from gongkai.publishing.queries.table2 import kept_by
from gongkai.reporting.counting import year_end


def count_of(agency: Agency, year: int, report_format: ReportFormat, on: date | None = None) -> CountedTable2:
    """The cells that the registers of an agency fill, as they stand on a day (default: 31 December)."""
    kept = kept_by(agency, on or year_end(year))
    counted = count_table2(kept.registers, year, report_format, on)
    return CountedTable2(
        {
            address: cell
            for address, cell in counted.cells.items()
            if (cell.source.register, cell.source.kind) in kept.begun
        }
    )


def frozen(counted: CountedTable2) -> dict[str, dict[str, Any]]:
    """The cells as plain data for a cut."""
    return {
        address: {"value": str(cell.value), "ids": list(cell.ids)} for address, cell in counted.cells.items()
    }


def thawed(content: Mapping[str, Any]) -> CountedTable2:
    """The cells that a cut froze. One that was taken before there were registers froze none."""
    sources = table2_sources(content["format"])
    return CountedTable2(
        {
            address: CountedCell(_value(address, cell["value"]), sources[address], tuple(cell["ids"]))
            for address, cell in content.get("table2", {}).items()
        }
    )


def _value(address: str, text: str) -> int | Decimal:
    return Decimal(text) if cell_kind(address) == "amount" else int(text)
