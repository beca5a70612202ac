"""The list of cases: filters in the address, searched text in the session, and the list as a file."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.agencies.queries import agencies_of
from gongkai.casework.actions.office import drop_list, keep_list, note_export
from gongkai.casework.exporting import as_csv, as_xlsx
from gongkai.casework.forms.desk import FilterForm, KeepListForm, SearchForm
from gongkai.casework.models import SavedList
from gongkai.casework.policies.people import may_receive
from gongkai.casework.queries.desk import line_of
from gongkai.casework.queries.lists import every, kept_lists, listed, page_of
from gongkai.casework.queries.sheets import register_sheet
from gongkai.casework.reckoning import calendar_of
from gongkai.casework.views.person import person
from gongkai.pieces.downloads import MEDIA_TYPES, attachment

TEXT = "case_list_text"
_MEDIA = {"xlsx": MEDIA_TYPES["xlsx"], "csv": "text/csv; charset=utf-8"}


def _filters(request: HttpRequest) -> FilterForm:
    return FilterForm(request.GET, agencies=agencies_of(person(request)))


def _query(request: HttpRequest) -> str:
    """The filters of this page as an address, without the page and without those that are empty."""
    return urlencode([(name, value) for name, value in request.GET.items() if value and name != "page"])


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """One page of the list."""
    by, on, form = person(request), timezone.localdate(), _filters(request)
    text = request.session.get(TEXT, "")
    valid = form.is_valid()
    filters: dict[str, Any] = form.cleaned_data if valid else {}
    sort = filters.get("sort", "")
    found = page_of(listed(by, filters, text, on), sort, _page(request))
    calendars = {agency.pk: calendar_of(agency) for agency in agencies_of(by)}
    context = {
        "form": form,
        "search": SearchForm(initial={"text": text}),
        "text": text,
        "found": found,
        "lines": [line_of(case, on, calendars[case.agency_id]) for case in found.cases],
        "kept": kept_lists(by),
        "keep_form": KeepListForm(),
        "query": _query(request),
        "chosen": _chosen(form),
        "receiving": [agency for agency in agencies_of(by) if may_receive(agency, by) is None],
        "section": "cases",
    }
    return render(request, "casework/list.html", context, status=200 if valid else 422)


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def _chosen(form: FilterForm) -> list[str]:
    """The filters that are on, in words."""
    words = []
    for bound in form:
        value = form.cleaned_data.get(bound.name) if hasattr(form, "cleaned_data") else None
        if not value or bound.name == "sort":
            continue
        choices = dict(getattr(bound.field, "choices", ()))
        shown = choices.get(value) if isinstance(value, str) else None
        words.append(str(bound.label) if value is True else f"{bound.label}：{shown or value}")
    return words


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep the searched text in the session: it may hold names, and addresses are written down
    everywhere."""
    form = SearchForm(request.POST)
    text = form.cleaned_data["text"].strip() if form.is_valid() else ""
    if text:
        request.session[TEXT] = text
    else:
        request.session.pop(TEXT, None)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The list with the filters that the form carried along."""
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return f"{reverse('casework:list')}?{query}" if query else reverse("casework:list")


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    form = KeepListForm(request.POST)
    try:
        name = form.cleaned_data["name"] if form.is_valid() else ""
        kept = keep_list(
            name=name, query=request.POST.get("query", ""), by=person(request), at=timezone.now()
        )
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已存为“{kept.name}”，以后一点就能打开。")
    return redirect(_back(request))


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    kept = get_object_or_404(SavedList, pk=pk, account=by)
    drop_list(kept=kept, by=by, at=timezone.now())
    messages.success(request, f"已删掉“{kept.name}”。")
    return redirect(_back(request))


@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list that the same address shows, in the same order; applicants only masked."""
    by, form = person(request), _filters(request)
    if kind not in _MEDIA or not form.is_valid():
        raise Http404
    on = timezone.localdate()
    found = listed(by, form.cleaned_data, request.session.get(TEXT, ""), on)
    sheet = register_sheet(every(found, form.cleaned_data["sort"]), on)
    note_export(what="申请清单", kind=kind, rows=len(sheet.rows), by=by, at=timezone.now())
    data = as_xlsx([sheet]) if kind == "xlsx" else as_csv([sheet])
    return attachment(data, f"申请清单{on}.{kind}", _MEDIA[kind])
