"""An issue of the newsletter: begun, put together, released. Its numbers have no gap.

One issue at a time is edited, and only that one may be dropped: so the next number is always free.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.actions.drafting import locked
from gongkai.publishing.actions.postings import open_to_post
from gongkai.publishing.models import Channel, NewsletterEntry, NewsletterIssue, Posting, Publication
from gongkai.publishing.policies.newsletters import EntryState, may_edit_issue, state_of
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.queries.newsletters import has_issues, next_numbers, open_issue

State = NewsletterIssue.State
FIELDS = ("issued_on", "reported_to", "sent_to", "distributed_to", "copies")


class UnableToEditIssue(ActionRefused):
    """The issue is out, another one is open, or an article may not go in."""


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToEditIssue(refusal)


def _say(issue: NewsletterIssue, by: Account, at: datetime, act: str, **details: object) -> None:
    record(
        by=by,
        at=at,
        act=act,
        subject=f"newsletter:{issue.pk}",
        agency=issue.agency,
        details={"name": str(issue), **details},
    )


def _held(issue: NewsletterIssue, by: Account) -> NewsletterIssue:
    """The issue as it stands, open and in hands that may change it."""
    rows = NewsletterIssue.objects.select_for_update(of=("self",)).select_related("agency")
    found = rows.filter(pk=issue.pk).first()
    if found is None:
        raise UnableToEditIssue(Refusal("这一期已经作废，请回到简报页。"))
    _check(may_run_desk(found.agency, by) or may_edit_issue(found))
    return found


def _day_refusal(agency: Agency, name: str, issued_on: date) -> Refusal | None:
    """Numbers and days go up together."""
    released = agency.newsletters.filter(name=name, state=State.RELEASED)
    last = released.aggregate(last=Max("issued_on"))["last"]
    if last is not None and issued_on < last:
        return Refusal(f"上一期{last.year}年{last.month}月{last.day}日印发，这一期不能更早；请核对印发日期。")
    return None


@transaction.atomic
def start_issue(
    *,
    agency: Agency,
    name: str,
    values: Mapping[str, Any],
    by: Account,
    at: datetime,
    number: int | None = None,
    total_number: int | None = None,
) -> NewsletterIssue:
    """The next issue; ``values`` are :data:`FIELDS`. Where the numbers begin is said with the first one."""
    _check(may_run_desk(agency, by))
    Agency.objects.select_for_update().get(pk=agency.pk)
    if not name.strip():
        raise UnableToEditIssue(Refusal("请填写简报名称。"))
    standing = open_issue(agency)
    if standing is not None:
        raise UnableToEditIssue(Refusal(f"{standing}还在编辑中；先印发它，或者作废它，再编下一期。"))
    _check(_day_refusal(agency, name, values["issued_on"]))
    year = values["issued_on"].year
    following = next_numbers(agency, name, year)
    if not has_issues(agency, name):
        following = (number or 1, max(total_number or 1, number or 1))
    issue = NewsletterIssue.objects.create(
        agency=agency,
        name=name.strip(),
        year=year,
        number=following[0],
        total_number=following[1],
        by=by,
        at=at,
        **{field: values[field] for field in FIELDS},
    )
    _say(issue, by, at, "started_newsletter")
    return issue


@transaction.atomic
def edit_issue(
    *, issue: NewsletterIssue, values: Mapping[str, Any], by: Account, at: datetime
) -> NewsletterIssue:
    """The day and who receives it. An issue that moves into another year gets a number of that year."""
    issue = _held(issue, by)
    _check(_day_refusal(issue.agency, issue.name, values["issued_on"]))
    for field in FIELDS:
        setattr(issue, field, values[field])
    year = values["issued_on"].year
    if year != issue.year:
        issue.number, _ = next_numbers(issue.agency, issue.name, year)
        issue.year = year
    issue.save(update_fields=[*FIELDS, "year", "number"])
    _say(issue, by, at, "edited_newsletter")
    return issue


@transaction.atomic
def drop_issue(*, issue: NewsletterIssue, by: Account, at: datetime) -> None:
    """An issue that will not be. Its number goes to the next one."""
    issue = _held(issue, by)
    _say(issue, by, at, "dropped_newsletter")
    issue.delete()


@transaction.atomic
def add_entries(
    *, issue: NewsletterIssue, publications: Sequence[Publication], by: Account, at: datetime
) -> int:
    """Articles at the end of an issue, all of them public now; how many were new to it."""
    issue = _held(issue, by)
    if not publications:
        raise UnableToEditIssue(Refusal("请至少选一条信息。"))
    wanted = [each.pk for each in publications]
    live = Publication.objects.live().filter(pk__in=wanted, item__agency=issue.agency)
    found = {each.pk: each for each in live}
    if len(found) != len(set(wanted)):
        raise UnableToEditIssue(Refusal("所选的信息里有的已经撤下或者换了新版本，请重新选择。"))
    there = set(issue.entries.values_list("publication", flat=True))
    last = issue.entries.aggregate(last=Max("order"))["last"] or 0
    new = [pk for pk in dict.fromkeys(wanted) if pk not in there]
    for number, pk in enumerate(new, last + 1):
        NewsletterEntry.objects.create(issue=issue, publication=found[pk], order=number)
    _say(issue, by, at, "filled_newsletter", entries=len(new))
    return len(new)


@transaction.atomic
def remove_entry(*, entry: NewsletterEntry, by: Account, at: datetime) -> None:
    """Not in this issue."""
    issue = _held(entry.issue, by)
    _say(issue, by, at, "removed_newsletter_entry", entry=entry.publication_id)
    entry.delete()


@transaction.atomic
def move_entry(*, entry: NewsletterEntry, up: bool, by: Account, at: datetime) -> None:
    """One place up or down."""
    issue = _held(entry.issue, by)
    entries = list(issue.entries.order_by("order", "pk"))
    place = next(number for number, each in enumerate(entries) if each.pk == entry.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(entries):
        raise UnableToEditIssue(Refusal("这一篇已经在最" + ("前面。" if up else "后面。")))
    entries[place], entries[other] = entries[other], entries[place]
    for number, each in enumerate(entries, 1):
        each.order = number
        each.save(update_fields=["order"])
    _say(issue, by, at, "moved_newsletter_entry", entry=entry.publication_id)


@transaction.atomic
def renew_entry(*, entry: NewsletterEntry, by: Account, at: datetime) -> NewsletterEntry:
    """The edition that is public now in place of an older one."""
    issue = _held(entry.issue, by)
    live = Publication.objects.live().filter(item=entry.publication.item_id).first()
    if live is None:
        raise UnableToEditIssue(Refusal("这条信息已经撤下，不能再刊登；请从这一期里去掉。"))
    if issue.entries.filter(publication=live).exists():
        entry.delete()
    else:
        entry.publication = live
        entry.save(update_fields=["publication"])
    _say(issue, by, at, "renewed_newsletter_entry", entry=live.pk)
    return entry


@transaction.atomic
def release_issue(*, issue: NewsletterIssue, by: Account, at: datetime) -> NewsletterIssue:
    """It goes out: every article is public and as it is public now, and gets a posting of its own."""
    issue = _held(issue, by)
    entries = list(issue.entries.select_related("publication__item__agency", "publication__edition"))
    if not entries:
        raise UnableToEditIssue(Refusal("这一期还没有文章；先从公开的信息里选。"))
    if issue.issued_on > timezone.localdate(at):
        raise UnableToEditIssue(Refusal("印发日期还没有到；请到那一天再登记印发，或者改印发日期。"))
    for number, entry in enumerate(entries, 1):
        _check(_entry_refusal(issue, entry.publication, number))
    for entry in entries:
        _post(issue, entry.publication, by, at)
    issue.state = State.RELEASED
    issue.save(update_fields=["state"])
    _say(issue, by, at, "released_newsletter", entries=len(entries))
    return issue


def _entry_refusal(issue: NewsletterIssue, publication: Publication, number: int) -> Refusal | None:
    state = state_of(publication)
    if state != EntryState.CURRENT:
        act = "换成新版本" if state == EntryState.SUPERSEDED else "去掉它"
        return Refusal(f"第{number}篇{state.label}，不能印发；请{act}。", "《条例》第十七条")
    if issue.issued_on < publication.published_on:
        day = publication.published_on
        return Refusal(
            f"第{number}篇{day.year}年{day.month}月{day.day}日才发布，晚于印发日期；请改印发日期，或者去掉它。",
            "《条例》第十七条",
        )
    return None


def _post(issue: NewsletterIssue, publication: Publication, by: Account, at: datetime) -> None:
    item = locked(publication.item)
    now = open_to_post(item, by, at)
    if now.pk != publication.pk:
        raise UnableToEditIssue(Refusal("有一篇刚刚换了新版本，请刷新页面再印发。"))
    Posting.objects.create(
        item=item,
        edition=publication.edition,
        channel=Channel.NEWSLETTER,
        posted_on=issue.issued_on,
        place=str(issue),
        by=by,
        at=at,
    )
