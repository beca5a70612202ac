"""The table of grams: ``fts5`` keeps it in SQLite, ``gin`` in PostgreSQL.

Both answer the same question with the same ids: which entries hold all these grams and, looked
through, all these words; the newest first, since an id begins with the day of publication.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

LAST = (1 << 62) - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """``grams`` must all be in the index; ``words`` and ``head_words`` are looked for in the text and in
    its head. Ids from ``first`` to ``last``."""

    grams: Sequence[str]
    words: Sequence[str] = ()
    head_words: Sequence[str] = ()
    first: int = 0
    last: int = LAST


class Keeper(Protocol):
    """What a database must be able to do."""

    def put(self, pk: int, grams: set[str]) -> None: ...
    def take_out(self, pk: int, grams: set[str]) -> None: ...
    def clear(self) -> None: ...
    def tidy(self) -> None: ...
    def wait_for_turn(self) -> None: ...
    def newest(self, wanted: Wanted, limit: int) -> list[int]: ...


def _keeper() -> Keeper:
    if connection.vendor == "sqlite":
        from gongkai.search.fts5 import Fts5

        return Fts5()
    from gongkai.search.gin import Gin

    return Gin()


def put(pk: int, grams: set[str]) -> None:
    """Make an entry findable; it must not be already."""
    _keeper().put(pk, grams)


def take_out(pk: int, grams: set[str]) -> None:
    """Undo ``put`` with the same grams."""
    _keeper().take_out(pk, grams)


def clear() -> None:
    """Forget everything."""
    _keeper().clear()


def tidy() -> None:
    """Bring the pieces that many writes left into one: quicker to look through."""
    _keeper().tidy()


def wait_for_turn() -> None:
    """One writer at a time until the transaction ends."""
    _keeper().wait_for_turn()


def newest(wanted: Wanted, limit: int) -> list[int]:
    """The ids of the newest entries that match, the newest first."""
    return _keeper().newest(wanted, limit)


def tests_of(wanted: Wanted, place_of: str) -> tuple[str, list[str]]:
    """The part of a condition that looks through the texts ``t``, and its values. ``place_of`` is how the
    database names the function that finds a text in another."""
    tests = [f"{place_of}(t.folded, %s) > 0"] * len(wanted.words)
    tests += [f"{place_of}(t.head, %s) > 0"] * len(wanted.head_words)
    return "".join(f" AND {test}" for test in tests), [*wanted.words, *wanted.head_words]


def run(sql: str, values: Iterable[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def ids(sql: str, values: Iterable[Any]) -> list[int]:
    """The first column of what a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [row[0] for row in cursor.fetchall()]
