"""What a page sends along, and the answer to a press of a button."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from gongkai.agencies.policies import ActionRefused


def revision_of(request: HttpRequest) -> int | None:
    """The state of the item that the page showed."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def told(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do it, and say on the next page what came of it or why not; whether it was done."""
    try:
        sentence = act()
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, sentence)
    return True
