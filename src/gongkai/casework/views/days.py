"""The office's own days: what is in force, what waits, and which cases it would move."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.agencies.queries import agencies_of
from gongkai.casework.actions.days import approve_days, drop_day, enter_day, settle_year
from gongkai.casework.forms.desk import DayForm, SettleForm
from gongkai.casework.models import LocalDay
from gongkai.casework.policies.office import may_approve_days, may_enter_days
from gongkai.casework.queries.days import cases_moved, days_in_force, days_pending, stretches, unsettled
from gongkai.casework.reckoning import calendar_of
from gongkai.casework.views.person import person

FIRST_YEAR, LAST_YEAR = 2019, 2099


def _agency(request: HttpRequest, slug: str) -> Agency:
    found: QuerySet[Agency] = agencies_of(person(request))
    return get_object_or_404(found, slug=slug)


@require_http_methods(["GET", "POST"])
def calendar_days(request: HttpRequest, slug: str) -> HttpResponse:
    """A year of days; a day may be added."""
    agency, by = _agency(request, slug), person(request)
    form = DayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_day(agency=agency, by=by, at=timezone.now(), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已录入，批准以后才计入期限。请看下面会移动哪些案件。")
            return redirect("casework:calendar_days", slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "casework/days.html", _page(request, agency, form), status=status)


def _page(request: HttpRequest, agency: Agency, form: DayForm) -> dict[str, object]:
    by, year = person(request), _year(request)
    calendar, pending = calendar_of(agency), list(days_pending(agency))
    moved = cases_moved(agency, pending) if pending else []
    return {
        "agency": agency,
        "agencies": agencies_of(by),
        "year": year,
        "years": [year - 1, year, year + 1],
        "stretches": stretches(calendar, year),
        "version": calendar.version,
        "doubts": unsettled(calendar, year),
        "in_force": days_in_force(agency),
        "pending": pending,
        "moved": moved,
        "broken": [each for each in moved if each.is_broken],
        "form": form,
        "enter_refusal": may_enter_days(agency, by),
        "approve_refusal": may_approve_days(agency, by),
        "section": "today",
    }


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else timezone.localdate().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


@require_POST
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    agency = _agency(request, slug)
    try:
        seen = [int(key) for key in request.POST.getlist("seen") if key.isdecimal() and len(key) < 19]
        moved = approve_days(agency=agency, seen=seen, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已生效。{len(moved)}件在办的期限随之变动，每件都写明了理由。")
    return redirect("casework:calendar_days", slug)


@require_POST
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    """All days off of a year are known."""
    agency, form = _agency(request, slug), SettleForm(request.POST)
    try:
        if form.is_valid():
            count = settle_year(agency=agency, by=person(request), at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"已标为录全。{count}件在办的期限不再是推算。")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("casework:calendar_days", slug)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    entry = get_object_or_404(LocalDay, pk=pk, agency__in=agencies_of(by))
    try:
        drop_day(entry=entry, by=by, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已删掉这一条，没有生效。")
    return redirect("casework:calendar_days", entry.agency.slug)
