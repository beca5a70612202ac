"""What the index knows of a text: its single characters and its pairs of neighbors, each once.

A text that holds a word holds all the word's pairs, so the index gives every text that may match; a
word of one or two characters is itself in the index, for longer ones the texts found are looked
through. Beside them stand the pairs of the head (title and document number) and the marks, by which
lists are narrowed; both are longer than two characters and so are never taken for a pair.
"""

from collections.abc import Iterable
from itertools import pairwise

from gongkai.search.folding import PART_END

EVERY = "::every"
_HEAD = "=="


def pairs_and_characters(text: str) -> set[str]:
    """Every character and every two neighbors of a folded text, without those that hold a space."""
    found = set(text)
    found.update(map("".join, pairwise(text)))
    return {gram for gram in found if " " not in gram and PART_END not in gram}


def of_head(head: str) -> set[str]:
    return {_HEAD + gram for gram in pairs_and_characters(head)}


def mark(facet: str, value: object) -> str:
    """The mark of everything whose ``facet`` (a letter) is ``value``."""
    return f"::{facet}{str(value).encode().hex()}"


def needed_for(word: str, *, in_head: bool = False) -> list[str]:
    """What the index must hold of a text for it to hold a folded word."""
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    grams = [pair for pair in pairs if " " not in pair] or [char for char in word if char != " "]
    return [(_HEAD if in_head else "") + gram for gram in dict.fromkeys(grams)]


def is_told_by_index(word: str) -> bool:
    """Whether the index alone says who holds the word, so that no text needs to be looked through."""
    return len(word) <= 2 and " " not in word


def ancestors(path: str) -> Iterable[str]:
    """``20/20-11/own`` → ``20``, ``20/20-11``, ``20/20-11/own``."""
    codes = path.split("/") if path else []
    return ("/".join(codes[:depth]) for depth in range(1, len(codes) + 1))
