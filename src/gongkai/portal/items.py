"""What an agency has published, one page each."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.publishing.queries.items import find_public


@login_not_required
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One publication."""
    publication = find_public(pk)
    if publication is None:
        raise Http404
    return render(request, "portal/item.html", {"publication": publication, "said": publication.said})
