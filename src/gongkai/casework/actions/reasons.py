"""大量反复申请 (第三十五条): reasons asked, given, and a later day told where they are good."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.lawful import (
    require,
    require_later,
    require_none_under_way,
    require_past,
    require_reason,
)
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import append, locked
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.law.clock.events import Delayed, ReasonsGiven, ReasonsRequested

Kind = CaseEvent.Kind
_ARTICLE = "《条例》第三十五条"


class UnableToAskReasons(ActionRefused):
    """Reasons were asked already, or the case is not in work."""


class UnableToEnterReasons(ActionRefused):
    """No reasons were asked."""


class UnableToDelay(ActionRefused):
    """No reasons were given yet, or the day is no delay."""


@transaction.atomic
def request_reasons(
    *,
    case: Application,
    counted: Sequence[str],
    explain: Sequence[str],
    reply_by: date,
    by: Account,
    at: datetime,
    revision: int | None = None,
) -> Letter:
    """Draft the notice that asks why so many and so often."""
    case, today = locked(case, revision), timezone.localdate(at)
    require(case, ReasonsRequested(today), by, UnableToAskReasons)
    require_none_under_way(case, "reasons_notice", UnableToAskReasons)
    require_later(reply_by, today, "说明理由的期限应当晚于今天。", _ARTICLE, UnableToAskReasons)
    return draft_letter(
        case=case,
        kind="reasons_notice",
        fields={"counted": list(counted), "explain": list(explain), "reply_by": reply_by},
        act={"kind": Kind.REASONS_REQUESTED.value, "until": reply_by.isoformat()},
        by=by,
        at=at,
    )


@transaction.atomic
def enter_reasons(
    *,
    case: Application,
    on: date,
    reason: str,
    by: Account | None,
    at: datetime,
    revision: int | None = None,
) -> Application:
    """The applicant says why; ``reason`` is the gist of it."""
    case = locked(case, revision)
    require_past(on, timezone.localdate(at), UnableToEnterReasons)
    require(case, ReasonsGiven(on), by, UnableToEnterReasons)
    reason = require_reason(reason, "请写明申请人说明的理由。", _ARTICLE, UnableToEnterReasons)
    append(case=case, kind=Kind.REASONS_GIVEN, on=on, by=by, at=at, reason=reason)
    return case


@transaction.atomic
def delay(
    *, case: Application, until: date, reason: str, by: Account, at: datetime, revision: int | None = None
) -> Letter:
    """Draft the notice of a reasonable later day, where the reasons are good but the term cannot be kept.

    The day moves once it is signed.
    """
    case, today = locked(case, revision), timezone.localdate(at)
    require(case, Delayed(today, until), by, UnableToDelay)
    require_none_under_way(case, "delay_notice", UnableToDelay)
    reason = require_reason(reason, "请写明为什么不能按期答复。", _ARTICLE, UnableToDelay)
    return draft_letter(
        case=case,
        kind="delay_notice",
        fields={"reason": reason, "until": until},
        act={"kind": Kind.DELAYED.value, "until": until.isoformat()},
        by=by,
        at=at,
    )
