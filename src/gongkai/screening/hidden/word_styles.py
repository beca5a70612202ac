"""How text in a Word file looks once its styles are followed: hidden, tiny, or of the color of its ground."""

from collections.abc import Iterator

from gongkai.screening.hidden.tree import Element, attribute, child, children, is_on, local, space

WHITE = "FFFFFF"
TINIEST = 5
"""Half points: smaller is not read by anybody."""
_PALE = 0xF0
_SHAPES = ("wsp", "shape", "rect", "roundrect", "oval", "textbox")
_WHITE_THEMES = ("background1", "light1", "bg1", "lt1")


class Styles:
    """The styles of a document by name."""

    def __init__(self, tree: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        for one in children(tree):
            if local(one) == "style":
                name = attribute(one, "styleId")
                self._styles[name] = one
                if attribute(one, "default") in ("1", "true"):
                    self._defaults[attribute(one, "type")] = name

    def chain(self, name: str) -> Iterator[Element]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            based = child(style, "basedOn")
            name = attribute(based, "val") if based is not None else ""

    def of_run(self, run: Element, name: str) -> Element | None:
        """A property of a run, from the run or the styles of the run and its paragraph."""
        own = child(run, "rPr")
        if (found := child(own, name)) is not None:
            return found
        style = child(own, "rStyle")
        if style is not None and (found := self._from(attribute(style, "val"), "rPr", name)) is not None:
            return found
        paragraph = next((up for up in run.iterancestors(space(run) + "p")), None)
        return self._from(self._style_of(paragraph), "rPr", name)

    def of_paragraph(self, paragraph: Element, name: str) -> Element | None:
        """A property of a paragraph, from it or its styles."""
        found = child(paragraph, "pPr", name)
        return found if found is not None else self._from(self._style_of(paragraph), "pPr", name)

    def _style_of(self, paragraph: Element | None) -> str:
        style = child(paragraph, "pPr", "pStyle")
        return attribute(style, "val") if style is not None else self._defaults.get("paragraph", "")

    def _from(self, style: str, group: str, name: str) -> Element | None:
        found = (child(one, group, name) for one in self.chain(style))
        return next((one for one in found if one is not None), None)

    def is_hidden(self, run: Element) -> bool:
        return is_on(self.of_run(run, "vanish"))

    def is_tiny(self, run: Element) -> bool:
        """Whether no eye reads the run: a point or two high, squeezed, or in lines of no height."""
        size = self.of_run(run, "sz")
        if size is not None and 0 < _number(attribute(size, "val")) <= TINIEST:
            return True
        scale = child(run, "rPr", "w")
        if scale is not None and 0 < _number(attribute(scale, "val").rstrip("%")) <= 5:
            return True
        paragraph = next((up for up in run.iterancestors(space(run) + "p")), None)
        spacing = None if paragraph is None else self.of_paragraph(paragraph, "spacing")
        if spacing is None or attribute(spacing, "lineRule") != "exact":
            return False
        return 0 < _number(attribute(spacing, "line")) <= 40

    def is_unseen(self, run: Element, paper: str) -> bool:
        """Whether the run is painted in the color of its ground, where that can be told."""
        color = self.of_run(run, "color")
        painted = _color(color) if color is not None else ""
        if not painted:
            return False
        ground = self._ground(run, paper)
        return ground is not None and _are_alike(painted, ground)

    def _ground(self, run: Element, paper: str) -> str | None:
        if self.of_run(run, "highlight") is not None:
            return None
        shade = self.of_run(run, "shd")
        if shade is not None and (fill := _fill(shade)):
            return fill
        for up in run.iterancestors():
            if (local(up) == "tbl" and self._is_shaded_table(up)) or (
                local(up) in _SHAPES and _is_filled(up)
            ):
                return None
            shade = self._shade(up)
            if shade is not None and (fill := _fill(shade)):
                return fill
        return paper

    def _shade(self, element: Element) -> Element | None:
        """What says the ground of a paragraph, a cell or a table."""
        name = local(element)
        if name == "p":
            return self.of_paragraph(element, "shd")
        return child(element, f"{name}Pr", "shd") if name in ("tc", "tbl") else None

    def _is_shaded_table(self, table: Element) -> bool:
        style = child(table, "tblPr", "tblStyle")
        if style is None:
            return False
        chain = self.chain(attribute(style, "val"))
        return any(_fill(shade) not in ("", WHITE) for one in chain for shade in one.iter("{*}shd"))


def paper_color(body: Element | None) -> str:
    """The color of the pages."""
    ground = child(body, "background")
    return (_color(ground) if ground is not None else "") or WHITE


def _color(element: Element) -> str:
    theme = attribute(element, "themeColor")
    if theme:
        shaded = attribute(element, "themeShade")
        return WHITE if theme in _WHITE_THEMES and not shaded else ""
    value = (attribute(element, "val") or attribute(element, "color")).upper()
    return value if len(value) == 6 else ""


def _fill(shade: Element) -> str:
    theme = attribute(shade, "themeFill")
    if theme and (theme not in _WHITE_THEMES or attribute(shade, "themeFillShade")):
        return "THEMED"
    if attribute(shade, "val") not in ("clear", "nil", ""):
        return "PATTERN"
    value = attribute(shade, "fill").upper()
    return value if len(value) == 6 else ""


def _is_filled(shape: Element) -> bool:
    """Whether a drawn shape has a ground of its own, or one that cannot be told."""
    name = local(shape)
    if name == "textbox":
        return False
    if name != "wsp":
        filled = attribute(shape, "filled", "t") not in ("f", "false", "0")
        return filled and attribute(shape, "fillcolor", "white").lower() not in (
            "white",
            "#fff",
            "#ffffff",
            "window",
        )
    properties = child(shape, "spPr")
    if child(properties, "noFill") is not None:
        return False
    if (solid := child(properties, "solidFill")) is not None:
        return all(attribute(one, "val").lower() not in ("ffffff", "bg1", "lt1") for one in solid)
    return child(shape, "style") is not None or any(
        child(properties, one) is not None for one in ("gradFill", "blipFill", "pattFill")
    )


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return min(bytes.fromhex(one) + bytes.fromhex(other)) >= _PALE
    except ValueError:
        return False


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0
