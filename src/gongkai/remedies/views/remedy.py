"""One remedy: where it stands, its clocks, what may be entered, what follows."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.audit.queries import history
from gongkai.casework.queries.calendars import calendar_of
from gongkai.pieces.downloads import attachment, renamed
from gongkai.remedies import queries
from gongkai.remedies.actions.files import open_paper
from gongkai.remedies.actions.log import strike as strike_event
from gongkai.remedies.forms import ACT_FORMS, ActForm, StrikeForm
from gongkai.remedies.models import Remedy
from gongkai.remedies.policies import (
    ACTS,
    Act,
    against,
    may_keep,
    may_strike,
    openings,
    recommended,
    warnings,
)
from gongkai.remedies.reckoning import course_of
from gongkai.remedies.views.person import find, person


@require_GET
def remedy(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one remedy."""
    found, by, today = find(request, pk), person(request), timezone.localdate()
    course, calendar = course_of(found), calendar_of(found.agency)
    acts = openings(found, by)
    context = {
        "remedy": found,
        "result": queries.result_label(found.forum, found.result),
        "accounts": queries.clock_accounts(course, calendar, today),
        "open_acts": [act for act, refusal in acts if refusal is None],
        "recommended": recommended(found),
        "closed_acts": [(act, refusal) for act, refusal in acts if refusal],
        "happenings": queries.happenings(found),
        "aftermath": queries.aftermath(found, course),
        "warnings": warnings(found, calendar),
        "files": found.files.select_related("by"),
        "suits": found.suits.all(),
        "keep_refusal": may_keep(found.case, by),
        "strike_refusal": may_strike(found, by),
        "history": history(found.subject),
        "section": "remedies",
    }
    return render(request, "remedies/remedy.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The page of one act: its form, then what comes of it."""
    found, kind = find(request, pk), _act(act)
    is_posted = request.method == "POST"
    form = ACT_FORMS[act](found, request.POST if is_posted else None, request.FILES if is_posted else None)
    if not form.is_valid():
        return _act_page(request, found, kind, form, 422 if is_posted else 200)
    try:
        form.perform(by=person(request), at=timezone.now(), revision=_revision(request))
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _act_page(request, find(request, pk), kind, form, 409)
    messages.success(request, form.done)
    return redirect("remedies:remedy", found.pk)


def _act(code: str) -> Act:
    found = next((act for act in ACTS if act.code == code), None)
    if found is None:
        raise Http404
    return found


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _act_page(request: HttpRequest, found: Remedy, kind: Act, form: ActForm, status: int) -> HttpResponse:
    refusal = against(found, course_of(found), kind.code, person(request))
    context = {
        "remedy": found,
        "act": kind,
        "form": form,
        "refusal": refusal,
        "hidden_form": refusal is not None and not form.is_bound,
        "section": "remedies",
    }
    return render(request, "remedies/act.html", context, status=status)


@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, pk: int, event_pk: int) -> HttpResponse:
    """Strike out one entry."""
    found = find(request, pk)
    event = get_object_or_404(found.events, pk=event_pk)
    form = StrikeForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"remedy": found, "event": event, "form": form, "section": "remedies"}
    if not form.is_valid():
        return render(request, "remedies/strike.html", context, status=422 if form.is_bound else 200)
    try:
        strike_event(event=event, reason=form.cleaned_data["reason"], by=person(request), at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "remedies/strike.html", context, status=409)
    messages.success(request, "已划销，记录仍然保留可看。")
    return redirect("remedies:remedy", found.pk)


@require_GET
def paper(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """One paper as a file. The look is on the trail."""
    file = get_object_or_404(find(request, pk).files, pk=file_pk)
    data = open_paper(file=file, by=person(request), at=timezone.now())
    name = renamed(f"{file.remedy.case.number}{file.get_kind_display()}{file.pk}", file.name)
    return attachment(data, name, "application/octet-stream")
