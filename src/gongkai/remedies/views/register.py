"""The register: all remedies, those of one case, and a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.models import Application
from gongkai.casework.queries.calendars import calendar_of
from gongkai.remedies import queries
from gongkai.remedies.actions import registering
from gongkai.remedies.forms import FilterForm, RegisterForm
from gongkai.remedies.policies import may_keep, warnings
from gongkai.remedies.views.person import find_case, person


@require_GET
def remedies(request: HttpRequest) -> HttpResponse:
    """Every remedy this person may see, as chosen."""
    by, today, form = person(request), timezone.localdate(), FilterForm(request.GET or None)
    chosen: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.filtered(
        queries.remedies_seen_by(by),
        chosen.get("forum", ""),
        chosen.get("column", ""),
        chosen.get("year"),
        by if chosen.get("mine") else None,
    )
    lines = queries.lines_of(queries.with_events(found), today)
    if wanted := chosen.get("due"):
        lines = [line for line in lines if line.due and line.due.tone == wanted]
    context = {"lines": lines, "form": form, "chosen": any(chosen.values()), "section": "remedies"}
    return render(request, "remedies/list.html", context)


@require_GET
def of_case(request: HttpRequest, case_pk: int) -> HttpResponse:
    """The remedies of one case."""
    case = find_case(request, case_pk)
    context = {
        "case": case,
        "lines": queries.lines_of(queries.with_events(queries.remedies_of(case)), timezone.localdate()),
        "refusal": may_keep(case, person(request)),
        "section": "remedies",
    }
    return render(request, "remedies/of_case.html", context)


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, case_pk: int) -> HttpResponse:
    """Enter a reconsideration or a suit."""
    case = find_case(request, case_pk)
    form = RegisterForm(case, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, case, form, 422 if form.is_bound else 200)
    by = person(request)
    try:
        made = registering.register(case=case, filing=form.filing(), by=by, at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, case, form, 409)
    messages.success(request, "已登记。接着登记收到副本的日期，答复期限从那一天的次日起算。")
    for warning in warnings(made, calendar_of(made.agency)):
        messages.warning(request, str(warning))
    return redirect("remedies:remedy", made.pk)


def _page(request: HttpRequest, case: Application, form: RegisterForm, status: int) -> HttpResponse:
    refusal = may_keep(case, person(request))
    context = {"case": case, "form": form, "refusal": refusal, "section": "remedies"}
    return render(request, "remedies/register.html", context, status=status)
