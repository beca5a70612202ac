"""The list of items: filters in the address, searched text in the session, and the list as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.queries import agencies_of
from gongkai.publishing.forms.lists import ListForm, SearchForm
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.queries.lists import in_order, in_this_order, lines_of, listed, page_of, table_of
from gongkai.publishing.queries.places import drafting_agencies
from gongkai.publishing.queries.sheets import waiting_sheets
from gongkai.publishing.views.person import person
from gongkai.publishing.views.saving import saved

TEXT = "item_list_text"


@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """One page of the list."""
    by, on = person(request), timezone.localdate()
    agencies = list(agencies_of(by))
    form = ListForm(request.GET, agencies=agencies)
    valid, text = form.is_valid(), request.session.get(TEXT, "")
    filters: dict[str, Any] = form.cleaned_data if valid else {}
    found = page_of(listed(by, filters, on), filters.get("sort", ""), text, _page(request))
    context = {
        "form": form,
        "search": SearchForm(initial={"text": text}),
        "text": text,
        "found": found,
        "lines": lines_of(found.items, on),
        "query": _query(request),
        "chosen": _chosen(form),
        "drafting": drafting_agencies(agencies, by),
        "running": [agency for agency in agencies if may_run_desk(agency, by) is None],
        "agencies": agencies,
        "waiting": len(waiting_sheets(by, on)),
        "section": "publishing",
    }
    return render(request, "publishing/list.html", context, status=200 if valid else 422)


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def _query(request: HttpRequest) -> str:
    """The filters of this page as an address, without the page and without those that are empty."""
    return urlencode([(name, value) for name, value in request.GET.items() if value and name != "page"])


def _chosen(form: ListForm) -> list[str]:
    """The filters that are on, in words."""
    words = []
    for bound in form:
        value = getattr(form, "cleaned_data", {}).get(bound.name)
        if not value or bound.name == "sort":
            continue
        choices = dict(getattr(bound.field, "choices", ()))
        shown = choices.get(value) if isinstance(value, str) else None
        words.append(str(bound.label) if value is True else f"{bound.label}：{shown or value}")
    return words


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep the searched text in the session: titles of drafts are no matter for logs."""
    form = SearchForm(request.POST)
    text = form.cleaned_data["text"].strip() if form.is_valid() else ""
    if text:
        request.session[TEXT] = text
    else:
        request.session.pop(TEXT, None)
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return redirect(f"{reverse('publishing:list')}?{query}" if query else reverse("publishing:list"))


@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list that the same address shows, in the same order."""
    by, on = person(request), timezone.localdate()
    form = ListForm(request.GET, agencies=agencies_of(by))
    if not form.is_valid():
        raise Http404
    found = listed(by, form.cleaned_data, on)
    keys = in_order(found, form.cleaned_data["sort"], request.session.get(TEXT, ""))
    table = table_of(lines_of(in_this_order(found, keys), on))
    return saved(request, table, kind, reverse("publishing:list"))
