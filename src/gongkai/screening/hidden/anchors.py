"""Text boxes of Word files, sheets and slides that stand outside of the page or behind a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from gongkai.screening.hidden.drawing import drop_shape
from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.package import Package
from gongkai.screening.hidden.tree import Element, attribute, child, children, each, local

_EMU = 635
"""English metric units in a twip."""
_LARGEST = 22 * 914_400
"""The longest side of a page of Word, where its own cannot be told."""
_COVERED = 0.95


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape with its box, in the order of drawing."""

    element: Element
    left: float
    top: float
    width: float
    height: float
    text: str = ""
    is_picture: bool = False

    def is_outside(self, width: float, height: float) -> bool:
        across = self.left + self.width <= 0 or self.left >= width
        return across or self.top + self.height <= 0 or self.top >= height

    def is_covered(self, other: "Placed") -> bool:
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return across > 0 and down > 0 and across * down >= _COVERED * max(self.width * self.height, 1)


def covered(shapes: Sequence[Placed]) -> Iterator[Placed]:
    """Shapes with words a picture drawn later lies on."""
    pictures = [(number, one) for number, one in enumerate(shapes) if one.is_picture]
    for number, one in enumerate(shapes):
        if one.text and any(later > number and one.is_covered(picture) for later, picture in pictures):
            yield one


def words_of(element: Element) -> str:
    return "".join(one.text or "" for one in each(element, "t")).strip()


def anchor_hits(package: Package, part: str, label: str) -> Iterator[Hit]:
    """Floating shapes of a story of a Word file."""
    tree = package.xml(part)
    anchors = [] if tree is None else list(each(tree, "anchor"))
    if tree is None or not anchors:
        return
    width, height = _page(package.xml(package.main()))
    placed = [one for anchor in anchors if (one := _placed(anchor, width, height)) is not None]
    for one in placed:
        if one.is_outside(width, height) and (one.text or one.is_picture):
            yield Hit(
                "shape.off_page",
                f"{label}的文本框",
                masked(one.text),
                partial(drop_shape, package, part, one.element),
            )
    ordered = sorted(placed, key=lambda one: _depth(one.element))
    for one in covered([one for one in ordered if not one.is_outside(width, height)]):
        yield Hit(
            "shape.behind",
            f"{label}的文本框",
            masked(one.text),
            partial(drop_shape, package, part, one.element),
        )


def _page(tree: Element | None) -> tuple[float, float]:
    sizes = (
        [(_number(attribute(one, "w")), _number(attribute(one, "h"))) for one in each(tree, "pgSz")]
        if tree is not None
        else []
    )
    return (
        max((width for width, _ in sizes), default=0) * _EMU or _LARGEST,
        max((height for _, height in sizes), default=0) * _EMU or _LARGEST,
    )


def _depth(anchor: Element) -> tuple[bool, float]:
    return attribute(anchor, "behindDoc") not in ("1", "true"), _number(attribute(anchor, "relativeHeight"))


def _placed(anchor: Element, width: float, height: float) -> Placed | None:
    """The box of an anchor measured from the page; beside it where it is measured from a paragraph."""
    extent = child(anchor, "extent")
    left, top = _offset(child(anchor, "positionH"), width), _offset(child(anchor, "positionV"), height)
    if extent is None or left is None or top is None:
        return None
    across, down = _number(attribute(extent, "cx")), _number(attribute(extent, "cy"))
    is_picture = any(True for _ in each(anchor, "pic"))
    return Placed(anchor, left, top, across, down, words_of(anchor), is_picture)


def _offset(position: Element | None, _side: float) -> float | None:
    offset = child(position, "posOffset")
    if position is None or offset is None:
        return None
    return _number(offset.text or "")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def sheet_anchor_hits(package: Package, part: str) -> Iterator[Hit]:
    """Shapes of a drawing on a sheet that a picture lies on, by the cells they reach over."""
    tree = package.xml(part)
    shapes = []
    for anchor in children(tree):
        first, last = child(anchor, "from"), child(anchor, "to")
        if first is None or last is None:
            continue
        left, top = _cell(first)
        right, bottom = _cell(last)
        is_picture = any(local(one) == "pic" for one in anchor)
        shapes.append(Placed(anchor, left, top, right - left, bottom - top, words_of(anchor), is_picture))
    for one in covered(shapes):
        yield Hit(
            "shape.behind",
            "工作表里的文本框",
            masked(one.text),
            partial(drop_shape, package, part, one.element),
        )


def _cell(corner: Element) -> tuple[float, float]:
    found = {local(one): _number(one.text or "") for one in corner}
    across = found.get("col", 0) * 1_000_000 + min(found.get("colOff", 0), 999_999)
    return across, found.get("row", 0) * 1_000_000 + min(found.get("rowOff", 0), 999_999)
