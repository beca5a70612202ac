"""The normal form of an article: what every reader gives and every writer may count on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.documents.articles.article import Article, Block, Grid, Heading, Listing, Paragraph, Picture

LEVELS = 3
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def printable(text: str) -> str:
    """The text with ``\\n`` for every line end, without control characters and half characters."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def normalized(article: Article) -> Article:
    """The article without what says nothing: blank blocks, blanks at the ends of texts, control
    characters. Rows of a table get the same number of cells; levels of headings are 1 to 3."""
    return Article(tuple(_kept(article.blocks)))


def stepped(article: Article) -> Article:
    """The article with headings that never leave out a level, as pages for everyone must have them."""
    blocks: list[Block] = []
    above = 0
    for block in article.blocks:
        if isinstance(block, Heading):
            above = min(block.level, above + 1)
            blocks.append(replace(block, level=above))
        else:
            blocks.append(block)
    return Article(tuple(blocks))


def squared(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows filled up with empty cells to the length of the longest."""
    filled = [tuple(_trimmed(cell) for cell in row) for row in rows]
    wide = max((len(row) for row in filled), default=0)
    return tuple((*row, *[""] * (wide - len(row))) for row in filled) if wide else ()


def _kept(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        kept = _normal(block)
        if kept is not None:
            yield kept


def _normal(block: Block) -> Block | None:
    match block:
        case Heading():
            text = _one_line(block.text)
            return Heading(text, min(max(block.level, 1), LEVELS)) if text else None
        case Paragraph():
            text = _trimmed(block.text)
            return Paragraph(text) if text else None
        case Listing():
            items = tuple(_trimmed(item) for item in block.items)
            return replace(block, items=items) if items else None
        case Grid():
            return _normal_grid(block)
        case Picture():
            alternative, caption = _one_line(block.alternative), _one_line(block.caption)
            return replace(block, alternative=alternative, caption=caption)


def _normal_grid(grid: Grid) -> Grid | None:
    rows = squared(grid.rows)
    heads = min(max(grid.header_rows, 0), len(rows))
    return Grid(rows, heads, _one_line(grid.caption)) if rows else None


def _trimmed(text: str) -> str:
    return printable(text).strip()


def _one_line(text: str) -> str:
    return _trimmed(text).replace("\n", " ")
