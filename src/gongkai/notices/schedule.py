"""Recurring work: ``SCHEDULE`` in the settings names each task and when it runs. Its moments are
rows, moved on in one statement, so that two workers never start the same run."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from gongkai.notices.actions import start_run
from gongkai.notices.models import ScheduledRun

Timetable = Mapping[str, int]


def next_run(timetable: Timetable, after: datetime) -> datetime:
    """The first moment later than ``after``: ``{"minutes": 5}`` from then, or every night at
    ``{"hour": 2, "minute": 10}`` by the office's own clock."""
    if "minutes" in timetable:
        return after + timedelta(minutes=timetable["minutes"])
    local = timezone.localtime(after, timezone.get_default_timezone())
    moment = local.replace(hour=timetable["hour"], minute=timetable.get("minute", 0), second=0, microsecond=0)
    return moment if moment > local else moment + timedelta(days=1)


def check() -> None:
    """Raise ``ImportError`` or ``ImproperlyConfigured`` for a schedule that could not run."""
    for name, timetable in settings.SCHEDULE:
        if not isinstance(import_string(name), Task):
            raise ImproperlyConfigured(f"SCHEDULE: {name} is no task")
        next_run(timetable, timezone.now())


def tick(at: datetime) -> list[str]:
    """Start whatever is due; a run missed while nobody worked is made up for once. Returns what was
    started."""
    expected = dict(ScheduledRun.objects.values_list("name", "next_run_at"))
    started = []
    for name, timetable in settings.SCHEDULE:
        due, following = expected.get(name), next_run(timetable, at)
        # A moment further off than one period was written by a clock that ran ahead.
        if (due is None or due <= at or due > following) and start_run(
            name=name, expected=due, following=following, by=None, at=at
        ):
            started.append(name)
    return started
