"""补正 (第三十条): told once within seven working days; the clock begins anew with what comes back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.lawful import require, require_later, require_none_under_way, require_past
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import append, locked
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.law.clock.events import Supplemented, SupplementRequested

Kind = CaseEvent.Kind


class UnableToRequestSupplement(ActionRefused):
    """The one notice was given, or its seven working days are over."""


class UnableToReceiveSupplement(ActionRefused):
    """Nothing was asked that could be supplemented."""


@transaction.atomic
def request_supplement(
    *,
    case: Application,
    unclear: Sequence[str],
    items: Sequence[str],
    until: date,
    by: Account,
    at: datetime,
    revision: int | None = None,
) -> Letter:
    """Draft the notice; the clock stands from the day it is signed."""
    case, today = locked(case, revision), timezone.localdate(at)
    require(case, SupplementRequested(today, until if until > today else None), by, UnableToRequestSupplement)
    require_none_under_way(case, "supplement_notice", UnableToRequestSupplement)
    require_later(
        until,
        today,
        "补正期限不晚于今天，不是合理期限；请写一个今后的日期。",
        "《条例》第三十条",
        UnableToRequestSupplement,
    )
    return draft_letter(
        case=case,
        kind="supplement_notice",
        fields={"unclear": list(unclear), "items": list(items), "supplement_by": until},
        act={"kind": Kind.SUPPLEMENT_REQUESTED.value, "until": until.isoformat()},
        by=by,
        at=at,
    )


@transaction.atomic
def receive_supplement(
    *,
    case: Application,
    on: date,
    description: str,
    by: Account | None,
    at: datetime,
    revision: int | None = None,
) -> Application:
    """The applicant supplements; ``description`` is what is applied for now (blank: unchanged)."""
    case = locked(case, revision)
    require_past(on, timezone.localdate(at), UnableToReceiveSupplement)
    require(case, Supplemented(on), by, UnableToReceiveSupplement)
    append(case=case, kind=Kind.SUPPLEMENTED, on=on, by=by, at=at)
    if description.strip():
        case.description = description.strip()
        case.save(update_fields=["description"])
    return case
