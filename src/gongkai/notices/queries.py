"""Reading notices."""

from datetime import datetime

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Account
from gongkai.notices.models import Delivery, Notice, Preference


def inbox(account: Account) -> QuerySet[Notice]:
    """A person's notices: unread ones first, then the newest."""
    notices = account.notices.annotate(is_unread=Q(read_at=None)).select_related("agency")
    return notices.order_by("-is_unread", "-created_at", "-pk")


def unread_count(account: Account) -> int:
    return account.notices.filter(read_at=None).count()


def preference_of(account: Account) -> Preference | None:
    """What a person wishes, where it was ever said."""
    return Preference.objects.filter(account=account).first()


def deliveries_overdue(at: datetime, limit: int = 200) -> list[int]:
    """Open deliveries (their ids) that should have gone out by ``at`` and that nobody is sending."""
    due = Delivery.objects.filter(state__in=Delivery.OPEN, not_before__lte=at)
    return list(due.exclude(leased_until__gt=at).values_list("pk", flat=True)[:limit])
