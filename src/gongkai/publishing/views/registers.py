"""The registers beside the library: matters, decisions, amounts; taking back what no longer holds."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.publishing.actions import registers as acts
from gongkai.publishing.forms.registers import (
    DecisionForm,
    LinkForm,
    MatterForm,
    ReasonForm,
    RevokeForm,
    TakeBackForm,
    YearForm,
    matter_initial,
    take_back_initial,
)
from gongkai.publishing.models import Matter, RegisterEntry, RegisterKind
from gongkai.publishing.policies.registers import LISTED, PAID
from gongkai.publishing.policies.release import may_withdraw
from gongkai.publishing.queries import registers as shelf
from gongkai.publishing.views.normative import frame
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import performed, saved

FORM = "publishing/register_form.html"
PER_PAGE = 200


def kind_of(text: str) -> RegisterKind:
    """A register by its code, else 404."""
    if text not in RegisterKind.values:
        raise Http404
    return RegisterKind(text)


@require_GET
def register(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One register: its matters and its records."""
    agency, found, on = agency_of(request, slug), kind_of(kind), timezone.localdate()
    form = YearForm(request.GET, years=shelf.years_of(agency, found))
    valid = form.is_valid()
    entries = shelf.entries_of(agency, found, form.cleaned_data if valid else {})
    context = frame(request, agency, found.value) | {
        "kind": found,
        "form": form,
        "matters": shelf.matters_of(agency, found),
        "is_listed": found.value in LISTED,
        "is_paid": found.value in PAID,
        "entries": entries[:PER_PAGE],
        "count": entries.count(),
        "most": PER_PAGE,
        "amount": shelf.amount_of(entries),
        "to_take_back": [one for one in shelf.to_take_back(agency, on) if one.entry.kind == found],
        "query": request.GET.urlencode(),
        "today": on,
    }
    return render(request, "publishing/register.html", context, status=200 if valid else 422)


@require_GET
def export(request: HttpRequest, slug: str, kind: str, form: str) -> HttpResponse:
    """The records of a register, or of one year of it, as a file."""
    agency, found = agency_of(request, slug), kind_of(kind)
    filters = YearForm(request.GET, years=shelf.years_of(agency, found))
    if not filters.is_valid():
        raise Http404
    entries = shelf.entries_of(agency, found, filters.cleaned_data)
    return saved(request, shelf.as_table(entries, found, agency), form, _home(agency, found))


def _home(agency: Agency, kind: str) -> str:
    return reverse("publishing:register", args=[agency.slug, str(kind)])


@require_http_methods(["GET", "POST"])
def enter_matter(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Put a matter on the list."""
    agency, found, by = agency_of(request, slug), kind_of(kind), person(request)
    form = MatterForm(request.POST or None, agency=agency)
    if request.method == "POST":

        def act() -> None:
            acts.enter_matter(agency=agency, entered=form.entered(found.value), by=by, at=timezone.now())

        if done := performed(request, form, act, "已登记这个事项。", _home(agency, found)):
            return done
    return _form_page(request, agency, found, form, f"登记{found.label}事项")


@require_http_methods(["GET", "POST"])
def enter_decision(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Put a record into the register."""
    agency, found, by = agency_of(request, slug), kind_of(kind), person(request)
    matters = shelf.matters_of(agency, found)
    form = DecisionForm(request.POST or None, agency=agency, kind=found.value, matters=matters)
    if request.method == "POST":

        def act() -> None:
            acts.enter_decision(agency=agency, entered=form.entered(), by=by, at=timezone.now())

        if done := performed(request, form, act, "已登记到台账。", _home(agency, found)):
            return done
    return _form_page(request, agency, found, form, f"登记一条{found.label}记录")


def _form_page(
    request: HttpRequest, agency: Agency, kind: str, form: Form, title: str, **more: Any
) -> HttpResponse:
    context = frame(request, agency, kind) | {"form": form, "title": title, "back": _home(agency, kind)}
    return render(request, FORM, context | more, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """A matter: correct it, say when it ended."""
    found = _find_matter(request, pk)
    form = MatterForm(request.POST or None, agency=found.agency, initial=matter_initial(found))
    if request.method == "POST":

        def act() -> None:
            by, entered = person(request), form.entered(found.kind)
            acts.edit_matter(matter=found, entered=entered, by=by, at=timezone.now())

        if done := performed(request, form, act, "已保存这个事项。", _home(found.agency, found.kind)):
            return done
    strike = reverse("publishing:strike_matter", args=[found.pk])
    title = f"{found.get_kind_display()}事项"
    return _form_page(
        request, found.agency, found.kind, form, title, strike=strike, struck=found.struck_reason
    )


def _find_matter(request: HttpRequest, pk: int) -> Matter:
    found = shelf.find_matter(person(request), pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def strike_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """A matter that was never on the list."""
    found, form = _find_matter(request, pk), ReasonForm(request.POST or None)
    if request.method == "POST":

        def act() -> None:
            acts.strike_matter(matter=found, by=person(request), at=timezone.now(), **form.cleaned_data)

        if done := performed(request, form, act, "已注销这个事项。", _home(found.agency, found.kind)):
            return done
    title = f"注销“{found.title}”"
    return _form_page(request, found.agency, found.kind, form, title, verb="注销这个事项")


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """A record: what it says, what is public of it, what may be done."""
    return _entry_page(request, _find_entry(request, pk), {})


def _find_entry(request: HttpRequest, pk: int) -> RegisterEntry:
    found = shelf.find_entry(person(request), pk)
    if found is None:
        raise Http404
    return found


def _entry_page(
    request: HttpRequest, found: RegisterEntry, bound: dict[str, Form], status: int = 200
) -> HttpResponse:
    by, on = person(request), timezone.localdate()
    linked = {"index_number": found.item.index_number if found.item else ""}
    forms: dict[str, Form] = {
        "revoke_form": RevokeForm(prefix="revoke"),
        "link_form": LinkForm(prefix="link", agency=found.agency, initial=linked),
        "strike_form": ReasonForm(prefix="strike"),
        "take_back_form": TakeBackForm(prefix="take_back", initial=take_back_initial(found)),
    }
    context = frame(request, found.agency, found.kind) | {
        "entry": found,
        "kind": RegisterKind(found.kind),
        "taken_back": shelf.taken_back(found, on),
        "withdraw_refusal": may_withdraw(found.item, by) if found.item else None,
        "form": next(iter(bound.values()), None),
        "article": shelf.WITHDRAW_ARTICLE,
        **forms,
        **bound,
    }
    return render(request, "publishing/register_entry.html", context, status=status)


_SAID = {
    "revoke_form": "已登记变更、撤销。已经公开的，请在期限内撤回。",
    "take_back_form": "已撤回，公众看到的是您写的说明。",
    "link_form": "已保存关联。",
    "strike_form": "已注销这条记录，不再计入表二。",
}


def _do(
    request: HttpRequest, found: RegisterEntry, name: str, form: Form, act: Callable[[], object]
) -> HttpResponse:
    """One of the small forms of the page of a record."""
    address = reverse("publishing:register_entry", args=[found.pk])
    done = performed(request, form, act, _SAID[name], address)
    return done or _entry_page(request, found, {name: form}, 422)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision was changed or revoked."""
    found, form = _find_entry(request, pk), RevokeForm(request.POST, prefix="revoke")

    def act() -> None:
        acts.revoke_decision(entry=found, by=person(request), at=timezone.now(), **form.cleaned_data)

    return _do(request, found, "revoke_form", form, act)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw what is public of it and say why."""
    found, form = _find_entry(request, pk), TakeBackForm(request.POST, prefix="take_back")

    def act() -> None:
        acts.take_back_decision(entry=found, by=person(request), at=timezone.now(), **form.cleaned_data)

    return _do(request, found, "take_back_form", form, act)


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which published information shows it."""
    found = _find_entry(request, pk)
    form = LinkForm(request.POST, prefix="link", agency=found.agency)

    def act() -> None:
        item = form.cleaned_data["index_number"]
        acts.link_decision(entry=found, item=item, by=person(request), at=timezone.now())

    return _do(request, found, "link_form", form, act)


@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """A record that was entered wrongly."""
    found, form = _find_entry(request, pk), ReasonForm(request.POST, prefix="strike")

    def act() -> None:
        acts.strike_decision(entry=found, by=person(request), at=timezone.now(), **form.cleaned_data)

    return _do(request, found, "strike_form", form, act)
