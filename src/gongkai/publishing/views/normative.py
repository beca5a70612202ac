"""The library of normative documents: the list, a document, what happens to it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.publishing.actions import normative as acts
from gongkai.publishing.forms.registers import (
    DocumentForm,
    EventForm,
    LibraryForm,
    ReasonForm,
    document_initial,
)
from gongkai.publishing.models import NormativeDocument
from gongkai.publishing.policies.registers import may_keep
from gongkai.publishing.queries import normative as shelves
from gongkai.publishing.queries.registers import shelves_of
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import performed, saved


@require_GET
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """The documents that fit the filters, with how many hold."""
    agency, on = agency_of(request, slug), timezone.localdate()
    form = LibraryForm(request.GET, years=shelves.years_of(agency))
    valid = form.is_valid()
    lines = shelves.documents_in(agency, form.cleaned_data if valid else {}, on)
    context = frame(request, agency, "library") | {
        "form": form,
        "lines": lines,
        "query": request.GET.urlencode(),
        "chosen": sum(bool(value) for value in form.cleaned_data.values()) if valid else 0,
        "in_force": len(shelves.documents_in(agency, {"validity": "in_force"}, on)),
    }
    return render(request, "publishing/library.html", context, status=200 if valid else 422)


def frame(request: HttpRequest, agency: Agency, page: str) -> dict[str, Any]:
    """What every page of the library and the registers shows."""
    return {
        "agency": agency,
        "page": page,
        "shelves": shelves_of(agency),
        "refusal": may_keep(agency, person(request)),
        "section": "publishing",
    }


@require_GET
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Exactly the list that the same address shows."""
    agency, on = agency_of(request, slug), timezone.localdate()
    form = LibraryForm(request.GET, years=shelves.years_of(agency))
    if not form.is_valid():
        raise Http404
    lines = shelves.documents_in(agency, form.cleaned_data, on)
    return saved(request, shelves.as_table(lines, agency, on), kind, _home(agency))


def _home(agency: Agency) -> str:
    return reverse("publishing:library", args=[agency.slug])


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an old document into the library."""
    agency, by = agency_of(request, slug), person(request)
    form = DocumentForm(request.POST or None)
    if request.method == "POST":

        def act() -> None:
            acts.enter_document(agency=agency, entered=form.entered(), by=by, at=timezone.now())

        if done := performed(request, form, act, "已登记到规范性文件库。", _home(agency)):
            return done
    context = frame(request, agency, "library") | {"form": form, "title": "登记一件规范性文件"}
    return render(request, "publishing/register_form.html", context, status=422 if form.is_bound else 200)


@require_GET
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A document: what holds, what happened to it, what may be entered."""
    return _document_page(request, _find(request, slug, pk), EventForm(), ReasonForm(prefix="strike"))


def _find(request: HttpRequest, slug: str, pk: int) -> NormativeDocument:
    found = shelves.find_document(agency_of(request, slug), pk)
    if found is None:
        raise Http404
    return found


def _address(document: NormativeDocument) -> str:
    return reverse("publishing:library_document", args=[document.agency.slug, document.pk])


def _document_page(
    request: HttpRequest,
    document: NormativeDocument,
    form: EventForm,
    strike_form: ReasonForm,
    status: int = 200,
) -> HttpResponse:
    context = frame(request, document.agency, "library") | {
        "document": document,
        "line": shelves.shelved(document, timezone.localdate()),
        "history": shelves.history_of(document),
        "form": form,
        "strike_form": strike_form,
    }
    return render(request, "publishing/library_document.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct what the library says of a document."""
    document, by = _find(request, slug, pk), person(request)
    form = DocumentForm(request.POST or None, initial=document_initial(document))
    if request.method == "POST":

        def act() -> None:
            acts.edit_document(document=document, entered=form.entered(), by=by, at=timezone.now())

        if done := performed(request, form, act, "已保存。", _address(document)):
            return done
    context = frame(request, document.agency, "library") | {
        "form": form,
        "title": "修改登记",
        "back": _address(document),
    }
    return render(request, "publishing/register_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def event(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Something happened to it."""
    document, form = _find(request, slug, pk), EventForm(request.POST)

    def act() -> None:
        acts.enter_event(document=document, by=person(request), at=timezone.now(), **form.cleaned_data)

    done = performed(request, form, act, "已登记；公开页面和检索随之更新。", _address(document))
    return done or _document_page(request, document, form, ReasonForm(prefix="strike"), 422)


@require_POST
def strike(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A record that should not be there."""
    document, form = _find(request, slug, pk), ReasonForm(request.POST, prefix="strike")

    def act() -> None:
        acts.strike_document(document=document, by=person(request), at=timezone.now(), **form.cleaned_data)

    done = performed(request, form, act, "已注销这条登记。", _home(document.agency))
    return done or _document_page(request, document, EventForm(), form, 422)


@require_http_methods(["GET", "POST"])
def strike_event(request: HttpRequest, slug: str, pk: int, event_pk: int) -> HttpResponse:
    """Strike out a wrong entry about a document."""
    document = _find(request, slug, pk)
    entry = get_object_or_404(document.events.all(), pk=event_pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":

        def act() -> None:
            acts.strike_event(event=entry, by=person(request), at=timezone.now(), **form.cleaned_data)

        if done := performed(request, form, act, "已划销；原来的记录仍然看得到。", _address(document)):
            return done
    context = frame(request, document.agency, "library") | {
        "form": form,
        "title": f"划销“{entry}”",
        "back": _address(document),
        "verb": "划销这条记录",
    }
    return render(request, "publishing/register_form.html", context, status=422 if form.is_bound else 200)
