"""The grams in SQLite: FTS5 that keeps neither texts nor positions. It gives the matches in the order of
their ids, one by one, so that the newest of a common word cost no more than those of a rare one."""

from gongkai.search.grams import EVERY
from gongkai.search.index import Wanted, ids, run, tests_of


class Fts5:
    def put(self, pk: int, grams: set[str]) -> None:
        run("INSERT INTO search_grams(rowid, grams) VALUES (%s, %s)", [pk, " ".join(grams)])

    def take_out(self, pk: int, grams: set[str]) -> None:
        """It keeps no texts and must be told what it forgets."""
        sql = "INSERT INTO search_grams(search_grams, rowid, grams) VALUES ('delete', %s, %s)"
        run(sql, [pk, " ".join(grams)])

    def clear(self) -> None:
        run("INSERT INTO search_grams(search_grams) VALUES ('delete-all')")

    def tidy(self) -> None:
        run("INSERT INTO search_grams(search_grams) VALUES ('optimize')")

    def wait_for_turn(self) -> None:
        """Transactions are immediate: there is only one writer."""

    def newest(self, wanted: Wanted, limit: int) -> list[int]:
        match = " AND ".join(f'"{gram}"' for gram in wanted.grams or [EVERY])
        tests, values = tests_of(wanted, "instr")
        join = "CROSS JOIN search_text t ON t.entry_id = search_grams.rowid" if tests else ""
        return ids(
            f"""SELECT search_grams.rowid FROM search_grams {join}
            WHERE search_grams MATCH %s AND search_grams.rowid BETWEEN %s AND %s {tests}
            ORDER BY search_grams.rowid DESC LIMIT %s""",  # nosec B608 (the conditions are our own)
            [match, wanted.first, wanted.last, *values, limit],
        )
