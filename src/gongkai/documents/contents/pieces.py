"""Text that is spread over the nodes of an XML tree: read as one, changed with little else touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEEPS_SPACE = (
    "{http://schemas.openxmlformats.org/wordprocessingml/",
    "{http://schemas.openxmlformats.org/spreadsheetml/",
)
NO_TEXT_HERE = "这一处没有可以改写的文字；请在原来的软件里改好，再上传。"


class Unwritable(Exception):
    """A change that cannot be made in a file of this kind. The message is one Chinese sentence that says
    what the matter is and what to do."""


@dataclass(slots=True)
class Node:
    """A stretch of text in a tree: the text of an element, or what follows behind it."""

    element: etree._Element
    is_tail: bool = False

    @property
    def text(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""

    def put(self, text: str) -> None:
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text
            if text != text.strip() and str(self.element.tag).startswith(_KEEPS_SPACE):
                self.element.set(SPACE, "preserve")


@dataclass(slots=True)
class Attribute(Node):
    """Text that is an attribute of an element."""

    name: str = ""

    @property
    def text(self) -> str:
        return self.element.get(self.name, "")

    def put(self, text: str) -> None:
        self.element.set(self.name, text)


@dataclass(slots=True)
class Mark:
    """An element that stands for a character: a tab, a line break. Without ``element`` it is where one
    paragraph ends and the next begins, which stays."""

    text: str
    element: etree._Element | None = None

    def remove(self) -> None:
        if self.element is not None and (parent := self.element.getparent()) is not None:
            tail, before = self.element.tail, self.element.getprevious()
            parent.remove(self.element)
            if tail and before is not None:
                before.tail = (before.tail or "") + tail
            elif tail:
                parent.text = (parent.text or "") + tail


Piece = Node | Mark


def text_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def difference(old: str, new: str) -> tuple[int, int, str]:
    """What to take out of ``old``, from where to where, and what to put there, to make ``new``."""
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, len(old) - end, new[start : len(new) - end]


def put(pieces: Sequence[Piece], new: str) -> None:
    """Changes the text of some pieces to ``new``. Raises :class:`Unwritable` where none holds any."""
    start, end, middle = difference(text_of(pieces), new)
    taker = _taker(pieces, start)
    doomed = list[Mark]()
    at = 0
    for piece in pieces:
        text = piece.text
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if isinstance(piece, Node):
            if piece is taker:
                piece.put(text[:first] + middle + text[max(last, first) :])
            elif first < last:
                piece.put(text[:first] + text[last:])
        elif first < last:
            doomed.append(piece)
    for mark in doomed:
        mark.remove()


def _taker(pieces: Sequence[Piece], start: int) -> Node:
    """The node in which the change begins, else the last before it, else the first."""
    at, found = 0, None
    for piece in pieces:
        if isinstance(piece, Node) and (at <= start or found is None):
            found = piece
        at += len(piece.text)
        if found is not None and at > start:
            break
    if found is None:
        raise Unwritable(NO_TEXT_HERE)
    return found


def put_lines(paragraphs: Sequence[Sequence[Piece]], new: str) -> None:
    """Changes paragraphs whose texts are joined by line ends to ``new``: line by line where there are as many
    of them, else all of it goes into the first."""
    filled = [pieces for pieces in paragraphs if text_of(pieces).strip()] or list(paragraphs[:1])
    lines = new.split("\n")
    if len(lines) != len(filled):
        lines = [new, *[""] * (len(filled) - 1)]
    if not filled:
        raise Unwritable(NO_TEXT_HERE)
    for pieces, line in zip(filled, lines, strict=True):
        if text_of(pieces) != line:
            put(pieces, line)
