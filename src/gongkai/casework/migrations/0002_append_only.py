"""The database itself refuses to change the event log and what was signed."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_LOG = ("casework_caseevent", "casework_serviceentry", "casework_approval")
_SIGNED = (
    "content", "kind", "series", "year", "serial", "document_number", "signed_on", "sha256", "pdf", "case_id",
)  # fmt: skip


def _sqlite_log(table: str) -> list[str]:
    return [
        f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}
            BEGIN SELECT RAISE(ABORT, 'the log of a case is append-only'); END"""
        for verb in ("update", "delete")
    ]


_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _SIGNED)
_SQLITE = [
    *(statement for table in _LOG for statement in _sqlite_log(table)),
    f"""CREATE TRIGGER casework_letter_signed BEFORE UPDATE ON casework_letter
        WHEN OLD.state = 'signed' AND (NEW.state <> 'signed' OR {_CHANGED})
        BEGIN SELECT RAISE(ABORT, 'a signed letter does not change'); END""",
    """CREATE TRIGGER casework_letter_no_delete BEFORE DELETE ON casework_letter
        WHEN OLD.state = 'signed'
        BEGIN SELECT RAISE(ABORT, 'a signed letter does not go away'); END""",
]
_DISTINCT = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _SIGNED)
_POSTGRESQL = [
    """CREATE FUNCTION casework_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the log of a case is append-only'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION casework_refuse()"""
        for table in _LOG
    ),
    f"""CREATE FUNCTION casework_letter_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF OLD.state = 'signed' AND (TG_OP = 'DELETE' OR NEW.state <> 'signed' OR {_DISTINCT}) THEN
                RAISE EXCEPTION 'a signed letter does not change';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER casework_letter_signed BEFORE UPDATE OR DELETE ON casework_letter
        FOR EACH ROW EXECUTE FUNCTION casework_letter_refuse()""",
]
_UNDO_SQLITE = [
    *(f"DROP TRIGGER {table}_no_{verb}" for table in _LOG for verb in ("update", "delete")),
    "DROP TRIGGER casework_letter_signed",
    "DROP TRIGGER casework_letter_no_delete",
]
_UNDO_POSTGRESQL = [
    "DROP FUNCTION casework_refuse() CASCADE",
    "DROP FUNCTION casework_letter_refuse() CASCADE",
]


def _run(statements: dict[str, list[str]]) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def step(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_begin")]

    operations = [
        migrations.RunPython(
            _run({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}),
            _run({"sqlite": _UNDO_SQLITE, "postgresql": _UNDO_POSTGRESQL}),
        )
    ]
