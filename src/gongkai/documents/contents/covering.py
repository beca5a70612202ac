"""Boxes over the text at some places of a PDF, for :func:`gongkai.documents.redaction.redact`."""

import ctypes
from collections.abc import Iterator, Mapping

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.documents.contents.pieces import difference
from gongkai.documents.contents.printed import Area, Spot, pages, spots
from gongkai.documents.reading.pdf.pages import Page
from gongkai.documents.reading.pdf.rules import Turn
from gongkai.documents.reading.pdf.words import Line
from gongkai.documents.redaction import Box

ARTICLE, REASON = "第十五条", "个人信息"
_WHOLE = 1_000_000
"""Parts of a page's width and height in which pdfium is asked for a point."""
_ROOM = 1.0
"""Points a box is larger than the glyphs on each side."""


def boxes_of(
    data: bytes, changes: Mapping[str, str], article: str = ARTICLE, reason: str = REASON
) -> tuple[list[Box], set[str]]:
    """A box over whatever the new text at a place no longer says, and the places found. Raises
    :class:`gongkai.documents.reading.Unreadable`."""
    boxes, done = list[Box](), set[str]()
    for number, page, opened in pages(data):
        for spot in _spots(page, number):
            if spot.place not in changes:
                continue
            done.add(spot.place)
            area = _area(spot, changes[spot.place])
            if area is not None:
                boxes.append(Box(number, *_on_page(opened, page.turn, area), article, reason))
    return boxes, done


def _spots(page: Page, number: int) -> Iterator[Spot]:
    for item in spots(page, number):
        if isinstance(item, Spot):
            yield item
        else:
            yield from (spot for row in item[1] for spot in row)


def _area(spot: Spot, new: str) -> Area | None:
    """What must be covered: of a line only the characters that change, of a ruled cell all of it."""
    if spot.line is None:
        return spot.area
    first, last, _ = difference(spot.text, new)
    if first == last:
        return None
    edges = _edges(spot.line)[first:last]
    return (
        min(left for left, _ in edges) - _ROOM, spot.line.top - _ROOM,
        max(right for _, right in edges) + _ROOM, spot.line.bottom + _ROOM,
    )  # fmt: skip


def _edges(line: Line) -> list[tuple[float, float]]:
    """The left and right edge of each character of a line's text; blanks lie between their neighbours."""
    edges = list[tuple[float, float]]()
    shown = line.text
    for word in line.words:
        while len(edges) < len(shown) and shown[len(edges)] != word.text[0]:
            edges.append((edges[-1][1] if edges else word.left, word.left))
        edges += zip(word.lefts, (*word.lefts[1:], word.right), strict=True)
    return edges


def _on_page(page: pdfium.PdfPage, turn: Turn, area: Area) -> tuple[float, float, float, float]:
    """An area in parts of the page as it is displayed: cropped, and turned as the page says."""
    back = Turn(turn.a, turn.c, turn.b, turn.d, 0, 0)
    corners = [_shown(page, *back.point(area[x], area[y])) for x, y in ((0, 1), (2, 3))]
    xs, ys = zip(*corners, strict=True)
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return (
        min(max(left, 0.0), 1 - 2 / _WHOLE), min(max(top, 0.0), 1 - 2 / _WHOLE),
        max(min(right, 1.0), 2 / _WHOLE), max(min(bottom, 1.0), 2 / _WHOLE),
    )  # fmt: skip


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _WHOLE, _WHOLE, 0, x, y, across, down)
    return across.value / _WHOLE, down.value / _WHOLE
