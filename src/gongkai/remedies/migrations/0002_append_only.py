"""The database itself refuses to change the events of remedies."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_REFUSAL = "the log of a remedy is append-only"
_SQLITE = [
    f"""CREATE TRIGGER remedies_remedyevent_no_{verb} BEFORE {verb.upper()} ON remedies_remedyevent
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
    for verb in ("update", "delete")
]
_POSTGRESQL = [
    f"""CREATE FUNCTION remedies_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    """CREATE TRIGGER remedies_remedyevent_no_change BEFORE UPDATE OR DELETE ON remedies_remedyevent
        FOR EACH ROW EXECUTE FUNCTION remedies_refuse()""",
]
_UNDO_SQLITE = [f"DROP TRIGGER remedies_remedyevent_no_{verb}" for verb in ("update", "delete")]
_UNDO_POSTGRESQL = ["DROP FUNCTION remedies_refuse() CASCADE"]


def _run(statements: dict[str, list[str]]) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def step(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("remedies", "0001_begin")]

    operations = [
        migrations.RunPython(
            _run({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}),
            _run({"sqlite": _UNDO_SQLITE, "postgresql": _UNDO_POSTGRESQL}),
        )
    ]
