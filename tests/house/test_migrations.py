"""The database is what the models say."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_migrations_are_complete():
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        pytest.fail("models changed without a migration: python -m gongkai.manage makemigrations -n <what>")


def test_every_desk_with_records_has_migrations():
    ours = {a.label for a in apps.get_app_configs() if a.name.startswith("gongkai.") and list(a.get_models())}
    assert ours <= MigrationLoader(connection=None).migrated_apps
