"""What a file to be redacted consists of, what is too much, and what is said of a file that cannot be."""

from dataclasses import dataclass
from math import sqrt

MAX_BYTES = 50_000_000
MAX_PAGES = 500
MAX_PIXELS = 20_000_000
"""Of a rasterized page: A2 at 200 dots an inch; a larger page gets fewer dots."""
LONGEST = 60_000
"""Dots of a side: what a JPEG can have."""
POINTS = 72


class Unredactable(Exception):
    """A file that cannot be opened or drawn. The message is one Chinese sentence that says what the matter
    is and what to do."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page as it is displayed, in points."""

    width: float
    height: float

    def pixels(self, dpi: float) -> tuple[int, int]:
        """The size of its raster, at fewer dots an inch where it would be too large."""
        area, longest = self.width * self.height, max(self.width, self.height)
        scale = min(dpi / POINTS, sqrt(MAX_PIXELS / area), LONGEST / longest)
        return max(round(self.width * scale), 1), max(round(self.height * scale), 1)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a file; ``kind`` is ``pdf`` or the kind of picture."""

    kind: str
    sizes: tuple[PageSize, ...]

    @property
    def count(self) -> int:
        return len(self.sizes)
