"""The one writer of the events of remedies, and of the index that is kept of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.breach import LawBreach
from gongkai.law.limits import chinese_date
from gongkai.remedies.models import Remedy, RemedyEvent
from gongkai.remedies.policies import against, may_strike
from gongkai.remedies.reckoning import Course, course_of, with_event

Kind = RemedyEvent.Kind
INDEX_FIELDS = ["state", "procedure", "result", "column", "owes", "revision"]


class UnableToEnter(ActionRefused):
    """The law, or the register as it stands, does not allow this entry on this day."""


class ChangedMeanwhile(ActionRefused):
    """Somebody else entered something since the page was opened."""


class UnableToStrike(ActionRefused):
    """The entry has to stand."""


def locked(remedy: Remedy, revision: int | None = None) -> Remedy:
    """The remedy as it stands now, held until the end of the transaction.

    Raises ``ChangedMeanwhile`` when ``revision`` is given and is not the one that stands.
    """
    # The handler may have changed while one waited; PostgreSQL would join the one from before.
    current = (
        Remedy.objects.select_for_update(of=("self",))
        .select_related("agency", "case__agency")
        .get(pk=remedy.pk)
    )
    if revision is not None and revision != current.revision:
        raise ChangedMeanwhile(
            Refusal("您打开页面之后，别人登记过这件复议、诉讼；请看最新的记录，再决定怎么办。")
        )
    return current


def opened(
    remedy: Remedy, act: str, by: Account, refused: type[ActionRefused], revision: int | None
) -> Remedy:
    """The remedy held for an act. Raises ``refused`` where the act is not open."""
    current = locked(remedy, revision)
    refusal = against(current, course_of(current), act, by)
    if refusal:
        raise refused(refusal)
    return current


def note(
    remedy: Remedy, by: Account, at: datetime, act: str, details: Mapping[str, Any] | None = None
) -> None:
    """A line in the trail about a remedy; ``details`` never hold personal data."""
    told = {"number": remedy.case.number, "forum": remedy.forum, **(details or {})}
    record(by=by, at=at, act=act, subject=remedy.subject, agency=remedy.agency, details=told)


@transaction.atomic
def append(
    *,
    remedy: Remedy,
    kind: str,
    on: date,
    by: Account,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    reason: str = "",
) -> RemedyEvent:
    """Enter one event and bring the index up to date.

    Raises ``UnableToEnter`` for a day to come and for an event the law does not allow.
    """
    _check_day(remedy, kind, on, at)
    event = RemedyEvent(
        remedy=remedy,
        position=_next_position(remedy),
        kind=kind,
        on=on,
        details=dict(details or {}),
        reason=reason.strip(),
        by=by,
        at=at,
    )
    course = with_event(course_of(remedy), event)
    _reckon(course, remedy)
    event.save(force_insert=True)
    _settle(remedy, course)
    note(remedy, by, at, f"remedy_{kind}", {"on": on.isoformat()})
    return event


@transaction.atomic
def strike(*, event: RemedyEvent, reason: str, by: Account, at: datetime) -> RemedyEvent:
    """Strike out an entry that is wrong. It stays readable, with who struck it out and why."""
    remedy = locked(event.remedy)
    refusal = may_strike(remedy, by) or _unstrikable(event, reason)
    if refusal:
        raise UnableToStrike(refusal)
    line = RemedyEvent(
        remedy=remedy,
        position=_next_position(remedy),
        kind=Kind.STRUCK,
        on=timezone.localdate(at),
        reason=reason.strip(),
        strikes=event,
        by=by,
        at=at,
    )
    course = course_of(remedy, [*remedy.events.all(), line])
    _reckon(course, remedy)
    line.save(force_insert=True)
    _settle(remedy, course)
    note(remedy, by, at, "remedy_struck", {"kind": event.kind, "reason": reason.strip()})
    return line


def _next_position(remedy: Remedy) -> int:
    last: int | None = remedy.events.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _unstrikable(event: RemedyEvent, reason: str) -> Refusal | None:
    if not reason.strip():
        return Refusal("划销一条记录要写明理由。")
    if event.kind == Kind.STRUCK or hasattr(event, "struck_by"):
        return Refusal("这条记录已经划销，不能再划销。")
    if event.kind == Kind.FILED:
        return Refusal("提出复议、诉讼的记录不能划销；整件登记错了的，登记撤回并写明原因。")
    return None


def _check_day(remedy: Remedy, kind: str, on: date, at: datetime) -> None:
    today, word = timezone.localdate(at), Kind(kind).label
    if on > today:
        raise UnableToEnter(
            Refusal(f"“{word}”的日期{chinese_date(on)}还没有到（今天是{chinese_date(today)}），请核对日期。")
        )
    if on < remedy.filed_on:
        raise UnableToEnter(
            Refusal(
                f"“{word}”的日期{chinese_date(on)}早于提出的日期（{chinese_date(remedy.filed_on)}），请核对。"
            )
        )


def _reckon(course: Course, remedy: Remedy) -> None:
    """Raises ``UnableToEnter`` where the law does not allow these events."""
    try:
        course.clocks(calendar_of(remedy.agency))
    except LawBreach as breach:
        raise UnableToEnter(Refusal(breach.message, breach.article)) from breach


def _settle(remedy: Remedy, course: Course) -> None:
    """Write the index columns anew from the events. Nothing else writes them."""
    remedy.state = course.state
    remedy.procedure = course.procedure
    remedy.result = course.result or ""
    remedy.column = course.column
    remedy.owes = course.owes
    remedy.revision += 1
    remedy.save(update_fields=INDEX_FIELDS)
