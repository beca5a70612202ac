"""An annual report as one self-contained page, and its tables as fragments for other pages."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib import resources

from gongkai.documents.writing.document import (
    Document,
    Grid,
    Paragraph,
    PrintedSection,
    PrintedTable,
    document,
)
from gongkai.documents.writing.figures import figure_text
from gongkai.law.report.filled import FilledReport, FilledTable
from gongkai.law.report.layout import LaidCell, LaidRow, headers_of


def render(report: FilledReport) -> bytes:
    """A UTF-8 page in zh-CN that asks no other server for anything."""
    printed = document(report)
    body = "".join(_section(section) for section in printed.sections)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"{_head(printed)}<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(printed.title)}</h1>\n{body}{_signature(printed)}</main>\n</body>\n</html>\n"
    ).encode()


def _head(printed: Document) -> str:
    author = f'<meta name="author" content="{escape(printed.agency)}">\n' if printed.agency else ""
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{author}<title>{escape(printed.title)}</title>\n"
    )


@lru_cache
def _style() -> str:
    return (resources.files("gongkai.documents.writing") / "report.css").read_text("utf-8")


def _section(section: PrintedSection) -> str:
    name = f"section-{section.code}"
    prose = "".join(map(_paragraph, section.paragraphs))
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">{section.heading}</h2>\n'
        f"{prose}{_scrolling(section.table) if section.table else ''}</section>\n"
    )


def _paragraph(paragraph: Paragraph) -> str:
    lead, rest = escape(paragraph.text[: paragraph.lead]), escape(paragraph.text[paragraph.lead :])
    if paragraph.is_heading:
        return f"<h3>{lead}</h3>\n"
    return f"<p><b>{lead}</b>{rest}</p>\n" if lead else f"<p>{rest}</p>\n"


def _scrolling(table: PrintedTable) -> str:
    """Wide tables scroll inside their own labelled region, reachable by keyboard."""
    label = table.grid.caption
    return f'<div role="region" aria-label="{label}" tabindex="0">\n{_table(table)}</div>\n'


def _signature(printed: Document) -> str:
    lines = [f"<p>{escape(line)}</p>\n" for line in (printed.agency, printed.dated) if line]
    return f"<footer>\n{''.join(lines)}</footer>\n" if lines else ""


def _table(table: PrintedTable) -> str:
    pattern, addresses = _pattern(table.grid)
    return pattern % tuple([_figure(table.filled, address) for address in addresses])


def _figure(filled: FilledTable, address: str) -> str:
    """The end of a figure's opening tag and its text: a blank is marked as one."""
    text = figure_text(filled, address)
    return f'figure">{escape(text)}' if text else 'figure blank">'


@lru_cache
def _pattern(grid: Grid) -> tuple[str, tuple[str, ...]]:
    """A table with ``%s`` in place of every figure, and the addresses of the figures."""
    name, rows = grid.name, grid.rows
    heads = [row for row in rows if row.repeats]
    thead = f"<thead>\n{''.join(_rows(name, rows, heads))}</thead>\n" if heads else ""
    bodies = (_rows(name, rows, body) for body in _bodies(rows[len(heads) :]))
    tbodies = "".join(f"<tbody>\n{''.join(body)}</tbody>\n" for body in bodies)
    opening = f'<table class="statutory {name}">\n<caption>{grid.caption}</caption>\n'
    return f"{opening}{thead}{tbodies}</table>\n", grid.addresses


def _bodies(rows: Sequence[LaidRow]) -> Iterable[Sequence[LaidRow]]:
    """A body for each block of table 2; tables 3 and 4 have one."""
    blocks = dict.fromkeys(row.block for row in rows)
    return [[row for row in rows if row.block == block] for block in blocks]


def _rows(name: str, rows: Sequence[LaidRow], chosen: Iterable[LaidRow]) -> Iterator[str]:
    for row in chosen:
        yield f"<tr>{''.join(_cell(name, rows, cell) for cell in row.cells)}</tr>\n"


def _cell(name: str, rows: Sequence[LaidRow], cell: LaidCell) -> str:
    spans = "".join(
        f' {attribute}="{span}"'
        for attribute, span in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
        if span > 1
    )
    if cell.address:
        heads = " ".join(_id(name, head) for head in headers_of(rows, cell))
        return f'<td headers="{heads}"{spans} class="%s</td>'
    text = escape(cell.text).replace("%", "%%")
    if cell.scope:
        return f'<th id="{_id(name, cell)}" scope="{cell.scope}"{spans}>{text}</th>'
    return f"<td{spans}>{text}</td>"


def _id(name: str, cell: LaidCell) -> str:
    return f"{name}-{cell.row}-{cell.column}"
