"""An annual report as a Word document in the layout of GB/T 9704-2012.

The XML is put together as text: the empty form of each table is prepared once and filled many
times, and the parts that never change lie in ``word/``.
"""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape

from gongkai.documents.writing.document import (
    Document,
    Grid,
    Paragraph,
    PrintedSection,
    PrintedTable,
    document,
)
from gongkai.documents.writing.figures import figure_text
from gongkai.documents.writing.geometry import (
    agency_indent,
    column_shares,
    figure_rooms,
    figure_size,
    label_lines,
    title_lines,
)
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.layout import LaidCell, LaidRow

TEXT_WIDTH = 8844  # 版心 156 mm, in twentieths of a point
CHARACTER = 320  # 三号, in twentieths of a point
_ROW_HEIGHT = {"table2": 420, "table3": 372, "table4": 480}
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1304" '
    'w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)
_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
# Curly quotes and dashes belong to the Chinese face.
_CHINESE = '<w:rFonts w:hint="eastAsia"/>'


def render(report: FilledReport) -> bytes:
    """A .docx file. It names the official faces (方正小标宋简体, 仿宋_GB2312 …), each with stand-ins."""
    printed = document(report)
    parts = standing_parts() | {"word/document.xml": _document(printed), "docProps/core.xml": _core(printed)}
    return packed(parts)


def packed(parts: dict[str, str]) -> bytes:
    """The parts as one file, each with the same old date: the same parts give the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


@lru_cache
def standing_parts() -> dict[str, str]:
    """The parts that are the same in every report; the list of types first, as Word wants it."""
    folder = resources.files("gongkai.documents.writing") / "word"
    return dict(sorted(_files(folder, "")))


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        else:
            yield path + entry.name, entry.read_text("utf-8")


def _core(printed: Document) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(printed.title)}</dc:title><dc:creator>{escape(printed.agency)}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _document(printed: Document) -> str:
    body = "".join(_section(section, printed.closing) for section in printed.sections)
    title = _line("Title", "\n".join(title_lines(printed.title)))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {_NAMESPACES}><w:body>'
        f"{title}{body}{_signature(printed)}{_PAGE}</w:body></w:document>"
    )


def _section(section: PrintedSection, closing: Paragraph | None) -> str:
    prose = "".join(_paragraph(paragraph, paragraph is closing) for paragraph in section.paragraphs)
    table = _table(section.table) + _GAP if section.table else ""
    return _line("Heading1", section.heading) + prose + table


def _paragraph(paragraph: Paragraph, closes: bool) -> str:
    if paragraph.is_heading:
        return _line("Heading2", paragraph.text)
    lead, rest = paragraph.text[: paragraph.lead], paragraph.text[paragraph.lead :]
    runs = (_run(lead, '<w:rStyle w:val="Lead"/>') if lead else "") + _run(rest)
    return f'<w:p><w:pPr><w:pStyle w:val="{"Closing" if closes else "Body"}"/></w:pPr>{runs}</w:p>'


def _line(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p>'


def _run(text: str, style: str = "") -> str:
    words = escape(text).replace("\n", "</w:t><w:br/><w:t>")
    return f"<w:r><w:rPr>{style}{_CHINESE}</w:rPr><w:t>{words}</w:t></w:r>"


def _signature(printed: Document) -> str:
    """The agency's name centred over the date, both kept together after an empty line."""
    lines = []
    if printed.agency:
        indent = agency_indent(printed.agency, printed.dated)
        lines.append(
            '<w:p><w:pPr><w:pStyle w:val="Signature"/>'
            f'<w:ind w:rightChars="{round(indent * 100)}" w:right="{round(indent * CHARACTER)}"/></w:pPr>'
            f"{_run(printed.agency)}</w:p>"
        )
    if printed.dated:
        lines.append(_line("Dated", printed.dated))
    return '<w:p><w:pPr><w:pStyle w:val="Signature"/></w:pPr></w:p>' + "".join(lines) if lines else ""


def _table(table: PrintedTable) -> str:
    pattern, addresses = _pattern(table.grid)
    figures = zip(addresses, figure_rooms(table.grid), strict=True)
    return pattern % tuple([_figure(figure_text(table.filled, address), room) for address, room in figures])


def _figure(text: str, room: float) -> str:
    """The run of a figure; a blank has none."""
    if not text:
        return ""
    size = "" if len(text) <= room else f'<w:rPr><w:sz w:val="{int(2 * figure_size(text, room))}"/></w:rPr>'
    return f"<w:r>{size}<w:t>{escape(text)}</w:t></w:r>"


@lru_cache
def _pattern(grid: Grid) -> tuple[str, tuple[str, ...]]:
    """A table with ``%s`` in place of every figure, and the addresses of the figures."""
    edges = [round(TEXT_WIDTH * share) for share in accumulate(column_shares(grid), initial=0.0)]
    widths = [end - start for start, end in pairwise(edges)]
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    rows = "".join(_row(grid, number, row, widths) for number, row in enumerate(grid.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Statutory"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCaption w:val="{grid.caption}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>",
        grid.addresses,
    )


def _row(grid: Grid, number: int, row: LaidRow, widths: list[int]) -> str:
    repeat = "<w:tblHeader/>" if row.repeats else ""
    cells = "".join(_cell(grid, cell, number, widths) for cell in _across(grid, number))
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_ROW_HEIGHT[grid.name]}" w:hRule="atLeast"/>'
        f"{repeat}</w:trPr>{cells}</w:tr>"
    )


def _across(grid: Grid, number: int) -> list[LaidCell]:
    """The cells a row crosses, those that reach down from above among them."""
    cells = (cell for row in grid.rows[: number + 1] for cell in row.cells if cell.covers_row(number))
    return sorted(cells, key=lambda cell: cell.column)


def _cell(grid: Grid, cell: LaidCell, number: int, widths: list[int]) -> str:
    wide = sum(widths[cell.column : cell.column + cell.colspan])
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{_merge(cell, number)}'
        f'<w:vAlign w:val="center"/></w:tcPr>{_content(grid, cell, number)}</w:tc>'
    )


def _merge(cell: LaidCell, number: int) -> str:
    if cell.rowspan == 1:
        return ""
    return '<w:vMerge w:val="restart"/>' if cell.row == number else "<w:vMerge/>"


def _content(grid: Grid, cell: LaidCell, number: int) -> str:
    if cell.address:
        return '<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr>%s</w:p>'
    style = _style(grid, cell)
    if cell.row < number:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
    return _line(style, label_lines(grid, cell)).replace("%", "%%")


def _style(grid: Grid, cell: LaidCell) -> str:
    """Column headings stay on the page of the row under them."""
    if cell.scope in {"col", "colgroup"}:
        return "Head"
    return "Item" if grid.name == "table3" and cell.scope == "row" else "Label"
