"""Screening the parts of an item, and the word of those who let a finding stand."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.content import file_part, words_hash
from gongkai.publishing.models import Attestation, Edition, Item, ItemFile, Scan, Waiver
from gongkai.publishing.policies.findings import Found, may_waive, parts_of
from gongkai.publishing.policies.people import sees
from gongkai.publishing.screened import as_json, rules_for, rules_version, screen_file, screen_words


class UnableToWaive(ActionRefused):
    """Not this person's to say, or no reason was given."""


class UnableToAttest(ActionRefused):
    """The person does not see the item, or has vouched already."""


def scan(item: Item, at: datetime) -> None:
    """Screen whatever of the working copy has not been screened under the rules in force.

    Findings are the machine's word; the trail keeps what people make of them.
    """
    rules, version = rules_for(item, timezone.localdate(at)), rules_version()
    done = set(Scan.objects.filter(item=item, rules=version).values_list("part", flat=True))
    content = item.draft
    if (words := words_hash(content)) not in done:
        found = screen_words(content, rules)
        Scan.objects.create(item=item, part=words, rules=version, findings=as_json(found), at=at)
    for file in _unscanned(item.files.filter(removed_at__isnull=True), done):
        found = screen_file(file.name, bytes(file.data), rules)
        Scan.objects.create(
            item=item,
            part=file_part(file.name, file.sha256),
            rules=version,
            scannable=found.scannable,
            findings=as_json(found),
            at=at,
        )


def scan_edition(edition: Edition, at: datetime) -> None:
    """Screen whatever of an edition has not been screened under the rules in force."""
    item, version = edition.item, rules_version()
    rules, parts = rules_for(item, timezone.localdate(at)), parts_of(edition)
    done = set(Scan.objects.filter(item=item, rules=version).values_list("part", flat=True))
    bytes_of = {line.sha256: line.file for line in edition.files.select_related("file")}
    for part in parts:
        if part.scanned_as in done:
            continue
        done.add(part.scanned_as)
        data = None if part.is_words else bytes(bytes_of[part.part].data)
        found = screen_words(edition.said, rules) if data is None else screen_file(part.name, data, rules)
        Scan.objects.create(
            item=item,
            part=part.scanned_as,
            rules=version,
            scannable=found.scannable,
            findings=as_json(found),
            at=at,
        )


def _unscanned(files: Iterable[ItemFile], done: set[str]) -> Iterable[ItemFile]:
    for file in files:
        part = file_part(file.name, file.sha256)
        if part not in done:
            done.add(part)
            yield file


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
