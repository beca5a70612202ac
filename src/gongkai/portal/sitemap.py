"""What machines that read sites are told: every page there is, and where they need not go."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.portal import reading
from gongkai.portal.pages import absolute, public_page
from gongkai.publishing.queries.items import public
from gongkai.reporting import queries as reports

A_PART = 10_000
_NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CLOSED = ("/office/", "/accounts/", "/track/", "/apply/", "/search/", "/type-size/", "/contrast/")

Line = tuple[str, str]  # a path, and the day it changed last, or nothing


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts of the map: one of pages, as many of items as are needed."""
    lines = ((reverse("portal:sitemap_part", args=[name]), "") for name in part_names())
    return _xml(request, "sitemapindex", "sitemap", lines)


def part_names() -> list[str]:
    """The parts there are now."""
    return ["pages", *(f"items-{number}" for number in range(1, _parts() + 1))]


@public_page
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of the map."""
    if name == "pages":
        return _xml(request, "urlset", "url", _pages())
    number = name.removeprefix("items-")
    if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= _parts()):
        raise Http404
    return _xml(request, "urlset", "url", _items(int(number)))


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What is for everybody may be read by machines; forms are for people."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED)]
    if absolute(request, ""):
        lines.append(f"Sitemap: {absolute(request, reverse('portal:sitemap'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _parts() -> int:
    return -(-public().count() // A_PART)


def _items(number: int) -> Iterator[Line]:
    rows = public().order_by("item").values_list("item", "published_on")
    for pk, on in rows[(number - 1) * A_PART : number * A_PART]:
        yield reverse("portal:item", args=[pk]), on.isoformat()


def _pages() -> Iterator[Line]:
    for name in ("home", "disclosure_home", "reports", "open_data"):
        yield reverse(f"portal:{name}"), ""
    for agency in reading.open_agencies():
        yield reverse("portal:disclosure", args=[agency.slug]), ""
        yield reverse("portal:services", args=[agency.slug]), ""
        yield reverse("portal:kiosk", args=[agency.slug]), ""
        for branch in reading.all_of(reading.catalog_of(agency)):
            yield reverse("portal:category", args=[agency.slug, branch.node.code]), ""
    for report in reports.published():
        yield reverse("portal:report", args=[report.agency.slug, report.year]), ""


def _xml(request: HttpRequest, root: str, entry: str, lines: Iterable[Line]) -> HttpResponse:
    told = ""
    for path, on in lines:
        day = f"<lastmod>{on}</lastmod>" if on else ""
        told += f"<{entry}><loc>{escape(absolute(request, path))}</loc>{day}</{entry}>"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMES}">{told}</{root}>\n'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
