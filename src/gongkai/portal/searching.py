"""Searching what is published. Words travel in the body of a request: addresses end up in logs."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.portal import gate
from gongkai.portal.feeds import MEDIA_TYPE, Feed
from gongkai.portal.pages import absolute
from gongkai.publishing.models import CatalogNode, Item
from gongkai.search import queries
from gongkai.search.queries import Hit, Page
from gongkai.search.words import MAX_TYPED, Filters, parse

A_MINUTE, MOST_A_MINUTE, MOST_SUGGESTED = 60, 120, 600
IN_A_FEED = 50
_ORDERS = {"newest": "最新的在前", "relevance": "最相关的在前"}
_KINDS = {**dict(Item.Kind.choices), "annual_report": "年度报告"}
_NARROWING = ("agency", "category", "section", "year", "validity", "kind", "since", "until")
_TOO_OFTEN = "一分钟内检索的次数太多，请稍等一会儿再试。"


class SearchForm(forms.Form):
    """What is looked for and where. Anything but the words may stay empty."""

    q = forms.CharField(label="检索词", required=False, max_length=4 * MAX_TYPED, strip=True)
    agency = forms.ModelChoiceField(
        label="机关", queryset=Agency.objects.none(), required=False, to_field_name="slug"
    )
    category = forms.ChoiceField(label="目录事项", required=False)
    section = forms.ChoiceField(label="科室", required=False)
    kind = forms.ChoiceField(label="体裁", required=False, choices=[("", "全部"), *_KINDS.items()])
    validity = forms.ChoiceField(
        label="有效性", required=False, choices=[("", "全部"), *Item.Validity.choices]
    )
    year = forms.IntegerField(label="年份", required=False, min_value=1949, max_value=2199)
    since = forms.DateField(label="公开日期从", required=False, input_formats=["%Y-%m-%d", "%Y年%m月%d日"])
    until = forms.DateField(label="到", required=False, input_formats=["%Y-%m-%d", "%Y年%m月%d日"])
    order = forms.ChoiceField(label="次序", required=False, choices=list(_ORDERS.items()))
    page = forms.IntegerField(required=False, min_value=1, max_value=500, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | Mapping[str, Any] | None) -> None:
        super().__init__(data, auto_id="search_%s")
        for name in ("since", "until"):
            self.fields[name].error_messages["invalid"] = "日期写成 2026-03-01 这样，请核对。"
        agencies = Agency.objects.filter(items__publications__on_website=True).distinct()
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = agencies, "全部"
        self._offer("category", [(node.path, _indented(node)) for node in _nodes(agencies)])
        names = agencies.exclude(sections__name=None).values_list("sections__name", flat=True)
        self._offer("section", [(name, name) for name in names.order_by("sections__name").distinct()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部"), *choices]

    @property
    def words(self) -> str:
        """What was typed."""
        return str(self.cleaned_data["q"])

    @property
    def filters(self) -> Filters:
        """What the list is narrowed to."""
        given = {name: self.cleaned_data[name] for name in _NARROWING}
        agency, kind = given.pop("agency"), given.pop("kind")
        narrowed = {name: value for name, value in given.items() if value}
        return Filters(agency=agency.pk if agency else None, media=kind, **narrowed)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything beside the words was chosen."""
        return self.filters.narrows

    @property
    def is_narrowed_or_ordered(self) -> bool:
        """Whether anything was chosen that is folded away until it is."""
        return self.is_narrowed or self.cleaned_data["order"] == "relevance"

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = self.cleaned_data
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", "这一天早于开始的日期，什么都找不到，请核对。")
        return given

    @property
    def wish(self) -> list[tuple[str, str]]:
        """What is looked for and where, in words: ``[("检索词", "招生"), ("年份", "2026")]``."""
        shown = [("检索词", self.words)] if self.words else []
        for name in _NARROWING:
            value, field = self.cleaned_data[name], self.fields[name]
            if value and isinstance(field, forms.ChoiceField) and name != "agency":
                value = dict(field.choices).get(value, value)  # type: ignore[arg-type]
            if value:
                shown.append((str(field.label), str(value).strip("\u3000")))
        return shown

    def address(self) -> str:
        """The words and filters as the end of an address, for those who want to keep one."""
        given = {name: self.data.get(name, "") for name in ("q", *_NARROWING, "order")}
        return urlencode({name: value for name, value in given.items() if value})


def _nodes(agencies: Any) -> list[CatalogNode]:
    """The catalogs in order; of several agencies only one another."""
    nodes = CatalogNode.objects.filter(agency__in=agencies, retired_on=None).select_related("parent__parent")
    return list(nodes) if agencies.count() == 1 else []


def _indented(node: CatalogNode) -> str:
    return f"　{node.title}" if node.parent_id else node.title


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what it finds. A posted form changes nothing, so that any kept page may post it."""
    data = request.POST if request.method == "POST" else request.GET
    form, status = SearchForm(data), 200
    context: dict[str, Any] = {"form": form, "section": "search"}
    if not form.is_valid():
        status = 422
    elif data and _too_often(request):
        status, context["refused"] = 429, _TOO_OFTEN
    elif data:
        context |= _found(form)
    response = render(request, "portal/search.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"  # not no-store: "back" shows the finds again
    return response


def _found(form: SearchForm) -> dict[str, Any]:
    """A page of finds, and how to be told of more."""
    found = find(form)
    return {
        "found": found,
        "hits": [_shown(hit) for hit in found.hits],
        "keep": form.address(),
        "can_mail": bool(settings.NOTICES_SITE_URL) and (form.is_narrowed or bool(found.words)),
    }


def find(form: SearchForm) -> Page:
    """The page of finds that a form asks for."""
    data = form.cleaned_data
    return queries.page_of(
        parse(form.words, form.filters),
        order="relevance" if data["order"] == "relevance" else "newest",
        page=data["page"] or 1,
    )


def _shown(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    return {
        "hit": hit,
        "entry": entry,
        "kind": _KINDS.get(entry.media, ""),
        "validity": dict(Item.Validity.choices).get(entry.validity, ""),
        "is_void": entry.validity in {"repealed", "expired"},
    }


def _too_often(request: HttpRequest, what: str = "searched", most: int | None = None) -> bool:
    who = gate.caller(request)
    if not gate.has_room(what, who, MOST_A_MINUTE if most is None else most):
        return True
    gate.count(what, who, A_MINUTE)
    return False


@csrf_exempt
@login_not_required
@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles and document numbers that hold what was typed so far: ``{"names": […]}``."""
    is_busy = _too_often(request, "suggested", MOST_SUGGESTED)
    names = () if is_busy else queries.suggest(request.POST.get("q", ""))
    response = JsonResponse({"names": list(names)}, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """What is found, as a feed; its address holds the words, and whoever subscribes chose that."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return _plain("这个订阅地址不对，请回到检索页重新取得。", 400)
    if _too_often(request):
        return _plain(_TOO_OFTEN, 429)
    made = Feed(
        title=f"检索：{form.words}" if form.words else "政府信息公开",
        link=absolute(request, f"{reverse('portal:search')}?{form.address()}"),
        description="",
        language="zh-CN",
        feed_url=absolute(request, request.get_full_path()),
    )
    query = parse(form.words, form.filters)
    for hit in queries.page_of(query, per_page=IN_A_FEED).hits:
        entry, at = hit.entry, _noon(hit.entry.published_on)
        link = absolute(request, entry.address)
        made.add_item(
            title=entry.title,
            link=link,
            description=entry.summary,
            author_name=entry.agency.name,
            pubdate=at,
            updateddate=at,
            unique_id=link,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=MEDIA_TYPE)


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
