"""What the publishing desk asks of a person, for the page of today."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.models import Account
from gongkai.casework.queries.calendars import calendar_of
from gongkai.casework.queries.neighbors import NeighborHeap, NeighborLine
from gongkai.law.workdays import WorkingCalendar
from gongkai.publishing.models import Item, ReviewSheet
from gongkai.publishing.policies.people import may_work_on
from gongkai.publishing.policies.review import next_step
from gongkai.publishing.queries.items import items_seen_by
from gongkai.publishing.queries.lists import AHEAD, Line, line_of
from gongkai.publishing.queries.sheets import waiting_sheets

State = Item.State
FARTHEST = timedelta(days=21)  # more than the working days that count as soon, over the longest holiday


class _Calendars:
    """One calendar for each agency, however many items it has."""

    def __init__(self) -> None:
        self._kept: dict[int, WorkingCalendar] = {}

    def line(self, item: Item, on: date) -> Line:
        if item.agency_id not in self._kept:
            self._kept[item.agency_id] = calendar_of(item.agency)
        return line_of(item, on, self._kept[item.agency_id])


def _told(line: Line, name: str, address: str, why: str, on: date) -> NeighborLine:
    tone = line.tone if line.tone in {"late", "near"} else "calm"
    return NeighborLine(line.item.title, address, line.left_words or name, line.item.due_on or on, why, tone)


def to_review(account: Account, on: date) -> NeighborHeap:
    """The sheets whose turn it is for the person."""
    calendars = _Calendars()
    lines = tuple(
        _told(
            calendars.line(sheet.item, on),
            "待审查",
            reverse("publishing:review", args=[sheet.pk]),
            f"{step.label if (step := next_step(sheet)) else '审查'}，{sheet.submitted_by}提交",
            on,
        )
        for sheet in waiting_sheets(account, on)
    )
    return NeighborHeap("publishing-review", "等我审查", "拟公开的信息轮到您签意见。", lines)


def sent_back(account: Account, on: date) -> NeighborHeap:
    """What came back to those who wrote it and was not handed in again."""
    mine = items_seen_by(account).filter(state__in=[State.DRAFT, State.PUBLISHED])
    last = _last_sheets(mine.filter(editions__authors__account=account).distinct())
    calendars = _Calendars()
    lines = tuple(
        _told(
            calendars.line(sheet.item, on),
            "已退回",
            reverse("publishing:item", args=[sheet.item_id]),
            _why_returned(sheet),
            on,
        )
        for sheet in last
        if sheet.state == ReviewSheet.State.RETURNED
    )
    return NeighborHeap("publishing-returned", "退回我修改", "改好以后重新提交审查。", lines)


def _last_sheets(items: Iterable[Item]) -> list[ReviewSheet]:
    found: dict[int, ReviewSheet] = {}
    sheets = ReviewSheet.objects.filter(item__in=items).select_related("item__agency").order_by("pk")
    for sheet in sheets.prefetch_related("opinions"):
        found[sheet.item_id] = sheet
    return list(found.values())


def _why_returned(sheet: ReviewSheet) -> str:
    opinions = [opinion.opinion for opinion in sheet.opinions.all() if opinion.verdict == "returned"]
    return opinions[-1][:60] if opinions else ""


def to_publish(account: Account, on: date) -> NeighborHeap:
    """What has to be public within some working days, and what is ready and lies there."""
    calendars, lines = _Calendars(), []
    pressing = Q(due_on__lte=on + FARTHEST, state__in=AHEAD) | Q(state=State.READY)
    for item in items_seen_by(account).filter(pressing).defer("content").order_by("due_on", "pk"):
        line = calendars.line(item, on)
        if (line.tone in {"late", "near"} or item.state == State.READY) and may_work_on(
            item, account
        ) is None:
            address = reverse("publishing:item", args=[item.pk])
            lines.append(_told(line, "待发布", address, item.get_state_display(), on))
    return NeighborHeap(
        "publishing-due", "快到期限的公开", "形成或者变更之日起20个工作日内公开（第二十六条）。", tuple(lines)
    )
