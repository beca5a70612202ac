"""The database itself refuses what no review let out, and changes of what was reviewed or went out."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# A sheet of this very edition that is complete; two people agreed to this very hash, one of them in the
# secrecy review; none of them had a hand in the edition; the item is to be published at all.
_LET_OUT = """
    EXISTS (SELECT 1 FROM publishing_edition e JOIN publishing_item i ON i.id = e.item_id
            WHERE e.id = NEW.edition_id AND e.item_id = NEW.item_id AND e.sha256 = NEW.content_sha256
              AND i.disclosure_class = 'proactive')
    AND EXISTS (SELECT 1 FROM publishing_reviewsheet s
                WHERE s.id = NEW.sheet_id AND s.edition_id = NEW.edition_id AND s.state = 'complete')
    AND (SELECT COUNT(DISTINCT o.by_id) FROM publishing_opinion o
         WHERE o.sheet_id = NEW.sheet_id AND o.verdict = 'agreed'
           AND o.content_sha256 = NEW.content_sha256) >= 2
    AND EXISTS (SELECT 1 FROM publishing_opinion o
                WHERE o.sheet_id = NEW.sheet_id AND o.verdict = 'agreed' AND o.step = 'secrecy'
                  AND o.content_sha256 = NEW.content_sha256)
    AND NOT EXISTS (SELECT 1 FROM publishing_opinion o
                    JOIN publishing_editionauthor a ON a.account_id = o.by_id AND a.edition_id = NEW.edition_id
                    WHERE o.sheet_id = NEW.sheet_id AND o.verdict = 'agreed')
    AND NOT EXISTS (SELECT 1 FROM publishing_opinion o
                    WHERE o.sheet_id = NEW.sheet_id AND o.verdict = 'returned')
"""
_IN_THE_EDITION = """
    EXISTS (SELECT 1 FROM publishing_editionfile f JOIN publishing_publication p ON p.edition_id = f.edition_id
            WHERE p.id = NEW.publication_id AND f.sha256 = NEW.sha256)
"""
_STANDING = (
    "item_id", "edition_id", "sheet_id", "content", "content_sha256", "title", "kind", "node_id", "section_id",
    "published_on", "published_at",
    "first_published_on", "published_by_id", "ends_on",
)  # fmt: skip
_APPEND_ONLY = (
    "publishing_edition", "publishing_editionauthor", "publishing_editionfile", "publishing_opinion",
    "publishing_scan", "publishing_waiver", "publishing_attestation", "publishing_publishedfile",
    "publishing_nodeversion", "publishing_validityevent", "publishing_reassessment",
)  # fmt: skip
_NOT_LET_OUT = "nothing is published without a complete review of exactly this content"
_STAYS = "what was published does not change"
_LOG = "the records of a review are append-only"
_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _STANDING)
_DISTINCT = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _STANDING)

_SQLITE = [
    f"""CREATE TRIGGER publishing_gate BEFORE INSERT ON publishing_publication WHEN NOT ({_LET_OUT})
        BEGIN SELECT RAISE(ABORT, '{_NOT_LET_OUT}'); END""",
    f"""CREATE TRIGGER publishing_publication_stays BEFORE UPDATE ON publishing_publication
        WHEN OLD.ended_at IS NOT NULL OR {_CHANGED}
        BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END""",
    f"""CREATE TRIGGER publishing_publication_no_delete BEFORE DELETE ON publishing_publication
        BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END""",
    f"""CREATE TRIGGER publishing_file_gate BEFORE INSERT ON publishing_publishedfile
        WHEN NOT ({_IN_THE_EDITION})
        BEGIN SELECT RAISE(ABORT, '{_NOT_LET_OUT}'); END""",
    f"""CREATE TRIGGER publishing_sheet_stays BEFORE UPDATE ON publishing_reviewsheet
        WHEN OLD.state <> 'open' OR NEW.edition_id <> OLD.edition_id OR NEW.item_id <> OLD.item_id
        BEGIN SELECT RAISE(ABORT, '{_LOG}'); END""",
    f"""CREATE TRIGGER publishing_sheet_no_delete BEFORE DELETE ON publishing_reviewsheet
        BEGIN SELECT RAISE(ABORT, '{_LOG}'); END""",
    *(
        f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}
            BEGIN SELECT RAISE(ABORT, '{_LOG}'); END"""
        for table in _APPEND_ONLY
        for verb in ("update", "delete")
    ),
]
_POSTGRESQL = [
    f"""CREATE FUNCTION publishing_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NOT ({_LET_OUT}) THEN RAISE EXCEPTION '{_NOT_LET_OUT}'; END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER publishing_gate BEFORE INSERT ON publishing_publication
        FOR EACH ROW EXECUTE FUNCTION publishing_gate()""",
    f"""CREATE FUNCTION publishing_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR {_DISTINCT} THEN
                RAISE EXCEPTION '{_STAYS}';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER publishing_publication_stays BEFORE UPDATE OR DELETE ON publishing_publication
        FOR EACH ROW EXECUTE FUNCTION publishing_stays()""",
    f"""CREATE FUNCTION publishing_file_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NOT ({_IN_THE_EDITION}) THEN RAISE EXCEPTION '{_NOT_LET_OUT}'; END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER publishing_file_gate BEFORE INSERT ON publishing_publishedfile
        FOR EACH ROW EXECUTE FUNCTION publishing_file_gate()""",
    f"""CREATE FUNCTION publishing_sheet_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'DELETE' OR OLD.state <> 'open' OR NEW.edition_id <> OLD.edition_id
               OR NEW.item_id <> OLD.item_id THEN
                RAISE EXCEPTION '{_LOG}';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER publishing_sheet_stays BEFORE UPDATE OR DELETE ON publishing_reviewsheet
        FOR EACH ROW EXECUTE FUNCTION publishing_sheet_stays()""",
    f"""CREATE FUNCTION publishing_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_LOG}'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION publishing_refuse()"""
        for table in _APPEND_ONLY
    ),
    *(
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION publishing_refuse()"""
        for table in (*_APPEND_ONLY, "publishing_publication", "publishing_reviewsheet")
    ),
]
_UNDO_SQLITE = [
    *(
        f"DROP TRIGGER {name}"
        for name in (
            "publishing_gate", "publishing_publication_stays", "publishing_publication_no_delete",
            "publishing_file_gate", "publishing_sheet_stays", "publishing_sheet_no_delete",
        )
    ),
    *(f"DROP TRIGGER {table}_no_{verb}" for table in _APPEND_ONLY for verb in ("update", "delete")),
]  # fmt: skip
_UNDO_POSTGRESQL = [
    f"DROP FUNCTION {name}() CASCADE"
    for name in (
        "publishing_gate", "publishing_stays", "publishing_file_gate", "publishing_sheet_stays",
        "publishing_refuse",
    )
]  # fmt: skip


def _run(statements: dict[str, list[str]]) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def step(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_begin")]

    operations = [
        migrations.RunPython(
            _run({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}),
            _run({"sqlite": _UNDO_SQLITE, "postgresql": _UNDO_POSTGRESQL}),
        )
    ]
