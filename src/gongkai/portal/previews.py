"""What can be read in a published file without opening it: paragraphs, and tables where there are any."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gongkai.publishing.models import PublishedFile

MOST_CHARACTERS = 60_000
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of text, or the rows of a table."""

    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """``cut``: there is more in the file than is shown."""

    stretches: tuple[Stretch, ...]
    cut: bool


def preview_of(file: PublishedFile) -> Preview | None:
    """The preview of a file; ``None`` where nothing can be read in it."""
    text = file.text[:MOST_CHARACTERS]
    if not text.strip():
        return None
    return Preview(tuple(_stretches(text)), cut=len(file.text) > MOST_CHARACTERS)


def _stretches(text: str) -> Iterator[Stretch]:
    lines = (line.rstrip() for line in text.splitlines())
    for is_table, group in groupby(filter(None, lines), key=lambda line: "\t" in line):
        if not is_table:
            yield Stretch(lines=tuple(group))
            continue
        rows = [line.split("\t")[:MOST_COLUMNS] for line in group]
        width = max(map(len, rows))
        yield Stretch(rows=tuple(tuple(row + [""] * (width - len(row))) for row in rows))
