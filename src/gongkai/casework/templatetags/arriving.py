"""An arrival and what is known of it, for the page of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.casework.forms.intake import AttemptForm, FixReceiptForm, typed
from gongkai.casework.models import Application, CaseEvent, CaseFile, Message
from gongkai.casework.policies.applicant import is_unconfirmed_too_long
from gongkai.casework.policies.enclosing import SUITED
from gongkai.casework.policies.people import is_head, may_work_on
from gongkai.casework.reckoning import events_of, receipt_of
from gongkai.casework.templatetags.handing import refused_here
from gongkai.law.receipt import Party, Receipt

register = template.Library()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of the log of confirmations."""

    event: CaseEvent
    party: str
    reached: bool
    how: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the fragment shows. ``typed`` is the event where the head fixed the day by hand."""

    receipt: Receipt
    typed: CaseEvent | None
    attempts: Sequence[Attempt]
    is_late: bool
    work_refusal: Refusal | None
    fix_refusal: Refusal | None
    attempt_form: AttemptForm
    fix_form: FixReceiptForm


@register.simple_tag(takes_context=True)
def arrival(context: Mapping[str, Any], case: Application, by: Account) -> Arrival:
    """``{% arrival case by as arrival %}``."""
    events, today = events_of(case), timezone.localdate()
    fixed = next((e for e in events if e.kind == CaseEvent.Kind.RECEIVED and e.details.get("typed")), None)
    day = {"on": typed(today)}
    return Arrival(
        receipt=receipt_of(case, events),
        typed=fixed,
        attempts=[_attempt(e) for e in events if e.kind == CaseEvent.Kind.CONFIRMATION],
        is_late=is_unconfirmed_too_long(case, today),
        work_refusal=may_work_on(case, by),
        fix_refusal=is_head(case, by),
        attempt_form=AttemptForm(refused_here(context, "attempt"), initial=day, auto_id="attempt_%s"),
        fix_form=FixReceiptForm(refused_here(context, "fix"), auto_id="fix_%s"),
    )


def _attempt(event: CaseEvent) -> Attempt:
    details = event.details
    return Attempt(event, Party(details["party"]).label, details["reached"], details.get("how", ""))


@register.simple_tag
def files_of(case: Application) -> list[CaseFile]:
    """``{% files_of case as files %}``: without those that were removed."""
    return list(case.files.filter(removed_at=None).select_related("added_by"))


@register.filter
def can_be_redacted(file: CaseFile) -> bool:
    """Whether its pages can be drawn, to black out what is withheld."""
    return file.media_type in SUITED


@register.simple_tag
def file_kinds() -> list[tuple[str, str]]:
    """The kinds a person may add a file as; what is redacted comes out of the redaction page."""
    return [choice for choice in CaseFile.Kind.choices if choice[0] != CaseFile.Kind.REDACTED]


@register.simple_tag
def messages_of(case: Application) -> list[Message]:
    """``{% messages_of case as talk %}``."""
    return list(case.messages.select_related("by"))
