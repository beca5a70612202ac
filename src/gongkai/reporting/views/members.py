"""The supervisor's page: the members' reports of a year, who is missing, their total."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import Role, holds
from gongkai.agencies.queries import agencies_of
from gongkai.documents.writing.reconciliation import workbook
from gongkai.pieces.downloads import MEDIA_TYPES, attachment
from gongkai.pieces.sheets import draw
from gongkai.reporting import queries
from gongkai.reporting.views.report import person


def _supervisor(request: HttpRequest, slug: str) -> Agency:
    """The agency, for those who supervise from it; for all others it is not there."""
    agency = get_object_or_404(agencies_of(person(request)), slug=slug)
    if not holds(agency, person(request), Role.SUPERVISOR):
        raise Http404
    return agency


@require_GET
def members(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    agency = _supervisor(request, slug)
    seen = queries.members_year(agency, year)
    today = timezone.localdate()
    context = {
        "section": "reports",
        "agency": agency,
        "year": year,
        "years": sorted({year, *queries.member_years(agency)}, reverse=True),
        "seen": seen,
        "deadline": queries.deadline(agency.members.first() or agency, year, today),
        "sheets": draw(seen.total.report) if seen.total else (),
    }
    return render(request, "reporting/members.html", context)


@require_GET
def total(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The total as a workbook with its reconciliation."""
    agency = _supervisor(request, slug)
    seen = queries.members_year(agency, year)
    if seen.total is None:
        raise Http404
    name = f"{agency.name}{year}年度汇总.xlsx"
    return attachment(workbook(seen.total), name, MEDIA_TYPES["xlsx"])
