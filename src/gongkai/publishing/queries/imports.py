"""What importing a list would do: the fate of every row, before anything is written."""

from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.documents.reading.lines import read_lines
from gongkai.publishing.entered import EnteredDecision, EnteredDocument, EnteredMatter
from gongkai.publishing.models import Matter, NormativeDocument, RegisterEntry, RegisterKind
from gongkai.publishing.register_rows import Entered, ReadRow, key_of, read_rows
from gongkai.publishing.register_words import REGISTERS
from gongkai.publishing.tables import Table

MOST_ROWS = 2_000
_EXAMPLES = {
    "title": "（示例行，导入前请删去）示例名称", "document_number": "示教规〔2026〕1号",
    "kind": "行政规范性文件", "issued_on": "2026年3月1日", "effective_on": "2026-04-01",
    "expires_on": "2031-03-31", "validity": "现行有效",
    "number": "示例〔2026〕第1号", "party": "示例有限公司", "party_kind": "法人", "decided_on": "2026-03-01",
    "amount": "1000.00", "from_on": "2020-01-01", "basis": "《中华人民共和国教育法》",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """``rows`` in the order of the file; ``taken`` are the keys of records that are there already."""

    columns: dict[str, str]
    ignored: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    taken: frozenset[tuple[str, ...]]

    @property
    def ready(self) -> list[ReadRow]:
        """What would be entered."""
        return [row for row in self.rows if row.entered is not None and row.key not in self.taken]

    @property
    def present(self) -> list[ReadRow]:
        return [row for row in self.rows if row.entered is not None and row.key in self.taken]

    @property
    def refused(self) -> list[ReadRow]:
        return [row for row in self.rows if row.entered is None]


def plan_of(agency: Agency, data: bytes, register: str, kind: str, today: date) -> Plan:
    """Read a list against what the agency has. Raises ``Unreadable``."""
    reading = read_rows(read_lines(data, MOST_ROWS), register, kind, today)
    rows = tuple(_with_matter(row, agency) for row in reading.rows)
    return Plan(dict(reading.columns), reading.ignored, rows, _taken(agency, register, kind))


def _with_matter(row: ReadRow, agency: Agency) -> ReadRow:
    """The matter of a decision by its name; one that is not on the list is left out."""
    if not row.matter or not isinstance(row.entered, EnteredDecision):
        return row
    found = Matter.objects.filter(
        agency=agency, kind=row.entered.kind, title=row.matter, struck_reason=""
    ).first()
    return replace(row, entered=replace(row.entered, matter=found))


def _taken(agency: Agency, register: str, kind: str) -> frozenset[tuple[str, ...]]:
    found: list[Entered] = []
    if register == "documents":
        documents = NormativeDocument.objects.filter(agency=agency, struck_reason="")
        values = documents.values_list("kind", "title", "issued_on", "document_number")
        found += [EnteredDocument(*each) for each in values]
    elif register == "matters":
        matters = Matter.objects.filter(agency=agency, kind=kind, struck_reason="")
        found += [EnteredMatter(*each) for each in matters.values_list("kind", "title", "from_on")]
    else:
        entries = RegisterEntry.objects.filter(agency=agency, kind=kind, struck_reason="")
        lines = entries.values_list("kind", "title", "decided_on", "number", "party", "amount")
        found += [EnteredDecision(*line) for line in lines]
    return frozenset(map(key_of, found))


def name_of(register: str, kind: str) -> str:
    """The register in words."""
    if register == "documents":
        return "规范性文件库"
    return f"{RegisterKind(kind).label}{'事项清单' if register == 'matters' else '台账'}"


def template(register: str, kind: str) -> Table:
    """A workbook to fill in: the columns that are understood, a row that is visibly made up."""
    columns = REGISTERS[register]
    example = tuple(_EXAMPLES.get(name, "") for name in columns)
    return Table(f"{name_of(register, kind)}模板", tuple(names[0] for names in columns.values()), (example,))
