"""Ruling lines: the drawn lines, thin rectangles and frames of a page, from its page objects."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_Point = tuple[float, float]

THIN = 4.0
"""A figure no thicker than this many points is a line, whatever it was drawn as."""

MOST_OBJECTS = 50_000
"""Page objects looked at on one page; a map or a drawing may have millions."""

MOST_SEGMENTS = 20_000
_DEEPEST_FORM = 6
_DRAWN = frozenset([pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE])


class Rule(NamedTuple):
    """A horizontal or vertical line: its place across, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Rules:
    """The lines of a page, its filled areas as (left, top, right, bottom), and how many pictures it has."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    areas: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: int = 0

    def add_box(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Take a box as a line, or as a dot that may be part of either kind of line; ``False`` if it is
        too thick to be one."""
        wide, high = right - left, bottom - top
        if wide > THIN and high > THIN:
            return False
        if high <= THIN:
            self.horizontal.append(Rule((top + bottom) / 2, left, right))
        if wide <= THIN:
            self.vertical.append(Rule((left + right) / 2, top, bottom))
        return True


class Turn(NamedTuple):
    """A PDF matrix: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float, float]:
        """A box turned, as (least x, least y, greatest x, greatest y)."""
        (x1, y1), (x2, y2) = self.point(x1, y1), self.point(x2, y2)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def after(self, inner: "Turn") -> "Turn":
        """The matrix that applies ``inner`` first, then this one."""
        a, b = self.a * inner.a + self.c * inner.b, self.b * inner.a + self.d * inner.b
        c, d = self.a * inner.c + self.c * inner.d, self.b * inner.c + self.d * inner.d
        e, f = self.point(inner.e, inner.f)
        return Turn(a, b, c, d, e, f)


UPRIGHT = Turn(1, 0, 0, -1, 0, 0)
"""From PDF's coordinates, y up, to those of this package."""


def rules_of(page: Any, turn: Turn) -> Rules:
    """The lines of a page (a raw pdfium page), as they lie after ``turn``."""
    rules = Rules()
    budget = iter(range(MOST_OBJECTS))
    left, bottom, right, top = corners = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(corner) for corner in corners]
    for obj, placed in _objects(page, turn, budget):
        pdfium.FPDFPageObj_GetBounds(obj, *places)
        box = placed.box(left.value, bottom.value, right.value, top.value)
        if rules.add_box(*box):
            continue
        if pdfium.FPDFPageObj_GetType(obj) == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(rules, obj, box, placed)
        else:
            rules.pictures += 1
    return rules


def _objects(page: Any, turn: Turn, budget: Iterator[int]) -> Iterator[tuple[Any, Turn]]:
    """The drawn objects of a page, those inside form XObjects too, each with what places it."""
    get, kind_of = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    for number, _ in zip(range(pdfium.FPDFPage_CountObjects(page)), budget, strict=False):
        obj = get(page, number)
        kind = kind_of(obj)
        if kind in _DRAWN:
            yield obj, turn
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _objects_of_form(obj, turn, budget, 1)


def _objects_of_form(form: Any, turn: Turn, budget: Iterator[int], depth: int) -> Iterator[tuple[Any, Turn]]:
    placed = turn.after(_matrix(form))
    for number, _ in zip(range(pdfium.FPDFFormObj_CountObjects(form)), budget, strict=False):
        obj = pdfium.FPDFFormObj_GetObject(form, number)
        kind = pdfium.FPDFPageObj_GetType(obj)
        if kind in _DRAWN:
            yield obj, placed
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            yield from _objects_of_form(obj, placed, budget, depth + 1)


def _matrix(obj: Any) -> Turn:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, matrix)
    return Turn(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _add_path(rules: Rules, obj: Any, box: tuple[float, float, float, float], turn: Turn) -> None:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(obj, filled, stroked)
    count = pdfium.FPDFPath_CountSegments(obj)
    if count > MOST_SEGMENTS or not (filled.value or stroked.value):
        return
    if not stroked.value and count <= 5:
        rules.areas.append(box)
        return
    for (x1, y1), (x2, y2) in _edges(obj, count, turn.after(_matrix(obj))):
        if abs(x1 - x2) < 1 or abs(y1 - y2) < 1:
            rules.add_box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _edges(path: Any, count: int, turn: Turn) -> Iterator[tuple[_Point, _Point]]:
    """The straight segments of a path, closing ones too."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        there = turn.point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = there
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield here, there
        here = there
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield here, start
            here = start
