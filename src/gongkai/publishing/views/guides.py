"""The disclosure guide, service guides, institutions, and what each of them lacks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.law.publishing.completeness import required_parts
from gongkai.publishing.actions.guides import mark_institution
from gongkai.publishing.policies.people import may_draft
from gongkai.publishing.queries.guides import guides_of
from gongkai.publishing.queries.places import sections_for
from gongkai.publishing.views.person import agency_of, find, person
from gongkai.publishing.views.saving import performed


@require_GET
def guides(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything 第十二条 and the six disclosures ask for."""
    agency, by = agency_of(request, slug), person(request)
    context = {
        "agency": agency,
        "guides": guides_of(agency, by),
        "institutions": required_parts("institutions"),
        "draft_refusal": None if sections_for(agency, by) else may_draft(agency, by),
        "page": "guides",
        "section": "publishing",
    }
    return render(request, "publishing/guides.html", context)


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of the usual institutions an item is."""
    item, by = find(request, pk), person(request)
    back = reverse("publishing:guides", args=[item.agency.slug])
    code = request.POST.get("code", "")
    done = performed(
        request,
        None,
        lambda: mark_institution(item=item, code=code, by=by, at=timezone.now()),
        "已记下。",
        back,
    )
    return done or redirect(back)
