"""What the head of every desk page may show."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from gongkai.agencies.models import Account
from gongkai.notices.queries import unread_count


def unread(request: HttpRequest) -> dict[str, Any]:
    """``unread_notices``: counted once, and only on a page that shows it to somebody signed in."""

    @cache
    def count() -> int:
        user = getattr(request, "user", None)
        return unread_count(user) if isinstance(user, Account) else 0

    return {"unread_notices": count}
