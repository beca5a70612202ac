"""Open data: what the pages show, for programs. Read only; the same rule of visibility as everywhere.

A list of items is paged; each page names the next. ``/open/openapi.json`` describes every answer.
"""

from collections.abc import Callable
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from ninja import Field, NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from gongkai.pieces.downloads import attachment
from gongkai.portal import reading, records, spreadsheets
from gongkai.portal.pages import absolute, public_page
from gongkai.portal.records import Code, Failure
from gongkai.publishing.models import Publication
from gongkai.publishing.queries.items import find_public, public
from gongkai.reporting import queries as reports

A_PAGE = 100
CSV = "text/csv; charset=utf-8"
_FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_TABLE = {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}
_NOT_HERE = "没有找到，或者已经不再公开。"
_WRONG = "参数不对：{}。请照 /open/ 页面上的说明改。"


class Readable(JSONRenderer):
    """Chinese as it is written."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="政府信息公开开放数据",
    version="1",
    description="公开网站上能看到的内容，供程序读取。只读，不需要登录，不含个人信息。",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="portal:open",
    renderer=Readable(),
)


Slug = Annotated[str, Path(max_length=60, description="机关的网址代号")]
Id = Annotated[int, Path(ge=0, le=2**63 - 1, description="信息的编号")]
Year = Annotated[int, Path(ge=2019, le=2099, description="报告年度")]


class ItemFilter(Schema):
    """Which items are wanted. Empty means all."""

    agency: Code = Field("", description="机关的网址代号")
    category: Code = Field("", description="目录代码，要与机关一起用；包括下级事项")
    section: Code = Field("", description="责任科室的编号")
    year: Code = Field("", description="公开年份")
    kind: Code = Field("", description="体裁代码")
    validity: Code = Field("", description="有效性代码")

    def found(self) -> QuerySet[Publication]:
        """The public items that are wanted, the newest first."""
        wanted = reading.Wanted(self.section, self.year, self.kind, self.validity)
        return wanted.narrow(self._placed())

    def _placed(self) -> QuerySet[Publication]:
        if not self.agency:
            return (
                public().order_by("-published_on", "-pk") if not self.category else Publication.objects.none()
            )
        agency = reading.find_agency(self.agency)
        branch = reading.find_branch(agency, self.category) if agency and self.category else None
        if agency is None or (self.category and branch is None):
            return Publication.objects.none()
        return reading.items_in(agency, branch)


class PageOfItems(ItemFilter):
    """Which of them, and which page."""

    page: int = Field(1, ge=1, le=1_000_000, description="第几页")


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which parameters cannot be; their values are not repeated."""
    named = "、".join(str(each["loc"][-1]) for each in error.errors)
    return api.create_response(request, {"detail": _WRONG.format(named)}, status=422)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": _NOT_HERE}, status=404)


@api.get(
    "/agencies.json",
    response=list[records.AgencyRecord],
    url_name="agencies",
    summary="机关",
    description="网站上的机关。",
)
def agencies(request: HttpRequest) -> list[dict[str, Any]]:
    """Who discloses here."""
    counts = dict(public().order_by().values_list("item__agency").annotate(Count("pk")))
    return [records.agency_record(request, each, counts.get(each.pk, 0)) for each in reading.open_agencies()]


@api.get(
    "/catalog/{slug}.json",
    response={200: list[records.CatalogRecord], 404: Failure, 422: Failure},
    url_name="catalog",
    summary="公开目录",
    description="一个机关的主动公开目录，每个事项有多少条公开的信息。",
)
def catalog(request: HttpRequest, slug: Slug) -> list[dict[str, Any]]:
    """The catalog of an agency, with how many public items each node holds."""
    agency = reading.find_agency(slug)
    if agency is None:
        raise Http404
    return list(records.catalog_records(request, agency))


@api.get(
    "/items.json",
    response={200: records.ItemPage, 422: Failure},
    url_name="items",
    summary="公开的信息",
    description="公开的信息，最新的在前，每页100条。",
)
def items(request: HttpRequest, wanted: Query[PageOfItems]) -> dict[str, Any]:
    """Public items, the newest first, a hundred a page."""
    shown = Paginator(wanted.found(), A_PAGE).get_page(wanted.page)
    query = request.GET.copy()
    if shown.has_next():
        query["page"] = str(shown.next_page_number())
    address = f"{absolute(request, request.path)}?{query.urlencode()}"
    return {
        "count": shown.paginator.count,
        "page": shown.number,
        "pages": shown.paginator.num_pages,
        "next": address if shown.has_next() else None,
        "items": [records.item_record(request, each) for each in shown],
    }


@api.get(
    "/items.csv",
    response={422: Failure},
    url_name="items_csv",
    openapi_extra={"responses": _TABLE},
    summary="公开的信息（CSV）",
    description="与 items.json 相同的条件，一次给出全部，每条一行。",
)
def items_csv(request: HttpRequest, wanted: Query[ItemFilter]) -> HttpResponse:
    """All of them at once, one a line."""
    data = spreadsheets.items_csv(records.item_record(request, each) for each in wanted.found().iterator())
    return attachment(data, "items.csv", CSV)


@api.get(
    "/items/{pk}.json",
    response={200: records.ItemDetail, 404: Failure, 422: Failure},
    url_name="item",
    summary="一条信息的全部内容",
    description="元数据、正文、附件和相关信息。",
)
def item(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Everything of one item."""
    publication = find_public(pk)
    if publication is None:
        raise Http404
    return records.item_detail(request, publication)


@api.get(
    "/reports.json",
    response=list[records.ReportRecord],
    url_name="reports",
    summary="年度报告",
    description="已经公布的年度报告。",
)
def report_list(request: HttpRequest) -> list[dict[str, Any]]:
    """The published reports."""
    return [records.report_record(request, each) for each in reports.published()]


@api.get(
    "/reports/{slug}/{year}.json",
    response={200: records.ReportDetail, 404: Failure, 422: Failure},
    url_name="report",
    summary="一份年度报告",
    description="报告全文和三张表的每一格。",
)
def report(request: HttpRequest, slug: Slug, year: Year) -> dict[str, Any]:
    """One report."""
    found = reports.published().filter(agency__slug=slug, year=year).first()
    if found is None:
        raise Http404
    return records.report_detail(request, found)


@api.get(
    "/reports.csv",
    url_name="reports_csv",
    openapi_extra={"responses": _TABLE},
    summary="年度报告的数字（CSV）",
    description="已经公布的年度报告，每格一行。",
)
def reports_csv(request: HttpRequest) -> HttpResponse:
    """Every cell of every published report."""
    return attachment(spreadsheets.reports_csv(reports.published()), "reports.csv", CSV)


@api.get(
    "/registers.json",
    response=records.Registers,
    url_name="registers",
    summary="台账的件数",
    description="许可、处罚、收费、采购和规范性文件的件数和金额，以公布的为准；不含当事人。",
)
def registers(request: HttpRequest) -> dict[str, Any]:
    """Counts of the registers as they were published, never the records behind them."""
    table2 = [records.register_record(each) for each in reports.published()]
    return {"table2": table2, "normative_documents": records.document_counts()}


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What there is, in words for people."""
    schema = api.get_openapi_schema()
    calls = [(path, call["get"]) for path, call in schema["paths"].items()]
    return render(request, "portal/open.html", {"calls": calls, "section": "open"})


def addresses() -> list[URLPattern]:
    """The addresses of the interface, each kept and marked like every public page."""
    found: list[URLPattern] = []
    for each in api.urls[0]:
        assert isinstance(each, URLPattern)
        each.callback = _for_programs(each.callback)
        found.append(each)
    return found


def _for_programs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Read from whatever page; asked for its head it is asked like a page."""

    def answer(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        request.method = "GET"
        response = view(request, *arguments, **named)
        for name, value in _FOR_ALL.items():
            response.headers[name] = value
        return response

    return public_page(answer)
