"""How text in an OpenDocument file looks once its styles are followed."""

from collections.abc import Iterable, Iterator

from gongkai.screening.hidden.tree import Element, attribute, child, each, local

_WHITE, _PALE, _TINIEST = "#ffffff", 0xF0, 2.5


class OpenStyles:
    """The styles of a file by family and name."""

    def __init__(self, trees: Iterable[Element | None]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._is_plain = True
        for tree in trees:
            for one in each(tree, "style", "default-style") if tree is not None else ():
                self._styles[attribute(one, "family"), attribute(one, "name")] = one
            for one in (
                each(tree, "page-layout-properties", "drawing-page-properties") if tree is not None else ()
            ):
                self._is_plain &= _is_white(
                    attribute(one, "background-color") or attribute(one, "fill-color") or _WHITE
                )

    def chain(self, family: str, name: str) -> Iterator[Element]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = attribute(style, "parent-style-name")

    def property(self, family: str, name: str, group: str, key: str) -> str:
        """A property by the styles; empty where none says."""
        for style in self.chain(family, name):
            found = child(style, group)
            if found is not None and (value := attribute(found, key)):
                return value
        return ""

    def of_text(self, element: Element, key: str) -> str:
        """A property of text, from the innermost span or paragraph that says it."""
        for one in (element, *element.iterancestors()):
            name = attribute(one, "style-name")
            family = {"span": "text", "a": "text", "p": "paragraph", "h": "paragraph"}.get(local(one), "")
            if family and name and (value := self.property(family, name, "text-properties", key)):
                return value
        return ""

    def is_hidden(self, element: Element) -> bool:
        return self.of_text(element, "display") == "none"

    def is_tiny(self, element: Element) -> bool:
        size = self.of_text(element, "font-size").removesuffix("pt")
        try:
            return 0 < float(size) <= _TINIEST
        except ValueError:
            return False

    def is_unseen(self, element: Element) -> bool:
        """Whether text has the color of its ground, where that can be told."""
        color = self.of_text(element, "color").lower()
        if not color or not self._is_plain:
            return False
        ground = self.of_text(element, "background-color").lower()
        if ground in ("", "transparent"):
            ground = self._ground(element)
        return bool(ground) and (color == ground or (_is_white(color) and _is_white(ground)))

    def _ground(self, element: Element) -> str:
        for one in (element, *element.iterancestors()):
            name, kind = attribute(one, "style-name"), local(one)
            found = ""
            if kind in ("p", "h"):
                found = self.property("paragraph", name, "paragraph-properties", "background-color")
            elif kind == "table-cell":
                found = self.property("table-cell", name, "table-cell-properties", "background-color")
            elif kind == "table":
                found = self.property("table", name, "table-properties", "background-color")
            elif kind in ("frame", "text-box", "custom-shape", "rect", "page"):
                return ""
            if found and found != "transparent":
                return found.lower()
        return _WHITE


def _is_white(color: str) -> bool:
    try:
        return color == "transparent" or min(bytes.fromhex(color.lstrip("#"))) >= _PALE
    except ValueError:
        return False
