"""The table of grams: FTS5 in SQLite, which then keeps neither texts nor positions; arrays with a GIN
in PostgreSQL. No model stands for it: ``search.index`` alone reads and writes it."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Grams are divided by spaces; every other character may be part of one. No folded text holds a straight
# quotation mark.
_TOKENS = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{|}~'"
_SQLITE = [
    f"""CREATE VIRTUAL TABLE search_grams USING fts5(
        grams, content='', detail=none, columnsize=0, tokenize="{_TOKENS}")""",
    "INSERT INTO search_grams(search_grams, rank) VALUES ('pgsz', 1000)",
]
_POSTGRESQL = [
    'CREATE TABLE search_grams (id bigint PRIMARY KEY, grams text[] COLLATE "C" NOT NULL)',
    "CREATE INDEX search_grams_held ON search_grams USING gin (grams)",
]


def _run(statements: dict[str, list[str]]) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def step(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        with schema_editor.connection.cursor() as cursor:
            for statement in statements[schema_editor.connection.vendor]:
                cursor.execute(statement)

    return step


_UNDO = ["DROP TABLE search_grams"]


class Migration(migrations.Migration):
    dependencies = [("search", "0001_begin")]

    operations = [
        migrations.RunPython(
            _run({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}),
            _run({"sqlite": _UNDO, "postgresql": _UNDO}),
        )
    ]
