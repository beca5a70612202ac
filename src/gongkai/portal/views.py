"""Pages for everybody: nothing here needs an account, nothing handed in is kept."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from gongkai.documents.reading.content import Unreadable
from gongkai.documents.writing import Unwritable
from gongkai.law.report.formats import load_format
from gongkai.pieces.downloads import KIND_LABELS, as_file
from gongkai.pieces.intake import Intake, take_in
from gongkai.pieces.sheets import draw
from gongkai.portal import reading
from gongkai.portal.checking import assess
from gongkai.portal.pages import public_page
from gongkai.publishing.queries.items import public
from gongkai.reporting import queries
from gongkai.reporting.models import AnnualReport

_A_YEAR = 365 * 24 * 60 * 60


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The doors, and what was published last."""
    context = {
        "latest": queries.published()[:5],
        "newest": public().order_by("-published_on", "-pk")[:10],
        "agencies": reading.open_agencies(),
    }
    return render(request, "portal/home.html", context)


@public_page
def reports(request: HttpRequest) -> HttpResponse:
    """Every published report, a year at a time."""
    found = queries.published()
    years = sorted({report.year for report in found}, reverse=True)
    chosen = request.GET.get("year", "")
    if chosen.isdecimal() and len(chosen) < 6:
        found = found.filter(year=int(chosen))
    return render(
        request,
        "portal/reports.html",
        {"reports": found, "years": years, "chosen": chosen, "section": "reports"},
    )


def _published(slug: str, year: int) -> AnnualReport:
    return get_object_or_404(queries.published(), agency__slug=slug, year=year)


@public_page
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """A published report as a page: prose and tables, and the files to take away."""
    found = _published(slug, year)
    filled = found.filled
    tables = {sheet.section: sheet for sheet in draw(filled)}
    sections = load_format(found.content["format"]).sections
    context = {
        "report": found,
        "title": filled.title,
        "dated_on": filled.published_on,
        "parts": [(s, filled.sections.get(s.code, ""), tables.get(s.code)) for s in sections],
        "kinds": KIND_LABELS.items(),
        "siblings": queries.published().filter(agency=found.agency).exclude(pk=found.pk),
    }
    return render(request, "portal/report.html", context)


@public_page
def download(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    found = _published(slug, year)
    try:
        return as_file(found.filled, str(found), kind)
    except Unwritable as error:
        return render(request, "portal/sorry.html", {"message": str(error)}, status=503)


@login_not_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Read any report and say what is wrong with it, cell by cell."""
    if request.method == "GET":
        return _check_page(request)
    text = request.POST.get("text", "")
    try:
        intake = take_in(request.FILES.get("file"), text)
        earlier = request.FILES.get("previous")
        previous = take_in(earlier) if earlier else None
    except Unreadable as error:
        return _check_page(request, error=str(error), text=text, status=422)
    return _check_page(request, intake=intake, previous=previous, text=text)


def _check_page(  # noqa: PLR0913 - what the page shows, by keyword
    request: HttpRequest,
    *,
    intake: Intake | None = None,
    previous: Intake | None = None,
    text: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"intake": intake, "previous": previous, "text": text, "error": error}
    if intake:
        context["result"] = assess(intake.report, previous.report if previous else None)
    return render(request, "portal/check.html", context, status=status)
