"""The database itself refuses to change what was frozen of a year."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_REFUSAL = "the cut of a year is frozen"
_SQLITE = [
    f"""CREATE TRIGGER reporting_yearcut_no_{verb} BEFORE {verb.upper()} ON reporting_yearcut
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
    for verb in ("update", "delete")
]
_POSTGRESQL = [
    f"""CREATE FUNCTION reporting_yearcut_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    """CREATE TRIGGER reporting_yearcut_no_change BEFORE UPDATE OR DELETE ON reporting_yearcut
        FOR EACH ROW EXECUTE FUNCTION reporting_yearcut_refuse()""",
]
_UNDO_SQLITE = [f"DROP TRIGGER reporting_yearcut_no_{verb}" for verb in ("update", "delete")]
_UNDO_POSTGRESQL = ["DROP FUNCTION reporting_yearcut_refuse() CASCADE"]


def _run(statements: dict[str, list[str]]) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def step(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_count_from_registers")]

    operations = [
        migrations.RunPython(
            _run({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}),
            _run({"sqlite": _UNDO_SQLITE, "postgresql": _UNDO_POSTGRESQL}),
        )
    ]
