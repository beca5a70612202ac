"""Handing what is published to archives and libraries (第二十五条), and the receipt that comes back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.models import Publication, TransferBatch, TransferLine
from gongkai.publishing.policies.people import may_run_desk


class UnableToTransfer(ActionRefused):
    """The batch is empty, holds what is not public, or its receipt does not fit."""


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToTransfer(refusal)


def _note(batch: TransferBatch, by: Account, at: datetime, act: str, details: dict[str, object]) -> None:
    record(
        by=by,
        at=at,
        act=act,
        subject=f"transfer:{batch.pk}",
        agency=batch.agency,
        details={"name": batch.receiver} | details,
    )


@transaction.atomic
def send_transfer(
    *,
    agency: Agency,
    receiver: str,
    publications: Sequence[Publication],
    sent_on: date,
    by: Account,
    at: datetime,
) -> TransferBatch:
    """A batch of what is public now, on its way to an archive or a library."""
    _check(may_run_desk(agency, by))
    if not receiver.strip():
        raise UnableToTransfer(Refusal("请填写接收单位，例如国家档案馆、公共图书馆的全称。"))
    if not publications:
        raise UnableToTransfer(Refusal("请至少选一条要移送的信息。"))
    if sent_on > timezone.localdate(at):
        raise UnableToTransfer(Refusal("移送日期还没有到，请填写实际移送的日期。"))
    live = Publication.objects.live().filter(pk__in=[each.pk for each in publications], item__agency=agency)
    chosen = list(live.order_by("published_on", "pk"))
    if len(chosen) != len({each.pk for each in publications}):
        raise UnableToTransfer(Refusal("所选的信息里有的已经撤下或者换了新版本，请重新选择。"))
    batch = TransferBatch.objects.create(
        agency=agency, receiver=receiver.strip(), sent_on=sent_on, by=by, at=at
    )
    for publication in chosen:
        TransferLine.objects.create(batch=batch, publication=publication)
    _note(batch, by, at, "sent_transfer", {"lines": len(chosen)})
    return batch


@transaction.atomic
def enter_receipt(
    *,
    batch: TransferBatch,
    received_on: date,
    received_by: str,
    by: Account,
    at: datetime,
    receipt: str = "",
) -> TransferBatch:
    """The receiver has signed for a batch. A receipt that was entered wrongly is entered again."""
    _check(may_run_desk(batch.agency, by))
    if not received_by.strip():
        raise UnableToTransfer(Refusal("请填写签收人。"))
    if received_on < batch.sent_on:
        raise UnableToTransfer(Refusal("签收日期早于移送日期，请核对。"))
    if received_on > timezone.localdate(at):
        raise UnableToTransfer(Refusal("签收日期还没有到，请核对。"))
    batch.received_on, batch.received_by = received_on, received_by.strip()
    batch.receipt = receipt.strip() or None
    batch.save(update_fields=["received_on", "received_by", "receipt"])
    _note(batch, by, at, "entered_receipt", {"on": received_on.isoformat()})
    return batch
