"""Everybody the tests need, a mail server of their own, a worker, and ways to put things in."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from gongkai.search import actions
from gongkai.search.document import Attachment, Document
from gongkai.search.models import Entry
from tests.agencies.cast import Cast, cast, quick_settings  # noqa: F401
from tests.notices.conftest import clock, mail, mailbox, work  # noqa: F401

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def put(cast: Cast) -> Callable[..., Entry]:  # noqa: F811
    """Put a document in; what is not said has a value that no test looks for."""

    def put_in(
        title: str = "示例", body: str = "", /, *, files: dict[str, str] | None = None, **other
    ) -> Entry:
        told = {
            "kind": "item",
            "key": f"{Entry.objects.count() + 1}",
            "agency": cast.agency,
            "address": "/items/1/",
            "published_on": date(2026, 3, 1),
            "attachments": tuple(Attachment(name, text) for name, text in (files or {}).items()),
        } | other
        at = told.pop("at", NOON)
        return actions.put(document=Document(title=title, body=body, **told), at=at)

    return put_in
