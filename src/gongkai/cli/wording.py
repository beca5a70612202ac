"""A report in words: its headline, its tables as rows of text."""

from collections.abc import Iterator
from functools import lru_cache

from gongkai.documents.writing.figures import figure_text
from gongkai.law.report.filled import FilledReport, FilledTable
from gongkai.law.report.formats import Block, ReportFormat, all_formats, load_format

BLANK = "空"
DOUBTFUL = "？"


def headline(report: FilledReport) -> str:
    """Agency, year and form in one line; what could not be read is named as such."""
    year = f"{report.year}年度" if report.year else "年度不明"
    return f"{report.agency or '单位名称不明'}　{year}　{form_name(report.format)}"


def form_name(format_id: str | None) -> str:
    if format_id is None:
        return "没有法定表格"
    report_format = load_format(format_id)
    return f"{report_format.applies_from}年格式（{report_format.document_number}）"


def cell_text(report: FilledReport, address: str) -> str:
    """A cell as the form prints it; a blank and a doubtful figure are named, not left out."""
    filled = report.tables[address.partition(".")[0]]
    if filled.cells.get(address) is None:
        missing = DOUBTFUL if address in report.doubtful else BLANK
        return missing + figure_text(filled, address)
    return figure_text(filled, address)


def blocks_of(filled: FilledTable) -> Iterator[Block]:
    """The blocks of a table 2 as filled in, each by its own form."""
    for block in load_format(filled.format).table2:
        own_form = filled.block_formats.get(block.code, filled.format)
        yield next(b for b in load_format(own_form).table2 if b.code == block.code)


def block_rows(report: FilledReport, block: Block) -> list[list[str]]:
    return [
        [row.label, *(cell_text(report, f"table2.{row.code}.{column.code}") for column in block.columns)]
        for row in block.rows
    ]


def table3_rows(report: FilledReport, form: ReportFormat) -> Iterator[list[str]]:
    """The rows of table 3, each group label on a line of its own before its rows."""
    shown: tuple[str, ...] = ()
    for row in form.table3_rows:
        for depth, group in enumerate(row.groups):
            if row.groups[: depth + 1] != shown[: depth + 1]:
                yield ["　" * depth + group, *[""] * len(form.table3_columns)]
        shown = row.groups
        addresses = (f"table3.{row.code}.{column.code}" for column in form.table3_columns)
        yield ["　" * len(row.groups) + row.label, *(cell_text(report, a) for a in addresses)]


def table4_rows(report: FilledReport, form: ReportFormat) -> Iterator[list[str]]:
    for block in form.table4_blocks:
        addresses = (f"table4.{block.code}.{column.code}" for column in form.table4_columns)
        yield [block.label, *(cell_text(report, address) for address in addresses)]


@lru_cache
def section_titles() -> dict[str, str]:
    """Section code → its heading in the form in force."""
    return {section.code: section.title for section in all_formats()[-1].sections}
