"""The page 政府信息公开 of an agency with its fixed blocks, and what hangs on it.

国办公开办函〔2019〕61号: the same names and the same order at every agency.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.models import Agency
from gongkai.casework.queries.applicant import open_doors
from gongkai.portal import reading
from gongkai.portal.items import parts_of
from gongkai.portal.pages import public_page
from gongkai.publishing.models import Item
from gongkai.reporting import queries as reports

BLOCKS = (
    ("guide", "政府信息公开指南"),
    ("institutions", "政府信息公开制度"),
    ("content", "法定主动公开内容"),
    ("reports", "政府信息公开年报"),
    ("application", "依申请公开"),
)
NEWEST = 10


def agency_or_404(slug: str) -> Agency:
    """An agency that has something for the public."""
    agency = reading.find_agency(slug)
    if agency is None:
        raise Http404
    return agency


@public_page
def choose(request: HttpRequest) -> HttpResponse:
    """The agencies of this site; where there is one, straight there."""
    agencies = reading.open_agencies()
    if len(agencies) == 1:
        return redirect("portal:disclosure", agencies[0].slug)
    return render(request, "portal/disclosure_choose.html", {"agencies": agencies, "section": "disclosure"})


@public_page
def disclosure(request: HttpRequest, slug: str) -> HttpResponse:
    """The five blocks of one agency."""
    agency = agency_or_404(slug)
    items = reading.items_in(agency, None)
    context = {
        "agency": agency,
        "blocks": BLOCKS,
        "guide": reading.of_kind(agency, Item.Kind.DISCLOSURE_GUIDE).first(),
        "office": reading.office_of(agency),
        "institutions": reading.of_kind(agency, Item.Kind.INSTITUTION),
        "branches": reading.catalog_of(agency),
        "newest": items[:NEWEST],
        "choices": reading.choices_in(items),
        "guides": reading.of_kind(agency, Item.Kind.SERVICE_GUIDE).count(),
        "reports": reports.published().filter(agency=agency),
        "takes_applications": any(door.agency_id == agency.pk for door in open_doors()),
        "section": "disclosure",
    }
    return render(request, "portal/disclosure.html", context)


@public_page
def services(request: HttpRequest, slug: str) -> HttpResponse:
    """The service guides of an agency, each with its six disclosures (六公开)."""
    agency = agency_or_404(slug)
    guides = [(each, parts_of(each)) for each in reading.of_kind(agency, Item.Kind.SERVICE_GUIDE)]
    return render(
        request, "portal/services.html", {"agency": agency, "guides": guides, "section": "disclosure"}
    )
