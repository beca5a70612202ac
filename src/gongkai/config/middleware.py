"""What every answer carries."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _no_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """An address that only buttons lead to, opened by hand or after signing in anew."""
    page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
    page.headers["Allow"] = response.headers["Allow"]
    return page


def page_security(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """No inline script or style, nothing from elsewhere; pages of the desk are not kept in caches."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            response = _no_page(request, response)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        # The session is opened later in the chain; static files never open it.
        if isinstance(response, HttpResponse) and getattr(request, "session", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
