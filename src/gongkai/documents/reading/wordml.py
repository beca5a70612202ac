"""The names of WordprocessingML, and how its properties say yes, no and how many."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"


def value(parent: etree._Element | None, name: str, default: str | None = None) -> str | None:
    """The ``w:val`` of the child ``name``; ``default`` where the child is there without one, ``None``
    where it is not there."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(VAL, default)


def number(parent: etree._Element | None, name: str, default: int = 0) -> int:
    """As :func:`value`, as a whole number; ``default`` where it is missing or is none."""
    text = value(parent, name)
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def is_on(element: etree._Element) -> bool:
    """Whether a switch such as ``w:vanish`` is on."""
    return element.get(VAL, "1") not in ("0", "false", "off")
