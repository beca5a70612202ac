"""What an act would do to the due day, what stands on a case's page beside it, and its proofs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from gongkai.agencies.models import Account, Agency, Section
from gongkai.casework.models import Applicant, Application, CaseEvent, Consultation
from gongkai.casework.policies.charging import fee_due, fee_steps
from gongkai.casework.policies.consulting import opinion_due, opinion_limit
from gongkai.casework.queries.cases import cases_seen_by
from gongkai.casework.reckoning import LIMITS, calendar_of, clock_events, deadline_of, events_of
from gongkai.documents.proof import Account as DueAccount
from gongkai.documents.proof import ProofFacts, answer_account, limit_account
from gongkai.law.breach import LawBreach
from gongkai.law.clock import Step, deadline
from gongkai.law.clock.admissible import refusal
from gongkai.law.clock.events import Consulted, Event
from gongkai.law.clock.exchange import EVENT_KINDS
from gongkai.law.clock.proof import ProofSheet, proof_sheet
from gongkai.law.fees import fee
from gongkai.law.limits import Due, TimeLimit

Kind = CaseEvent.Kind


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an act does to the answer period. ``breach`` says why it would not be lawful."""

    was: date | None
    becomes: date | None
    steps: tuple[Step, ...]
    estimated: bool
    breach: str = ""


def consequence(case: Application, event: Event) -> Consequence | None:
    """The due day before and after an act, with the words of the clock; ``None`` before receipt."""
    calendar, before = calendar_of(case.agency), deadline_of(case)
    if before is None:
        return None
    history = clock_events(events_of(case))
    breach = refusal(history, event, LIMITS, calendar)
    if breach is not None:
        return Consequence(before.due_on, before.due_on, (), before.estimated, str(breach))
    after = deadline([*history, event], LIMITS, calendar)
    return Consequence(before.due_on, after.due_on, after.steps[len(before.steps) :], after.estimated)


def consequence_of_striking(case: Application, event: CaseEvent) -> Consequence | None:
    """What becomes of the due day without an entry; ``None`` where the clock does not ask about it."""
    if event.kind not in EVENT_KINDS:
        return None
    calendar, events = calendar_of(case.agency), events_of(case)
    before = deadline_of(case, events, calendar)
    was, estimated = (before.due_on, before.estimated) if before else (None, False)
    try:
        after = deadline_of(case, [each for each in events if each.pk != event.pk], calendar)
    except LawBreach as breach:
        return Consequence(was, was, (), estimated, str(breach))
    return Consequence(was, after.due_on if after else None, (), bool(after and after.estimated))


@dataclass(frozen=True, slots=True)
class FeeStanding:
    """How often this applicant applied in the calendar month, and what this case would cost by case.

    ``place`` is the number of this case among them; ``steps`` the reckoning, empty where nothing is due.
    """

    month: date
    count: int
    place: int
    amount: int
    steps: tuple[str, ...]
    tariff: tuple[str, ...]


def fee_standing(case: Application, on: date) -> FeeStanding:
    """The monthly counter behind a fee by case (按件): one applicant, one calendar month."""
    day = case.received_on or case.arrived_on
    same = (
        Application.objects.filter(
            agency=case.agency_id,
            counted=True,
            matter=Application.Matter.DISCLOSURE,
            applicant__fingerprint=case.applicant.fingerprint,
        )
        .annotate(day=Coalesce(F("received_on"), F("arrived_on")))
        .filter(day__year=day.year, day__month=day.month)
        .order_by("day", "pk")
        .values_list("pk", flat=True)
    )
    numbers = list(same)
    place = numbers.index(case.pk) + 1 if case.pk in numbers else len(numbers) + 1
    try:
        amount = fee_due("case", place, on)
        steps = tuple(fee_steps("case", place, on)) if amount else ()
        tariff = fee("case", place, on).steps
    except LawBreach as breach:
        amount, steps, tariff = 0, (), (str(breach),)
    return FeeStanding(day.replace(day=1), len(numbers), place, amount, steps, tariff)


def sheet_of(case: Application, until: date) -> ProofSheet | None:
    """The answer period day by day; ``None`` before receipt and for a rectification, which has none."""
    if case.matter != Application.Matter.DISCLOSURE:
        return None
    found = clock_events(events_of(case))
    if not found:
        return None
    return proof_sheet(found, LIMITS, calendar_of(case.agency), until=max(until, found[-1].on))


@dataclass(frozen=True, slots=True)
class OtherDue:
    """A due day of a case besides that of its answer. ``code`` opens its account."""

    code: str
    label: str
    start: date
    begins_with: str
    limit: TimeLimit
    due: Due
    done: bool


def other_dues(case: Application) -> list[OtherDue]:
    """The supplement notice, the payment of a fee, every opinion: each with its last day."""
    if case.matter != Application.Matter.DISCLOSURE:
        return []
    calendar = calendar_of(case.agency)
    return [
        OtherDue(code, limit.label, start, begins, limit, limit.due(start, calendar), done)
        for code, limit, start, begins, done in _periods(case)
    ]


def _periods(case: Application) -> Iterator[tuple[str, TimeLimit, date, str, bool]]:
    events = {event.kind: event for event in events_of(case)}
    received = events.get(Kind.RECEIVED)
    if received and not received.details.get("ordered_until"):
        asked = Kind.SUPPLEMENT_REQUESTED in events or not case.is_open
        limit = LIMITS.on("supplement_notice", received.on)
        yield "supplement_notice", limit, received.on, "收到申请", asked
    if noticed := events.get(Kind.FEE_NOTICED):
        paid = Kind.FEE_PAID in events or not case.is_open
        yield "fee_payment", LIMITS.on("fee_payment", noticed.on), noticed.on, "收到收费通知", paid
    for asked_for in case.consultations.all():
        limit_of = opinion_limit(asked_for)
        if limit_of and asked_for.delivered_on:
            begins = f"{Consulted(asked_for.kind).label}收到征求意见书"
            yield f"opinion-{asked_for.pk}", limit_of, asked_for.delivered_on, begins, bool(asked_for.answer)


def proof_facts(case: Application, made_on: date) -> ProofFacts:
    """What the head and the foot of a proof sheet of a case say."""
    office = Section.objects.filter(agency=case.agency_id, is_disclosure_office=True).first()
    received = next((event for event in events_of(case) if event.kind == Kind.RECEIVED), None)
    return ProofFacts(
        number=case.number,
        title=case.title,
        agency=case.agency.name,
        office=f"{case.agency.name}{office.name}" if office else case.agency.name,
        made_on=made_on,
        receipt=received.reason if received else "",
        region=case.agency.region,
    )


def account_of(case: Application, what: str, on: date) -> DueAccount | None:
    """The account of a due day by its code (``answer`` or that of ``other_dues``)."""
    facts = proof_facts(case, on)
    if what == "answer":
        sheet = sheet_of(case, on)
        return answer_account(sheet, facts) if sheet else None
    found = next((due for due in other_dues(case) if due.code == what), None)
    if found is None:
        return None
    return limit_account(found.limit, found.start, found.begins_with, calendar_of(case.agency), facts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A consultation with its last day, if one runs."""

    consultation: Consultation
    due: Due | None
    is_over: bool

    @property
    def code(self) -> str:
        """The code that opens the account of its last day."""
        return f"opinion-{self.consultation.pk}"


def asked_in(case: Application, on: date) -> list[Asked]:
    """Everybody who was asked, with the day by which they are to answer."""
    calendar = calendar_of(case.agency)
    found = []
    for each in case.consultations.prefetch_related("letters"):
        due = opinion_due(each, calendar)
        found.append(Asked(each, due, bool(due and due.due_on < on and not each.answer)))
    return found


def joinable(case: Application, by: Account) -> QuerySet[Application]:
    """The open cases of the same applicant that a case may be handled with.

    Those of the applicant come first and as a list: a database that does not know how few they are
    would go through the whole register.
    """
    same = Applicant.objects.filter(fingerprint=case.applicant.fingerprint)
    return (
        cases_seen_by(by)
        .filter(
            pk__in=list(same.values_list("case_id", flat=True)),
            agency=case.agency_id,
            matter=case.matter,
            joined_to=None,
            received_on__isnull=False,
        )
        .exclude(pk=case.pk)
        .exclude(state="closed")
    )


def other_agencies(case: Application) -> QuerySet[Agency]:
    """The agencies of this installation to which an application may be handed."""
    return Agency.objects.exclude(pk=case.agency_id).order_by("name")


def linked_to(case: Application, by: Account) -> Sequence[tuple[str, Application]]:
    """The cases that belong with this one, each with what binds them; only those the person may see."""
    seen = cases_seen_by(by)
    found = [("拆分前的原件", each) for each in seen.filter(pk=case.split_from_id or 0)]
    found += [("拆分出的一件", each) for each in seen.filter(split_from=case).order_by("pk")]
    found += [("并案的主案", each) for each in seen.filter(pk=case.joined_to_id or 0)]
    found += [("并入本件", each) for each in seen.filter(joined_to=case).order_by("pk")]
    found += [("重新办理的原件", each) for each in seen.filter(pk=case.re_decides_id or 0)]
    found += [("重新办理的一件", each) for each in seen.filter(re_decides=case).order_by("pk")]
    return found
