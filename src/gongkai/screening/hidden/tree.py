"""Elements of office XML by their local names, whose namespaces differ between editions of the standards."""

from collections.abc import Iterable, Iterator

from lxml import etree

Element = etree._Element


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def space(element: Element) -> str:
    """The namespace of an element in braces, to put before a name."""
    return str(element.tag).rpartition("}")[0] + "}" if "}" in str(element.tag) else ""


def attribute(element: Element, name: str, default: str = "") -> str:
    """An attribute by its local name."""
    if (plain := element.get(name)) is not None:
        return plain
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default


def unset(element: Element, *names: str) -> None:
    """Takes attributes off by their local names."""
    for key in [key for key in element.attrib if str(key).rpartition("}")[2] in names]:
        del element.attrib[key]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child with this name, its first child with the next, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def children(element: Element | None) -> list[Element]:
    """What stands directly in an element; nothing in none."""
    return [] if element is None else list(element)


def each(element: Element, *names: str) -> Iterator[Element]:
    """All elements below with one of these local names, in order."""
    return element.iter(*(f"{{*}}{name}" for name in names))


def drop(element: Element) -> None:
    """Takes an element out, leaving the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def drop_all(elements: Iterable[Element]) -> None:
    for element in list(elements):
        drop(element)


def unwrap(element: Element) -> None:
    """Puts what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    children = list(element)
    if element.text:
        if place:
            before = parent[place - 1]
            before.tail = (before.tail or "") + element.text
        else:
            parent.text = (parent.text or "") + element.text
    for offset, one in enumerate(children):
        parent.insert(place + offset, one)
    drop(element)


def text_of(element: Element) -> str:
    """All text below."""
    return "".join(str(text) for text in element.itertext())


def is_on(element: Element | None) -> bool:
    """Whether a switch of a Word file (``<w:vanish/>``) is set."""
    return element is not None and attribute(element, "val", "true") not in ("0", "false", "off", "none")
