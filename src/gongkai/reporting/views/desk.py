"""The desk itself: every agency one works in, its next deadline, its reports."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.policies import ActionRefused, Role, holds
from gongkai.agencies.queries import agencies_of
from gongkai.reporting import actions, policies, queries
from gongkai.reporting.forms import StartForm
from gongkai.reporting.views.report import person


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Every agency one works in: its next deadline, its reports, a year to start."""
    by, today = person(request), timezone.localdate()
    offices = [
        {
            "agency": agency,
            "deadline": queries.next_deadline(agency, today),
            "reports": [(each, policies.WHOSE_TURN[each.state]) for each in queries.reports_of(agency)],
            "start_form": StartForm(queries.years_to_start(agency, today)),
            "start_refusal": policies.may_start(agency, by),
            "supervises": holds(agency, by, Role.SUPERVISOR),
            "year": next(iter(queries.member_years(agency)), today.year - 1),
        }
        for agency in agencies_of(by).select_related("supervisor")
    ]
    return render(request, "reporting/desk.html", {"offices": offices, "section": "reports"})


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    by, at = person(request), timezone.now()
    agency = get_object_or_404(agencies_of(by), slug=slug)
    form = StartForm(queries.years_to_start(agency, timezone.localdate(at)), request.POST)
    if not form.is_valid():
        messages.error(request, "请选择一个还没有报告的年度。")
        return redirect("reporting:desk")
    try:
        report = actions.start_report(agency=agency, year=form.cleaned_data["year"], by=by, at=at)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("reporting:desk")
    return redirect("reporting:figures", report.pk)
