"""The boxes drawn over what is withheld, and how they are painted."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from PIL import Image

from gongkai.documents.redaction.labels import label

_BLACK, _WHITE = "#000000", "#ffffff"
_BLEED = 1
"""Dots a box grows on each side: a drawn edge is smeared over the next dot."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page (from 1) that is withheld, in parts (0 to 1) of the page as displayed, from
    its top left corner. ``article`` is printed on it (``第十五条``), ``reason`` in the list at the end."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    article: str
    reason: str

    def __post_init__(self) -> None:
        if not (0 <= self.x0 < self.x1 <= 1 and 0 <= self.y0 < self.y1 <= 1):
            raise ValueError("a box lies within its page and has a width and a height")
        if self.page < 1 or not self.article.strip():
            raise ValueError("a box has a page and an article")

    def dots(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The dots it covers of a page so large: left, top, and behind right and bottom."""
        return (
            max(floor(self.x0 * width) - _BLEED, 0),
            max(floor(self.y0 * height) - _BLEED, 0),
            min(ceil(self.x1 * width) + _BLEED, width),
            min(ceil(self.y1 * height) + _BLEED, height),
        )


@dataclass(frozen=True, slots=True)
class Withheld:
    """A box with its number in the list at the end."""

    number: int
    box: Box


def in_order(boxes: Iterable[Box]) -> tuple[Withheld, ...]:
    """The boxes as the list names them: by page, from top to bottom, from left to right."""
    ordered = sorted(boxes, key=lambda box: (box.page, box.y0, box.x0, box.y1, box.x1))
    return tuple(Withheld(number, box) for number, box in enumerate(ordered, 1))


def paint(image: Image.Image, boxes: Iterable[Withheld], dpi: float) -> None:
    """Blackens the boxes in a picture at ``dpi`` dots an inch, and labels those that have room. No label
    lies under another box."""
    listed = list(boxes)
    places = [held.box.dots(*image.size) for held in listed]
    for place in places:
        image.paste(_BLACK, place)
    for index, (held, place) in enumerate(zip(listed, places, strict=True)):
        if any(_meet(place, other) for other in places[:index]):
            continue
        left, top, right, bottom = place
        mask = label(held.number, held.box.article, right - left, bottom - top, dpi)
        if mask is not None:
            at = (left + (right - left - mask.width) // 2, top + (bottom - top - mask.height) // 2)
            image.paste(_WHITE, at, mask)


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
