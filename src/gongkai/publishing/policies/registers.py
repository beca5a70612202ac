"""What may be entered into the library and the registers, and what stands against it."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import Refusal
from gongkai.publishing.models import Item, NormativeDocument, RegisterKind, ValidityEvent
from gongkai.publishing.policies.people import may_run_desk

Kind = ValidityEvent.Kind
ENDS = (Kind.REPEALED, Kind.EXPIRED)
LISTED = frozenset(RegisterKind.values) - {RegisterKind.CENTRAL_PROCUREMENT.value}
"""The registers that have a list of matters; procurement is single projects only."""
PAID = frozenset({RegisterKind.ADMINISTRATIVE_FEE.value, RegisterKind.CENTRAL_PROCUREMENT.value})
"""The registers whose records are amounts."""


def may_keep(agency: Agency, by: Account) -> Refusal | None:
    """The registers are kept by the disclosure office."""
    return may_run_desk(agency, by)


def standing_events(events: Iterable[ValidityEvent]) -> list[ValidityEvent]:
    """The events that hold: not struck, and none that strikes another."""
    all_of_them = list(events)
    struck = {event.strikes_id for event in all_of_them if event.strikes_id is not None}
    return [event for event in all_of_them if event.kind != Kind.STRUCK and event.pk not in struck]


def ended_on(document: NormativeDocument, events: Iterable[ValidityEvent]) -> date | None:
    """The first day on which a document no longer holds, as far as is known."""
    days = [event.on for event in standing_events(events) if event.kind in ENDS]
    if document.expires_on is not None:
        days.append(document.expires_on + timedelta(days=1))
    return min(days, default=None)


def validity_on(document: NormativeDocument, events: Iterable[ValidityEvent], on: date) -> Item.Validity:
    """Whether a document holds on a day, by what happened to it."""
    standing = standing_events(events)
    end = ended_on(document, standing)
    if end is not None and end <= on:
        repealed = any(event.kind == Kind.REPEALED and event.on == end for event in standing)
        return Item.Validity.REPEALED if repealed else Item.Validity.EXPIRED
    amended = any(event.kind == Kind.AMENDED and event.on <= on for event in standing)
    return Item.Validity.AMENDED if amended else Item.Validity.IN_FORCE


def may_happen(document: NormativeDocument, kind: str, on: date, said: str) -> Refusal | None:
    """Whether something can have happened to a document on a day; ``said`` is the document it rests on."""
    if kind not in {Kind.AMENDED, Kind.REPEALED, Kind.EXPIRED, Kind.CONFIRMED}:
        return Refusal("请选择发生了什么变化。")
    if document.struck_reason:
        return Refusal("这条记录已经注销，不能再登记变化。")
    if not said.strip():
        return Refusal("请写明依据哪份文件，例如废止决定或者清理结果公告的名称、文号。")
    if on < document.issued_on:
        return Refusal("变化的日期早于制发日期，请核对。")
    end = ended_on(document, document.events.all())
    if end is not None and end <= on:
        return Refusal("这份文件在这一天已经废止或者失效；登记错了的，先划销那条记录。")
    return None


def amount_refusal(kind: str, amount: Decimal | None) -> Refusal | None:
    """An amount is wanted of a fee or a procurement; none is below zero."""
    if amount is None:
        return Refusal("请填写金额（元）。") if kind in PAID else None
    return Refusal("金额不能小于0，请核对。") if amount < 0 else None
