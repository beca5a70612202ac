"""What was written on this floor. The trail, one floor up, listens and keeps it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.dispatch import Signal

from gongkai.agencies.models import Account, Agency

written = Signal()


def announce(  # noqa: PLR0913 - one line of the trail, by keyword
    *,
    by: Account | None,
    at: datetime,
    act: str,
    subject: str,
    agency: Agency | None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Tell whoever listens, inside the transaction of the write itself."""
    written.send(Agency, by=by, at=at, act=act, subject=subject, agency=agency, details=details)
