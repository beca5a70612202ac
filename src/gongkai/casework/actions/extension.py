"""延长答复期限 (第三十三条第二款): approved by the head of the office, told before the day is over."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.lawful import require, require_none_under_way, require_reason
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import locked
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.casework.reckoning import LIMITS, calendar_of, clock_events, events_of
from gongkai.law.clock import deadline
from gongkai.law.clock.events import Extended


class UnableToExtend(ActionRefused):
    """Too late, too long, once already, or without a reason."""


@transaction.atomic
def propose_extension(
    *,
    case: Application,
    days: int,
    reason: str,
    by: Account,
    at: datetime,
    revision: int | None = None,
) -> Letter:
    """Draft the notice for the head of the office; the day moves once it is signed."""
    case, today = locked(case, revision), timezone.localdate(at)
    extension = Extended(today, days)
    require(case, extension, by, UnableToExtend)
    require_none_under_way(case, "extension_notice", UnableToExtend)
    reason = require_reason(reason, "延长答复期限要写明理由。", "《条例》第三十三条", UnableToExtend)
    events = [*clock_events(events_of(case)), extension]
    found = deadline(events, LIMITS, calendar_of(case.agency))
    return draft_letter(
        case=case,
        kind="extension_notice",
        fields={"reason": reason},
        act={"kind": CaseEvent.Kind.EXTENDED.value, "days": days},
        path="extension",
        new_due_on=found.due_on,
        by=by,
        at=at,
    )
