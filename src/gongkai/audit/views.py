"""The trail of one's agencies, newest first, and whether it is whole."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.models import Account
from gongkai.agencies.queries import agencies_of
from gongkai.audit.queries import trail_of, verify_chain

PAGE = 50


@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Account)
    entries = trail_of(list(agencies_of(request.user))).select_related("agency")
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "verdict": verify_chain() if "verify" in request.GET else None}
    return render(request, "audit/trail.html", context)
