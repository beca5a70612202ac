"""What an office keeps about itself, and what a person keeps: lists and the calendar feed."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.agencies.queries import agencies_of
from gongkai.audit.actions import record
from gongkai.casework.models import CalendarFeed, FunctionLine, OfficeProfile, SavedList
from gongkai.casework.policies.office import may_keep_profile
from gongkai.casework.queries.feed import digest_of

LISTS_KEPT = 30


class UnableToKeepProfile(ActionRefused):
    """The office's own words stay as they are."""


class UnableToKeepList(ActionRefused):
    """The list is not kept under this name."""


def _check(refusal: Refusal | None, refused: type[ActionRefused]) -> None:
    if refusal:
        raise refused(refusal)


def _own(by: Account, at: datetime, act: str, **details: object) -> None:
    agency = agencies_of(by).first()
    record(by=by, at=at, act=act, subject=f"account:{by.pk}", agency=agency, details=details)


@transaction.atomic
def save_profile(*, agency: Agency, values: Mapping[str, object], by: Account, at: datetime) -> OfficeProfile:
    """The names that letters print. The trail keeps which of them changed, not their words."""
    _check(may_keep_profile(agency, by), UnableToKeepProfile)
    profile = OfficeProfile.objects.filter(agency=agency).first() or OfficeProfile(agency=agency)
    changed = [name for name, value in values.items() if getattr(profile, name) != value]
    for name in changed:
        setattr(profile, name, values[name])
    profile.full_clean()
    profile.save()
    labels = [str(field.verbose_name) for field in OfficeProfile._meta.fields if field.name in changed]
    record(
        by=by,
        at=at,
        act="saved_profile",
        subject=f"agency:{agency.pk}",
        agency=agency,
        details={"name": "、".join(labels)},
    )
    return profile


@transaction.atomic
def save_functions(*, agency: Agency, matters: Mapping[int, str], by: Account, at: datetime) -> int:
    """The department-function table: for each section (by its key) the matters it answers for.

    Returns how many sections changed.
    """
    _check(may_keep_profile(agency, by), UnableToKeepProfile)
    changed = []
    for section in agency.sections.all():
        text = matters.get(section.pk, "").strip()
        line = FunctionLine.objects.filter(section=section).first()
        if (line.matters if line else "") == text:
            continue
        changed.append(section.name)
        FunctionLine.objects.filter(section=section).delete()
        if text:
            FunctionLine.objects.create(section=section, matters=text)
    if changed:
        record(
            by=by,
            at=at,
            act="saved_functions",
            subject=f"agency:{agency.pk}",
            agency=agency,
            details={"name": "、".join(changed)},
        )
    return len(changed)


@transaction.atomic
def keep_list(*, name: str, query: str, by: Account, at: datetime) -> SavedList:
    """Keep the filters of a list under a name; one of the same name is replaced."""
    name = " ".join(name.split())
    refusal = None
    if not name:
        refusal = Refusal("请给这组筛选起个名字。")
    elif len(query) > 500:
        refusal = Refusal("这组筛选太长，存不下；请少选几个条件。")
    elif SavedList.objects.filter(account=by).exclude(name=name).count() >= LISTS_KEPT:
        refusal = Refusal(f"最多存{LISTS_KEPT}组筛选，请先删掉不用的。")
    _check(refusal, UnableToKeepList)
    kept, _ = SavedList.objects.update_or_create(account=by, name=name[:40], defaults={"query": query})
    _own(by, at, "kept_list", name=kept.name)
    return kept


@transaction.atomic
def drop_list(*, kept: SavedList, by: Account, at: datetime) -> None:
    """Forget kept filters, one's own."""
    if kept.account_id != by.pk:
        raise UnableToKeepList(Refusal("这是别人存的筛选，只有本人能删。"))
    _own(by, at, "dropped_list", name=kept.name)
    kept.delete()


@transaction.atomic
def open_feed(*, by: Account, at: datetime) -> str:
    """A new secret for a person's calendar feed; the old one stops at once. Returned only here."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        account=by, defaults={"token_digest": digest_of(token), "created_at": at}
    )
    _own(by, at, "opened_feed")
    return token


@transaction.atomic
def close_feed(*, by: Account, at: datetime) -> bool:
    """No calendar reads the feed any more. ``False`` where there was none."""
    count, _ = CalendarFeed.objects.filter(account=by).delete()
    if count:
        _own(by, at, "closed_feed")
    return bool(count)


@transaction.atomic
def note_export(*, what: str, kind: str, rows: int, by: Account, at: datetime) -> None:
    """A list of cases left the desk as a file."""
    _own(by, at, "exported_list", name=f"{what}，{rows}行，{kind}")
