"""The number and the article printed in white on a box, where there is room."""

import io
from functools import lru_cache

from PIL import Image

from gongkai.documents.redaction.pages import POINTS
from gongkai.documents.typesetting import pictures

_SMALLEST, _LARGEST = 5, 11  # points
_SHARE = 0.78  # of the box's height or width that the characters may take
_EM = 96
_CHARACTER = b"""
#let data = json(bytes(sys.inputs.data))
#set page(width: data.width * 1pt, height: 96pt, margin: 0pt, fill: black)
#set text(font: data.fonts.hei, size: 90pt, fill: white, top-edge: "ascender", bottom-edge: "descender")
#align(center + horizon, data.text)
"""


def label(number: int, article: str, width: int, height: int, dpi: float) -> Image.Image | None:
    """A mask of the words for a box of so many dots: number and article, or one of them, upright where the
    box is high and narrow. ``None`` where nothing legible fits."""
    for words in (f"{number} {article}", article, str(number)):
        if (mask := _fitted(words, width, height, dpi)) is not None:
            return mask
    return None


def _fitted(words: str, width: int, height: int, dpi: float) -> Image.Image | None:
    smallest, largest = (size * dpi / POINTS for size in (_SMALLEST, _LARGEST))
    for upright in (False, True):
        line = _line(words, upright=upright)
        room = min(width * _SHARE / line.width, height * _SHARE / line.height)
        if room * _EM >= smallest:
            scale = min(room, largest / _EM)
            size = (max(round(line.width * scale), 1), max(round(line.height * scale), 1))
            return line.resize(size, Image.Resampling.LANCZOS)
    return None


@lru_cache(maxsize=256)
def _line(words: str, *, upright: bool) -> Image.Image:
    characters = [_character(character) for character in words]
    if upright:
        line = Image.new("L", (_EM, _EM * len(characters)))
        for place, drawn in enumerate(characters):
            line.paste(drawn, ((_EM - drawn.width) // 2, _EM * place))
        return line
    line = Image.new("L", (sum(drawn.width for drawn in characters), _EM))
    left = 0
    for drawn in characters:
        line.paste(drawn, (left, 0))
        left += drawn.width
    return line


@lru_cache(maxsize=512)
def _character(character: str) -> Image.Image:
    width = _EM if ord(character) > 0x2E7F else _EM * 5 // 8
    [picture] = pictures(_CHARACTER, {"text": character, "width": width}, POINTS)
    return Image.open(io.BytesIO(picture)).convert("L")
