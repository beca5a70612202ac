"""Masks proposed for what was found, and a copy of a file in which they are applied."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.documents.contents import Contents, read_contents, rewrite
from gongkai.screening.rules import Rules
from gongkai.screening.searching import hits_in
from gongkai.screening.stretch import Hit, Span, Taken

_ANYTHING = Rules()
ROUNDS = 4
"""A mask may bring to light what it hid the sight of: so often a copy is looked at again."""
_LEFT_TO_PEOPLE = {"personal.expired_notice"}


@dataclass(frozen=True, slots=True)
class Mask:
    """Characters ``old_span`` of the text at a place, to be written as ``new``."""

    place: str
    old_span: tuple[int, int]
    new: str


def propose_masks(contents: Contents, rules: Rules = _ANYTHING, name: str = "") -> tuple[Mask, ...]:
    """One mask for each place of each finding that masking can solve, in order, none overlapping another."""
    return masks_for(hits_in(contents, name, rules))


def masks_for(hits: Iterable[Hit]) -> tuple[Mask, ...]:
    by_place: dict[str, list[Span]] = defaultdict(list)
    for hit in hits:
        if hit.kind.startswith("personal.") and hit.kind not in _LEFT_TO_PEOPLE:
            for span in hit.spans:
                if span.new is not None:
                    by_place[span.place].append(span)
    return tuple(
        Mask(place, (span.start, span.end), span.new or "")
        for place, spans in by_place.items()
        for span in _apart(spans)
    )


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Of overlapping spans the longest stays."""
    kept = Taken()
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if not kept.overlaps(span):
            kept.add(span)
    return kept.spans


def new_texts(contents: Contents, masks: Iterable[Mask]) -> dict[str, str]:
    """The whole new text of each place with a mask, as ``rewrite`` takes it."""
    texts = {unit.place: unit.text for unit in contents.places}
    by_place: dict[str, list[Mask]] = defaultdict(list)
    for mask in masks:
        by_place[mask.place].append(mask)
    return {
        place: _masked(texts[place], masks_here) for place, masks_here in by_place.items() if place in texts
    }


def _masked(text: str, masks: Sequence[Mask]) -> str:
    pieces, at = [], 0
    for mask in sorted(masks, key=lambda mask: mask.old_span):
        start, end = mask.old_span
        pieces += [text[at:start], mask.new]
        at = end
    return "".join([*pieces, text[at:]])


def masked_copy(data: bytes, name: str, rules: Rules = _ANYTHING) -> bytes:
    """A copy in which every mask proposed is applied, over and over until there is none to propose.

    Raises :class:`Unreadable`, or what :func:`gongkai.documents.contents.rewrite` raises where the format
    cannot be written: each with one Chinese sentence.
    """
    for _ in range(ROUNDS):
        contents = read_contents(data, name)
        changes = new_texts(contents, propose_masks(contents, rules))
        if not changes:
            break
        data = rewrite(data, name, changes)
    return data
