"""A worker on a real database file that may kill itself in the middle of things. A program of its own:

``python doomed.py prepare <notices>`` · ``work <point> <count>`` · ``report``
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import time as clock
from typing import Any

POINTS = ("before claim", "after claim", "before sending", "after sending", "after settling", "task done")


def prepare(count: int) -> None:
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    from gongkai.agencies.actions import open_account, open_agency
    from gongkai.agencies.models import Membership
    from gongkai.notices.actions import notify, set_preference

    call_command("migrate", verbosity=0)
    at, roles = timezone.now(), [Membership.Role.OFFICE_HEAD]
    agency = open_agency(name="示例县教育局", slug="edu", by=None, at=at)
    person: dict[str, Any] = {"username": "head", "full_name": "示例甲", "password": "only-for-tests-7"}
    head = open_account(agency=agency, roles=roles, by=None, at=at, **person)
    wishes: dict[str, Any] = {"mobile": "", "wechat": "", "channels": ["email"], "kinds_off": []}
    set_preference(
        email="head@gongkai.example", quiet_from=clock(0), quiet_until=clock(0), by=head, at=at, **wishes
    )
    with transaction.atomic():
        for number in range(count):
            told = {"title": f"第{number}件将要到期", "text": "请尽快办理。", "key": f"due:{number}"}
            notify(agency=agency, to=head, kind="due_soon", by=None, at=at, **told)


def work(point: str, count: int) -> None:
    """Until every delivery is settled, or until ``point`` has been reached ``count`` times."""
    from django_tasks_db.models import DBTaskResult

    from gongkai.config import worker
    from gongkai.notices import actions, sending
    from gongkai.notices.models import Delivery

    worker.INTERVAL = 0.05
    for owner, name, before, after in (
        (actions, "claim", "before claim", "after claim"),
        (sending, "_hand_over", "before sending", "after sending"),
        (actions, "settle", "", "after settling"),
        (DBTaskResult, "set_successful", "", "task done"),
    ):
        setattr(owner, name, _fatal(getattr(owner, name), point, before, after))
    _fatal.left = count
    background = worker.BackgroundWorker()
    background.start()
    while Delivery.objects.filter(state__in=Delivery.OPEN).exists():
        time.sleep(0.1)
    background.stop()


def _fatal(function: Callable[..., Any], point: str, before: str, after: str) -> Callable[..., Any]:
    def reached(here: str) -> None:
        if here == point:
            _fatal.left -= 1
            if _fatal.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        reached(before)
        result = function(*args, **kwargs)
        reached(after)
        return result

    return wrapped


_fatal.left = 0


def report() -> None:
    from gongkai.notices.models import Delivery

    rows = Delivery.objects.filter(channel="email").values_list("message_id", "state", "attempts")
    print(json.dumps(list(rows)))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.NOTICES_LEASE_SECONDS = 1
    {
        "prepare": lambda: prepare(int(sys.argv[2])),
        "work": lambda: work(sys.argv[2], int(sys.argv[3])),
        "report": report,
    }[sys.argv[1]]()
