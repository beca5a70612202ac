"""P9: annual reports out, as Word files and as PDFs."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

import docx
from docxtpl import DocxTemplate
from messy.truth import draw_truth
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as PdfTable

from bench.plain import Table, agreement, figures
from bench.race import Contender, race
from gongkai.documents.reading import read
from gongkai.documents.writing import write
from gongkai.documents.writing.figures import value_text
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.formats import TABLES
from gongkai.law.report.layout import LaidRow, layout_of

FONT = "STSong-Light"
Writer = Callable[[FilledReport], bytes]


def reports(size: int) -> list[FilledReport]:
    """Reports whose tables are all of one form, with some prose."""
    found: list[FilledReport] = []
    seed = 0
    while len(found) < size:
        truth = draw_truth(Random(seed), errors=False)
        report = replace(truth.report, published_on=truth.published_on)
        seed += 1
        forms = {table.format for table in report.tables.values()}
        if len(report.tables) == 3 and len(forms) == 1 and not report.tables["table2"].block_formats:
            found.append(report)
    return found


def run(kind: str, size: int) -> tuple[list[FilledReport], list[Contender]]:
    """Write the same reports with every writer; each output must show the report's figures."""
    sample = reports(size)
    writers = WORD if kind == "docx" else PDF
    for name, writer in writers.items():
        for report in sample[:3]:
            right, cells = agreement(_read_back(kind, writer(report), report), report)
            if right != cells:
                raise AssertionError(f"{name} wrote {cells - right} of {cells} cells otherwise")
    contenders = [Contender(name, writer) for name, writer in writers.items()]
    race(contenders, sample)
    return sample, contenders


def _read_back(kind: str, data: bytes, report: FilledReport) -> FilledReport:
    """Word files by python-docx, which none of the writers under test reads with; PDFs by our reader,
    because tables that run over pages defeat the simple ones."""
    return figures(_docx_tables(data), report.format or "") if kind == "docx" else read(data)


def is_byte_stable(kind: str) -> bool:
    report = reports(1)[0]
    return write(report, kind) == write(report, kind)


# --- the peers ---------------------------------------------------------------------------------------


def _text(report: FilledReport, address: str) -> str:
    return value_text(address, report[address])


def _python_docx(report: FilledReport) -> bytes:
    """Every cell set through the library, spans merged."""
    return _saved(_document(report, lambda address: _text(report, address)))


def _document(report: FilledReport, text: Callable[[str], str]) -> docx.document.Document:
    document = docx.Document()
    for name in TABLES:
        rows = layout_of(name, report.tables[name])
        width = max(cell.column + cell.colspan for row in rows for cell in row.cells)
        table = document.add_table(len(rows), width)
        table.style = "Table Grid"
        grid = [list(row.cells) for row in table.rows]
        for cell in (cell for row in rows for cell in row.cells):
            first = grid[cell.row][cell.column]
            if cell.rowspan > 1 or cell.colspan > 1:
                first = first.merge(grid[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1])
            first.text = text(cell.address) if cell.address else cell.text
    return document


def _saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docxtpl(report: FilledReport) -> bytes:
    """A template filled in, as its users do: loaded, rendered, saved."""
    template = DocxTemplate(io.BytesIO(_template(report.format or "")))
    template.render({"cells": {address: _text(report, address) for address, _ in report.cells()}})
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


@lru_cache
def _template(format_id: str) -> bytes:
    blank = next(report for report in reports(40) if report.format == format_id)
    return _saved(_document(blank, lambda address: "{{ cells['" + address + "'] }}"))


def _reportlab(report: FilledReport) -> bytes:
    _register_font()
    style = ParagraphStyle("cell", fontName=FONT, fontSize=8)
    story = [PdfTable(*_pdf_table(layout_of(n, report.tables[n]), report, style)) for n in TABLES]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=20, rightMargin=20).build(story)
    return out.getvalue()


def _pdf_table(rows: tuple[LaidRow, ...], report: FilledReport, style: ParagraphStyle):
    width = max(cell.column + cell.colspan for row in rows for cell in row.cells)
    grid: list[list[object]] = [[""] * width for _ in rows]
    marks: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("FONT", (0, 0), (-1, -1), FONT, 8),
    ]
    for cell in (cell for row in rows for cell in row.cells):
        grid[cell.row][cell.column] = (
            _text(report, cell.address) if cell.address else Paragraph(cell.text, style)
        )
        end = (cell.column + cell.colspan - 1, cell.row + cell.rowspan - 1)
        marks.append(("SPAN", (cell.column, cell.row), end))
    labels = [40, 70, 165] if width == 10 else []  # table 3 fits a page only with wide labels
    figures_wide = (555 - sum(labels)) / (width - len(labels))
    return grid, labels + [figures_wide] * (width - len(labels)), None, marks


@lru_cache
def _register_font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def _libreoffice(report: FilledReport) -> bytes:
    """The Word file converted by an office suite started for it, as scripts do."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(write(report, "docx"))
        subprocess.run(
            [_office(), "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
             "--outdir", folder, str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return source.with_suffix(".pdf").read_bytes()


def _office() -> str:
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def _docx_tables(data: bytes) -> Iterator[Table]:
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            yield [[cell.text for cell in {cell._tc: cell for cell in row.cells}.values()]]


WORD: dict[str, Writer] = {
    "gongkai": lambda report: write(report, "docx"),
    "docxtpl": _docxtpl,
    "python-docx": _python_docx,
}
PDF: dict[str, Writer] = {"gongkai": lambda report: write(report, "pdf"), "reportlab": _reportlab}
if _office():
    PDF["LibreOffice, one start a file"] = _libreoffice
