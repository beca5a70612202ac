"""Pieces of a text around what was looked for, with every find marked; no markup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.search.folding import fold, fold_with_origin

_AROUND, _LONGEST = 30, 120
_WINDOW = 150


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    is_hit: bool


_LEFT_OUT = Segment("…", False)


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
    piece = _piece_with(text, words[0], at)
    start, end = next(iter(_finds(piece, words[:1])), (0, 0))
    begins = max(0, start - _AROUND)
    shown = piece[begins : max(begins + _LONGEST, end + _AROUND)]
    before = (_LEFT_OUT,) if not text.startswith(shown) else ()
    after = (_LEFT_OUT,) if not text.endswith(shown) else ()
    return (*before, *marked(shown, words), *after)


def beginning(text: str) -> tuple[Segment, ...]:
    cut = text[:_LONGEST].strip()
    after = (_LEFT_OUT,) if len(text.strip()) > len(cut) else ()
    return (Segment(cut, False), *after) if cut else ()


def _piece_with(text: str, word: str, at: float) -> str:
    """A window that holds the word, wider and wider until it does."""
    width, center = _WINDOW, int(at * len(text))
    while True:
        piece = text[max(0, center - width) : center + width]
        if word in fold(piece) or len(piece) == len(text):
            return piece
        width *= 4


def _finds(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in a text as people read it, in order, none over another."""
    folded = fold(text)
    if not any(word in folded for word in words):
        return []
    _, origin = fold_with_origin(text)
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
