"""What the desk does by itself: every night, and what takes too long for a page to wait for.

Their work is imported when they run: actions, which they use, enqueue them.
"""

from django.utils import timezone
from django_tasks import task


@task
def nightly() -> None:
    """Bring due days in line with the calendar, look for duplicates, tell people what presses.

    One agency that cannot be done does not keep the others from it.
    """
    from gongkai.agencies.models import Agency
    from gongkai.casework.actions.days import resettle_all
    from gongkai.casework.actions.duplicates import compare_all
    from gongkai.casework.actions.night import remind

    now, failed = timezone.now(), []
    for agency in Agency.objects.all():
        try:
            resettle_all(agency=agency, by=None, at=now)
            compare_all(agency=agency, at=now)
            remind(agency=agency, by=None, at=now)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("夜间整理没有全部完成", failed)


@task
def redact_file(file_id: int, account_id: int) -> None:
    """Draw a long file with the boxes that wait with it."""
    from gongkai.agencies.models import Account
    from gongkai.casework.actions.redaction import redact_queued
    from gongkai.casework.models import CaseFile

    file = CaseFile.objects.select_related("case__agency").get(pk=file_id)
    redact_queued(file=file, by=Account.objects.get(pk=account_id), at=timezone.now())
