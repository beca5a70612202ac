"""Issues of the newsletter, what is in them, and what could go in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.publishing.models import NewsletterEntry, NewsletterIssue, Publication
from gongkai.publishing.policies.newsletters import EntryState, state_of
from gongkai.publishing.policies.people import sees_all

_MOST = 100


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An article of an issue with how it stands. ``now`` is the edition that is public today, if any."""

    entry: NewsletterEntry
    state: EntryState
    now: Publication | None


def issues_of(agency: Agency) -> QuerySet[NewsletterIssue]:
    """The issues, the latest first."""
    return agency.newsletters.select_related("by").prefetch_related("entries")


def open_issue(agency: Agency) -> NewsletterIssue | None:
    """The one that is being edited."""
    return agency.newsletters.filter(state=NewsletterIssue.State.DRAFT).first()


def find_issue(account: Account, pk: int) -> NewsletterIssue | None:
    """An issue of an agency this person works in."""
    mine = NewsletterIssue.objects.filter(agency__in=agencies_of(account))
    return mine.select_related("agency", "by").filter(pk=pk).first()


def entries_of(issue: NewsletterIssue) -> list[NewsletterEntry]:
    """The articles in their order."""
    rows = issue.entries.select_related("publication__item__agency", "publication__item__section")
    return list(rows.order_by("order", "pk"))


def entry_lines(entries: Sequence[NewsletterEntry]) -> list[EntryLine]:
    """The articles with how each stands now."""
    items = [entry.publication.item_id for entry in entries]
    live = {each.item_id: each for each in Publication.objects.live().filter(item__in=items)}
    return [
        EntryLine(entry, state_of(entry.publication), live.get(item))
        for entry, item in zip(entries, items, strict=True)
    ]


def offered_to(issue: NewsletterIssue, account: Account) -> list[Publication]:
    """What is public and was in no issue yet, the newest first; a section offers its own."""
    printed = NewsletterEntry.objects.filter(publication=OuterRef("pk"))
    rows = Publication.objects.live().filter(~Exists(printed), item__agency=issue.agency)
    if not sees_all(issue.agency, account):
        rows = rows.filter(item__section__memberships__account=account)
    rows = rows.select_related("item__section", "item__node").defer("content")
    return list(rows.order_by("-published_on", "-pk").distinct()[:_MOST])


def next_numbers(agency: Agency, name: str, year: int) -> tuple[int, int]:
    """The number in the year and over all that the next issue gets."""
    rows = NewsletterIssue.objects.filter(agency=agency, name=name)
    last = rows.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    total = rows.aggregate(last=Max("total_number"))["last"] or 0
    return last + 1, total + 1


def has_issues(agency: Agency, name: str) -> bool:
    """Whether the numbers have begun here."""
    return NewsletterIssue.objects.filter(agency=agency, name=name).exists()
