"""What changed between two articles, block by block: what a reviewer reads instead of reading all again."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz.fuzz import ratio

from gongkai.documents.articles.article import Article, Block, Heading
from gongkai.documents.articles.plain import to_plain

Kind = Literal["added", "removed", "changed"]
_ALIKE = 50  # of 100: less than this is not the same block changed, but another one
_MOST_COMPARED = 2_000  # characters of a block
_FARTHEST = 40  # blocks ahead in which the counterpart of a block is looked for


@dataclass(frozen=True, slots=True)
class Difference:
    """One block that is not as it was. ``before`` is ``None`` for what was added, ``after`` for what was
    removed; ``under`` is the heading it stands under, empty above the first."""

    kind: Kind
    before: Block | None
    after: Block | None
    under: str = ""


def differences(old: Article, new: Article) -> tuple[Difference, ...]:
    """In reading order; what was moved is removed in one place and added in another."""
    matcher = SequenceMatcher(None, old.blocks, new.blocks, autojunk=False)
    found: list[Difference] = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            before, after = old.blocks[old_start:old_end], new.blocks[new_start:new_end]
            found += _replaced(before, after, _heading(old, old_start), _heading(new, new_start))
    return tuple(found)


def _replaced(
    before: tuple[Block, ...], after: tuple[Block, ...], old_heading: str, new_heading: str
) -> Iterator[Difference]:
    """Each old block beside the next new one that is like it; what has no counterpart went or came."""
    place = 0
    for block in before:
        ahead = range(place, min(len(after), place + _FARTHEST))
        counterpart = next((number for number in ahead if _are_alike(block, after[number])), None)
        if counterpart is None:
            yield Difference("removed", block, None, old_heading)
        else:
            for added in after[place:counterpart]:
                yield Difference("added", None, added, new_heading)
                new_heading = added.text if isinstance(added, Heading) else new_heading
            yield Difference("changed", block, after[counterpart], new_heading)
            place = counterpart + 1
        old_heading = block.text if isinstance(block, Heading) else old_heading
        if counterpart is not None and isinstance(now := after[counterpart], Heading):
            new_heading = now.text
    for added in after[place:]:
        yield Difference("added", None, added, new_heading)
        new_heading = added.text if isinstance(added, Heading) else new_heading


def _are_alike(before: Block, after: Block) -> bool:
    if type(before) is not type(after):
        return False
    one, other = (to_plain(Article((block,)))[:_MOST_COMPARED] for block in (before, after))
    return one == other or ratio(one, other) >= _ALIKE


def _heading(article: Article, place: int) -> str:
    above = reversed(article.blocks[:place])
    return next((block.text for block in above if isinstance(block, Heading)), "")
