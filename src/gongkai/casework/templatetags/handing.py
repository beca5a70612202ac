"""Who works on a case, and what may be changed about it now, for the page of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.casework.forms.desk import AssignForm, InternalDueForm, PersonForm, SendBackForm
from gongkai.casework.models import Application
from gongkai.casework.policies.assignment import (
    may_accept,
    may_add_hands,
    may_assign,
    may_claim,
    may_send_back,
)
from gongkai.casework.queries.functions import suggestions
from gongkai.law.functions import SectionSuggestion

register = template.Library()


@dataclass(frozen=True, slots=True)
class Hands:
    """What the fragment shows; a refusal stands beside a disabled button."""

    assign_refusal: Refusal | None
    accept_refusal: Refusal | None
    claim_refusal: Refusal | None
    send_back_refusal: Refusal | None
    share_refusal: Refusal | None
    suggestions: Sequence[SectionSuggestion]
    co_workers: Sequence[Account]
    assign_form: AssignForm
    send_back_form: SendBackForm
    co_worker_form: PersonForm
    internal_due_form: InternalDueForm
    waits_for_me: bool
    is_in_pool: bool


def refused_here(context: Mapping[str, Any], form: str) -> dict[str, str] | None:
    """What was typed into a form of this page that was refused; ``None`` for the others."""
    typed = context.get("typed")
    return typed["data"] if typed and typed["form"] == form else None


@register.simple_tag(takes_context=True)
def hands(context: Mapping[str, Any], case: Application, by: Account) -> Hands:
    """``{% hands case by as hand %}``."""
    offered = suggestions(case) if case.section_id is None and case.is_open else ()
    given = {"section": case.section_id or (offered[0][0].pk if offered else None), "person": case.officer_id}
    return Hands(
        assign_refusal=may_assign(case, by),
        accept_refusal=may_accept(case, by),
        claim_refusal=may_claim(case, by),
        send_back_refusal=may_send_back(case, by),
        share_refusal=may_add_hands(case, by),
        suggestions=[suggestion for _, suggestion in offered],
        co_workers=list(case.co_workers.all()),
        assign_form=AssignForm(
            refused_here(context, "assign"), agency=case.agency, initial=given, auto_id="assign_%s"
        ),
        send_back_form=SendBackForm(refused_here(context, "send_back"), auto_id="back_%s"),
        co_worker_form=PersonForm(
            refused_here(context, "add_co_worker"), agency=case.agency, auto_id="hand_%s"
        ),
        internal_due_form=InternalDueForm(
            refused_here(context, "internal_due"),
            initial={"until": case.internal_due_on},
            auto_id="internal_%s",
        ),
        waits_for_me=case.officer_id == by.pk and case.accepted_at is None,
        is_in_pool=case.section_id is not None and case.officer_id is None,
    )
