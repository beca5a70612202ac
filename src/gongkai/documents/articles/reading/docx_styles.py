"""How a Word document sets a paragraph: as a heading, an item of a list, in the middle."""

import re
from dataclasses import dataclass

from lxml import etree

from gongkai.documents.reading.numbering import Numbering, number_of
from gongkai.documents.reading.wordml import W, number, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "文件标题", "公文标题"})
_CAPTIONS = frozenset({"caption", "题注"})
_ITEM_NUMBER = re.compile(r"(\d{1,4})[.．、]")
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class SetAs:
    """``rank`` of a heading, 0 for the title; ``label`` is the number Word prints before the paragraph;
    ``number`` the same where it counts the items of a list."""

    rank: int | None = None
    label: str = ""
    number: int | None = None
    is_bullet: bool = False
    is_centered: bool = False
    is_caption: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    rank: int | None
    place: tuple[str, int] | None
    is_centered: bool
    is_caption: bool


_PLAIN = _Style(None, None, False, False)


class Styles:
    """Ask for each paragraph once, in order."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self._numbering = Numbering(numbering, styles)
        self._bullets = set(_bullets(numbering)) if numbering is not None else set()
        self._styles = _styles(styles) if styles is not None else {}

    def of(self, paragraph: etree._Element) -> SetAs:
        """How the paragraph is set."""
        label = self._numbering.label(paragraph)
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return SetAs()
        style = self._styles.get(value(properties, "pStyle") or "", _PLAIN)
        level = number(properties, "outlineLvl", _BODY_LEVEL)
        rank = level + 1 if level < _BODY_LEVEL else style.rank
        counted = _ITEM_NUMBER.fullmatch(label)
        aligned = value(properties, "jc")
        return SetAs(
            rank=rank,
            label=label,
            number=int(counted[1]) if counted else None,
            is_bullet=not label and _place(properties, style) in self._bullets,
            is_centered=aligned == "center" if aligned else style.is_centered,
            is_caption=style.is_caption,
        )


def _place(properties: etree._Element, style: _Style) -> tuple[str, int] | None:
    own = properties.find(W + "numPr")
    if own is None:
        return style.place
    by_style = style.place or ("0", 0)
    return value(own, "numId") or by_style[0], number(own, "ilvl", by_style[1])


def _bullets(numbering: etree._Element) -> list[tuple[str, int]]:
    """List and depth of everything that Word marks with a dot."""
    levels = {
        abstract.get(W + "abstractNumId", ""): [
            number_of(level) for level in abstract.iter(W + "lvl") if value(level, "numFmt") == "bullet"
        ]
        for abstract in numbering.iter(W + "abstractNum")
    }
    return [
        (item.get(W + "numId", ""), depth)
        for item in numbering.iter(W + "num")
        for depth in levels.get(value(item, "abstractNumId") or "", ())
    ]


def _styles(root: etree._Element) -> dict[str, _Style]:
    """Each style with what it has from the styles it is based on."""
    own = {style.get(W + "styleId", ""): style for style in root.iter(W + "style")}
    return {name: _inherited(name, own) for name in own}


def _inherited(name: str, own: dict[str, etree._Element]) -> _Style:
    rank: int | None = None
    place: tuple[str, int] | None = None
    aligned: str | None = None
    captions = (value(own[name], "name") or "").lower() in _CAPTIONS
    seen: set[str] = set()
    while name in own and name not in seen:
        seen.add(name)
        style = own[name]
        rank = _rank(style) if rank is None else rank
        numbered = style.find(f"{W}pPr/{W}numPr")
        if place is None and numbered is not None:
            place = (value(numbered, "numId") or "0", number(numbered, "ilvl"))
        aligned = aligned or value(style.find(W + "pPr"), "jc")
        name = value(style, "basedOn") or ""
    return _Style(rank if rank != _BODY_LEVEL + 1 else None, place, aligned == "center", captions)


def _rank(style: etree._Element) -> int | None:
    """A style by its own name or its level in the outline; one that says it is body text is that."""
    title = (value(style, "name") or "").strip().lower()
    if title in _TITLES:
        return 0
    if found := _HEADING.fullmatch(title):
        return int(found[1])
    level = value(style.find(W + "pPr"), "outlineLvl")
    return int(level) + 1 if level and level.isdecimal() and len(level) == 1 else None
