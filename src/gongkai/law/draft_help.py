"""Reads the draft of an application to help its writer: never blocks, speaks only when sure.

The signs are patterns in ``law/data/draft_help.toml``. A draft that asks for information in plain
words is left alone, whatever it is about; the cost of a false warning is a citizen who gives up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongkai.law.rulebook import read_table
from gongkai.law.topics import topics


class AdviceKind(StrEnum):
    """What the writer is told."""

    PETITION = "petition"
    CONSULTATION = "consultation"
    REGISTRY_QUERY = "registry_query"
    PUBLICATION = "publication"
    CREATION = "creation"
    MISSING_FEATURE = "missing_feature"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice; ``where_to_go`` is empty where the application is the right way.

    ``parts`` are the separate applications a draft on several matters could become.
    """

    kind: AdviceKind
    message: str
    article: str
    where_to_go: str = ""
    parts: tuple[str, ...] = ()


_K = AdviceKind
# A draft that is no application at all needs no advice on how to word it as one.
_FINAL = (_K.PETITION, _K.CONSULTATION, _K.CREATION)
_WIDE = {
    ord(wide): chr(ord(wide) - 0xFEE0) for wide in map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B)))
}
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」")
_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+[？?]?")
_LONGEST = 5000


def advise(text: str) -> tuple[Advice, ...]:
    """What to tell the writer of a draft; empty for a draft that is fine, and for an empty one."""
    draft = text[:_LONGEST].translate(_WIDE).strip()
    if not draft:
        return ()
    clauses = [clause.strip() for clause in _CLAUSE.findall(_QUOTED.sub("《》", draft))]
    found: list[Advice] = []
    for kind, finder in _FINDERS:
        advice = finder(kind, draft, clauses)
        if advice is not None:
            found.append(advice)
            if kind in _FINAL:
                break
    return tuple(found)


def _petition(kind: AdviceKind, draft: str, clauses: list[str]) -> Advice | None:
    asks = _pattern("asks")
    for clause, sign in _signs(kind, clauses):
        hit = sign.search(clause)
        # 申请公开要求学校严惩教师的文件 asks for a record, not for punishment.
        if hit and not asks.search(clause, 0, hit.start()):
            return _advice(kind)
    return None


def _consultation(kind: AdviceKind, draft: str, clauses: list[str]) -> Advice | None:
    asking_words = re.compile(_table()[kind]["asking_words"])
    for clause, sign in _signs(kind, clauses):
        names_a_record = _pattern("carriers").search(clause) and not asking_words.search(clause)
        if sign.search(clause) and not names_a_record:
            return _advice(kind)
    return None


def _signs(kind: AdviceKind, clauses: list[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every clause with every sign; the weak signs only where no clause asks for information."""
    asking = any(_pattern("asks").search(clause) for clause in clauses)
    signs = _patterns(kind, "strong") + (() if asking else _patterns(kind, "weak"))
    return ((clause, sign) for clause in clauses for sign in signs)


def _registry_query(kind: AdviceKind, draft: str, clauses: list[str]) -> Advice | None:
    entry = _table()[kind]
    for clause in clauses:
        if re.search(entry["except"], clause):
            continue
        for sign in entry["signs"]:
            if re.search(sign["pattern"], clause):
                return Advice(kind, entry["message"], entry["article"], sign["where_to_go"])
    return None


def _publication(kind: AdviceKind, draft: str, clauses: list[str]) -> Advice | None:
    entry = _table()[kind]
    signs = [re.compile(sign.replace("{tail}", entry["tail"])) for sign in entry["signs"]]
    # Here the titles are what is asked for.
    named = [clause.strip() for clause in _CLAUSE.findall(draft)]
    return _advice(kind) if any(sign.search(clause) for sign in signs for clause in named) else None


def _creation(kind: AdviceKind, draft: str, clauses: list[str]) -> Advice | None:
    signs = _patterns(kind, "signs")
    return _advice(kind) if any(sign.search(clause) for sign in signs for clause in clauses) else None


def _missing_feature(kind: AdviceKind, draft: str, clauses: list[str]) -> Advice | None:
    entry = _table()[kind]
    rest = "".join(filter(str.isalnum, re.sub(entry["empty_words"], "", draft)))
    enough = 2 if re.search(entry["features"], draft) else 4
    return None if len(rest) >= enough else _advice(kind)


def _split(kind: AdviceKind, draft: str, clauses: list[str]) -> Advice | None:
    parts = topics(draft)
    if len(parts) < 2:
        return None
    entry = _table()[kind]
    return Advice(kind, entry["message"].format(count=len(parts)), entry["article"], "", parts)


_FINDERS = (
    (_K.PETITION, _petition),
    (_K.CONSULTATION, _consultation),
    (_K.REGISTRY_QUERY, _registry_query),
    (_K.PUBLICATION, _publication),
    (_K.CREATION, _creation),
    (_K.MISSING_FEATURE, _missing_feature),
    (_K.SPLIT, _split),
)


def _advice(kind: AdviceKind) -> Advice:
    entry = _table()[kind]
    return Advice(kind, entry["message"], entry["article"], entry["where_to_go"])


def _table() -> dict[str, Any]:
    return read_table("draft_help.toml")


@lru_cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_table()[name])


@lru_cache
def _patterns(kind: AdviceKind, name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(sign) for sign in _table()[kind][name])
