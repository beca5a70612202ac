"""What the index knows of a text: its characters, its pairs of neighbors, and those threes that hold a
digit or a Latin letter (of which there are so few that pairs alone tell little), each once.

A text that holds a word holds all the word's grams, so the index gives every text that may match; a
word that is itself a gram is told by the index alone, for longer ones the texts found are looked
through. Beside them stand the grams of the head (title and document number) and the marks, by which
lists are narrowed; both begin with what no gram begins with.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from gongkai.search.folding import PART_END

EVERY = "::::every"
_HEAD, _MARK = "====", "::::"  # longer than any gram
_LATIN = re.compile("[0-9a-z]+")
_BORDERS = (" ", PART_END)


def of_text(text: str) -> set[str]:
    """The grams of a folded text. None holds a space."""
    found = {one + other for one, other in pairwise(text)}
    found.update(text, _threes(text))
    return {gram for gram in found if " " not in gram and PART_END not in gram}


def _threes(text: str) -> Iterator[str]:
    for run in _LATIN.finditer(text):
        for at in range(max(0, run.start() - 2), min(run.end(), len(text) - 2)):
            yield text[at : at + 3]


def of_head(head: str) -> set[str]:
    return {_HEAD + gram for gram in of_text(head)}


def mark(facet: str, value: object) -> str:
    """The mark of everything whose ``facet`` (a letter) is ``value``."""
    return f"{_MARK}{facet}{str(value).encode().hex()}"


def needed_for(word: str, *, in_head: bool = False) -> list[str]:
    """What the index must hold of a text for it to hold a folded word."""
    grams, told = [], 0
    for at in range(len(word)):
        longest = next(gram for size in (3, 2, 1) if (gram := word[at : at + size]) and _is_gram(gram, size))
        if at + len(longest) > told:
            grams.append(longest)
            told = at + len(longest)
    return [(_HEAD if in_head else "") + gram for gram in dict.fromkeys(grams) if gram != " "]


def _is_gram(piece: str, size: int) -> bool:
    if size == 1:
        return True
    return len(piece) == size and " " not in piece and (size == 2 or bool(_LATIN.search(piece)))


def is_told_by_index(word: str) -> bool:
    """Whether the index alone says who holds the word, so that no text needs to be looked through."""
    return len(word) <= 3 and _is_gram(word, len(word)) and word != " "


def ancestors(path: str) -> Iterable[str]:
    """``20/20-11/own`` → ``20``, ``20/20-11``, ``20/20-11/own``."""
    codes = path.split("/") if path else []
    return ("/".join(codes[:depth]) for depth in range(1, len(codes) + 1))
