"""The registers beside the library: matters, decisions, amounts, and what was changed after it was public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.casework.queries.calendars import calendar_of
from gongkai.casework.queries.neighbors import NeighborHeap, NeighborLine
from gongkai.publishing.models import Matter, Publication, RegisterEntry, RegisterKind
from gongkai.publishing.policies.registers import may_keep
from gongkai.publishing.tables import Table

WITHDRAW_WITHIN = 3  # working days
WITHDRAW_ARTICLE = "《行政处罚法》第四十八条第二款、第八十五条"
ENTRY_HEAD = (
    "编号", "名称", "相对人或者供应商", "日期", "金额（元）", "事项", "变更、撤销日期", "变更、撤销情况",
    "来源",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """A register as the list of registers shows it."""

    kind: RegisterKind
    matters: int
    entries: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A decision that was changed or revoked while it is public: to be off by ``due_on``."""

    entry: RegisterEntry
    publication: Publication
    due_on: date
    left: int

    @property
    def is_late(self) -> bool:
        return self.left < 0

    @property
    def left_words(self) -> str:
        if self.left < 0:
            return f"超过{-self.left}个工作日"
        return f"还有{self.left}个工作日" if self.left else "今天到期"


def entries_of(
    agency: Agency, kind: str, filters: Mapping[str, Any] | None = None
) -> QuerySet[RegisterEntry]:
    """The records of a register that are not struck, the newest first; ``year`` narrows them."""
    found = RegisterEntry.objects.filter(agency=agency, kind=kind, struck_reason="").select_related(
        "matter", "item"
    )
    year = (filters or {}).get("year")
    return found.filter(decided_on__year=year) if year else found


def matters_of(agency: Agency, kind: str) -> QuerySet[Matter]:
    """The matters of a register that are not struck."""
    return Matter.objects.filter(agency=agency, kind=kind, struck_reason="").select_related("item")


def years_of(agency: Agency, kind: str) -> list[int]:
    """The years of its records, the newest first."""
    return [day.year for day in entries_of(agency, kind).dates("decided_on", "year", order="DESC")]


def amount_of(entries: QuerySet[RegisterEntry]) -> Decimal | None:
    """What the records come to, in yuan."""
    found: Decimal | None = entries.aggregate(total=Sum("amount"))["total"]
    return found


def shelves_of(agency: Agency) -> list[Shelf]:
    """Every register with how much is in it."""
    standing = {"agency": agency, "struck_reason": ""}
    matters = dict(
        Matter.objects.filter(**standing).order_by().values_list("kind").annotate(count=Count("pk"))
    )
    entries = {
        kind: (count, amount)
        for kind, count, amount in RegisterEntry.objects.filter(**standing)
        .order_by()
        .values_list("kind")
        .annotate(count=Count("pk"), amount=Sum("amount"))
    }
    return [
        Shelf(kind, matters.get(kind.value, 0), *entries.get(kind.value, (0, None))) for kind in RegisterKind
    ]


def find_entry(account: Account, pk: int) -> RegisterEntry | None:
    """A record of an agency the person works in."""
    found = RegisterEntry.objects.filter(agency__in=agencies_of(account), pk=pk)
    return found.select_related("agency", "matter", "item", "by").first()


def find_matter(account: Account, pk: int) -> Matter | None:
    """A matter of an agency the person works in."""
    found = Matter.objects.filter(agency__in=agencies_of(account), pk=pk)
    return found.select_related("agency", "item", "by").first()


def to_take_back(agency: Agency, on: date) -> list[TakenBack]:
    """Decisions that were changed or revoked and are still public, the earliest due first."""
    changed = RegisterEntry.objects.filter(
        agency=agency, struck_reason="", revoked_on__isnull=False, item__isnull=False
    ).select_related("agency", "item")
    live = {
        publication.item_id: publication
        for publication in Publication.objects.live().filter(item__in=[entry.item_id for entry in changed])
    }
    found = [_taken_back(entry, live[entry.item_id], on) for entry in changed if entry.item_id in live]
    # What was published anew after the change says what holds now.
    return sorted((one for one in found if _is_older(one)), key=lambda one: (one.due_on, one.entry.pk))


def _is_older(one: TakenBack) -> bool:
    assert one.entry.revoked_on is not None
    return one.publication.published_on <= one.entry.revoked_on


def taken_back(entry: RegisterEntry, on: date) -> TakenBack | None:
    """What has to be withdrawn for one record."""
    return next((one for one in to_take_back(entry.agency, on) if one.entry.pk == entry.pk), None)


def _taken_back(entry: RegisterEntry, publication: Publication, on: date) -> TakenBack:
    assert entry.revoked_on is not None
    calendar = calendar_of(entry.agency)
    due_on = calendar.add_working_days(entry.revoked_on, WITHDRAW_WITHIN)
    left = calendar.working_days_between(on, due_on) if on <= due_on else -_over(calendar, due_on, on)
    return TakenBack(entry, publication, due_on, left)


def _over(calendar: Any, due_on: date, on: date) -> int:
    return max(int(calendar.working_days_between(due_on, on)), 1)


def to_withdraw(account: Account, on: date) -> NeighborHeap:
    """For the page of today: published decisions that no longer hold."""
    lines = tuple(
        NeighborLine(
            title=one.entry.title,
            address=reverse("publishing:register_entry", args=[one.entry.pk]),
            left=one.left_words,
            due_on=one.due_on,
            why=f"{one.entry.get_kind_display()}决定已变更或者撤销，公开的信息还没有撤下",
            tone="late" if one.is_late else "near",
        )
        for agency in agencies_of(account)
        if may_keep(agency, account) is None
        for one in to_take_back(agency, on)
    )
    hint = f"变更、撤销之日起3个工作日内撤回并公开说明理由（{WITHDRAW_ARTICLE}）。"
    return NeighborHeap("publishing-revoked", "要撤回的决定", hint, lines)


def as_table(entries: Iterable[RegisterEntry], kind: RegisterKind, agency: Agency) -> Table:
    """A register as a file."""
    rows = tuple(
        (
            entry.number,
            entry.title,
            entry.party,
            entry.decided_on,
            "" if entry.amount is None else f"{entry.amount:.2f}",
            entry.matter.title if entry.matter else "",
            entry.revoked_on,
            entry.revoked_reason,
            entry.source,
        )
        for entry in entries
    )
    shares = (16, 26, 16, 11, 12, 16, 12, 16, 12)
    return Table(f"{kind.label}台账", ENTRY_HEAD, rows, shares, subtitle=f"{agency.name}，{len(rows)}条")
