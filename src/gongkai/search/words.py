"""What somebody typed, as words that must all be found: ``招生 “义务教育 阶段”`` are two."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.search.folding import fold

MAX_TYPED = 100  # characters; what is more is left out, and the page says so
MAX_WORDS = 10
_PIECE = re.compile(r'(?<!\S)["“”「](?P<phrase>[^"“”「」]+)["“”」](?!\S)|(?P<word>\S+)')


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. ``category`` includes what lies below it."""

    agency: int | None = None
    category: str = ""
    section: str = ""
    year: int | None = None
    validity: str = ""
    kind: str = ""
    media: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        return self != Filters()

    def as_json(self) -> dict[str, Any]:
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: str(v) if isinstance(v, date) else v for name, v in named.items() if v}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Filters":
        given = dict(stored)
        for name in given.keys() & {"since", "until"}:
            given[name] = date.fromisoformat(given[name])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Query:
    """``words`` are folded; ``was_cut`` where more was typed than is looked for."""

    words: tuple[str, ...] = field(repr=False)
    filters: Filters = Filters()
    was_cut: bool = False


def parse(typed: str, filters: Filters | None = None) -> Query:
    """Words are divided by white space; what stands in quotation marks is one."""
    pieces = [found["phrase"] or found["word"] for found in _PIECE.finditer(typed[:MAX_TYPED])]
    words = tuple(dict.fromkeys(word for piece in pieces if (word := fold(piece))))
    was_cut = len(typed) > MAX_TYPED or len(words) > MAX_WORDS
    return Query(words[:MAX_WORDS], filters or Filters(), was_cut)
