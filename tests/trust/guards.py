"""Taking the guards of the database away, as somebody would who has it in their hands."""

from django.db import connection


def triggers_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
            )
        return sorted(name for (name,) in cursor.fetchall())


def check_constraints_at_once() -> None:
    """PostgreSQL alters and empties no table while a check waits for the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def take_away(table: str) -> None:
    """Every guard of a table, until the transaction is taken back."""
    check_constraints_at_once()
    with connection.cursor() as cursor:
        for name in triggers_of(table):
            owner = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER {name}{owner}")
