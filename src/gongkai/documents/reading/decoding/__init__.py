"""From the rows of a file to an annual report.

Tables are recognised by their labels, never by their place; each is read as a grid where it is
one and as running text where it is not.
"""

from collections.abc import Sequence
from dataclasses import replace

from gongkai.documents.reading.content import Content, Row, Unreadable
from gongkai.documents.reading.decoding import grid_table2, grid_table4, stream_table2, stream_tables, table3
from gongkai.documents.reading.decoding.blocks import COMMON_BLOCKS, finished, join_blocks
from gongkai.documents.reading.decoding.drafts import Draft
from gongkai.documents.reading.decoding.labels import table3_rows
from gongkai.documents.reading.decoding.prose import Prose, heading_of, read_prose
from gongkai.documents.reading.decoding.stream import Stream
from gongkai.documents.reading.decoding.turning import upright
from gongkai.law.report.filled import Doubt, FilledReport, FilledTable
from gongkai.law.report.formats import TABLE_NAMES, TABLES, load_format

NO_TABLES = "这份文件里没有找到年度报告的表格（表二、表三、表四都没有），请确认它是政府信息公开工作年度报告。"

MOST_ROWS = 15
LABEL_CELLS = 4


def decode(content: Content) -> FilledReport:
    """The report in a file. Raises :class:`Unreadable` where none of its tables is there."""
    content = replace(content, rows=_first_report(content.rows))
    prose = read_prose(content)
    drafts = _tables(upright(content.rows), prose.year)
    if not drafts:
        raise Unreadable(NO_TABLES)
    return _report(prose, drafts)


def _first_report(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows up to where a second report begins: after most rows of a table 3, a new section one
    or a first row of table 3."""
    seen: set[str | None] = set()
    for index, row in enumerate(rows):
        codes = {table3_rows().exact(cell.text) for cell in row.cells[:LABEL_CELLS]}
        ended = table3.LAST in seen or len(seen) > MOST_ROWS
        if ended and (table3.FIRST in codes or heading_of(row) == "overview"):
            return rows[:index]
        seen |= codes
    return rows


def _tables(rows: Sequence[Row], year: int | None) -> dict[str, Draft]:
    """The tables found, read as grids, else as running text. Tables 2 and 4 are looked for in the text
    where the form has them, before and after table 3, and then the other way round."""
    blocks = grid_table2.read_blocks(rows)
    third, fourth = table3.read_grid(rows), grid_table4.read_table4(rows)
    if not (third and fourth and set(blocks) >= COMMON_BLOCKS):
        stream = Stream(rows)
        found = stream_tables.read_table3(stream)
        begins, ends = (found[1], found[2]) if found else (None, 0)
        third = third or (found[0] if found else None)
        blocks = stream_table2.read_blocks(stream, 0, begins) | blocks
        blocks = (stream_table2.read_blocks(stream, ends, None) if found else {}) | blocks
        fourth = fourth or stream_tables.read_table4(stream, ends, None)
        fourth = fourth or (stream_tables.read_table4(stream, 0, begins) if found else None)
    drafts = {"table2": join_blocks(blocks, year), "table3": third, "table4": fourth}
    return {name: draft for name, draft in drafts.items() if draft is not None}


def _report(prose: Prose, drafts: dict[str, Draft]) -> FilledReport:
    tables: dict[str, FilledTable] = {}
    if "table2" in drafts:
        tables["table2"] = finished(drafts["table2"])
    for name in ("table3", "table4"):
        if name in drafts:
            draft = drafts[name]
            if name == "table4" and tables:
                draft.format = next(iter(tables.values())).format
            tables[name] = draft.finish(load_format(draft.format).addresses(name))
    return FilledReport(
        agency=prose.agency,
        year=prose.year,
        tables=tables,
        sections=prose.sections,
        headings=prose.headings,
        title=prose.title,
        published_on=prose.published_on,
        doubts=(*_missing(drafts), *(d for draft in drafts.values() for d in draft.doubts)),
    )


def _missing(drafts: dict[str, Draft]) -> tuple[Doubt, ...]:
    """A table that was not found is in doubt as a whole: it may stand there in a shape not known."""
    form = load_format(next(iter(drafts.values())).format)
    return tuple(
        Doubt(form.addresses(name), f"没有找到{TABLE_NAMES[name]}，请对照原件填写。")
        for name in TABLES
        if name not in drafts
    )
