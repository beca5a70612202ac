"""Screening an item before anything is held: reading files takes seconds, keeping what was found does not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.audit.actions import record
from gongkai.publishing.content import file_part, words_hash
from gongkai.publishing.models import Item, Scan
from gongkai.publishing.screened import as_json, rules_for, rules_version, screen_file, screen_words


@dataclass(frozen=True, slots=True)
class _Seen:
    part: str
    scannable: bool
    findings: list[Mapping[str, Any]]


def screen_item(*, item: Item, by: Account, at: datetime) -> int:
    """Screen what of the working copy was not screened under the rules in force: how many parts it was.

    No transaction is open while files are read.
    """
    version = rules_version()
    seen = list(_looked_through(item, at, version))
    return _keep(item=item, seen=seen, version=version, by=by, at=at) if seen else 0


def _looked_through(item: Item, at: datetime, version: str) -> Iterator[_Seen]:
    rules = rules_for(item, timezone.localdate(at))
    done = set(Scan.objects.filter(item=item, rules=version).values_list("part", flat=True))
    content = item.draft
    if (part := words_hash(content)) not in done:
        yield _Seen(part, True, list(as_json(screen_words(content, rules))))
    for file in item.files.filter(removed_at__isnull=True):
        part = file_part(file.name, file.sha256)
        if part not in done:
            done.add(part)
            found = screen_file(file.name, bytes(file.data), rules)
            yield _Seen(part, found.scannable, list(as_json(found)))


@transaction.atomic
def _keep(*, item: Item, seen: list[_Seen], version: str, by: Account, at: datetime) -> int:
    """Two who screen at once keep one result."""
    made = 0
    for each in seen:
        _, created = Scan.objects.get_or_create(
            item=item,
            part=each.part,
            rules=version,
            defaults={"scannable": each.scannable, "findings": each.findings, "at": at},
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
