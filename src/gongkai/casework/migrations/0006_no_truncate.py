"""PostgreSQL refuses to empty the logs of cases and the letters at one stroke as well; SQLite knows no such stroke."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TABLES = ("casework_caseevent", "casework_serviceentry", "casework_approval", "casework_letter")


def _guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in _TABLES:
            schema_editor.execute(
                f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse()"""
            )


def _unguard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in _TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_letter_versions")]

    operations = [migrations.RunPython(_guard, _unguard)]
