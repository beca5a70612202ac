"""Pieces of a text around what was looked for, with every find marked; no markup."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.search.folding import fold, fold_with_origin

_AROUND, _LONGEST = 30, 120
_WINDOW = 600


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Fragment:
    """``attachment`` is the name of the file it stands in; empty for the page itself."""

    attachment: str
    segments: tuple[Segment, ...]


def marked(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """A whole short text with the finds marked."""
    return _segments(text, _finds(text, words))


def around(text: str, words: Sequence[str], *, at: float = 0) -> tuple[Segment, ...]:
    """A piece of a text that holds the first of ``words``; the text must hold it. ``at`` says about
    where (0 to 1), so that a long text need not be looked through once more."""
    piece, finds = _piece_with(text, words, at)
    if not finds:
        return beginning(text)
    begins = max(0, finds[0][0] - _AROUND)
    cut = piece[begins : begins + max(_LONGEST, finds[0][1] - finds[0][0] + _AROUND)]
    inside = [
        (start - begins, min(end - begins, len(cut)))
        for start, end in finds
        if start >= begins and start - begins < len(cut)
    ]
    return _segments(cut, inside)


def beginning(text: str) -> tuple[Segment, ...]:
    cut = text[:_LONGEST].strip()
    return (Segment(cut, False),) if cut else ()


def _piece_with(text: str, words: Sequence[str], at: float) -> tuple[str, list[tuple[int, int]]]:
    """A window that holds the first word, wider and wider until it does."""
    width, center = _WINDOW, int(at * len(text))
    while True:
        begins = max(0, center - width)
        piece = text[begins : center + width]
        if words[0] in fold(piece) or len(piece) == len(text):
            return piece, _finds(piece, words)
        width *= 4


def _finds(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand in a text as people read it, in order, none over another."""
    folded, origin = fold_with_origin(text)
    spans = sorted(
        (origin[found.start()], origin[found.end() - 1] + 1)
        for word in words
        for found in re.finditer(re.escape(word), folded)
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _segments(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    segments, done = [], 0
    for start, end in spans:
        segments += [Segment(text[done:start], False), Segment(text[start:end], True)]
        done = end
    segments.append(Segment(text[done:], False))
    return tuple(segment for segment in segments if segment.text)
