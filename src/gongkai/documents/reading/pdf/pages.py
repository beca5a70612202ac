"""One page: its ruled tables, and the lines of text around them."""

from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.documents.reading.pdf.cells import Table
from gongkai.documents.reading.pdf.furniture import Items
from gongkai.documents.reading.pdf.glyphs import UNKNOWN, turned_by, words_of
from gongkai.documents.reading.pdf.rules import UPRIGHT, Rule, Turn, rules_of
from gongkai.documents.reading.pdf.tables import tables_of
from gongkai.documents.reading.pdf.words import Line, lines_of

_TURNS = {
    0: UPRIGHT,
    90: Turn(0, -1, -1, 0, 0, 0),
    180: Turn(-1, 0, 0, 1, 0, 0),
    270: Turn(0, 1, 1, 0, 0, 0),
}
"""From a page's own coordinates to those of the page as seen, by how far it is turned clockwise."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: its ruled tables and lines of text, top to bottom. ``across``: its horizontal lines;
    ``glyphs``: how many characters it has, and how many of them are ``unknown``; ``pictures``: how many;
    ``turn``: from its own coordinates to those its items stand in."""

    items: Items
    across: tuple[Rule, ...]
    glyphs: int
    unknown: int
    pictures: int
    turn: Turn = UPRIGHT


def read_page(page: Any) -> Page:
    """What a raw pdfium page holds."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        turn = _TURNS[turned_by(text_page, count)]
        words = words_of(text_page, count, turn)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    rules = rules_of(page, turn)
    tables, loose = tables_of(rules, words)
    items: list[Line | Table] = [*lines_of(loose), *tables]
    items.sort(key=lambda item: item.top)
    return Page(
        tuple(items),
        tuple(rules.horizontal),
        sum(len(word.text) for word in words),
        sum(word.text.count(UNKNOWN) for word in words),
        rules.pictures,
        turn,
    )
