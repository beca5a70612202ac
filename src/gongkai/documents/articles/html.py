"""An article as a piece of a page. Every word is escaped; every tag is one written here."""

from collections.abc import Callable, Iterator
from html import escape
from itertools import count

from gongkai.documents.articles.article import Article, Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.links import Span, spans
from gongkai.documents.articles.normal import normalized, stepped

_DEEPEST = 6
_LONG = 16  # characters of a cell that needs more than one line


def to_html(article: Article, picture_address: Callable[[str], str], heading_level: int = 2) -> str:
    """The article with headings from ``<h{heading_level}>`` down.

    ``picture_address`` gives the address of a picture by its SHA-256; where it gives nothing, what the
    picture shows is told in words.
    """
    tables = count(1)
    blocks = stepped(normalized(article)).blocks
    return "\n".join(_block(block, picture_address, heading_level, tables) for block in blocks)


def _block(block: Block, picture_address: Callable[[str], str], level: int, tables: Iterator[int]) -> str:
    match block:
        case Heading():
            depth = min(level + block.level - 1, _DEEPEST)
            return f"<h{depth}>{escape(block.text)}</h{depth}>"
        case Paragraph():
            return f"<p>{_words(block.text)}</p>"
        case Listing():
            name = "ol" if block.ordered else "ul"
            items = "".join(f"<li>{_words(item)}</li>" for item in block.items)
            return f"<{name}>{items}</{name}>"
        case Grid():
            number = next(tables)
            return _table(block, block.caption or f"第{number}张表")
        case Picture():
            return _picture(block, picture_address(block.sha256))


def _table(grid: Grid, name: str) -> str:
    heads, rows = grid.rows[: grid.header_rows], grid.rows[grid.header_rows :]
    head = f"<thead>{''.join(map(_head_row, heads))}</thead>" if heads else ""
    body = f"<tbody>{''.join(map(_row, rows))}</tbody>" if rows else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">'
        f'<table class="list"><caption>{escape(name)}</caption>{head}{body}</table></div>'
    )


def _head_row(row: tuple[str, ...]) -> str:
    return f"<tr>{''.join(_head(cell) for cell in row)}</tr>"


def _head(cell: str) -> str:
    """An empty corner heads nothing."""
    return f'<th scope="col">{_words(cell)}</th>' if cell else "<td></td>"


def _row(row: tuple[str, ...]) -> str:
    return f"<tr>{''.join(map(_cell, row))}</tr>"


def _cell(cell: str) -> str:
    wraps = ' class="wrap"' if len(cell) > _LONG else ""
    return f"<td{wraps}>{_words(cell)}</td>"


def _picture(picture: Picture, address: str) -> str:
    if not address:
        words = picture.alternative or picture.caption
        return f"<p>〔图片：{escape(words)}〕</p>" if words else ""
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
    alternative = escape(picture.alternative)
    return f'<figure><img src="{escape(address)}" alt="{alternative}" loading="lazy">{caption}</figure>'


def _words(text: str) -> str:
    return "".join(map(_span, spans(text)))


def _span(span: Span) -> str:
    words = escape(span.text).replace("\n", "<br>")
    return f'<a href="{escape(span.target)}" rel="noopener">{words}</a>' if span.target else words
