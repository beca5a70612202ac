"""What every page knows."""

from typing import Any

from django.http import HttpRequest

ELDER_COOKIE = "elder"


def page(request: HttpRequest) -> dict[str, Any]:
    """``elder``: large type was chosen; ``here``: where to come back to."""
    return {
        "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }
