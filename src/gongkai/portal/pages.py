"""What every public page is: the same for everybody, so that it may be kept and shown again."""

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from gongkai.pieces.context import CONTRAST_COOKIE, ELDER_COOKIE

IS_PUBLIC = "gongkai.public"
"""In the environment of a request whose answer may be kept for everybody."""
SITE = "gongkai.site"
"""In the environment: where the pages will stand, when they are written to files."""
FRESH_FOR = 30  # seconds at a proxy or in a browser; a withdrawal is out everywhere within a minute
MODE_COOKIES = (ELDER_COOKIE, CONTRAST_COOKIE)
"""How a page may look; nothing else of a visitor's cookies makes a difference to it."""

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """A page for everybody: no account, no session, no messages; with its ETag and how long it is fresh."""

    @wraps(view)
    def page(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        _forget_who_asks(request)
        return _marked(request, view(request, *arguments, **named))

    page.is_public_page = True  # type: ignore[attr-defined]
    return login_not_required(page)


def is_public(view: object) -> bool:
    """Whether a view is one of them."""
    return getattr(view, "is_public_page", False)


def _forget_who_asks(request: HttpRequest) -> None:
    """What is waiting to be told to somebody stays for a page of their own."""
    request.user = AnonymousUser()
    if hasattr(request, "_messages"):
        del request._messages


def _marked(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code not in {200, 304}:
        return response
    response.headers.setdefault("Cache-Control", f"public, max-age={FRESH_FOR}")
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    if response.status_code == 304 or not isinstance(response, HttpResponse):
        return response
    response.headers.setdefault("ETag", f'"{hashlib.sha256(response.content).hexdigest()[:32]}"')
    request.environ[IS_PUBLIC] = True  # type: ignore[attr-defined]
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """The answer to a browser that has this version already, before anything is read for it."""
    if not request.headers.get("If-None-Match"):
        return None
    return get_conditional_response(request, etag=etag)


def modes(cookies: Iterable[tuple[str, str]]) -> tuple[bool, ...]:
    """Which ways of showing a page are on."""
    on = {name for name, value in cookies if value == "1"}
    return tuple(name in on for name in MODE_COOKIES)


def absolute(request: HttpRequest, path: str) -> str:
    """A path of the site as an address that can be told elsewhere."""
    site = request.META.get(SITE)
    if site is None:
        site = settings.NOTICES_SITE_URL or f"{request.scheme}://{request.get_host()}"
    return f"{site}{path}"
