"""Taking over a list: handed in, looked at, then imported in one transaction or dropped."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.actions.normative import enter_document, enter_event
from gongkai.publishing.actions.registers import enter_decision, enter_matter
from gongkai.publishing.entered import EnteredDocument, EnteredMatter
from gongkai.publishing.models import RegisterFile, RegisterKind
from gongkai.publishing.policies.registers import may_keep
from gongkai.publishing.queries.imports import name_of, plan_of
from gongkai.publishing.register_rows import ReadRow
from gongkai.publishing.register_words import REGISTERS


class UnableToImport(ActionRefused):
    """Not this person's register, or nothing in the file can be imported."""


@transaction.atomic
def keep_register_file(
    *, agency: Agency, register: str, kind: str, name: str, data: bytes, by: Account, at: datetime
) -> RegisterFile:
    """Keep the file, sealed, until it is imported or dropped."""
    _check(may_keep(agency, by))
    if register not in REGISTERS or (register != "documents" and kind not in RegisterKind.values):
        raise UnableToImport(Refusal("没有这本台账。"))
    sha256 = hashlib.sha256(data).hexdigest()
    kept = RegisterFile.objects.create(
        agency=agency,
        register=register,
        kind=kind,
        name=name[:100],
        sha256=sha256,
        content=data,
        by=by,
        at=at,
    )
    _say(kept, "kept_register_file", by, at)
    return kept


@transaction.atomic
def drop_register_file(*, file: RegisterFile, by: Account, at: datetime) -> RegisterFile:
    """Forget the file without importing anything."""
    _check(may_keep(file.agency, by))
    file.content = None
    file.save(update_fields=["content"])
    _say(file, "dropped_register_file", by, at)
    return file


@transaction.atomic
def import_register_file(*, file: RegisterFile, by: Account, at: datetime) -> RegisterFile:
    """Enter every row that can be; what stands against the others was shown before. All or nothing."""
    file = RegisterFile.objects.select_for_update(of=("self",)).select_related("agency").get(pk=file.pk)
    _check(may_keep(file.agency, by))
    if file.content is None:
        raise UnableToImport(Refusal("这份文件已经导入或者放弃了；要再导入，请重新选择文件。"))
    plan = plan_of(file.agency, bytes(file.content), file.register, file.kind, timezone.localdate(at))
    if not plan.ready:
        raise UnableToImport(Refusal("没有可以导入的行；请按每行写明的原因改好表格，再选一次。"))
    prefetch_related_objects([by], "memberships__section")  # every row asks who may keep the register
    for row in plan.ready:
        _enter(file.agency, row, by, at)
    file.content, file.imported_at, file.imported = None, at, len(plan.ready)
    file.save(update_fields=["content", "imported_at", "imported"])
    _say(file, "imported_register_file", by, at, {"imported": file.imported})
    return file


def _enter(agency: Agency, row: ReadRow, by: Account, at: datetime) -> None:
    assert row.entered is not None
    if isinstance(row.entered, EnteredMatter):
        enter_matter(agency=agency, entered=row.entered, by=by, at=at)
    elif isinstance(row.entered, EnteredDocument):
        document = enter_document(agency=agency, entered=row.entered, by=by, at=at)
        if row.ended is not None:
            ended = row.ended
            enter_event(
                document=document, kind=ended.kind, on=ended.on, by_document=ended.by_document, by=by, at=at
            )
    else:
        enter_decision(agency=agency, entered=row.entered, by=by, at=at)


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToImport(refusal)


def _say(
    file: RegisterFile, act: str, by: Account, at: datetime, details: dict[str, Any] | None = None
) -> None:
    known = {"content": file.sha256, "name": name_of(file.register, file.kind)} | (details or {})
    record(by=by, at=at, act=act, subject=f"agency:{file.agency_id}", agency=file.agency, details=known)
