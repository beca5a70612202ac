"""Articles cut into sheets that a screen on the wall shows without anybody turning a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.documents.articles import Article, Block, Grid, Heading, Listing, Paragraph, Picture

ROOM = 306  # characters that a screen shows in large type
MOST = 8  # sheets of one article; the rest is read on its page
LINE = 34  # characters across
_PICTURE = 220  # as many characters as a picture takes room
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?[”’）]?")


def sheets_of(article: Article, room: int = ROOM) -> list[Article]:
    """The article in its order, cut between blocks, sentences, items and rows; a heading stays with what
    follows it. At least one sheet."""
    sheets: list[list[Block]] = [[]]
    used = 0
    for block in _small(article.blocks, room):
        need = weight(block)
        if sheets[-1] and used + need + _kept_free(block) > room:
            kept = [sheets[-1].pop()] if isinstance(sheets[-1][-1], Heading) and len(sheets[-1]) > 1 else []
            sheets.append(kept)
            used = sum(map(weight, kept))
        sheets[-1].append(block)
        used += need
    return [Article(tuple(blocks)) for blocks in sheets]


def weight(block: Block) -> int:
    """About how many characters' room it takes, counted in whole lines."""
    match block:
        case Heading():
            return _lines(block.text) + LINE
        case Paragraph():
            return _lines(block.text)
        case Listing():
            return sum(map(_lines, block.items))
        case Grid():
            return sum(_row(row) for row in block.rows) + _lines(block.caption)
        case Picture():
            return _PICTURE


def _lines(text: str) -> int:
    return -(-len(text) // LINE) * LINE


def _row(row: Sequence[str]) -> int:
    """The tallest cell decides."""
    across = max(LINE // max(len(row), 1), 1)
    return max((-(-len(cell) // across) for cell in row), default=1) * LINE + LINE // 2


def _kept_free(block: Block) -> int:
    """A heading at the foot of a sheet leads to nothing."""
    return LINE if isinstance(block, Heading) else 0


def _small(blocks: Sequence[Block], room: int) -> Iterator[Block]:
    """The blocks, those that no sheet holds in pieces."""
    for block in blocks:
        if weight(block) <= room:
            yield block
        else:
            yield from _pieces(block, room)


def _pieces(block: Block, room: int) -> Iterator[Block]:
    match block:
        case Paragraph():
            yield from map(Paragraph, _sentences(block.text, room - LINE))
        case Listing():
            marks = (f"{number}. " if block.ordered else "· " for number in range(1, len(block.items) + 1))
            lines = [Paragraph(mark + item) for mark, item in zip(marks, block.items, strict=True)]
            yield from _small(lines, room)
        case Grid():
            yield from _rows(block, room)
        case _:
            yield block


def _sentences(text: str, room: int) -> Iterator[str]:
    """Whole sentences together; one longer than a sheet is cut where it is. Links stay whole words."""
    held = ""
    for found in _SENTENCE.finditer(text):
        sentence = found[0]
        if held and len(held) + len(sentence) > room:
            yield held
            held = ""
        held += sentence
        while len(held) > room:
            yield held[:room]
            held = held[room:]
    if held:
        yield held


def _rows(grid: Grid, room: int) -> Iterator[Grid]:
    """The rows in portions, each under the head."""
    head, body = grid.rows[: grid.header_rows], grid.rows[grid.header_rows :]
    free = max(room - sum(map(_row, head)) - _lines(grid.caption), LINE)
    held: list[tuple[str, ...]] = []
    used = 0
    for row in body:
        if held and used + _row(row) > free:
            yield replace(grid, rows=(*head, *held))
            held, used = [], 0
        held.append(row)
        used += _row(row)
    if held or not body:
        yield replace(grid, rows=(*head, *held))
