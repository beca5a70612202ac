"""A report as sheets to draw: every laid-out cell with its figure and what was found about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.documents.writing.figures import UNIT, figure_text, has_unit, value_text
from gongkai.law.report.filled import FilledReport, FilledTable, Value
from gongkai.law.report.findings import SEVERITY_LABELS, Finding, Severity
from gongkai.law.report.formats import TABLE_NAMES, cell_kind
from gongkai.law.report.layout import LaidCell, layout_of
from gongkai.law.report.relations import relations_of
from gongkai.law.report.wording import cell_name, column_name

_NAMED = 4  # cells and readings that a doubt names before it says how many more there are
_READ_OUT = 8  # figures of one reading that are read out
_RANK: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding with its number in the list, and its cells with their names."""

    number: int
    finding: Finding

    @property
    def severity_label(self) -> str:
        return SEVERITY_LABELS[self.finding.severity]

    @property
    def anchor(self) -> str:
        return f"finding-{self.number}"

    @property
    def cell(self) -> tuple[str, str] | None:
        """(address, name) of the cell to look at first."""
        return next(((cell, cell_name(cell)) for cell in self.finding.cells), None)

    @property
    def other_cells(self) -> int:
        return len(self.finding.cells) - 1

    @property
    def difference(self) -> str:
        """多5 or 少5, where the finding sets one figure against another."""
        expected, found = self.finding.expected, self.finding.found
        if isinstance(expected, str) or isinstance(found, str) or expected is None or found is None:
            return ""
        gap = Decimal(found) - Decimal(expected)
        return f"{'多' if gap > 0 else '少'}{abs(gap):f}" if gap else ""


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind a counted figure: the count of the registers, the page that lists its records,
    and, where the figure was adjusted, the id of what says why."""

    count: int | Decimal
    href: str
    reason_id: str = ""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """One cell of a sheet. ``text`` is the label, the printed figure, or what was typed. ``marks``
    are the findings that point at this cell first; ``parts`` those it only has a part in."""

    laid: LaidCell
    text: str
    marks: tuple[Mark, ...] = ()
    parts: tuple[Mark, ...] = ()
    doubtful: bool = False
    error: str = ""
    unit: str = ""
    backing: Backing | None = None

    @property
    def address(self) -> str | None:
        return self.laid.address

    @property
    def name(self) -> str:
        return cell_name(self.laid.address or "")

    @property
    def kind(self) -> str:
        return cell_kind(self.laid.address) if self.laid.address else ""

    @property
    def is_blank(self) -> bool:
        return self.laid.address is not None and self.text == ""

    @property
    def severity(self) -> str:
        """The gravest severity of the findings at this cell, else empty."""
        return _gravest(self.marks)

    @property
    def described_by(self) -> str:
        """The ids of what is said about this cell."""
        own = [f"error-{self.laid.address}"] if self.error else []
        own += [self.backing.reason_id] if self.backing and self.backing.reason_id else []
        return " ".join(own + [mark.anchor for mark in self.marks])

    @property
    def classes(self) -> str:
        names = {
            "figure": True,
            "blank": self.is_blank,
            "doubtful": self.doubtful,
            "invalid": bool(self.error),
            "adjusted": bool(self.backing and self.backing.reason_id),
            "total": ".total" in (self.laid.address or "") or "handled_total" in (self.laid.address or ""),
            f"found-{self.severity}": bool(self.severity),
            f"part-{_gravest(self.parts)}": bool(self.parts) and not self.severity,
        }
        return " ".join(name for name, applies in names.items() if applies)


def _gravest(found: Sequence[Mark]) -> str:
    severities = {mark.finding.severity for mark in found}
    return next((severity for severity in _RANK if severity in severities), "")


@dataclass(frozen=True, slots=True)
class DrawnRow:
    cells: tuple[DrawnCell, ...]
    header: bool
    block: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One statutory table, ready for a template. ``head`` rows repeat, ``body`` rows do not."""

    name: str
    section: str
    title: str
    head: tuple[DrawnRow, ...]
    body: tuple[DrawnRow, ...]
    has_errors: bool

    @property
    def caption(self) -> str:
        return f"{TABLE_NAMES[self.name]}　{self.title}"


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt as it is put to a person: the cells by name, and the readings that all fit."""

    message: str
    cells: tuple[tuple[str, str], ...]
    readings: tuple[str, ...]
    more: int


def questions(report: FilledReport) -> tuple[Question, ...]:
    """The report's doubts, each with its first cells and its first readings in words."""
    return tuple(
        Question(
            doubt.message,
            tuple((cell, cell_name(cell)) for cell in doubt.cells[:_NAMED]),
            tuple(map(_reading, doubt.readings[:_NAMED])),
            max(0, len(doubt.readings) - _NAMED),
        )
        for doubt in report.doubts
    )


def _reading(reading: Mapping[str, Value]) -> str:
    """本年制发件数 3、本年废止件数 0: a reading by the labels of its columns."""
    said = [
        f"{column_name(address).partition('“')[2].removesuffix('”列')} {typed_text(address, value) or '空白'}"
        for address, value in list(reading.items())[:_READ_OUT]
    ]
    return "、".join(said) + ("……" if len(reading) > _READ_OUT else "")


def marks(findings: Sequence[Finding]) -> tuple[Mark, ...]:
    """Findings numbered from 1, the gravest first."""
    ordered = sorted(findings, key=lambda finding: _RANK.index(finding.severity))
    return tuple(Mark(number, finding) for number, finding in enumerate(ordered, start=1))


def draw(  # noqa: PLR0913 - what may be drawn besides the figures, all by keyword
    report: FilledReport,
    found: Sequence[Mark] = (),
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    backing: Mapping[str, Backing] | None = None,
    for_input: bool = False,
) -> tuple[Sheet, ...]:
    """The report's tables in the order of the form.

    ``typed`` (address → text) stands in place of the saved figures, ``errors`` says what is wrong
    with it; ``backing`` (by address) leads to the cases behind a figure; ``for_input`` prints figures
    as they are typed, without unit.
    """
    first: dict[str, list[Mark]] = {}
    parts: dict[str, list[Mark]] = {}
    for mark in found:
        for number, address in enumerate(mark.finding.cells):
            (parts if number else first).setdefault(address, []).append(mark)
    pen = _Pen(first, parts, report.doubtful, typed or {}, errors or {}, backing or {}, for_input)
    return tuple(pen.sheet(report, name, table) for name, table in report.tables.items())


@dataclass(frozen=True, slots=True)
class _Pen:
    marks: Mapping[str, Sequence[Mark]]
    parts: Mapping[str, Sequence[Mark]]
    doubtful: frozenset[str]
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    backing: Mapping[str, Backing]
    for_input: bool

    def sheet(self, report: FilledReport, name: str, table: FilledTable) -> Sheet:
        rows = tuple(
            DrawnRow(tuple(self.cell(table, laid) for laid in row.cells), row.header, row.block)
            for row in layout_of(name, table)
        )
        report_format = report.format_of(name)
        assert report_format is not None  # the table is in the report
        section = next(section for section in report_format.sections if section.table == name)
        repeating = sum(1 for row in layout_of(name, table) if row.repeats)
        return Sheet(
            name=name,
            section=section.code,
            title=section.title.partition("、")[2],
            head=rows[:repeating],
            body=rows[repeating:],
            has_errors=any(address.startswith(name + ".") for address in self.errors),
        )

    def cell(self, table: FilledTable, laid: LaidCell) -> DrawnCell:
        address = laid.address
        if address is None:
            return DrawnCell(laid, laid.text)
        saved = (
            typed_text(address, table.cells.get(address)) if self.for_input else figure_text(table, address)
        )
        return DrawnCell(
            laid,
            self.typed.get(address, saved),
            tuple(self.marks.get(address, ())),
            tuple(self.parts.get(address, ())),
            address in self.doubtful,
            self.errors.get(address, ""),
            UNIT if self.for_input and has_unit_beside(address) else "",
            self.backing.get(address),
        )


def typed_text(address: str, value: Value) -> str:
    """A figure as one types it: the unit stands beside the input."""
    return value_text(address, value).removesuffix(UNIT)


def has_unit_beside(address: str) -> bool:
    """Whether 万元 must stand beside the input, because the heading does not name the unit."""
    return address.startswith("table2.") and has_unit(address)


def relation_data(report: FilledReport) -> list[dict[str, Any]]:
    """The sums of the form as plain data for the page that checks them while one types."""
    return [
        {
            "code": relation.code,
            "left": relation.left,
            "right": relation.right,
            "statement": relation.statement,
            "along": relation.along,
            "article": relation.article,
        }
        for relation in relations_of(report)
    ]
