"""Words that are wrong in what a government publishes: old names of organs, regions, slips of the pen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gongkai.screening.rules import Rules
from gongkai.screening.sheet import Sheet
from gongkai.screening.stretch import CELL, Hit
from gongkai.screening.wordlists import read_table, words

_FAR = 40
_CLAUSE = re.compile(r"[，。；！？、,;!?\n" + CELL + "]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_GOES_ON = re.compile(r"门|令|公告第|第\d+号令")


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    right: str
    since: date | None = None


def wording_in(sheet: Sheet, rules: Rules) -> Iterator[Hit]:
    """``wording.*`` of one part of a file: each wrong word once, with how often it stands there."""
    text, seen = sheet.stretch.text, {}  # type: str, dict[str, list[tuple[int, int]]]
    for found in _pattern().finditer(text):
        word = found.group()
        if not _is_meant_so(text, found, _lexicon()[word]):
            seen.setdefault(word, []).append(found.span())
    for word, at in seen.items():
        entry = _lexicon()[word]
        yield _hit(sheet, entry.kind, word, at, f"应为“{entry.right}”")
    yield from _own_words(sheet, rules)


def _own_words(sheet: Sheet, rules: Rules) -> Iterator[Hit]:
    text = sheet.stretch.text
    for word, advice in rules.extra:
        at = [found.span() for found in re.finditer(re.escape(word), text)] if word else []
        if at:
            yield _hit(sheet, "wording.own_word", word, at, advice)


def _hit(sheet: Sheet, kind: str, word: str, at: list[tuple[int, int]], note: str) -> Hit:
    often = f"，共 {len(at)} 处" if len(at) > 1 else ""
    return Hit(kind, False, sheet.stretch.spans(*at[0]), word, f"{note}{often}")


def _is_meant_so(text: str, found: re.Match[str], entry: _Word) -> bool:
    """Whether an organ is named as it was called at the time spoken of."""
    if entry.since is None:
        return False
    start, end = found.span()
    before = _CLAUSE.split(text[max(start - _FAR, 0) : start])[-1]
    after = _CLAUSE.split(text[end : end + _FAR])[0]
    if _GOES_ON.match(after) or "原" in before[-2:]:
        return True
    if any(word in before or word in after for word in words("organs", "historic") if len(word) > 1):
        return True
    return any(int(year[1]) < entry.since.year for year in _YEAR.finditer(before + "，" + after))


@lru_cache
def _lexicon() -> dict[str, _Word]:
    listed: dict[str, _Word] = {}
    for entry in read_table("organs")["renamed"]:
        word = _Word("wording.organ_name", entry["new"], entry["since"])
        listed |= dict.fromkeys(entry["old"], word)
    for section, kind in (("region", "wording.region"), ("people", "wording.people")):
        for entry in read_table("wording")[section]:
            listed |= dict.fromkeys(entry["wrong"], _Word(kind, entry["right"]))
    listed |= {wrong: _Word("wording.slip", right) for wrong, right in read_table("wording")["slips"].items()}
    return listed


@lru_cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_lexicon(), key=len, reverse=True))))
