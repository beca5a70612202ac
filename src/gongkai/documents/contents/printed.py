"""PDF pages: lines where a reader counts them, tables by their rules or by the gaps between their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.documents.contents.holding import Cell, Collector, Contents
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.pdf.cells import Table as Ruled
from gongkai.documents.reading.pdf.glyphs import is_slanted
from gongkai.documents.reading.pdf.labels import chunks_of
from gongkai.documents.reading.pdf.pages import Page, read_page
from gongkai.documents.reading.pdf.words import Line

MOST_PAGES = 2_000
_FEWEST_GLYPHS = 10
"""A page with a picture and fewer characters than this is a scan."""
_FEWEST_ROWS = 3
_MOST_ROW_CHUNKS = 60
LOCKED = "这份 PDF 设了打开密码，无法读取；请去掉密码另存后再试。"
DAMAGED = "这份 PDF 已损坏或不完整，无法打开；请重新下载或导出后再试。"

Area = tuple[float, float, float, float]
"""Left, top, right and bottom, as the words of the page have them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A text on a page with where it is: its glyphs' areas where each stands alone, or one area for all."""

    place: str
    text: str
    line: Line | None = None
    area: Area | None = None


def read(data: bytes) -> Contents:
    """What stands in a PDF. Raises :class:`Unreadable`."""
    collector, unscanned = Collector(), []
    for number, page, opened in pages(data):
        if is_picture(page):
            unscanned.append(f"第{number}页")
        collector.passage(_slanted(opened, page.glyphs), f"第{number}页斜排文字")
        for item in spots(page, number):
            if isinstance(item, Spot):
                collector.passage(item.text, item.place)
            else:
                rows = [tuple(Cell(spot.text, spot.place) for spot in row) for row in item[1]]
                collector.table(item[0], rows)
    return collector.contents("pdf", unscanned=unscanned)


def pages(data: bytes) -> Iterator[tuple[int, Page, pdfium.PdfPage]]:
    """The pages of a file, by number, each as read and open. Raises :class:`Unreadable`."""
    document = _open(data)
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(
                f"这份 PDF 有 {len(document)} 页，超过 {MOST_PAGES} 页的上限；请分成几个文件，再试。"
            )
        for number in range(len(document)):
            try:
                page = document[number]
            except pdfium.PdfiumError as error:
                raise Unreadable(
                    f"这份 PDF 的第 {number + 1} 页已损坏，无法读取；请重新导出后再试。"
                ) from error
            try:
                yield number + 1, read_page(page.raw), page
            finally:
                page.close()
    finally:
        document.close()


def _slanted(page: pdfium.PdfPage, glyphs: int) -> str:
    """The text of a page that stands at a slant, as a watermark does, which no line holds; looked for where
    the page has more characters than its lines."""
    text_page = page.get_textpage()
    try:
        whole = text_page.get_text_bounded()
        if sum(not character.isspace() for character in whole) <= glyphs:
            return ""
        count = text_page.count_chars()
        return "".join(
            chr(raw.FPDFText_GetUnicode(text_page.raw, number))
            for number in range(count)
            if is_slanted(text_page.raw, number)
        ).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # fmt: skip
    finally:
        text_page.close()


def is_picture(page: Page) -> bool:
    """Whether what a page says can be read from its picture only."""
    return (page.glyphs < _FEWEST_GLYPHS and page.pictures > 0) or page.unknown * 2 > page.glyphs


def spots(page: Page, number: int) -> Iterator[Spot | tuple[str, list[list[Spot]]]]:
    """The lines and tables of a page, top to bottom; a table is its place and its rows."""
    lines = tables = 0
    for is_line, group in groupby(page.items, lambda item: isinstance(item, Line)):
        if not is_line:
            for item in group:
                tables += 1
                assert isinstance(item, Ruled)
                yield f"第{number}页表{tables}", _ruled(item, f"第{number}页表{tables}")
            continue
        for is_row, run in groupby(_with_chunks(group), lambda pair: len(pair[1]) > 1):
            rows = list(run)
            if is_row and (columns := _columns([chunks for _, chunks in rows])):
                tables += 1
                place = f"第{number}页表{tables}"
                yield place, _aligned([chunks for _, chunks in rows], columns, place)
                continue
            for line, _ in rows:
                lines += 1
                yield Spot(f"第{number}页第{lines}行", line.text, line)


def _with_chunks(items: Iterator[Line | Ruled]) -> Iterator[tuple[Line, list[Line]]]:
    for line in items:
        assert isinstance(line, Line)
        yield line, chunks_of(line.words)


def _ruled(table: Ruled, place: str) -> list[list[Spot]]:
    grid = table.grid
    rows = [
        [Spot(f"{place}第{row}行第{column}列", "") for column in range(1, len(grid.xs))]
        for row in range(1, len(grid.ys))
    ]
    for cell, text in zip(grid.cells, table.texts, strict=True):
        area = (
            grid.xs[cell.column], grid.ys[cell.row],
            grid.xs[cell.column + cell.colspan], grid.ys[cell.row + cell.rowspan],
        )  # fmt: skip
        rows[cell.row][cell.column] = Spot(rows[cell.row][cell.column].place, text, area=area)
    return rows


def _columns(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """The columns that the pieces of some lines stand in, from left to right; none where they make none."""
    if len(rows) < _FEWEST_ROWS or max(map(len, rows)) > _MOST_ROW_CHUNKS:
        return []
    columns: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns if len(columns) > 1 else []


def _aligned(
    rows: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]], place: str
) -> list[list[Spot]]:
    found = list[list[Spot]]()
    for number, row in enumerate(rows, 1):
        spots = list[Spot]()
        for column, (left, right) in enumerate(columns, 1):
            words = tuple(
                word for piece in row if left <= piece.left and piece.right <= right for word in piece.words
            )
            line = Line(words) if words else None
            spots.append(Spot(f"{place}第{number}行第{column}列", line.text if line else "", line))
        found.append(spots)
    return found


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise Unreadable(LOCKED if locked else DAMAGED) from error
