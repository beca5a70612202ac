"""Whether a few characters are a person's name."""

import re
from functools import lru_cache

from gongkai.screening.wordlists import read_table, words

HAN = "\u3400-\u9fff\U00020000-\U000323af"
_PLAIN = re.compile(f"[{HAN}]{{2,4}}")
_DOTTED = re.compile(f"[{HAN}]{{1,14}}[·•・.．][{HAN}]{{1,14}}")
_MASKED = re.compile(
    f"[{HAN}][某*＊×●○□]{{1,3}}|[{HAN}][*＊×●○□]{{1,2}}[{HAN}]|[*＊×●○□]{{1,2}}[{HAN}]{{1,2}}"
)
_PADDED = re.compile(f"([{HAN}])[ \u3000\u00a0]{{1,4}}([{HAN}])")


@lru_cache(maxsize=65_536)
def is_name(text: str) -> bool:
    """A Chinese name in full, also with blanks between its two characters, or a name with a middle dot.
    甄某 names nobody."""
    text = text.strip()
    padded = _PADDED.fullmatch(text)
    if padded:
        text = padded[1] + padded[2]
    if _DOTTED.fullmatch(text):
        return True
    if "某" in text or not _PLAIN.fullmatch(text) or text in words("surnames", "not_names"):
        return False
    return (text[0] in surnames() and len(text) <= 3) or text[:2] in words("surnames", "double")


def is_masked_name(text: str) -> bool:
    """甄*范, 甄**, 甄某某: whose it is, those who know the list still see."""
    return bool(_MASKED.fullmatch(text.strip()))


@lru_cache
def surnames() -> frozenset[str]:
    return frozenset("".join(read_table("surnames")["single"].split()))


def mask_name(text: str) -> str:
    """甄示范 → 甄某某: what is published of a child."""
    name = text.strip()
    return name[:1] + "某" * max(min(len(name) - 1, 2), 1)


def shorten_name(text: str) -> str:
    """甄示范 → 甄**: for an excerpt."""
    return text.strip()[:1] + "**"
