"""From a case to a letter: the facts the letter states, its draft, its print."""

import hashlib
from collections.abc import Mapping
from datetime import date

from gongkai.agencies.models import Section
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.models import Application, CaseEvent, Decision, Letter, OfficeProfile
from gongkai.casework.reckoning import LIMITS, calendar_of, clock_events, deadline_of, events_of
from gongkai.documents.letters import Facts, LetterIncomplete, Office, canonical_bytes, draft
from gongkai.documents.letters import Letter as Paper
from gongkai.documents.letters.facts import FieldValue
from gongkai.documents.letters.wording import remedies
from gongkai.law.applicants import ApplicantKind
from gongkai.law.breach import LawBreach
from gongkai.law.clock import deadline
from gongkai.law.clock.events import Extended
from gongkai.law.letters import letter_kind
from gongkai.law.outcomes import decision as decision_on
from gongkai.law.remedies import Route, route_for


class UnableToDraft(ActionRefused):
    """Something the letter must say is missing."""


def profile_of(case: Application) -> OfficeProfile:
    """What the letters say about the agency. Raises ``UnableToDraft`` where nobody has said it yet."""
    found = OfficeProfile.objects.filter(agency=case.agency_id).first()
    if found is None:
        raise UnableToDraft(
            Refusal("还没有填写机关信息（机关代字、复议机关、法院、联系方式），写不出文书；请负责人先填写。")
        )
    return found


def facts_of(
    case: Application,
    on: date,
    decision: Decision | None = None,
    new_due_on: date | None = None,
) -> Facts:
    """What the file knows and a letter of day ``on`` may state."""
    profile, reckoned = profile_of(case), deadline_of(case)
    return Facts(
        issuer=case.agency.name,
        applicant_name=case.applicant.identity.get("name", ""),
        applicant_is_organization=ApplicantKind(case.applicant_kind).is_organization,
        registration_number=case.number,
        description=case.description,
        applied_on=case.arrived_on,
        received_on=case.received_on,
        due_on=reckoned.due_on if reckoned else None,
        new_due_on=new_due_on,
        decision=decision_on(decision.code, on) if decision else None,
        decided_on=on,
        review_body=profile.review_body,
        court=profile.court,
        online_review=profile.review_website,
        office=_office(case, profile),
    )


def _office(case: Application, profile: OfficeProfile) -> Office:
    section = Section.objects.filter(agency=case.agency_id, is_disclosure_office=True).first()
    return Office(
        name=section.name if section else case.agency.name,
        address=profile.address,
        postcode=profile.postcode,
        phone=profile.phone,
        hours=profile.hours,
        email=profile.email,
    )


def compose(kind: str, facts: Facts, fields: Mapping[str, FieldValue]) -> Paper:
    """The draft of a letter. Raises ``UnableToDraft`` naming what is missing."""
    try:
        return draft(kind, facts, fields)
    except LetterIncomplete as missing:
        raise UnableToDraft(Refusal(str(missing))) from missing


def facts_for(letter: Letter, on: date) -> Facts:
    """What a letter that exists may state if it is dated on a day."""
    return facts_of(letter.case, on, letter.decision, _new_due_on(letter, on))


def _new_due_on(letter: Letter, on: date) -> date | None:
    """The day an extension leads to, if that is what the letter is about."""
    if not letter.act or letter.act["kind"] != CaseEvent.Kind.EXTENDED:
        return None
    events = [*clock_events(events_of(letter.case)), Extended(on, letter.act["days"])]
    try:
        return deadline(events, LIMITS, calendar_of(letter.case.agency)).due_on
    except LawBreach as breach:
        raise UnableToDraft(Refusal(breach.message, breach.article)) from breach


def remedies_of(letter: Letter, on: date) -> tuple[str, ...]:
    """The lines on remedies that a letter signed on a day must hold; nothing where it offers none.

    Raises ``UnableToDraft`` where the names of the bodies are not known.
    """
    if not letter_kind(letter.kind).remedy or letter.fields.get("result") == "forward_letter":
        return ()
    facts = facts_of(letter.case, on, letter.decision)
    route = Route.EITHER_ROUTE if facts.decision is None else route_for(facts.decision, on)
    return tuple(remedies(facts, route, "本决定"))


def paper_of(letter: Letter) -> Paper:
    """A kept letter as the paper it is."""
    return Paper.from_json(letter.content)


def content_hash(paper: Paper) -> str:
    """SHA-256 (hex) of everything the letter says."""
    return hashlib.sha256(canonical_bytes(paper)).hexdigest()
