"""One page: its ruled tables, and the lines of text around them."""

from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.documents.reading.pdf.cells import Table
from gongkai.documents.reading.pdf.glyphs import turned_by, words_of
from gongkai.documents.reading.pdf.rules import UPRIGHT, Turn, rules_of
from gongkai.documents.reading.pdf.tables import tables_of
from gongkai.documents.reading.pdf.unruled import unruled_tables
from gongkai.documents.reading.pdf.words import Line, lines_of

_TURNS = {
    0: UPRIGHT,
    90: Turn(0, 1, 1, 0, 0, 0),
    180: Turn(-1, 0, 0, 1, 0, 0),
    270: Turn(0, -1, -1, 0, 0, 0),
}
"""From a page's own coordinates to those of the page as seen, by how far it is turned clockwise."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: what is on it from top to bottom. ``glyphs`` counts its characters."""

    items: tuple[Line | Table, ...]
    glyphs: int


def read_page(page: Any) -> Page:
    """What a raw pdfium page holds."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count <= 0:
            return Page((), 0)
        turn = _TURNS[turned_by(text_page, count)]
        words = words_of(text_page, count, turn)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    rules = rules_of(page, turn)
    ruled, loose = tables_of(rules, words)
    unruled, lines = unruled_tables(lines_of(loose), rules.horizontal)
    items: list[Line | Table] = [*lines, *ruled, *unruled]
    items.sort(key=lambda item: item.top)
    return Page(tuple(items), sum(len(word.text) for word in words))
