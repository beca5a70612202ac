"""What importing a register would do: the fate of every row, before anything is written."""

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application
from gongkai.casework.reckoning import calendar_of
from gongkai.casework.register import Defaults, ReadRow, RegisterRow, read_register, read_table

_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """``rows`` in the order of the file; ``taken`` are the numbers the agency has already."""

    columns: dict[str, str]
    ignored: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    taken: frozenset[str]

    @property
    def ready(self) -> list[RegisterRow]:
        """What would be imported, the earliest first."""
        rows = [each.row for each in self.rows if each.row and each.number not in self.taken]
        return sorted(rows, key=lambda row: (row.received_on, row.number))

    @property
    def present(self) -> list[ReadRow]:
        return [each for each in self.rows if each.number in self.taken]

    @property
    def refused(self) -> list[ReadRow]:
        return [each for each in self.rows if each.row is None and each.number not in self.taken]


def plan_of(agency: Agency, data: bytes, defaults: Defaults, today: date) -> Plan:
    """Read a register against what the agency has. Raises ``Unreadable``."""
    reading = read_register(read_table(data), defaults, calendar_of(agency), today)
    numbers = sorted({row.number for row in reading.rows if row.number})
    return Plan(dict(reading.columns), reading.ignored, reading.rows, _taken(agency, numbers))


def _taken(agency: Agency, numbers: list[str]) -> frozenset[str]:
    found: set[str] = set()
    for start in range(0, len(numbers), _A_QUERY):
        part = numbers[start : start + _A_QUERY]
        found |= set(
            Application.objects.filter(agency=agency, number__in=part).values_list("number", flat=True)
        )
    return frozenset(found)
