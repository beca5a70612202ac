"""Which cases there are, and which of them a person may see."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.casework.models import Application
from gongkai.casework.policies.people import in_disclosure_office, sections_of


def cases_of(agencies: Iterable[Agency]) -> QuerySet[Application]:
    """All cases of some agencies."""
    return Application.objects.filter(agency__in=agencies)


def cases_seen_by(account: Account) -> QuerySet[Application]:
    """The cases a person may see, in every agency they work in."""
    seen = Q(pk__in=[])
    for agency in agencies_of(account):
        if in_disclosure_office(agency, account):
            seen |= Q(agency=agency)
        else:
            seen |= Q(agency=agency, section__in=sections_of(agency, account))
    return Application.objects.filter(seen).select_related("agency", "section", "officer", "applicant")


def is_one_of(cases: QuerySet[Application], path: str = "case") -> Exists:
    """A condition on what hangs on a case: whether that case is one of these. It looks at each row's own
    case, where ``case__in`` would first make a list of all of them."""
    return Exists(cases.select_related(None).order_by().filter(pk=OuterRef(path)))


def find_case(account: Account, pk: int) -> Application | None:
    """A case, if the person may see it."""
    return cases_seen_by(account).filter(pk=pk).first()
