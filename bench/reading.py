"""P1, P2 and P3: published reports to checked figures, from web pages, Word files and PDFs."""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import bs4
import docx
import lxml.etree
import pandas
import pdfplumber
import pypdfium2
from docx2python import docx2python
from messy.case import Case
from selectolax.lexbor import LexborHTMLParser

from bench.plain import Table, figures
from bench.race import Contender, race
from bench.report_files import Reader, Sample, draw
from gongkai.documents.reading import read
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.relations import evaluate

HTML_VARIANTS = (
    ("word_junk",),
    ("cms_junk",),
    ("word_junk", "legacy_charset"),
    ("paragraphs_per_cell",),
    (),
)
DOCX_VARIANTS = ((), ("nested_table",), ("split_runs",))
PDF_VARIANTS = ((), ("short_pages",))


@dataclass(frozen=True, slots=True)
class Task:
    """One reading task: its peers, and the bare parsing that no reader can beat."""

    code: str
    title: str
    shape: str
    variants: tuple[tuple[str, ...], ...]
    peers: dict[str, Callable[[bytes], Iterator[Table]]]
    limit: tuple[str, Callable[[bytes], object]]
    packages: tuple[str, ...]
    goals: str


def run(task: Task, size: int) -> tuple[Sample, list[Contender]]:
    """Draw the sample, then race ours, the peers and the bare parser over it."""
    readers: dict[str, Reader] = {"gongkai": _ours}
    readers |= {name: _peer(tables) for name, tables in task.peers.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sample = draw(task.shape, task.variants, size, readers)
        name, parse = task.limit
        contenders = [Contender(reader, run_one) for reader, run_one in readers.items()]
        contenders.append(Contender(name, lambda case: parse(case.data)))
        race(contenders, sample.cases)
    return sample, contenders


def _ours(case: Case) -> FilledReport:
    report = read(case.data)
    evaluate(report)
    return report


def _peer(tables: Callable[[bytes], Iterator[Table]]) -> Reader:
    return lambda case: figures(tables(case.data), case.truth.report.format or "fy2021")


def _pandas(data: bytes) -> Iterator[Table]:
    for frame in pandas.read_html(io.BytesIO(data), header=None, keep_default_na=False):
        yield [[str(cell) for cell in row] for row in frame.to_numpy().tolist()]


def _beautiful_soup(data: bytes) -> Iterator[Table]:
    for table in bs4.BeautifulSoup(data, "lxml").find_all("table"):
        yield [
            [cell.get_text() for cell in row.find_all(["td", "th"], recursive=False)]
            for row in table.find_all("tr")
        ]


def _python_docx(data: bytes) -> Iterator[Table]:
    def walk(tables: list[docx.table.Table]) -> Iterator[Table]:
        for table in tables:
            # A merged cell is given once for every grid column it covers.
            rows = [list({cell._tc: cell for cell in row.cells}.values()) for row in table.rows]
            yield [[cell.text for cell in row] for row in rows]
            for cell in {cell._tc: cell for row in rows for cell in row}.values():
                yield from walk(cell.tables)

    yield from walk(docx.Document(io.BytesIO(data)).tables)


def _docx2python(data: bytes) -> Iterator[Table]:
    with docx2python(io.BytesIO(data)) as content:
        for table in content.body:
            yield [["\n".join(map(str, cell)) for cell in row] for row in table]


def _pdfplumber(data: bytes) -> Iterator[Table]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                yield [[cell or "" for cell in row] for row in table]


def _selectolax(data: bytes) -> object:
    return LexborHTMLParser(
        data.decode("gb18030" if b"charset=gb" in data[:400] else "utf-8", "replace")
    ).body


def _zip_and_lxml(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return lxml.etree.fromstring(archive.read("word/document.xml"))


def _pdfium_text(data: bytes) -> object:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


TASKS = (
    Task(
        "P1",
        "web pages (Word's export, CMS markup, GBK) to figures and relations",
        "html",
        HTML_VARIANTS,
        {"pandas.read_html": _pandas, "bs4 + lxml": _beautiful_soup},
        ("selectolax alone, parsing only", _selectolax),
        ("pandas", "beautifulsoup4", "lxml", "selectolax"),
        "≥ 5 × pandas, ≥ 15 × bs4, ≥ 60 % of bare selectolax",
    ),
    Task(
        "P2",
        "Word files (merged cells, nested tables) to figures and relations",
        "docx",
        DOCX_VARIANTS,
        {"python-docx": _python_docx, "docx2python": _docx2python},
        ("zipfile + lxml alone, parsing only", _zip_and_lxml),
        ("python-docx", "docx2python", "lxml"),
        "≥ 12 × python-docx, ≥ 60 % of zip + lxml",
    ),
    Task(
        "P3",
        "PDFs with ruled tables to figures and relations",
        "pdf",
        PDF_VARIANTS,
        {"pdfplumber": _pdfplumber},
        ("pypdfium2 alone, text only", _pdfium_text),
        ("pdfplumber", "pypdfium2"),
        "≥ 5 × pdfplumber, ≥ 60 % of pypdfium2's text",
    ),
)
