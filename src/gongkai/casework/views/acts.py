"""The page of each act: its form, what it would do, and the law; then the action behind it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.acts import GROUPS, ActKind, act_kind
from gongkai.casework.forms.acts import ACT_FORMS, ActForm, Done
from gongkai.casework.models import Application
from gongkai.casework.policies.acts import Openings
from gongkai.casework.queries import find_case
from gongkai.casework.queries.acts import consequence
from gongkai.casework.queries.timeline import entered_since
from gongkai.casework.views.person import find, person


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One act: asked for, looked at, done."""
    case, kind = find(request, pk), _kind(act)
    if kind.decides and _against(request, case, kind) is None:
        return redirect(f"{reverse('casework:decide', args=[case.pk])}?clarity={kind.decides}")
    if request.method == "GET":
        initial = {"consultation": request.GET.get("consultation", "")}
        return _page(request, case, kind, _form(request, case, kind, initial=initial))
    form = _form(request, case, kind, data=request.POST)
    if kind.decides or not form.is_valid():
        return _page(request, case, kind, form, status=422)
    if "look" in request.POST:
        return _page(request, case, kind, form)
    try:
        done = form.perform(timezone.now())
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, find(request, pk), kind, form, status=409)
    messages.success(request, done.message)
    return redirect(_after(request, case, done))


def _kind(code: str) -> ActKind:
    try:
        return act_kind(code)
    except KeyError as unknown:
        raise Http404 from unknown


def _against(request: HttpRequest, case: Application, kind: ActKind) -> Refusal | None:
    return Openings(case, person(request), timezone.localdate()).against(kind)


def _form(
    request: HttpRequest, case: Application, kind: ActKind, data: Any = None, initial: Any = None
) -> ActForm:
    return ACT_FORMS[kind.code](case, person(request), timezone.localdate(), data, initial)


def _page(
    request: HttpRequest, case: Application, kind: ActKind, form: ActForm, status: int = 200
) -> HttpResponse:
    event = form.event() if kind.clock else None
    against = _against(request, case, kind)
    context = {
        "case": case,
        "act": kind,
        "group": GROUPS[kind.group],
        "form": form,
        "against": against,
        "hidden_form": against is not None and (kind.decides or not form.is_bound),
        "consequence": consequence(case, event) if event and not against else None,
        "explained": form.explained(),
        "newer": entered_since(case, form.revision),
        "section": "cases",
    }
    return render(request, "casework/acts/act.html", context, status=status)


def _after(request: HttpRequest, case: Application, done: Done) -> str:
    """To the letter that was drafted; else to the case, unless it went where the person cannot follow."""
    if done.letter is not None:
        return reverse("casework:letter", args=[done.letter.pk])
    seen = find_case(person(request), case.pk)
    return reverse("casework:case", args=[case.pk]) if seen else reverse("casework:today")
