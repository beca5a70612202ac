"""What a page carries besides its text: page numbers, and the lines a printer repeats on every page."""

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.documents.reading.pdf.cells import Table
from gongkai.documents.reading.pdf.words import Line

Items = tuple[Line | Table, ...]

_DASH = r"[-—–－―‐_·•~～]"
_NUMBER = re.compile(
    rf"(?P<before>{_DASH}*)\s*(?:第|Page|P\.)?\s*(?P<number>\d{{1,3}})\s*页?"
    rf"(?:\s*(?:[/／,，]|of|共)+\s*\d{{1,3}}\s*页?)?\s*(?P<after>{_DASH}*)",
    re.IGNORECASE,
)
_SHARE_OF_PAGES = 0.6
_MOST_LINES = 3
"""At each edge of a page at most so many lines are furniture."""


def without_furniture(pages: Sequence[Items]) -> list[Items]:
    """The pages without page numbers and running lines at their head and foot."""
    stripped = list(pages)
    for edge in (0, -1):
        for _ in range(_MOST_LINES):
            lines = [_line_at(items, edge) for items in stripped]
            doomed = _numbers(lines) | {page for page in _repeated(lines) if len(stripped[page]) > 1}
            if not doomed:
                break
            for page in doomed:
                stripped[page] = stripped[page][1:] if edge == 0 else stripped[page][:-1]
    return stripped


def is_page_number(text: str) -> bool:
    """Whether a text is a number between dashes, as page numbers are set."""
    match = _NUMBER.fullmatch(text)
    return match is not None and bool(match["before"] and match["after"])


def _line_at(items: Items, edge: int) -> str | None:
    item = items[edge] if items else None
    return item.text if isinstance(item, Line) else None


def _numbers(lines: Sequence[str | None]) -> set[int]:
    """The pages whose line is a page number: one between dashes, or one that counts up with the pages."""
    found = {page: match for page, text in enumerate(lines) if text and (match := _NUMBER.fullmatch(text))}
    offsets = Counter(int(match["number"]) - page for page, match in found.items())
    return {
        page
        for page, match in found.items()
        if is_page_number(match[0]) or offsets[int(match["number"]) - page] > 1
    }


def _repeated(lines: Sequence[str | None]) -> set[int]:
    """The pages whose line, but for its figures, stands on nearly every page."""
    shapes = [re.sub(r"\d+", "0", text) if text else None for text in lines]
    present = Counter(shape for shape in shapes if shape)
    enough = max(_SHARE_OF_PAGES * len(lines), min(3, len(lines)), 2)
    return {page for page, shape in enumerate(shapes) if shape and present[shape] >= enough}
