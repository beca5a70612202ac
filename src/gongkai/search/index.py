"""The table of grams, in SQLite (FTS5, without positions or texts) and PostgreSQL (a GIN of arrays).

Both answer the same question with the same ids: which entries hold all these grams and, looked
through, all these words; the newest first, since an id begins with the day of publication.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from gongkai.search.grams import EVERY

TABLE = "search_grams"
LAST = (1 << 62) - 1
# The trail's own lock: one lock cannot be taken in two orders, and whoever publishes writes both.
_ONE_WRITER = 711_2019


@dataclass(frozen=True, slots=True)
class Wanted:
    """``grams`` must all be in the index; ``words`` and ``head_words`` are looked for in the text and in
    its head. Ids from ``first`` to ``last``."""

    grams: Sequence[str]
    words: Sequence[str] = ()
    head_words: Sequence[str] = ()
    first: int = 0
    last: int = 1 << 62


def put(pk: int, grams: Iterable[str]) -> None:
    """Make an entry findable; it must not be already."""
    if connection.vendor == "sqlite":
        _run(f"INSERT INTO {TABLE}(rowid, grams) VALUES (%s, %s)", [pk, _line(grams)])
    else:
        _run(f"INSERT INTO {TABLE}(id, grams) VALUES (%s, %s)", [pk, sorted(grams)])


def take_out(pk: int, grams: Iterable[str]) -> None:
    """Undo ``put`` with the same grams: FTS5 keeps no texts and must be told what it forgets."""
    if connection.vendor == "sqlite":
        sql = f"INSERT INTO {TABLE}({TABLE}, rowid, grams) VALUES ('delete', %s, %s)"
        _run(sql, [pk, _line(grams)])
    else:
        _run(f"DELETE FROM {TABLE} WHERE id = %s", [pk])


def clear() -> None:
    """Forget everything."""
    sqlite = connection.vendor == "sqlite"
    _run(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')" if sqlite else f"DELETE FROM {TABLE}")


def tidy() -> None:
    """Bring the pieces that many writes left into one: quicker to look through."""
    if connection.vendor == "sqlite":
        _run(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")
    else:
        _run("SELECT gin_clean_pending_list('search_grams_held')")


def wait_for_turn() -> None:
    """One writer at a time until the transaction ends; SQLite sees to it itself."""
    if connection.vendor == "postgresql":
        _run("SELECT pg_advisory_xact_lock(%s)", [_ONE_WRITER])


def newest(wanted: Wanted, limit: int) -> list[int]:
    """The ids of the newest entries that match, the newest first."""
    sql, values = (_sqlite if connection.vendor == "sqlite" else _postgresql)(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s", [*values, limit])
        return [row[0] for row in cursor.fetchall()]


def _line(grams: Iterable[str]) -> str:
    return " ".join(sorted(grams))


def _run(sql: str, values: Sequence[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _sqlite(wanted: Wanted) -> tuple[str, list[Any]]:
    grams = " AND ".join(f'"{gram}"' for gram in wanted.grams or [EVERY])
    joined, tests, values = _tests(wanted, "instr(t.folded, %s) > 0", "instr(t.head, %s) > 0")
    join = f"CROSS JOIN search_text t ON t.entry_id = {TABLE}.rowid" if joined else ""
    sql = f"""SELECT {TABLE}.rowid FROM {TABLE} {join}
        WHERE {TABLE} MATCH %s AND {TABLE}.rowid BETWEEN %s AND %s {tests}
        ORDER BY {TABLE}.rowid DESC"""
    return sql, [grams, wanted.first, wanted.last, *values]


def _postgresql(wanted: Wanted) -> tuple[str, list[Any]]:
    joined, tests, values = _tests(wanted, "strpos(t.folded, %s) > 0", "strpos(t.head, %s) > 0")
    join = "JOIN search_text t ON t.entry_id = g.id" if joined else ""
    sql = f"""SELECT g.id FROM {TABLE} g {join}
        WHERE g.grams @> %s::text[] AND g.id BETWEEN %s AND %s {tests} ORDER BY g.id DESC"""
    return sql, [list(wanted.grams), wanted.first, wanted.last, *values]


def _tests(wanted: Wanted, in_text: str, in_head: str) -> tuple[bool, str, list[str]]:
    tests = [in_text] * len(wanted.words) + [in_head] * len(wanted.head_words)
    sql = "".join(f" AND {test}" for test in tests)
    return bool(tests), sql, [*wanted.words, *wanted.head_words]
