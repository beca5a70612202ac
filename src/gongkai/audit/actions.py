"""Writing the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gongkai.agencies.models import Account, Agency
from gongkai.audit.models import GENESIS, Entry

_CHAIN_LOCK = 711_2019  # any constant: one writer of the chain at a time


@transaction.atomic
def record(
    *,
    by: Account | None,
    at: datetime,
    act: str,
    subject: str,
    agency: Agency | None = None,
    details: Mapping[str, Any] | None = None,
    by_name: str = "",
) -> Entry:
    """Append a line. ``details`` must be plain JSON; ``subject`` is ``<record>:<id>``."""
    _one_writer_at_a_time()
    last = Entry.objects.order_by("-number").first()
    entry = Entry(
        number=last.number + 1 if last else 1,
        at=at,
        by=by,
        by_name=by_name or (str(by) if by else "系统"),
        agency=agency,
        act=act,
        subject=subject,
        details=dict(details or {}),
        previous_hash=last.hash if last else GENESIS,
    )
    entry.hash = entry.computed_hash()
    entry.save(force_insert=True)
    return entry


def _one_writer_at_a_time() -> None:
    """SQLite's immediate transactions already see to it; PostgreSQL needs to be told."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
