"""The records of the open data: what each field is, and how it is made of what is public."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Schema

from gongkai.agencies.models import Agency
from gongkai.documents.articles import to_plain
from gongkai.documents.writing import write
from gongkai.portal import reading
from gongkai.portal.pages import absolute
from gongkai.publishing.models import Item, Publication
from gongkai.publishing.queries.items import public
from gongkai.reporting.models import AnnualReport

Code = Annotated[str, Field(max_length=60, pattern=r"^[\w.-]*$")]


class Failure(Schema):
    """Why there is no answer, in one sentence."""

    detail: str


class AgencyRecord(Schema):
    slug: str = Field(description="机关的网址代号")
    name: str = Field(description="机关全称")
    items: int = Field(description="网站上公开的信息条数")
    address: str = Field(description="政府信息公开页面的地址")
    catalog: str = Field(description="公开目录的地址（JSON）")


class CatalogRecord(Schema):
    code: str = Field(description="目录代码")
    parent: str = Field(description="上级目录的代码，最上一级为空")
    title: str = Field(description="公开事项")
    elements: str = Field(description="公开内容（要素）")
    basis: str = Field(description="公开依据")
    cadence: str = Field(description="公开节奏")
    section: str = Field(description="责任科室")
    items: int = Field(description="这一事项和下级事项里公开的信息条数")
    address: str


class ItemRecord(Schema):
    id: int
    index_number: str = Field(description="索引号")
    title: str = Field(description="名称")
    document_number: str = Field(description="文号")
    agency: str = Field(description="机关的网址代号")
    issuer: str = Field(description="发布机构")
    category: str = Field(description="目录代码")
    category_title: str = Field(description="目录事项")
    section: str = Field(description="责任科室")
    kind: str = Field(description="体裁代码")
    kind_label: str = Field(description="体裁")
    formed_on: date = Field(description="生成日期")
    published_on: date = Field(description="这一版的发布日期")
    first_published_on: date = Field(description="首次发布日期")
    effective_on: date | None = Field(description="实施日期")
    ends_on: date | None = Field(description="公示截止日期")
    validity: str = Field(description="有效性代码：in_force、amended、repealed、expired 或者空")
    summary: str = Field(description="内容概述")
    keywords: list[str] = Field(description="关键词")
    address: str = Field(description="网页地址")
    data: str = Field(description="全部内容的地址（JSON）")


class FileRecord(Schema):
    name: str
    media_type: str
    size: int = Field(description="字节数")
    sha256: str
    address: str


class RelatedRecord(Schema):
    relation: str = Field(description="两条信息的关系")
    id: int
    title: str
    address: str


class ItemDetail(ItemRecord):
    text: str = Field(description="正文的文字")
    details: dict[str, str] = Field(description="办事指南的六公开、公开指南的各部分")
    files: list[FileRecord]
    related: list[RelatedRecord]


class ItemPage(Schema):
    count: int = Field(description="符合条件的条数")
    page: int
    pages: int
    next: str | None = Field(description="下一页的地址，最后一页为空")
    items: list[ItemRecord]


class ReportRecord(Schema):
    agency: str
    agency_name: str
    year: int = Field(description="报告年度")
    format: str = Field(description="格式：fy2019 或者 fy2021")
    published_on: date
    address: str
    data: str


class ReportDetail(ReportRecord):
    report: dict[str, Any] = Field(description="报告全文和三张表；空白的格子为 null")


class RegisterRecord(Schema):
    agency: str
    year: int
    format: str
    figures: dict[str, dict[str, int | str | None]] = Field(description="年报表二的各行各列，只有件数和金额")


class DocumentCount(Schema):
    agency: str
    validity: str
    count: int


class Registers(Schema):
    table2: list[RegisterRecord] = Field(description="已公布年报的表二")
    normative_documents: list[DocumentCount] = Field(description="网站上公开的行政规范性文件，按有效性计数")


def agency_record(request: HttpRequest, agency: Agency, items: int) -> dict[str, Any]:
    return {
        "slug": agency.slug,
        "name": agency.name,
        "items": items,
        "address": absolute(request, reverse("portal:disclosure", args=[agency.slug])),
        "catalog": absolute(request, reverse("portal:open:catalog", args=[agency.slug])),
    }


def catalog_records(request: HttpRequest, agency: Agency) -> Iterator[dict[str, Any]]:
    """Every node of the public catalog, from the top."""
    for branch in reading.all_of(reading.catalog_of(agency)):
        node = branch.node
        yield {
            "code": node.code,
            "parent": node.parent.code if node.parent else "",
            "title": node.title,
            "elements": node.elements,
            "basis": node.basis,
            "cadence": node.get_cadence_display(),
            "section": node.section.name if node.section else "",
            "items": branch.count,
            "address": absolute(request, reverse("portal:category", args=[agency.slug, node.code])),
        }


def item_record(request: HttpRequest, publication: Publication) -> dict[str, Any]:
    """What describes a publication."""
    shown, said = publication.item, publication.said
    return {
        "id": shown.pk,
        "index_number": shown.index_number,
        "title": publication.title,
        "document_number": said.document_number,
        "agency": shown.agency.slug,
        "issuer": said.issuer or shown.agency.name,
        "category": publication.node.code,
        "category_title": publication.node.title,
        "section": publication.section.name if publication.section else "",
        "kind": publication.kind,
        "kind_label": publication.get_kind_display(),
        "formed_on": said.formed_on,
        "published_on": publication.published_on,
        "first_published_on": publication.first_published_on,
        "effective_on": said.effective_on,
        "ends_on": said.ends_on,
        "validity": shown.validity,
        "summary": said.summary,
        "keywords": list(said.keywords),
        "address": absolute(request, reverse("portal:item", args=[shown.pk])),
        "data": absolute(request, reverse("portal:open:item", args=[shown.pk])),
    }


def item_detail(request: HttpRequest, publication: Publication) -> dict[str, Any]:
    """Everything of a publication: its words, its files, what it is about."""
    shown, said = publication.item, publication.said
    files = [
        {
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
            "address": absolute(request, reverse("portal:item_file", args=[shown.pk, file.order])),
        }
        for file in publication.files.all()
    ]
    related = [
        {
            "relation": group.label,
            "id": each.item_id,
            "title": each.title,
            "address": absolute(request, reverse("portal:item", args=[each.item_id])),
        }
        for group in reading.related_to(shown)
        for each in group.publications
    ]
    more = {"text": to_plain(said.article), "details": dict(said.details), "files": files, "related": related}
    return item_record(request, publication) | more


def report_record(request: HttpRequest, report: AnnualReport) -> dict[str, Any]:
    """What describes a published report."""
    place = [report.agency.slug, report.year]
    assert report.published_at is not None
    return {
        "agency": report.agency.slug,
        "agency_name": report.agency.name,
        "year": report.year,
        "format": report.content["format"],
        "published_on": timezone.localdate(report.published_at),
        "address": absolute(request, reverse("portal:report", args=place)),
        "data": absolute(request, reverse("portal:open:report", args=place)),
    }


def report_detail(request: HttpRequest, report: AnnualReport) -> dict[str, Any]:
    """The whole report in the exchange form."""
    return report_record(request, report) | {"report": json.loads(write(report.filled, "json"))}


def register_record(report: AnnualReport) -> dict[str, Any]:
    """Table 2 of a published report: counts and amounts, never the records behind them."""
    table = dict(report.content.get("table2") or {})
    form = table.pop("format", report.content["format"])
    return {"agency": report.agency.slug, "year": report.year, "format": form, "figures": table}


def document_counts() -> list[dict[str, Any]]:
    """How many public normative documents there are, by validity."""
    documents = public().filter(kind=Item.Kind.NORMATIVE_DOCUMENT)
    rows = documents.order_by().values_list("item__agency__slug", "item__validity").annotate(Count("pk"))
    return [{"agency": slug, "validity": validity, "count": n} for slug, validity, n in sorted(rows)]
