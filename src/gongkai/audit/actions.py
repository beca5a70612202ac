"""Writing the trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    return record_all(by=by, at=at, lines=[Line(act, subject, agency, details or {})], by_name=by_name)[0]


@dataclass(frozen=True, slots=True)
class Line:
    """What was done to which record; the same as the arguments of ``record``."""

    act: str
    subject: str
    agency: Agency | None
    details: Mapping[str, Any]


@transaction.atomic
def record_all(*, by: Account | None, at: datetime, lines: Sequence[Line], by_name: str = "") -> list[Entry]:
    """Append several lines that somebody wrote at one moment, in one go."""
    _one_writer_at_a_time()
    last = Entry.objects.order_by("-number").first()
    written, previous_hash = (last.number, last.hash) if last else (0, GENESIS)
    entries = []
    for number, line in enumerate(lines, start=written + 1):
        entry = Entry(
            number=number,
            at=at,
            by=by,
            by_name=by_name or (str(by) if by else "系统"),
            agency=line.agency,
            act=line.act,
            subject=line.subject,
            details=dict(line.details),
            previous_hash=previous_hash,
        )
        entry.hash = previous_hash = entry.computed_hash()
        entries.append(entry)
    return Entry.objects.bulk_create(entries)


def _one_writer_at_a_time() -> None:
    """SQLite's immediate transactions already see to it; PostgreSQL needs to be told."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
