"""What the desk does by itself: every night, and every few minutes for what was planned for a moment.

Their work is imported when they run, as with every task: a worker loads this file first.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from django.utils import timezone
from django_tasks import task

T = TypeVar("T")


def _each(things: Iterable[T], act: Callable[[T], object], failed: list[Exception]) -> None:
    """Do it with each; one that cannot be done does not keep the others from it."""
    for thing in things:
        try:
            act(thing)
        except Exception as error:
            failed.append(error)


@task
def run_planned() -> None:
    """Publish what was planned for a moment that has come; the gate is asked again."""
    from gongkai.publishing.queries.reminders import planned_now

    failed: list[Exception] = []
    _each(list(planned_now(timezone.now())), _run, failed)
    if failed:
        raise ExceptionGroup("定时发布没有全部完成", failed)


def _run(planned: object) -> None:
    from django.urls import reverse

    from gongkai.publishing.actions.releasing import run_planned as publish
    from gongkai.publishing.actions.reminding import tell_outcome
    from gongkai.publishing.actions.scanning import screen_item
    from gongkai.publishing.models import Planned

    assert isinstance(planned, Planned)
    at = timezone.now()
    screen_item(item=planned.item, by=None, at=at)
    if publish(planned=planned, by=None, at=at) is None:
        item = planned.item
        tell_outcome(
            agency=item.agency,
            to=planned.by,
            index_number=item.index_number,
            link=reverse("publishing:item", args=[item.pk]),
            by=None,
            at=at,
        )


@task
def rescan() -> None:
    """Screen some of what is public that new rules have not seen yet."""
    from gongkai.publishing.actions.scanning import rescan_public

    rescan_public(by=None, at=timezone.now())


def _call(act: Callable[[], object]) -> None:
    act()


@task
def nightly() -> None:
    """Take down public notices that are over, let documents expire, then tell people what is due, late or
    stale."""
    from gongkai.agencies.models import Agency
    from gongkai.publishing.actions.normative import settle_library
    from gongkai.publishing.actions.releasing import expire_item
    from gongkai.publishing.actions.reminding import say_reminder
    from gongkai.publishing.queries.reminders import notices_over, reminders_of

    now, failed = timezone.now(), list[Exception]()
    on = timezone.localdate(now)
    _each(
        list(notices_over(on)),
        lambda publication: expire_item(publication=publication, by=None, at=now),
        failed,
    )
    _each(list(Agency.objects.all()), lambda agency: settle_library(agency=agency, by=None, at=now), failed)
    for agency in Agency.objects.filter(publishing_profile__isnull=False):
        try:
            reminders = list(reminders_of(agency, on))
        except Exception as error:
            failed.append(error)
            continue
        _each(
            [partial(say_reminder, agency=agency, reminder=each, by=None, at=now) for each in reminders],
            _call,
            failed,
        )
    if failed:
        raise ExceptionGroup("主动公开的夜间整理没有全部完成", failed)
