"""Handing a case to somebody: small forms of the case's page, each back to it with a sentence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions import assignment
from gongkai.casework.forms.desk import AssignForm, InternalDueForm, PersonForm, SendBackForm
from gongkai.casework.models import Application
from gongkai.casework.queries import find_case
from gongkai.casework.views.person import find, person
from gongkai.casework.views.typed import keep_typed

Act = Callable[[Application, dict[str, Any], Account, datetime], object]


def _attempt(
    request: HttpRequest, pk: int, build: Callable[[Application], Form] | None, act: Act, done: str
) -> HttpResponse:
    """Run one action on a valid form; whatever comes of it is said on the page of the case.

    There the form, which is named as its address is, keeps what was typed when it is refused.
    """
    case, by, data = find(request, pk), person(request), {}
    if build is not None:
        form = build(case)
        if not form.is_valid():
            wrong = "；".join(str(error) for errors in form.errors.values() for error in errors)
            messages.error(request, wrong)
            keep_typed(request, pk, _name(request))
            return _after(case, by)
        data = form.cleaned_data
    try:
        act(case, data, by, timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
        keep_typed(request, pk, _name(request))
    else:
        messages.success(request, done)
    return _after(case, by)


def _name(request: HttpRequest) -> str:
    return str(request.resolver_match and request.resolver_match.url_name)


def _after(case: Application, by: Account) -> HttpResponse:
    """Back to the case, unless it went where this person cannot follow."""
    seen = find_case(by, case.pk)
    return redirect("casework:case", case.pk) if seen else redirect("casework:today")


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    return _attempt(
        request,
        pk,
        lambda case: AssignForm(request.POST, agency=case.agency),
        lambda case, data, by, at: assignment.assign(
            case=case, by=by, at=at, revision=_revision(request), **data
        ),
        "已交办，承办人会收到通知。",
    )


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    return _attempt(
        request,
        pk,
        None,
        lambda case, data, by, at: assignment.accept(case=case, by=by, at=at),
        "已接收，由您承办。",
    )


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    return _attempt(
        request,
        pk,
        None,
        lambda case, data, by, at: assignment.claim(case=case, by=by, at=at),
        "已认领，由您承办。",
    )


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _attempt(
        request,
        pk,
        lambda case: SendBackForm(request.POST),
        lambda case, data, by, at: assignment.send_back(
            case=case, by=by, at=at, revision=_revision(request), **data
        ),
        "已退回，交办的人会收到通知。",
    )


@require_POST
def add_co_worker(request: HttpRequest, pk: int) -> HttpResponse:
    return _attempt(
        request,
        pk,
        lambda case: PersonForm(request.POST, agency=case.agency),
        lambda case, data, by, at: assignment.add_co_worker(case=case, by=by, at=at, **data),
        "已加为协办人。",
    )


@require_POST
def remove_co_worker(request: HttpRequest, pk: int) -> HttpResponse:
    return _attempt(
        request,
        pk,
        lambda case: PersonForm(request.POST, agency=case.agency),
        lambda case, data, by, at: assignment.remove_co_worker(case=case, by=by, at=at, **data),
        "已不再协办。",
    )


@require_POST
def internal_due(request: HttpRequest, pk: int) -> HttpResponse:
    return _attempt(
        request,
        pk,
        lambda case: InternalDueForm(request.POST),
        lambda case, data, by, at: assignment.set_internal_due(
            case=case, by=by, at=at, revision=_revision(request), **data
        ),
        "内部期限已定。",
    )
