"""The grams in PostgreSQL: arrays under a GIN.

A GIN knows no order, so all matches of a common word would be read to find the newest. Each entry
therefore has the mark of its span of days too, and spans are asked for one after the other, the newest
first, each time several more, until there are enough.
"""

from collections.abc import Iterator

from gongkai.search.grams import mark
from gongkai.search.index import Wanted, ids, run, tests_of

# The trail's own lock: one lock cannot be taken in two orders, and whoever publishes writes both.
ONE_WRITER = 711_2019
_SPAN = 26  # bits of an id: 64 days
_GROWTH = 4


class Gin:
    def put(self, pk: int, grams: set[str]) -> None:
        marked = grams | {_mark_of(pk >> _SPAN)}
        run("INSERT INTO search_grams(id, grams) VALUES (%s, %s)", [pk, sorted(marked)])

    def take_out(self, pk: int, grams: set[str]) -> None:
        run("DELETE FROM search_grams WHERE id = %s", [pk])

    def clear(self) -> None:
        run("DELETE FROM search_grams")

    def tidy(self) -> None:
        run("SELECT gin_clean_pending_list('search_grams_held')")

    def wait_for_turn(self) -> None:
        run("SELECT pg_advisory_xact_lock(%s)", [ONE_WRITER])

    def newest(self, wanted: Wanted, limit: int) -> list[int]:
        tests, values = tests_of(wanted, "strpos")
        join = "JOIN search_text t ON t.entry_id = g.id" if tests else ""
        sql = f"""SELECT g.id FROM search_grams g {join}
            WHERE g.grams @> %s::text[] AND g.grams && %s::text[] AND g.id BETWEEN %s AND %s {tests}
            ORDER BY g.id DESC LIMIT %s"""  # nosec B608 (the conditions are our own)
        found: list[int] = []
        for marks in _spans(wanted):
            asked = [list(wanted.grams), marks, wanted.first, wanted.last, *values, limit - len(found)]
            found += ids(sql, asked)
            if len(found) >= limit:
                break
        return found


def _mark_of(span: int) -> str:
    return mark("t", span)


def _spans(wanted: Wanted) -> Iterator[list[str]]:
    """The marks of the spans there are, the newest first: one, then four, then sixteen …"""
    held = ids("SELECT min(id) FROM search_grams UNION ALL SELECT max(id) FROM search_grams", [])
    oldest, newest = held
    if oldest is None:
        return
    first, last = max(oldest, wanted.first) >> _SPAN, min(newest, wanted.last) >> _SPAN
    several = 1
    while last >= first:
        yield [_mark_of(span) for span in range(last, max(first, last - several + 1) - 1, -1)]
        last, several = last - several, several * _GROWTH
