"""The one writer of the event log, and of the index that is kept of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import Line, record, record_all
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.casework.policies.people import is_head
from gongkai.casework.reckoning import clock_events, deadline_of, standing
from gongkai.law.breach import LawBreach
from gongkai.law.clock import Deadline
from gongkai.law.lifecycle import CaseState
from gongkai.law.limits import chinese_date
from gongkai.law.workdays import WorkingCalendar

Kind = CaseEvent.Kind
_ENDINGS = {Kind.ANSWERED, Kind.WITHDRAWN, Kind.CLOSED}


class UnableToEnter(ActionRefused):
    """The law, or the log as it stands, does not allow this event on this day."""


class ChangedMeanwhile(ActionRefused):
    """Somebody else acted on the case since the page was opened."""


class UnableToStrike(ActionRefused):
    """The entry has to stand."""


def locked(case: Application, revision: int | None = None) -> Application:
    """The case as it stands now, held until the end of the transaction.

    Raises ``ChangedMeanwhile`` when ``revision`` is given and is not the one that stands.
    """
    # PostgreSQL, having waited, reads the row anew but not what is joined to it: only what never changes
    # is joined, section and officer are looked up when asked for.
    current = Application.objects.select_for_update(of=("self",)).select_related("agency").get(pk=case.pk)
    if revision is not None and revision != current.revision:
        raise ChangedMeanwhile(
            Refusal("您打开页面之后，别人已经办理了这件申请；请看最新的办理记录，再决定怎么办。")
        )
    return current


def note(
    case: Application, by: Account | None, at: datetime, act: str, details: Mapping[str, Any] | None = None
) -> None:
    """A line in the trail about a case; ``details`` never hold personal data."""
    record(by=by, at=at, act=act, subject=case.subject, agency=case.agency, details=details)


@transaction.atomic
def append(
    *,
    case: Application,
    kind: str,
    on: date,
    by: Account | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    reason: str = "",
    letter: Letter | None = None,
) -> CaseEvent:
    """Enter one event and bring the index of the case up to date.

    Raises ``UnableToEnter`` for a day to come and for an event that the law does not allow.
    """
    _not_to_come(kind, on, at)
    log = list(CaseEvent.objects.filter(case=case))
    event = CaseEvent(
        case=case,
        position=_after(log),
        kind=kind,
        on=on,
        details=dict(details or {}),
        reason=reason,
        letter=letter,
        by=by,
        at=at,
    )
    found = _reckon(case, standing([*log, event]))
    event.save(force_insert=True)
    _settle(case, found)
    note(case, by, at, kind, {"number": case.number, "on": on.isoformat()})
    return event


@transaction.atomic
def strike(*, event: CaseEvent, reason: str, by: Account, at: datetime) -> CaseEvent:
    """Strike out an entry that is wrong. It stays readable, with who struck it out and why."""
    case = locked(event.case)
    refusal = is_head(case, by) or _unstrikable(event, reason)
    if refusal:
        raise UnableToStrike(refusal)
    log = list(CaseEvent.objects.filter(case=case))
    on = timezone.localdate(at)
    line = CaseEvent(
        case=case,
        position=_after(log),
        kind=Kind.STRUCK,
        on=on,
        reason=reason.strip(),
        strikes=event,
        by=by,
        at=at,
    )
    found = _reckon(case, standing([*log, line]))
    line.save(force_insert=True)
    _settle(case, found)
    note(case, by, at, Kind.STRUCK, {"number": case.number, "kind": event.kind, "reason": reason.strip()})
    return line


def _after(log: Iterable[CaseEvent]) -> int:
    return max((event.position for event in log), default=0) + 1


def _unstrikable(event: CaseEvent, reason: str) -> Refusal | None:
    if not reason.strip():
        return Refusal("划销一条记录要写明理由。")
    if event.kind == Kind.STRUCK or hasattr(event, "struck_by"):
        return Refusal("这条记录已经划销，不能再划销。")
    if event.kind == Kind.ARRIVED:
        return Refusal("申请到达的记录不能划销；登记错了的，请更正收到之日并说明理由。", "《条例》第三十一条")
    return None


def _not_to_come(kind: str, on: date, at: datetime) -> None:
    today = timezone.localdate(at)
    if on > today:
        raise UnableToEnter(
            Refusal(
                f"“{Kind(kind).label}”的日期{chinese_date(on)}还没有到（今天是{chinese_date(today)}），请核对日期。"
            )
        )


def _reckon(
    case: Application, events: list[CaseEvent], calendar: WorkingCalendar | None = None
) -> tuple[Deadline | None, list[CaseEvent]]:
    """The clock over these events. Raises ``UnableToEnter`` where the law does not allow them."""
    ended = [event for event in events if event.kind in _ENDINGS]
    if len(ended) > 1:
        raise UnableToEnter(Refusal("案件已经办结，不能再次办结。"))
    try:
        return (deadline_of(case, events, calendar) if clock_events(events) else None), events
    except LawBreach as breach:
        raise UnableToEnter(Refusal(breach.message, breach.article)) from breach


def _settle(case: Application, found: tuple[Deadline | None, list[CaseEvent]]) -> None:
    """Write the index columns anew from the log. Nothing else writes them."""
    index(case, *found)
    case.revision += 1
    case.save(update_fields=INDEX_FIELDS)


def index(case: Application, reckoned: Deadline | None, events: Sequence[CaseEvent]) -> None:
    """Set what the index says of the standing events of a case, without saving it."""
    received = next((event for event in events if event.kind == Kind.RECEIVED), None)
    ending = next((event for event in events if event.kind in _ENDINGS), None)
    state = CaseState.RECEIVED.value if reckoned is None else _stage(reckoned)
    case.state = CaseState.CLOSED.value if ending else state
    case.clock = case.state if ending or reckoned is None else reckoned.state
    case.received_on = received.on if received else None
    timed = reckoned is not None and case.matter == Application.Matter.DISCLOSURE
    case.due_on = reckoned.due_on if reckoned and timed else None
    case.estimated = bool(reckoned and timed and reckoned.estimated)
    case.closed_on = ending.on if ending else None
    case.decision = ending.details.get("decision", "") if ending else ""
    case.disposal = ending.details.get("disposal", "") if ending else ""


INDEX_FIELDS = [
    "state",
    "clock",
    "received_on",
    "due_on",
    "estimated",
    "closed_on",
    "decision",
    "disposal",
    "revision",
]
_STAGES = {state.value for state in CaseState}


def _stage(reckoned: Deadline) -> str:
    """The stage of the life of a case; a clock that stands inside ``in_progress`` is no stage."""
    return reckoned.state if reckoned.state in _STAGES else CaseState.IN_PROGRESS.value


@dataclass(frozen=True, slots=True)
class Resettled:
    """What another calendar did to some cases: those that moved, and those whose events it forbids."""

    moved: tuple[Application, ...]
    unlawful: tuple[Application, ...]


@transaction.atomic
def resettle(
    *, cases: Iterable[int], by: Account | None, at: datetime, reason: str, calendar: WorkingCalendar
) -> Resettled:
    """Bring the index of some cases up to date after the calendar changed, and say so in their logs:
    of each whose due day moved, or is no longer (or has become) an estimate. Few queries for many cases.
    """
    held = _held(cases)
    logs = _logs_of(held)
    on, moved, unlawful, entered = timezone.localdate(at), [], [], []
    for case in held:
        was = case.due_on, case.estimated
        try:
            found = _reckon(case, standing(logs[case.pk]), calendar)
        except UnableToEnter:
            unlawful.append(case)
            continue
        index(case, *found)
        if (case.due_on, case.estimated) == was:
            continue
        case.revision += 1
        case.save(update_fields=INDEX_FIELDS)
        days = {"was": _iso(was[0]), "becomes": _iso(case.due_on)}
        event = CaseEvent(
            case=case, position=_after(logs[case.pk]), kind=Kind.CALENDAR_CHANGED, on=on, details=days,
            reason=reason, by=by, at=at,
        )  # fmt: skip
        entered.append(event)
        moved.append(case)
    CaseEvent.objects.bulk_create(entered)
    record_all(by=by, at=at, lines=[_line(case, on) for case in moved])
    return Resettled(tuple(moved), tuple(unlawful))


def _held(cases: Iterable[int]) -> list[Application]:
    """The cases as they stand now, held until the end of the transaction."""
    found = Application.objects.filter(pk__in=list(cases)).order_by("pk")
    list(found.select_for_update().values_list("pk"))
    return list(found.select_related("agency", "section", "officer"))


def _logs_of(cases: Iterable[Application]) -> dict[int, list[CaseEvent]]:
    logs: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for event in CaseEvent.objects.filter(case__in=list(logs)).order_by("case_id", "position"):
        logs[event.case_id].append(event)
    return logs


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _line(case: Application, on: date) -> Line:
    details = {"number": case.number, "on": on.isoformat()}
    return Line(Kind.CALENDAR_CHANGED, case.subject, case.agency, details)
