"""The desk itself: what is to be done today, and the calendar feed of one's due days."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_GET, require_http_methods, require_POST

from gongkai.casework.actions.office import close_feed, open_feed
from gongkai.casework.queries.desk import Today
from gongkai.casework.queries.feed import calendar_file, feed_of, owner_of
from gongkai.casework.views.person import person


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Counts first, then the first cases of each kind."""
    page = Today(person(request), timezone.localdate())
    return render(request, "casework/today.html", {"page": page, "section": "today"})


@login_not_required
@require_GET
@conditional_page
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar program, which cannot sign in: the address itself is the secret."""
    owner = owner_of(token)
    if owner is None:
        raise Http404
    name = {"Content-Disposition": 'inline; filename="gongkai.ics"'}
    return HttpResponse(calendar_file(owner), content_type="text/calendar; charset=utf-8", headers=name)


@require_http_methods(["GET", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make the secret address, shown this once."""
    by, address = person(request), ""
    if request.method == "POST":
        token = open_feed(by=by, at=timezone.now())
        address = request.build_absolute_uri(reverse("casework:feed", args=[token]))
    context = {"address": address, "feed": feed_of(by), "section": "today"}
    return render(request, "casework/feed.html", context)


@require_POST
def unsubscribe(request: HttpRequest) -> HttpResponse:
    close_feed(by=person(request), at=timezone.now())
    return redirect("casework:subscribe")
