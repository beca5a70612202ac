"""The service of letters: where each stands, when remedies end, how it would be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.lettering import compose, facts_of
from gongkai.casework.models import Application, Letter, Service
from gongkai.casework.reckoning import LIMITS, calendar_of
from gongkai.documents.letters import Letter as Paper
from gongkai.law.breach import LawBreach
from gongkai.law.letters import letter_kind
from gongkai.law.limits import Due
from gongkai.law.outcomes import DECISIONS
from gongkai.law.remedies import Clock, Route, remedy_due, route_for
from gongkai.law.service import Served, ServiceEntry, ServiceKind, ServiceMethod, served

_WISHES: Mapping[str, ServiceMethod] = {
    Application.Access.POST: ServiceMethod.POSTAL,
    Application.Access.EMAIL: ServiceMethod.EMAIL,
    Application.Access.ONLINE: ServiceMethod.ONLINE,
    Application.Access.PICK_UP: ServiceMethod.COUNTER_PICK_UP,
    Application.Access.INSPECTION: ServiceMethod.DIRECT,
}
_ON_RECEIPT: Mapping[ServiceMethod, str] = {
    ServiceMethod.DIRECT: "direct",
    ServiceMethod.ENTRUSTED: "entrusted",
    ServiceMethod.POSTAL: "post",
    ServiceMethod.COUNTER_PICK_UP: "direct",
}
_DECISIONS = {found.code: found for found in DECISIONS}
_CLOCKS: Mapping[Route, tuple[Clock, ...]] = {
    Route.RECONSIDERATION_FIRST: (Clock.RECONSIDERATION_APPLICATION,),
    Route.EITHER_ROUTE: (Clock.RECONSIDERATION_APPLICATION, Clock.DIRECT_SUIT),
    Route.MIXED: (Clock.RECONSIDERATION_APPLICATION, Clock.DIRECT_SUIT),
    Route.NONE: (),
}


def served_by(service: Service) -> Served:
    """When a letter counts as served, and why. Raises ``LawBreach`` for a ledger that cannot be."""
    entries = [ServiceEntry(ServiceKind(e.kind), e.on, e.note) for e in service.entries.all()]
    return served(ServiceMethod(service.method), entries)


@dataclass(frozen=True, slots=True)
class Standing:
    """A service with what it comes to: the served day, and until when its reader may go further."""

    service: Service
    served: Served | None
    remedies: tuple[Due, ...]
    kinds: tuple[ServiceKind, ...]


def standing_of(service: Service, on: date) -> Standing:
    """Where a service stands."""
    method = ServiceMethod(service.method)
    try:
        found = served_by(service)
    except LawBreach:
        return Standing(service, None, (), method.kinds)
    return Standing(service, found, remedies_open(service.letter, found), method.kinds)


def remedies_open(letter: Letter, found: Served) -> tuple[Due, ...]:
    """The last days for reconsideration and suit, once the day is known from which they run."""
    if found.remedy_from is None or letter.signed_on is None or not letter_kind(letter.kind).remedy:
        return ()
    calendar = calendar_of(letter.case.agency)
    clocks = _CLOCKS[route_of(letter)]
    return tuple(remedy_due(clock, found.remedy_from, LIMITS, calendar) for clock in clocks)


def route_of(letter: Letter) -> Route:
    """The remedy a signed letter told of."""
    code = letter.decision.code if letter.decision else (letter.act or {}).get("decision", "")
    decision = _DECISIONS.get(code)
    if decision is None or letter.signed_on is None:
        return Route.EITHER_ROUTE if letter_kind(letter.kind).remedy else Route.NONE
    return route_for(decision, letter.signed_on)


def wished_method(letter: Letter) -> ServiceMethod:
    """How the reader of a letter wishes to get it."""
    if letter_kind(letter.kind).addressee != "applicant":
        return ServiceMethod.POSTAL
    return _WISHES[letter.case.access]


def receipt_of_service(service: Service, address: str, served_by_name: str, on: date) -> Paper:
    """The 送达回证 of a service, to be signed on paper. Raises ``UnableToDraft``."""
    letter, method = service.letter, ServiceMethod(service.method)
    found = standing_of(service, on).served
    said = _ON_RECEIPT.get(method, "electronic")
    fields = {
        "served_title": letter_kind(letter.kind).printed_title,
        "served_number": letter.document_number,
        "recipient": Paper.from_json(letter.content).addressee or letter.case.agency.name,
        "address": address,
        "method": said,
        "served_on": found.on if found else None,
        "served_by": served_by_name,
    }
    if said == "post":
        fields["posting_number"] = service.tracking_number
    return compose("service_receipt", facts_of(letter.case, on), fields)
