"""Text with where each of its characters stands in the source, so that changes can be cut into the source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gongkai.documents.contents.pieces import difference


@dataclass(slots=True)
class Span:
    """A text made of stretches of a source. ``starts`` and ``ends`` are where each character stands in it;
    a character with no place of its own has two equal numbers."""

    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, text: str, start: int, end: int) -> None:
        """One character, or several that stand for a stretch together (``&hellip;``)."""
        for number, character in enumerate(text):
            self.text.append(character)
            self.starts.append(start if number == 0 else end)
            self.ends.append(end)


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the source and what to put in its place."""

    start: int
    end: int
    text: str


def edits(span: Span, new: str, written: Callable[[str], str]) -> list[Edit]:
    """How to make a span's text ``new``; ``written`` turns text into source.

    A line end cannot be taken out of the source: what stands behind it goes before it.
    """
    old = "".join(span.text)
    first, last, middle = difference(old, new)
    if "\n" in old[first:last]:
        end = (old + "\n").index("\n", last)
        middle, last = middle + old[last:end], end
    at = span.ends[first - 1] if first else (span.starts or [0])[0]
    return [
        Edit(at, at, written(middle)),
        *(
            Edit(start, end, "")
            for start, end in zip(span.starts[first:last], span.ends[first:last], strict=True)
            if start < end
        ),
    ]


def edited(source: str, changes: Iterable[Edit]) -> str:
    """The source with its edits made."""
    parts, at = list[str](), 0
    for edit in sorted(changes, key=lambda edit: (edit.start, edit.end)):
        parts += [source[at : edit.start], edit.text]
        at = max(at, edit.end)
    return "".join([*parts, source[at:]])
