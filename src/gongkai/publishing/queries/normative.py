"""The library of normative documents: what holds on a day, lists, and what a document went through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet

from gongkai.agencies.models import Agency
from gongkai.law.limits import chinese_date
from gongkai.publishing.models import Item, NormativeDocument, ValidityEvent
from gongkai.publishing.policies.registers import ended_on, standing_events, validity_on
from gongkai.publishing.tables import Table

VALIDITIES = {
    "in_force": "现行有效（含已修改）",
    "amended": "已修改",
    "repealed": "已废止",
    "expired": "已失效",
    "ending": "半年内到期",
}
_ENDING_WITHIN = 183  # days
_IN_FORCE = (Item.Validity.IN_FORCE, Item.Validity.AMENDED)
HEAD = (
    "名称", "文号", "类别", "制发日期", "施行日期", "有效期至", "有效性", "废止或者失效日期", "依据",
    "公开日期",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document with what holds on the day of the list. ``disclosed_on`` is the first day it was public."""

    document: NormativeDocument
    validity: Item.Validity
    ended_on: date | None
    disclosed_on: date | None
    ended_by: str

    @property
    def tone(self) -> str:
        """The class of its tag."""
        tones = {Item.Validity.IN_FORCE: "done", Item.Validity.AMENDED: "note"}
        return tones.get(self.validity, "waiting")


def documents_of(agency: Agency) -> QuerySet[NormativeDocument]:
    """The documents of an agency that are not struck, with their events and the first day of publication."""
    return (
        NormativeDocument.objects.filter(agency=agency, struck_reason="")
        .annotate(first_public=Min("item__publications__first_published_on"))
        .prefetch_related("events")
    )


def shelved(document: NormativeDocument, on: date) -> Shelved:
    """A document as it stands on a day."""
    events = list(document.events.all())
    end = ended_on(document, events)
    by = next((event.by_document for event in standing_events(events) if event.on == end), "")
    return Shelved(document, validity_on(document, events, on), end, disclosed_on(document), by)


def disclosed_on(document: NormativeDocument) -> date | None:
    """The first day on which it was public, here or before this desk; never before it was issued."""
    days = [document.disclosed_on, getattr(document, "first_public", None)]
    known = [day for day in days if day is not None]
    return max(min(known), document.issued_on) if known else None


def documents_in(agency: Agency, filters: Mapping[str, Any], on: date) -> list[Shelved]:
    """The documents that fit the filters ``kind``, ``year``, ``validity`` and ``text``, the newest first."""
    found = documents_of(agency)
    if filters.get("kind"):
        found = found.filter(kind=filters["kind"])
    if filters.get("year"):
        found = found.filter(issued_on__year=filters["year"])
    text = str(filters.get("text") or "").strip()
    lines = (shelved(document, on) for document in found)
    return [
        line
        for line in lines
        if _is_wanted(line, str(filters.get("validity") or ""), on)
        and (not text or text in line.document.title or text in line.document.document_number)
    ]


def _is_wanted(line: Shelved, validity: str, on: date) -> bool:
    if not validity:
        return True
    if validity == "in_force":
        return line.validity in _IN_FORCE
    if validity == "ending":
        return line.ended_on is not None and 0 < (line.ended_on - on).days <= _ENDING_WITHIN
    return line.validity == validity


def years_of(agency: Agency) -> list[int]:
    """The years in which documents of the library were issued, the newest first."""
    days = NormativeDocument.objects.filter(agency=agency, struck_reason="").dates(
        "issued_on", "year", order="DESC"
    )
    return [day.year for day in days]


def find_document(agency: Agency, pk: int) -> NormativeDocument | None:
    """A document of the agency, struck ones included."""
    found = NormativeDocument.objects.filter(agency=agency, pk=pk).select_related("agency", "item")
    return found.annotate(first_public=Min("item__publications__first_published_on")).first()


def history_of(document: NormativeDocument) -> list[tuple[ValidityEvent, ValidityEvent | None]]:
    """What happened to it, each with what strikes it, if anything does."""
    events = list(document.events.select_related("by"))
    strikes = {event.strikes_id: event for event in events if event.strikes_id is not None}
    return [(event, strikes.get(event.pk)) for event in events if event.kind != ValidityEvent.Kind.STRUCK]


def as_table(lines: Iterable[Shelved], agency: Agency, on: date) -> Table:
    """The list as a file."""
    rows = tuple(
        (
            line.document.title,
            line.document.document_number,
            line.document.get_kind_display(),
            line.document.issued_on,
            line.document.effective_on,
            line.document.expires_on,
            line.validity.label,
            line.ended_on,
            line.ended_by,
            line.disclosed_on,
        )
        for line in lines
    )
    subtitle = f"{agency.name}，截至{chinese_date(on)}，{len(rows)}件"
    return Table("规范性文件库", HEAD, rows, (30, 16, 12, 12, 12, 12, 10, 12, 18, 12), subtitle=subtitle)
