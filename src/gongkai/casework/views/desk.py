"""The desk itself: what is to be done today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.casework.queries import cases_seen_by
from gongkai.casework.views.person import person


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Open cases by their due day."""
    cases = cases_seen_by(person(request)).exclude(state="closed").order_by("due_on", "pk")
    return render(request, "casework/today.html", {"cases": cases[:50], "section": "today"})
