"""Where the website stands, for what is printed or sent elsewhere."""

from django.conf import settings
from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """The address of the website without a stroke at its end."""
    return settings.NOTICES_SITE_URL or f"{request.scheme}://{request.get_host()}"
