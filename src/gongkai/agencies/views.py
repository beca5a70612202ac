"""The agency page: sections, people and roles, the leading group."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies import actions, queries
from gongkai.agencies.forms import AccountForm, PlaceForm, SeatForm, SectionForm
from gongkai.agencies.models import Account, Agency, LeadingGroupSeat, Membership, Section
from gongkai.agencies.policies import ActionRefused, may_manage
from gongkai.agencies.signals import announce


def _person(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _agency(request: HttpRequest, slug: str) -> Agency:
    return get_object_or_404(queries.agencies_seen_by(_person(request)), slug=slug)


def _page(request: HttpRequest, agency: Agency, status: int = 200, **forms: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "agency": agency,
        "staff": queries.staff_of(agency),
        "refusal": may_manage(agency, _person(request)),
        "section_form": forms.get("section_form") or SectionForm(prefix="section"),
        "seat_form": forms.get("seat_form") or SeatForm(prefix="seat"),
        "account_form": forms.get("account_form") or AccountForm(prefix="account", agency=agency),
    }
    return render(request, "agencies/agency.html", context, status=status)


def agency(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _agency(request, slug))


def _attempt(
    request: HttpRequest,
    agency: Agency,
    name: str,
    form: Form,
    act: Callable[[dict[str, Any], datetime], Any],
) -> HttpResponse:
    """Run one action on a valid form; otherwise show the page again with what was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data, timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        except ActionRefused as refused:
            messages.error(request, str(refused))
            return redirect("agencies:agency", agency.slug)
        else:
            messages.success(request, "已保存。")
            return redirect("agencies:agency", agency.slug)
    return _page(request, agency, 422, **{name: form})


@require_POST
def add_section(request: HttpRequest, slug: str) -> HttpResponse:
    agency, by = _agency(request, slug), _person(request)
    form = SectionForm(request.POST, prefix="section")
    return _attempt(
        request,
        agency,
        "section_form",
        form,
        lambda data, at: actions.add_section(agency=agency, by=by, at=at, **data),
    )


@require_POST
def seat(request: HttpRequest, slug: str) -> HttpResponse:
    agency, by = _agency(request, slug), _person(request)
    form = SeatForm(request.POST, prefix="seat")
    return _attempt(
        request,
        agency,
        "seat_form",
        form,
        lambda data, at: actions.seat(agency=agency, by=by, at=at, **data),
    )


@require_POST
def open_account(request: HttpRequest, slug: str) -> HttpResponse:
    agency, by = _agency(request, slug), _person(request)
    form = AccountForm(request.POST, prefix="account", agency=agency)

    def act(data: dict[str, Any], at: datetime) -> None:
        roles = [Membership.Role(role) for role in data.pop("roles")]
        actions.open_account(agency=agency, by=by, at=at, roles=roles, **data)

    return _attempt(request, agency, "account_form", form, act)


@require_POST
def place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody into a section."""
    agency, by = _agency(request, slug), _person(request)
    membership = get_object_or_404(Membership, pk=pk, agency=agency)
    form = PlaceForm(request.POST, agency=agency)
    try:
        if form.is_valid():
            actions.place_in_section(membership=membership, by=by, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{membership.account.full_name}的科室已改。")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("agencies:agency", agency.slug)


@require_POST
def remove(request: HttpRequest, slug: str, what: str, pk: int) -> HttpResponse:
    """Take away a section, a seat or a role."""
    agency, by, at = _agency(request, slug), _person(request), timezone.now()
    try:
        if what == "section":
            section = get_object_or_404(Section, pk=pk, agency=agency)
            actions.remove_section(section=section, by=by, at=at)
        elif what == "seat":
            place = get_object_or_404(LeadingGroupSeat, pk=pk, group__agency=agency)
            actions.unseat(place=place, by=by, at=at)
        else:
            membership = get_object_or_404(Membership, pk=pk, agency=agency)
            actions.dismiss(membership=membership, by=by, at=at)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已移除。")
    return redirect("agencies:agency", agency.slug)


class PasswordChange(PasswordChangeView):
    """A new password for oneself."""

    success_url = reverse_lazy("reporting:desk")

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer = super().form_valid(form)
            account = _person(self.request)
            agency = queries.agencies_of(account).first()
            announce(
                by=account,
                at=timezone.now(),
                act="changed_password",
                subject=f"account:{account.pk}",
                agency=agency,
            )
        messages.success(self.request, "密码已修改，下次请用新密码登录。")
        return answer
