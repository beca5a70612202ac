"""The blocks of an article as the data that ``blocks.typ`` prints, on posters and in newsletters."""

import re
from collections.abc import Mapping
from typing import Any

from gongkai.documents.articles import Article, Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.links import spans, words_of
from gongkai.documents.articles.normal import normalized, printable, stepped
from gongkai.documents.posters.pictures import UnusablePicture, prepared

_LONG_RUN = re.compile(r"[0-9A-Za-z]{13,}")
_PIECE = re.compile(r"[0-9A-Za-z]{12}(?=.)")
_WHOLE = ("https://", "http://")
_UNNAMED = "没有说明的图片"
_NARROWEST, _WIDEST = 2.0, 16.0  # characters of a column


def plain(text: str) -> str:
    """A text without what cannot be printed; its line ends stay."""
    return printable(text).replace("\t", " ").strip()


def runs(text: str) -> list[tuple[str, str]]:
    """The words of a paragraph in order, each with the address it links to: a whole one, else empty."""
    found = ((span.text, span.target) for span in spans(text))
    return [(words, target if target.startswith(_WHOLE) else "") for words, target in found]


def printed(article: Article, pictures: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """The blocks as JSON values, no level of heading left out. A picture that is not there, or not
    readable, is printed as its words."""
    return [_printed(block, pictures) for block in stepped(normalized(article)).blocks]


def _printed(block: Block, pictures: Mapping[str, bytes]) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": plain(block.text), "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "runs": runs(plain(block.text))}
        case Listing():
            items = [runs(plain(item)) for item in block.items]
            return {"kind": "listing", "items": items, "ordered": block.ordered}
        case Grid():
            return _grid(block)
        case Picture():
            return _picture(block, pictures)


def _grid(grid: Grid) -> dict[str, Any]:
    widths = column_widths(grid.rows)
    return {
        "kind": "grid",
        "caption": plain(grid.caption),
        "header_rows": min(grid.header_rows, max(len(grid.rows) - 1, 0)),
        "columns": widths,
        "characters": sum(widths) + len(widths),
        "rows": [[breakable(words_of(plain(cell))) for cell in row] for row in grid.rows],
    }


def column_widths(rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """How wide each column wants to be, in Chinese characters."""
    longest = (max(_measure(cell) for cell in column) for column in zip(*rows, strict=True))
    return [min(max(width, _NARROWEST), _WIDEST) for width in longest]


def breakable(text: str) -> str:
    """In a narrow cell a long number gets places to break."""
    return _LONG_RUN.sub(lambda run: _PIECE.sub("\\g<0>\u200b", run[0]), text)


def _measure(text: str) -> float:
    """The longest line: a digit or Latin letter is half a character."""
    return max(sum(0.55 if c.isascii() else 1.0 for c in line) for line in text.split("\n"))


def _picture(picture: Picture, pictures: Mapping[str, bytes]) -> dict[str, Any]:
    words = {"alternative": plain(picture.alternative) or _UNNAMED, "caption": plain(picture.caption)}
    try:
        ready = prepared(pictures[picture.sha256])
    except (KeyError, UnusablePicture):
        return {"kind": "missing_picture", **words}
    return {"kind": "picture", "data": list(ready.data), "ratio": ready.width / ready.height, **words}
