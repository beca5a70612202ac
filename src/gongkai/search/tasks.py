"""Background tasks. Their work is imported when they run."""

from django.utils import timezone
from django_tasks import task


@task
def mail_subscribers() -> None:
    """Every morning: tell subscribers what is new, and drop what nobody confirmed."""
    from gongkai.search.actions import send_due

    send_due(by=None, at=timezone.now())
