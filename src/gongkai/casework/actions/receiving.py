"""Registering at the counter in one go: the application, its scans, what it is like."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.casework.actions.duplicates import compare
from gongkai.casework.actions.files import Attachment, add_file
from gongkai.casework.actions.intake import Filing, Registered, receive_application


@transaction.atomic
def receive_with_files(
    *, agency: Agency, filing: Filing, attachments: Sequence[Attachment], by: Account, at: datetime
) -> Registered:
    """Everything is registered, or, where a file cannot be kept, nothing."""
    registered = receive_application(agency=agency, filing=filing, by=by, at=at)
    for each in attachments:
        add_file(case=registered.case, kind=each.kind, name=each.name, data=each.data, by=by, at=at)
    compare(case=registered.case, at=at)
    return registered
