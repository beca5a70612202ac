"""Screening an item, and the word of those who let a finding stand.

Reading files takes seconds and keeping what was found does not: nothing is held while files are read, and
what goes out is refused, not read, where it was not screened.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.content import Content, file_part, words_hash
from gongkai.publishing.models import Attestation, Item, ItemFile, Publication, PublishedFile, Scan, Waiver
from gongkai.publishing.policies.findings import Found, may_waive
from gongkai.publishing.policies.people import sees
from gongkai.publishing.queries.rescans import to_rescan
from gongkai.publishing.screened import (
    as_json,
    people_as_json,
    rules_for,
    rules_version,
    screen_file,
    screen_words,
)
from gongkai.screening.findings import Screening
from gongkai.screening.rules import Rules


class UnableToWaive(ActionRefused):
    """Not this person's to say, or no reason was given."""


class UnableToAttest(ActionRefused):
    """The person does not see the item, or has vouched already."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Something to be read, under the name its scan is kept by."""

    key: str
    read: Callable[[Rules], Screening]


@dataclass(frozen=True, slots=True)
class _Seen:
    part: str
    found: Screening = field(repr=False)


def screen_item(*, item: Item, by: Account | None, at: datetime) -> int:
    """Screen what of the working copy, and of what is public of it, was not screened under the rules in
    force: how many parts it was.

    No transaction is open while files are read.
    """
    version = rules_version()
    seen = list(_looked_through(item, at, version))
    return _keep(item=item, seen=seen, version=version, by=by, at=at) if seen else 0


def rescan_public(*, by: Account | None, at: datetime, most: int = 100) -> int:
    """Screen what is public and was not screened under the rules in force, so many items at once, each in a
    transaction of its own: how many it were. What is public stays so: people decide about what is found."""
    failed, waiting = list[Exception](), list(to_rescan(rules_version())[:most])
    for publication in waiting:
        try:
            screen_item(item=publication.item, by=by, at=at)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("有已公开的信息没有复查成", failed)
    return len(waiting)


def _looked_through(item: Item, at: datetime, version: str) -> Iterator[_Seen]:
    done = set(Scan.objects.filter(item=item, rules=version).values_list("part", flat=True))
    rules = None
    for part in _parts(item):
        if part.key not in done:
            done.add(part.key)
            rules = rules or rules_for(item, timezone.localdate(at))
            yield _Seen(part.key, part.read(rules))


def _parts(item: Item) -> Iterator[_Part]:
    yield _words(Item.objects.get(pk=item.pk).draft)  # as it stands now, not as it was shown
    yield from _files(item.files.filter(removed_at__isnull=True))
    for live in Publication.objects.live().filter(item=item):
        yield _words(live.said)
        yield from _files(live.files.all())


def _words(said: Content) -> _Part:
    return _Part(words_hash(said), lambda rules: screen_words(said, rules))


def _files(files: Iterable[ItemFile | PublishedFile]) -> Iterator[_Part]:
    for file in files:
        yield _Part(file_part(file.name, file.sha256), partial(_read, file))


def _read(file: ItemFile | PublishedFile, rules: Rules) -> Screening:
    return screen_file(file.name, bytes(file.data), rules)


@transaction.atomic
def _keep(*, item: Item, seen: list[_Seen], version: str, by: Account | None, at: datetime) -> int:
    """Two who screen at once keep one result."""
    made = 0
    for each in seen:
        _, created = Scan.objects.get_or_create(
            item=item,
            part=each.part,
            rules=version,
            defaults={
                "scannable": each.found.scannable,
                "findings": as_json(each.found),
                "blocks": each.found.blocks,
                "people": people_as_json(each.found),
                "at": at,
            },
        )
        made += created
    if made:
        record(
            by=by,
            at=at,
            act="screened_item",
            subject=item.subject,
            agency=item.agency,
            details={"index_number": item.index_number, "parts": made, "rules": version},
        )
    return made


@transaction.atomic
def waive(*, item: Item, found: Found, reason: str, by: Account, at: datetime) -> Waiver:
    """Let a finding stand, with the reason."""
    refusal = may_waive(item, by)
    if not reason.strip():
        refusal = Refusal("请写明为什么这一处可以公开，审查的人才看得懂。")
    if refusal:
        raise UnableToWaive(refusal)
    waiver, created = Waiver.objects.get_or_create(
        item=item,
        part=found.part.part,
        finding=found.key,
        defaults={"kind": found.finding["kind"], "reason": reason.strip(), "by": by, "at": at},
    )
    if created:
        record(
            by=by,
            at=at,
            act="waived_finding",
            subject=item.subject,
            agency=item.agency,
            details={"index_number": item.index_number, "kind": waiver.kind, "finding": waiver.finding},
        )
    return waiver


@transaction.atomic
def attest(*, item: Item, part: str, by: Account, at: datetime) -> Attestation:
    """Vouch for a file that no machine can read, after having looked at every page of it."""
    if not sees(item, by):
        raise UnableToAttest(Refusal("这条信息不是您所在科室的，您不能核对。"))
    attestation, created = Attestation.objects.get_or_create(item=item, part=part, by=by, defaults={"at": at})
    if not created:
        raise UnableToAttest(
            Refusal("您已经核对过这份文件；另一份签名要由另一个人来签。", "《条例》第十七条")
        )
    record(
        by=by,
        at=at,
        act="attested_file",
        subject=item.subject,
        agency=item.agency,
        details={"index_number": item.index_number, "content": part},
    )
    return attestation
