"""A matter decided anew, as a reconsideration or a court ordered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.redecision import may_open_redecision, open_redecision
from gongkai.casework.forms.redecision import RedecisionForm
from gongkai.casework.models import Application
from gongkai.casework.views.person import find, person


@require_http_methods(["GET", "POST"])
def redecide(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the paper that orders it, then open the new case."""
    case, by = find(request, pk), person(request)
    form = RedecisionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, case, form, 422 if form.is_bound else 200)
    try:
        made = open_redecision(case=case, **form.cleaned_data, by=by, at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, case, form, 409)
    messages.success(request, f"已另立一件重新办理，登记编号{made.number}。")
    return redirect("casework:case", made.pk)


def _page(request: HttpRequest, case: Application, form: RedecisionForm, status: int) -> HttpResponse:
    against = may_open_redecision(case, person(request))
    context = {
        "case": case,
        "form": form,
        "against": against,
        "hidden_form": against is not None and not form.is_bound,
        "section": "cases",
    }
    return render(request, "casework/redecide.html", context, status=status)
