"""What the desk does every night, by itself."""

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
