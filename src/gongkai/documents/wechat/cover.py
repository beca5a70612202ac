"""The cover of a WeChat article (2.35 : 1), made of its title."""

from functools import lru_cache
from importlib import resources

from gongkai.documents.posters.blocks import plain
from gongkai.documents.typesetting import pictures

COVER_SIZE = (900, 383)
_POINTS_PER_INCH = 72  # a point of the template is a pixel of the picture
_SIZES = ((10, 74), (22, 62), (36, 54), (60, 44))  # up to so many characters, pixels
_SMALLEST = 36
_LONGEST = 84  # characters that stay readable on a cover


def cover(title: str, agency: str) -> bytes:
    """A PNG picture of :data:`COVER_SIZE`. Raises ``Unwritable`` where no Chinese font is found."""
    words = " ".join(plain(title).split())
    shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    size = next((size for most, size in _SIZES if len(shown) <= most), _SMALLEST)
    data = {
        "title": shown,
        "agency": plain(agency),
        "size": size,
        "width": COVER_SIZE[0],
        "height": COVER_SIZE[1],
    }
    [picture] = pictures(_template(), data, dpi=_POINTS_PER_INCH)
    return picture


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.documents.wechat") / "cover.typ").read_bytes()
