"""The registers of an agency as table 2 counts them, and the records behind a cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.law.limits import chinese_date
from gongkai.law.publishing.registers import (
    RegisteredDecision,
    RegisteredDocument,
    RegisteredItem,
    RegisteredPayment,
    Registers,
    in_ten_thousand,
)
from gongkai.publishing.models import Matter, NormativeDocument, RegisterEntry
from gongkai.publishing.policies.registers import LISTED, PAID, ended_on
from gongkai.publishing.queries.normative import disclosed_on, documents_of


@dataclass(frozen=True, slots=True)
class Kept:
    """The registers with what each of them begins with: only what an office keeps is counted, the rest is
    typed. ``begun`` goes by register and kind."""

    registers: Registers
    begun: frozenset[tuple[str, str]]


def kept_by(agency: Agency, until: date) -> Kept:
    """What an office keeps; a register is begun with its first record of ``until`` or before."""
    registers = Registers(
        documents=tuple(map(_document, documents_of(agency).order_by("pk"))),
        items=tuple(_items(agency)),
        decisions=tuple(_decisions(agency)),
        payments=tuple(_payments(agency)),
    )
    begun = {
        (name, record.kind)
        for name in ("documents", "items", "decisions", "payments")
        for record in getattr(registers, name)
        if record.begun_on <= until
    }
    return Kept(registers, frozenset(begun))


def _document(document: NormativeDocument) -> RegisteredDocument:
    end = ended_on(document, document.events.all())
    return RegisteredDocument(
        id=document.pk,
        kind=document.kind,
        issued_on=document.issued_on,
        repealed_on=max(end, document.issued_on) if end else None,
        disclosed_on=disclosed_on(document),
    )


def _items(agency: Agency) -> Iterable[RegisteredItem]:
    found = Matter.objects.filter(agency=agency, struck_reason="", kind__in=LISTED)
    for pk, kind, begun, ended in found.order_by("pk").values_list("pk", "kind", "from_on", "until_on"):
        yield RegisteredItem(pk, kind, begun, ended)


def _decisions(agency: Agency) -> Iterable[RegisteredDecision]:
    found = RegisterEntry.objects.filter(agency=agency, struck_reason="").exclude(kind__in=PAID)
    for pk, kind, day in found.order_by("pk").values_list("pk", "kind", "decided_on"):
        yield RegisteredDecision(pk, kind, day)


def _payments(agency: Agency) -> Iterable[RegisteredPayment]:
    found = RegisterEntry.objects.filter(agency=agency, struck_reason="", kind__in=PAID, amount__isnull=False)
    for pk, kind, day, yuan in found.order_by("pk").values_list("pk", "kind", "decided_on", "amount"):
        assert yuan is not None
        yield RegisteredPayment(pk, kind, day, in_ten_thousand(yuan))


@dataclass(frozen=True, slots=True)
class RecordBehind:
    """A record that a cell of table 2 counts: its day, what is said of it, and its page."""

    title: str
    number: str
    on: date
    said: str
    href: str


def records_behind(register: str, ids: Sequence[int]) -> list[RecordBehind]:
    """These records of a register (``documents``, ``items``, ``decisions``, ``payments``), by their day."""
    if register == "documents":
        found = (
            NormativeDocument.objects.filter(pk__in=ids).select_related("agency").prefetch_related("events")
        )
        records = [_of_document(document) for document in found]
    elif register == "items":
        records = [_of_matter(matter) for matter in Matter.objects.filter(pk__in=ids)]
    else:
        records = [_of_entry(entry) for entry in RegisterEntry.objects.filter(pk__in=ids)]
    return sorted(records, key=lambda record: (record.on, record.title))


def _of_document(document: NormativeDocument) -> RecordBehind:
    end = ended_on(document, document.events.all())
    said = f"{chinese_date(end)}起废止或者失效" if end else "现行有效"
    href = reverse("publishing:library_document", args=[document.agency.slug, document.pk])
    return RecordBehind(
        document.title, document.document_number, document.issued_on, _struck(document, said), href
    )


def _of_matter(matter: Matter) -> RecordBehind:
    said = f"{chinese_date(matter.until_on)}取消" if matter.until_on else "在目录里"
    href = reverse("publishing:matter", args=[matter.pk])
    return RecordBehind(matter.title, "", matter.from_on, _struck(matter, said), href)


def _of_entry(entry: RegisterEntry) -> RecordBehind:
    said = "" if entry.amount is None else f"{entry.amount:,.2f}元"
    href = reverse("publishing:register_entry", args=[entry.pk])
    return RecordBehind(entry.title, entry.number, entry.decided_on, _struck(entry, said), href)


def _struck(record: NormativeDocument | Matter | RegisterEntry, said: str) -> str:
    return f"后来注销：{record.struck_reason}" if record.struck_reason else said
