"""Telling people what presses, each thing once."""

from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.notices.actions import notify
from gongkai.publishing.queries.reminders import Reminder


@transaction.atomic
def say_reminder(*, agency: Agency, reminder: Reminder, by: Account | None, at: datetime) -> None:
    """A notice to each of its people; a key that was said before is not said again."""
    for person in reminder.to:
        notify(
            agency=agency,
            to=person,
            kind=reminder.kind,
            title=reminder.title,
            text=reminder.text,
            link=reminder.link,
            key=reminder.key,
            by=by,
            at=at,
        )


@transaction.atomic
def tell_outcome(
    *, agency: Agency, to: Account, index_number: str, link: str, by: Account | None, at: datetime
) -> None:
    """A publication that was to happen by itself did not; who planned it hears of it. Why stands on the page
    of the item: names of files do not leave the desk."""
    notify(
        agency=agency,
        to=to,
        kind="planned_not_published",
        title=f"{index_number}没有按时发布",
        text="到了定好的时间，发布前再检查一次没有通过。原因写在这条信息的页面上，处理以后请重新发布。",
        link=link,
        key=f"planned:{index_number}:{at.isoformat()}",
        by=by,
        at=at,
    )
