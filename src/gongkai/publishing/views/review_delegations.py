"""Who reviews in whose place, and for how long."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, roles_in
from gongkai.agencies.queries import agencies_of
from gongkai.publishing.actions.delegating import delegate, end_delegation
from gongkai.publishing.forms.review import ROLES, DelegationForm
from gongkai.publishing.queries.sheets import delegations_of
from gongkai.publishing.views.items_posted import told
from gongkai.publishing.views.person import person


def _agencies(by: Account) -> list[Agency]:
    """Where the person has reviewing to hand over."""
    return [agency for agency in agencies_of(by) if roles_in(agency, by) & ROLES]


def _chosen(request: HttpRequest, agencies: list[Agency]) -> Agency | None:
    slug = request.POST.get("agency") or request.GET.get("agency")
    return next((agency for agency in agencies if agency.slug == slug), agencies[0] if agencies else None)


@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """What was given and taken, and the form for one more."""
    by, on = person(request), timezone.localdate()
    agencies = _agencies(by)
    agency = _chosen(request, agencies)
    form, status = None, 200
    if agency is not None:
        form = DelegationForm(request.POST or None, agency=agency, by=by, initial={"from_on": on})
        if form.is_bound:
            status = 422
            if form.is_valid():
                status = 409
                if _delegated(request, agency, form):
                    return redirect("publishing:delegations")
    lines = [(each, each.ended_at is None and each.until_on >= on) for each in delegations_of(by)]
    context: dict[str, Any] = {
        "agencies": agencies,
        "agency": agency,
        "form": form,
        "lines": lines,
        "by": by,
        "today": on,
        "section": "publishing",
    }
    return render(request, "publishing/delegations.html", context, status=status)


def _delegated(request: HttpRequest, agency: Agency, form: DelegationForm) -> bool:
    try:
        made = delegate(agency=agency, by=person(request), at=timezone.now(), **form.cleaned_data)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"已委托{made.taker.full_name}。到期自动终止，也可以提前终止。")
    return True


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    delegation = get_object_or_404(delegations_of(by), pk=pk)

    def act() -> str:
        end_delegation(delegation=delegation, by=by, at=timezone.now())
        return "委托已终止。"

    told(request, act)
    return redirect("publishing:delegations")
