"""The calendar feed of a person: due days of their cases, without a word about anybody."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from django.db.models import Q
from icalendar import Calendar, Event

from gongkai.agencies.models import Account
from gongkai.casework.models import Application, CalendarFeed
from gongkai.casework.queries.cases import cases_seen_by


def digest_of(token: str) -> str:
    """What is kept of a secret address: the secret is long and random, a plain digest will do."""
    return sha256(token.encode()).hexdigest()


def owner_of(token: str) -> Account | None:
    """Whose feed this is, if the secret still opens one."""
    feed = CalendarFeed.objects.filter(token_digest=digest_of(token), account__is_active=True)
    found = feed.select_related("account").first()
    return found.account if found else None


def feed_of(account: Account) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(account=account).first()


def calendar_file(account: Account) -> bytes:
    """The open cases a person works on, each due day an event of a whole day."""
    calendar = Calendar()
    calendar.add("prodid", "-//Gongkai//Casework//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "政府信息公开申请期限")
    for event in _events(account):
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _events(account: Account) -> Iterator[Event]:
    mine = cases_seen_by(account).select_related(None).filter(Q(officer=account) | Q(co_workers=account))
    columns = ("pk", "number", "matter", "due_on", "internal_due_on", "estimated", "created_at")
    for case in mine.exclude(state="closed").distinct().order_by("pk").only(*columns):
        if case.due_on:
            word = "答复期限（推算）" if case.estimated else "答复期限"
            yield _event(case, "due", case.due_on, word)
        if case.internal_due_on:
            yield _event(case, "internal", case.internal_due_on, "内部期限")


def _event(case: Application, what: str, day: date, word: str) -> Event:
    event = Event()
    event.add("uid", f"{what}-{case.pk}@gongkai")
    event.add("summary", f"{case.number} {case.get_matter_display()} {word}")
    event.add("dtstart", day)
    # The moment is fixed, so that an unchanged calendar stays the same file.
    event.add("dtstamp", case.created_at)
    event.add("transp", "TRANSPARENT")
    return event
