"""Taking over an existing register: handed in, looked at, then imported in one transaction or dropped."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.casework.actions.intake import Filing, receive_application
from gongkai.casework.actions.log import append
from gongkai.casework.actions.numbering import REGISTRATION
from gongkai.casework.models import Application, CaseEvent, NumberSequence, RegisterUpload
from gongkai.casework.policies.people import may_receive
from gongkai.casework.queries.importing import Plan, plan_of
from gongkai.casework.register import Defaults, RegisterRow
from gongkai.casework.register.rows import WITHDRAWN_AS
from gongkai.law.clock.events import Answered, Event, Extended, Supplemented, SupplementRequested, Withdrawn
from gongkai.law.receipt import Channel

Kind = CaseEvent.Kind
_OWN_NUMBER = re.compile(r"(\d{4})-(\d{1,6})")
_IMPORTED = "导入原登记簿"


class UnableToImport(ActionRefused):
    """Not this person's register, or nothing in it can be imported any more."""


def _check(agency: Agency, by: Account) -> None:
    refusal = may_receive(agency, by)
    if refusal:
        raise UnableToImport(refusal)


def _note(agency: Agency, act: str, by: Account, at: datetime, details: dict[str, Any]) -> None:
    record(by=by, at=at, act=act, subject=f"agency:{agency.pk}", agency=agency, details=details)


@transaction.atomic
def keep_register(*, agency: Agency, name: str, data: bytes, by: Account, at: datetime) -> RegisterUpload:
    """Keep the file, sealed, until it is imported or dropped."""
    _check(agency, by)
    sha256 = hashlib.sha256(data).hexdigest()
    kept = RegisterUpload.objects.create(
        agency=agency, name=name[:100], sha256=sha256, content=data, by=by, at=at
    )
    _note(agency, "kept_register", by, at, {"content": sha256})
    return kept


@transaction.atomic
def drop_register(*, upload: RegisterUpload, by: Account, at: datetime) -> RegisterUpload:
    """Forget the file without importing anything."""
    _check(upload.agency, by)
    upload.content = None
    upload.save(update_fields=["content"])
    _note(upload.agency, "dropped_register", by, at, {"content": upload.sha256})
    return upload


@transaction.atomic
def import_register(
    *, upload: RegisterUpload, defaults: Defaults, by: Account, at: datetime
) -> RegisterUpload:
    """Import every row that can be; what stands against the others was shown before. All or nothing."""
    upload = RegisterUpload.objects.select_for_update(of=("self",)).select_related("agency").get(pk=upload.pk)
    agency = upload.agency
    _check(agency, by)
    if upload.content is None:
        raise UnableToImport(Refusal("这份登记簿已经导入或者放弃了；要再导入，请重新选择文件。"))
    plan: Plan = plan_of(agency, bytes(upload.content), defaults, timezone.localdate(at))
    if not plan.ready:
        raise UnableToImport(Refusal("没有可以导入的行；请按每行写明的原因改好表格，再选一次。"))
    for row in plan.ready:
        _import_row(agency, row, by, at)
    _lift_numbers(agency, plan.ready)
    upload.content, upload.imported_at, upload.imported = None, at, len(plan.ready)
    upload.save(update_fields=["content", "imported_at", "imported"])
    _note(agency, "imported_register", by, at, {"content": upload.sha256, "imported": upload.imported})
    return upload


def _import_row(agency: Agency, row: RegisterRow, by: Account, at: datetime) -> None:
    filing = Filing(
        channel=row.channel,
        arrived_on=_arrival(row),
        applicant_kind=row.kind,
        identity=row.identity,
        description=row.description,
        document_number=row.document_number,
    )
    case = receive_application(agency=agency, filing=filing, by=by, at=at, number=row.number).case
    if case.received_on is None:
        _enter(case, Kind.RECEIVED, row.received_on, by, at, {"imported": True})
    for event in row.events:
        _enter(case, event.act.value, event.on, by, at, _details(event, row))


def _arrival(row: RegisterRow) -> date:
    """Over a channel whose day of arrival is that of receipt, the register's day of receipt is both."""
    same = row.channel in (Channel.IN_PERSON, Channel.ORAL, Channel.SIGNED_MAIL)
    return row.received_on if same else row.arrived_on


def _enter(
    case: Application, kind: str, on: date, by: Account, at: datetime, details: dict[str, Any]
) -> None:
    append(case=case, kind=kind, on=on, by=by, at=at, details=details, reason=_IMPORTED)


def _details(event: Event, row: RegisterRow) -> dict[str, Any]:
    match event:
        case Extended():
            return {"days": event.days, "imported": True}
        case Answered():
            return {"decision": row.decision, "imported": True}
        case Withdrawn():
            return {"decision": WITHDRAWN_AS, "why": "withdrawn", "imported": True}
        case Supplemented() | SupplementRequested():
            return {"imported": True}
    raise TypeError(f"a register holds no {event}")


def _lift_numbers(agency: Agency, rows: Iterable[RegisterRow]) -> None:
    """New cases are numbered above what was imported."""
    highest: dict[int, int] = {}
    for row in rows:
        if found := _OWN_NUMBER.fullmatch(row.number):
            year, serial = int(found[1]), int(found[2])
            highest[year] = max(highest.get(year, 0), serial)
    for year, serial in highest.items():
        sequence, _ = NumberSequence.objects.get_or_create(agency=agency, series=REGISTRATION, year=year)
        NumberSequence.objects.filter(pk=sequence.pk, last__lt=serial).update(last=serial)
