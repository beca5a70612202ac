"""What is public, as screening sees it today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.publishing.policies.findings import may_waive
from gongkai.publishing.queries.rescans import last_look, rescanned, waiting
from gongkai.publishing.screened import rules_version
from gongkai.publishing.views.person import agency_of, person


@require_GET
def rescans(request: HttpRequest, slug: str) -> HttpResponse:
    """Every public item with something that must not be: to be let stand with a reason, or taken off."""
    agency, by = agency_of(request, slug), person(request)
    found = rescanned(agency, by)
    context = {
        "agency": agency,
        "lines": [(each, may_waive(each.publication.item, by)) for each in found],
        "waiting": waiting(agency),
        "looked_at": last_look(agency),
        "rules": rules_version(),
        "page": "rescans",
        "section": "publishing",
    }
    return render(request, "publishing/rescans.html", context)
