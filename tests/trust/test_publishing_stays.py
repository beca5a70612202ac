"""What was reviewed and what went out stays as it was: the database refuses to change it in any column."""

import pytest
from django.db import connection, models, transaction

from gongkai.publishing.models import Publication, ReviewSheet
from tests.agencies.cast import cast, quick_settings  # noqa: F401
from tests.publishing.office import publisher
from tests.trust.guards import check_constraints_at_once
from tests.trust.published_world import STATES, World, beside
from tests.trust.publishing_guards import LOGS
from tests.trust.test_append_only import EMPTYING, refused

pytestmark = pytest.mark.django_db
WORDS = ("append-only", "does not change")
STANDING = (
    "item_id", "edition_id", "sheet_id", "content", "content_sha256", "title", "published_on", "published_at",
    "first_published_on", "published_by_id", "ends_on",
)  # fmt: skip


@pytest.fixture
def world(cast, settings) -> World:  # noqa: F811
    settings.NOTICES_SITE_URL = "https://xxgk.example.invalid"
    made = World(publisher(cast))
    for name in ("ready", "cleaned", "kept", "withdrawn"):
        STATES[name](made, 0)
    beside(made)
    check_constraints_at_once()
    return made


def test_no_line_of_a_review_is_changed_in_any_column_or_deleted(world):
    for model in LOGS:
        row = model._default_manager.last()
        assert row, model
        rows = model._default_manager.filter(pk=row.pk)
        for field in model._meta.concrete_fields:
            if not field.primary_key:
                to_itself = {field.attname: models.F(field.attname)}
                assert refused(lambda rows=rows, change=to_itself: rows.update(**change), WORDS), field
        assert refused(lambda rows=rows: rows._raw_delete(rows.db), WORDS), model
        with connection.cursor() as cursor:
            for sql in EMPTYING[connection.vendor]:
                deed = sql.format(model._meta.db_table)
                assert refused(lambda cursor=cursor, deed=deed: cursor.execute(deed), WORDS), deed


def test_of_what_is_public_nothing_changes_but_its_channels_and_its_end(world):
    live = Publication.objects.live().get()
    other = Publication.objects.exclude(pk=live.pk).first()
    rows = Publication.objects.filter(pk=live.pk)
    for name in STANDING:
        value = "改过" if name == "title" else getattr(other, name)
        if value != getattr(live, name):
            assert refused(lambda name=name, value=value: rows.update(**{name: value}), WORDS), name
    assert refused(lambda: rows._raw_delete(rows.db), WORDS)
    with transaction.atomic():
        rows.update(on_website=False)


def test_what_has_ended_does_not_begin_again_and_says_the_same_for_ever(world):
    ended = Publication.objects.filter(ended_at__isnull=False)
    assert ended.exists()
    for change in ({"ended_at": None, "end": ""}, {"on_website": True}, {"public_note": "改过"}):
        assert refused(lambda change=change: ended.update(**change), WORDS), change


def test_a_closed_review_stays_closed(world):
    closed = ReviewSheet.objects.exclude(state="open")
    assert refused(lambda: closed.update(state="open"), WORDS)
    assert refused(lambda: closed._raw_delete(closed.db), WORDS)
