"""Background tasks. Their work is imported when they run: actions, which they use, enqueue them."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

KEPT = timedelta(days=14)
GRACE = timedelta(minutes=2)


@task
def deliver(delivery_id: int) -> None:
    """Send one delivery, if it is still open and due."""
    from gongkai.notices.sending import attempt

    attempt(delivery_id, at=timezone.now())


@task
def retry_deliveries() -> None:
    """The net below ``deliver``: send what should be out by now and is not."""
    from gongkai.notices.queries import deliveries_overdue
    from gongkai.notices.sending import attempt

    for delivery_id in deliveries_overdue(timezone.now() - GRACE):
        attempt(delivery_id, at=timezone.now())


@task
def forget_finished_tasks() -> None:
    """Drop the records of tasks that finished two weeks ago."""
    from gongkai.notices.actions import forget_tasks

    now = timezone.now()
    forget_tasks(before=now - KEPT, by=None, at=now)
