"""How the pages look to somebody: large type, high contrast. Remembered in cookies that say nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from gongkai.pieces.context import CONTRAST_COOKIE, ELDER_COOKIE
from gongkai.portal.pages import public_page

_A_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_GET
def type_size(request: HttpRequest) -> HttpResponse:
    """Large type on or off; back to where one was."""
    return _remember(request, ELDER_COOKIE, request.GET.get("size") == "large")


@login_not_required
@require_GET
def contrast(request: HttpRequest) -> HttpResponse:
    """Light letters on black, or the usual colors; back to where one was."""
    return _remember(request, CONTRAST_COOKIE, request.GET.get("contrast") == "high")


def _remember(request: HttpRequest, cookie: str, on: bool) -> HttpResponse:
    back = request.GET.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = redirect(back)
    value = "1" if on else "0"
    answer.set_cookie(cookie, value, max_age=_A_YEAR, samesite="Lax", secure=request.is_secure())
    return answer


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the pages do for those who see, hear or move with difficulty, and where help is."""
    return render(request, "portal/accessibility.html", {"section": ""})
