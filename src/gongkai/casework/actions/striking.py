"""Striking out an entry with what hangs on it: an opinion, a joining, the archive."""

from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.casework.actions.log import UnableToStrike, locked, strike
from gongkai.casework.models import Application, CaseEvent, Consultation
from gongkai.casework.policies.acts import may_strike

Kind = CaseEvent.Kind


@transaction.atomic
def strike_out(
    *, event: CaseEvent, reason: str, by: Account, at: datetime, revision: int | None = None
) -> CaseEvent:
    """Strike out an entry that is wrong, and take back what it had set beside the log.

    Raises ``UnableToStrike`` for an entry that has to stand.
    """
    case = locked(event.case, revision)
    refusal = may_strike(event, by)
    if refusal:
        raise UnableToStrike(refusal)
    line = strike(event=event, reason=reason, by=by, at=at)
    if event.kind == Kind.JOINED:
        _separate(case, event, reason, by, at)
    elif event.kind == Kind.CONSULTATION_CLOSED:
        _reopen(event)
    elif event.kind == Kind.ARCHIVED:
        Application.objects.filter(pk=case.pk).update(archived_on=None, archive_number="")
    return line


def _separate(case: Application, event: CaseEvent, reason: str, by: Account, at: datetime) -> None:
    """Both sides of a joining stand or fall together."""
    joined, lead = _sides(case, event)
    Application.objects.filter(pk=joined.pk).update(joined_to=None)
    other, named = (
        (lead, {"joined": joined.number}) if joined.pk == case.pk else (joined, {"lead": lead.number})
    )
    twin = other.events.filter(kind=Kind.JOINED, details=named, struck_by=None).first()
    if twin is not None:
        strike(event=twin, reason=reason, by=by, at=at)


def _sides(case: Application, event: CaseEvent) -> tuple[Application, Application]:
    of_agency = Application.objects.filter(agency=case.agency_id)
    if "lead" in event.details:
        return case, of_agency.get(number=event.details["lead"])
    return of_agency.get(number=event.details["joined"]), case


def _reopen(event: CaseEvent) -> None:
    """The opinion that the entry was about can be entered anew."""
    Consultation.objects.filter(pk=event.details.get("consultation")).update(
        answer="", answered_on=None, objection_accepted=None, public_interest=""
    )
