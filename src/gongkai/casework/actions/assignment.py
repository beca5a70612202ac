"""Who works on a case: handed out, accepted or claimed, sent back, shared, with a day of its own."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Section
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.log import append, locked, note
from gongkai.casework.actions.telling import tell
from gongkai.casework.models import Application, CaseEvent
from gongkai.casework.policies.assignment import (
    internal_day,
    may_accept,
    may_add_hands,
    may_assign_to,
    may_claim,
    may_send_back,
    works_in,
)
from gongkai.casework.queries.people import staff_of_section
from gongkai.law.limits import chinese_date

Kind = CaseEvent.Kind


class UnableToAssign(ActionRefused):
    """The case cannot be given to that section or person."""


class UnableToAccept(ActionRefused):
    """It was given to somebody else, or taken already."""


class UnableToSendBack(ActionRefused):
    """It was not given to this person, or no reason was said."""


class UnableToShare(ActionRefused):
    """The co-worker or the internal due day does not fit."""


def _check(refusal: Refusal | None, refused: type[ActionRefused]) -> None:
    if refusal:
        raise refused(refusal)


def _enter(
    case: Application, kind: str, by: Account, at: datetime, details: Mapping[str, str], reason: str = ""
) -> None:
    today = timezone.localdate(at)
    append(case=case, kind=kind, on=today, by=by, at=at, details=details, reason=reason)


@transaction.atomic
def assign(
    *,
    case: Application,
    section: Section,
    person: Account | None,
    by: Account,
    at: datetime,
    revision: int | None = None,
) -> Application:
    """Hand a case to a section, and to a person in it; without one it waits in the section's pool."""
    case = locked(case, revision)
    _check(may_assign_to(case, section, person, by), UnableToAssign)
    case.section, case.officer, case.accepted_at = section, person, None
    case.save(update_fields=["section", "officer", "accepted_at"])
    details = {"section": section.name} | ({"person": person.full_name} if person else {})
    _enter(case, Kind.ASSIGNED, by, at, details)
    tell(
        case=case,
        to=[person] if person else staff_of_section(case),
        kind="assigned",
        title=f"{case.number}交给{'您' if person else section.name}办理",
        text=f"{_until(case)}{'请打开案件接收。' if person else '科室里谁办，谁来认领。'}",
        key=f"assigned:{case.pk}:{case.revision}",
        by=by,
        at=at,
    )
    return case


def _until(case: Application) -> str:
    return f"答复期限到{chinese_date(case.due_on)}。" if case.due_on else ""


@transaction.atomic
def accept(*, case: Application, by: Account, at: datetime, revision: int | None = None) -> Application:
    """Take over what was given to one by name, or out of the pool of one's section."""
    case = locked(case, revision)
    _check(may_accept(case, by), UnableToAccept)
    return _take(case, by, at)


@transaction.atomic
def claim(*, case: Application, by: Account, at: datetime, revision: int | None = None) -> Application:
    """Take a case out of the pool; of two who claim at once the second is told who was first."""
    case = locked(case, revision)
    _check(may_claim(case, by), UnableToAccept)
    return _take(case, by, at)


def _take(case: Application, by: Account, at: datetime) -> Application:
    case.officer, case.accepted_at = by, at
    case.save(update_fields=["officer", "accepted_at"])
    _enter(case, Kind.ACCEPTED, by, at, {"person": by.full_name})
    return case


@transaction.atomic
def send_back(
    *, case: Application, reason: str, by: Account, at: datetime, revision: int | None = None
) -> Application:
    """It is not ours: back to whoever handed it out, with a reason."""
    case = locked(case, revision)
    refusal = may_send_back(case, by)
    if refusal is None and not reason.strip():
        refusal = Refusal("退回交办要写明理由，好让工作机构改交别的科室。")
    _check(refusal, UnableToSendBack)
    given = case.events.filter(kind=Kind.ASSIGNED).select_related("by").last()
    section = case.section.name if case.section else ""
    case.section, case.officer, case.accepted_at = None, None, None
    case.save(update_fields=["section", "officer", "accepted_at"])
    _enter(case, Kind.SENT_BACK, by, at, {"section": section}, reason.strip())
    tell(
        case=case,
        to=[given.by] if given and given.by else [],
        kind="sent_back",
        title=f"{case.number}被{section or by.full_name}退回",
        text=f"理由：{reason.strip()}\n请改交别的科室。",
        key=f"sent-back:{case.pk}:{case.revision}",
        by=by,
        at=at,
    )
    return case


@transaction.atomic
def add_co_worker(*, case: Application, person: Account, by: Account, at: datetime) -> Application:
    """Somebody of the agency helps with the case."""
    case = locked(case)
    refusal = may_add_hands(case, by)
    if refusal is None and not any(works_in(section, person) for section in case.agency.sections.all()):
        refusal = Refusal(f"{person.full_name}没有在本机关的科室任职，不能协办。")
    if refusal is None and person.pk == case.officer_id:
        refusal = Refusal(f"{person.full_name}就是承办人，不用再加为协办人。")
    _check(refusal, UnableToShare)
    case.co_workers.add(person)
    note(case, by, at, "added_co_worker", {"number": case.number, "full_name": person.full_name})
    tell(
        case=case,
        to=[person],
        kind="assigned",
        title=f"请您协办{case.number}",
        text=f"{_until(case)}您可以和承办人一起办理这件申请。",
        key=f"co-worker:{case.pk}:{case.revision}",
        by=by,
        at=at,
    )
    return case


@transaction.atomic
def remove_co_worker(*, case: Application, person: Account, by: Account, at: datetime) -> Application:
    """Somebody does not help any more."""
    case = locked(case)
    _check(may_add_hands(case, by), UnableToShare)
    case.co_workers.remove(person)
    note(case, by, at, "removed_co_worker", {"number": case.number, "full_name": person.full_name})
    return case


@transaction.atomic
def set_internal_due(
    *, case: Application, until: date, by: Account, at: datetime, revision: int | None = None
) -> Application:
    """The office's own day, not later than the one of the law."""
    case = locked(case, revision)
    refusal = may_add_hands(case, by) or internal_day(case, until, timezone.localdate(at))
    _check(refusal, UnableToShare)
    case.internal_due_on = until
    case.save(update_fields=["internal_due_on"])
    _enter(case, Kind.INTERNAL_DUE, by, at, {"until": until.isoformat()})
    return case
