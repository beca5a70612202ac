"""The page of a case: where it stands and why, what comes next, everything that happened."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.intake import look_at_identity
from gongkai.casework.actions.striking import strike_out
from gongkai.casework.acts import GROUPS
from gongkai.casework.forms.case import StrikeForm
from gongkai.casework.models import Applicant, Application
from gongkai.casework.policies.acts import NOT_RECEIVED, Openings, may_strike
from gongkai.casework.policies.people import is_head, may_act, may_work_on
from gongkai.casework.queries.acts import asked_in, consequence_of_striking, linked_to, other_dues, sheet_of
from gongkai.casework.queries.ahead import ahead_of
from gongkai.casework.queries.casehead import decision_of, head_of, papers_of
from gongkai.casework.queries.duplicates import likenesses_of
from gongkai.casework.queries.neighbors import case_links
from gongkai.casework.queries.timeline import timeline_of, told
from gongkai.casework.reckoning import deadline_of, standing
from gongkai.casework.views.person import find, person
from gongkai.casework.views.typed import typed_in


@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find(request, pk))


def _page(request: HttpRequest, case: Application, status: int = 200, **more: Any) -> HttpResponse:
    context = _context(request, case) | more
    return render(request, "casework/case.html", context, status=status)


def _context(request: HttpRequest, case: Application) -> dict[str, Any]:
    by, on = person(request), timezone.localdate()
    prefetch_related_objects([by], "memberships")  # the policies read them again and again
    log = list(case.events.select_related("by", "letter"))
    events, asked = standing(log), asked_in(case, on)
    reckoned = deadline_of(case, events)
    # What is open stands before what is not.
    openings = sorted(Openings(case, by, on).all(), key=lambda each: each.refusal is not None)
    return {
        "case": case,
        "by": by,
        "section": "cases",
        "head": head_of(case, reckoned, on),
        "ahead": ahead_of(case, reckoned, events, asked, on),
        "groups": [(name, [o for o in openings if o.act.group == code]) for code, name in GROUPS.items()],
        "timeline": timeline_of(log, sheet_of(case, on)),
        "may_strike": is_head(case, by) is None,
        "asked": asked,
        "dues": other_dues(case),
        "searches": case.searches.all(),
        "letters": papers_of(case),
        "decision": decision_of(case),
        "likenesses": likenesses_of(case),
        "linked": linked_to(case, by),
        "neighbor_links": case_links(case, by),
        "decide_refusal": may_act(case, by) or (NOT_RECEIVED if case.received_on is None else None),
        "works": may_work_on(case, by) is None,
        "has_remedies": _has_remedies(case, on),
        "typed": typed_in(request, case.pk),
    }


def _has_remedies(case: Application, on: date) -> bool:
    """Whether somebody may have gone further: the case was answered, or its day is over."""
    return not case.is_open or (case.due_on is not None and case.due_on < on)


@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Who applied, shown on this one page; the look is on the trail. Opened anew it is the page without."""
    case = find(request, pk)
    if request.method == "GET":
        return redirect("casework:case", case.pk)
    try:
        known = look_at_identity(case=case, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework:case", case.pk)
    labels = Applicant.IDENTITY_LABELS
    return _page(
        request, case, identity=[(labels.get(key, key), text) for key, text in known.items() if text]
    )


@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, pk: int, event_pk: int) -> HttpResponse:
    """Strike out a wrong entry: what it says, what becomes of the due day without it, why."""
    case, by = find(request, pk), person(request)
    event = get_object_or_404(case.events.select_related("by"), pk=event_pk)
    form, status = StrikeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                strike_out(
                    event=event, by=by, at=timezone.now(), revision=_revision(request), **form.cleaned_data
                )
            except ActionRefused as refused:
                form.add_error(None, str(refused))
                case, status = find(request, pk), 409
            else:
                messages.success(request, "已划销。原来的记录仍然看得到。")
                return redirect("casework:case", case.pk)
    context = {
        "case": case,
        "entry": told(event),
        "form": form,
        "against": None if form.is_bound else may_strike(event, by),
        "consequence": consequence_of_striking(case, event),
        "section": "cases",
    }
    return render(request, "casework/case_strike.html", context, status=status)


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
