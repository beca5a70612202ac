"""An annual report as it is printed: title, six sections of prose and tables, signature.

Every writer draws this and nothing else, so that Word, PDF, page and workbook say the same.
"""

import re
from dataclasses import dataclass
from datetime import date

from gongkai.law.report.filled import FilledReport, FilledTable
from gongkai.law.report.formats import ReportFormat, Section, all_formats, format_for, load_format
from gongkai.law.report.layout import LaidRow, figures_of, layout_of

_SUBJECT = "政府信息公开工作年度报告"
_NO_DATE = date(1980, 1, 1)
_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SECOND_LEVEL = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。]{1,40}(?:。|$)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its first ``lead`` characters are a heading of the second level （一）."""

    text: str
    lead: int = 0

    @property
    def is_heading(self) -> bool:
        return self.lead == len(self.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """The empty form of a printed table: what a writer may prepare once and fill many times.

    ``caption`` is the section's title without its number; ``mixed`` names the blocks of table 2
    that follow another form, as (block, form).
    """

    name: str
    caption: str
    format: str
    mixed: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> tuple[LaidRow, ...]:
        return layout_of(self.name, FilledTable(self.format, {}, dict(self.mixed)))

    @property
    def addresses(self) -> tuple[str, ...]:
        """The figures in reading order."""
        return tuple(cell.address for cell in figures_of(self.rows) if cell.address)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A statutory table in its place."""

    grid: Grid
    filled: FilledTable


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section: heading, prose, and the table printed under the prose."""

    code: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    table: PrintedTable | None


@dataclass(frozen=True, slots=True)
class Document:
    """``agency`` and the ``day``, ``dated`` in words (2021年1月29日), sign the report; either may be
    missing (empty)."""

    title: str
    agency: str
    day: date | None
    sections: tuple[PrintedSection, ...]

    @property
    def dated(self) -> str:
        return date_text(self.day) if self.day else ""

    @property
    def file_date(self) -> date:
        """The age a file claims: that of the report, else one that is the same every time."""
        return self.day or _NO_DATE

    @property
    def closing(self) -> Paragraph | None:
        """The last paragraph: it stays on the page of the signature (GB/T 9704, 7.3.5)."""
        last = self.sections[-1]
        return last.paragraphs[-1] if last.paragraphs and not last.table else None


def document(report: FilledReport) -> Document:
    """What is printed of a report. A table the report does not have is left out; sections without
    prose keep their heading."""
    return Document(
        title=title_of(report),
        agency=_clean(report.agency or ""),
        day=report.published_on,
        sections=tuple(_section(report, section) for section in _form(report).sections),
    )


def title_of(report: FilledReport) -> str:
    """The published title, else the usual one: 机关全称 + 年份 + 年政府信息公开工作年度报告."""
    year = f"{report.year}年" if report.year else ""
    return _clean(report.title or f"{report.agency or ''}{year}{_SUBJECT}")


def date_text(day: date) -> str:
    """2021年1月29日, as GB/T 9704 writes a date: Arabic digits, no leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def printable(text: str) -> str:
    """Text without the characters that no file of ours may carry (controls, lone surrogates)."""
    return _UNPRINTABLE.sub("", text)


def _clean(text: str) -> str:
    return " ".join(printable(text).split())


def _form(report: FilledReport) -> ReportFormat:
    if report.format:
        return load_format(report.format)
    return (format_for(report.year) if report.year else None) or all_formats()[-1]


def _section(report: FilledReport, section: Section) -> PrintedSection:
    return PrintedSection(
        code=section.code,
        heading=section.title,
        paragraphs=_paragraphs(report.sections.get(section.code, "")),
        table=_table(report, section),
    )


def _table(report: FilledReport, section: Section) -> PrintedTable | None:
    if not section.table or section.table not in report.tables:
        return None
    filled = report.tables[section.table]
    caption = section.title.partition("、")[2]
    mixed = tuple(sorted(filled.block_formats.items()))
    return PrintedTable(Grid(section.table, caption, filled.format, mixed), filled)


def _paragraphs(prose: str) -> tuple[Paragraph, ...]:
    lines = (_clean(line) for line in prose.splitlines())
    return tuple(_paragraph(line) for line in lines if line)


def _paragraph(line: str) -> Paragraph:
    found = _SECOND_LEVEL.match(line)
    return Paragraph(line, found.end() if found else 0)
