"""Lists of what an agency has published: by catalog, section, year, kind and validity, 50 a page."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.portal import reading
from gongkai.portal.disclosure import agency_or_404
from gongkai.portal.pages import public_page

A_PAGE = 50
_LABELS = {"year": "公开年份", "kind": "体裁", "section": "科室", "validity": "有效性"}


@public_page
def listing(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """One list. Without a code it is everything of the agency."""
    agency = agency_or_404(slug)
    branch = reading.find_branch(agency, code) if code else None
    if code and branch is None:
        raise Http404
    items = reading.items_in(agency, branch)
    wanted = reading.Wanted.from_query(request.GET)
    page = Paginator(wanted.narrow(items), A_PAGE).get_page(request.GET.get("page", "1"))
    choices = reading.choices_in(items)
    chosen = {name: getattr(wanted, name) for name in _LABELS}
    context = {
        "agency": agency,
        "branch": branch,
        "crumbs": reading.above(branch.node) if branch else [],
        "below": [each for each in branch.below if each.count] if branch else [],
        "page": page,
        "filters": [
            (name, label, choices[name], chosen[name])
            for name, label in _LABELS.items()
            if len(choices[name]) > 1
        ],
        "narrowed": any(chosen.values()),
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "section": "disclosure",
    }
    return render(request, "portal/listing.html", context)
