"""What every page knows."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest

ELDER_COOKIE = "elder"
CONTRAST_COOKIE = "contrast"


def page(request: HttpRequest) -> dict[str, Any]:
    """``elder``: large type was chosen, ``contrast``: light on black; ``here``: where to come back to."""
    return {
        "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
        "contrast": request.COOKIES.get(CONTRAST_COOKIE) == "1",
        "here": _here(request),
    }


def _here(request: HttpRequest) -> str:
    """This page, or the one whose form was posted: not every address answers a plain link."""
    if request.method == "GET":
        return request.get_full_path()
    return urlsplit(request.headers.get("Referer", "")).path or "/"
