"""What leaves the desk as a file is noted."""

from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.audit.actions import record


@transaction.atomic
def note_export(*, kind: str, rows: int, by: Account, at: datetime) -> None:
    """A list of items was saved as a file, of how many rows."""
    name = f"公开信息清单，{rows}行，{kind}"
    record(by=by, at=at, act="exported_list", subject=f"account:{by.pk}", details={"name": name})
