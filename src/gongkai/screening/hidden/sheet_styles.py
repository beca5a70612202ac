"""Formats of cells that show nothing: fonts of the color of their ground, tiny ones, ``;;;``."""

import re
from dataclasses import dataclass
from typing import TypeVar

from gongkai.screening.hidden.tree import Element, attribute, child, children, each

_T = TypeVar("_T")
_WHITE = "FFFFFF"
_PALE = 0xF0
_TINIEST = 2.0
_NOTHING = re.compile(r"(?:\"\s*\"|[\s\\_*]|\[[^\]]*\])*")
_SECTIONS = re.compile(r"\"[^\"]*\"|\\.|;|[^\";\\]+|[\"\\]")


@dataclass(frozen=True, slots=True)
class Look:
    """What is wrong with a format; ``sections`` are those of a number format some of which show nothing."""

    code: str = ""
    sections: tuple[bool, ...] = ()

    def hides(self, text: str, is_number: bool) -> str:
        """The class a cell with this look is of, if it shows nothing."""
        if self.code or not self.sections:
            return self.code
        empty = self.sections
        if not is_number:
            return "cell.format" if len(empty) >= 4 and empty[3] else ""
        try:
            value = float(text)
        except ValueError:
            return ""
        place = 1 if value < 0 and len(empty) > 1 else 2 if value == 0 and len(empty) > 2 else 0
        return "cell.format" if empty[place] and value else ""


def looks(tree: Element | None) -> dict[int, Look]:
    """The formats of cells that hide what is in them, by number."""
    if tree is None:
        return {}
    fonts = [_font(one) for one in children(child(tree, "fonts"))]
    fills = [_fill(one) for one in children(child(tree, "fills"))]
    formats = {attribute(one, "numFmtId"): attribute(one, "formatCode") for one in each(tree, "numFmt")}
    found = {}
    for number, one in enumerate(children(child(tree, "cellXfs"))):
        color, size = _at(fonts, attribute(one, "fontId"), ("", 11.0))
        ground = _at(fills, attribute(one, "fillId"), _WHITE)
        shown = sections(formats.get(attribute(one, "numFmtId"), ""))
        if color and ground and _are_alike(color, ground):
            found[number] = Look("cell.white_text")
        elif size <= _TINIEST:
            found[number] = Look("cell.tiny_text")
        elif any(shown):
            found[number] = Look("", shown)
    return found


def _at(items: list[_T], number: str, default: _T) -> _T:
    return items[int(number)] if number.isdigit() and int(number) < len(items) else default


def _font(font: Element) -> tuple[str, float]:
    color, size = child(font, "color"), child(font, "sz")
    try:
        points = float(attribute(size, "val")) if size is not None else 11.0
    except ValueError:
        points = 11.0
    return (_color(color) if color is not None else ""), points


def _fill(fill: Element) -> str:
    """The color of the ground; empty where it cannot be told."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        return ""
    kind = attribute(pattern, "patternType", "none")
    if kind == "none":
        return _WHITE
    color = child(pattern, "fgColor")
    return _color(color) if kind == "solid" and color is not None else ""


def _color(color: Element) -> str:
    """Red, green and blue as six digits; empty where only the program knows."""
    if rgb := attribute(color, "rgb"):
        return rgb[-6:].upper()
    if attribute(color, "theme") == "0":
        return _WHITE if _tint(color) > -0.05 else ""
    if (indexed := attribute(color, "indexed")) in ("1", "9", "65"):
        return _WHITE
    return {"0": "000000", "8": "000000", "2": "FF0000", "10": "FF0000"}.get(indexed, "")


def _tint(color: Element) -> float:
    try:
        return float(attribute(color, "tint", "0"))
    except ValueError:
        return 0.0


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return min(bytes.fromhex(one) + bytes.fromhex(other)) >= _PALE
    except ValueError:
        return False


def sections(code: str) -> tuple[bool, ...]:
    """Of each section of a number format whether it shows nothing."""
    if ";" not in code:
        return ()
    parts, current = [], ""
    for piece in _SECTIONS.findall(code):
        if piece == ";":
            parts.append(current)
            current = ""
        else:
            current += piece
    return tuple(_is_nothing(part) for part in (*parts, current))


def _is_nothing(part: str) -> bool:
    return len(part) <= 100 and bool(_NOTHING.fullmatch(part)) and "*" not in part
