"""The list of items: filtered, searched by title, sorted, a page at a time, and whole for a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.workdays import WorkingCalendar
from gongkai.publishing.models import CatalogNode, Hand, Item, Publication
from gongkai.publishing.queries.items import items_seen_by
from gongkai.publishing.tables import Cell, Table

PAGE = 50
SOON = 5  # working days
State = Item.State
AHEAD = (State.DRAFT, State.IN_REVIEW, State.READY)  # what is not public yet and shall be
STATES: Mapping[str, str] = {"ahead": "所有未发布的", **dict(State.choices)}
DUES: Mapping[str, str] = {"late": "已经超过期限", "soon": f"{SOON}个工作日内到期"}
SORTS: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "": ("先看急的：没有发布的按期限，其余新的在前", ()),
    "new": ("新拟的在前", ("-pk",)),
    "changed": ("形成或者变更日期，晚的在前", ("-changed_on", "-pk")),
    "due": ("公开期限，早的在前", (F("due_on").asc(nulls_last=True), "pk")),
    "index": ("索引号", ("index_number",)),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a list: how it stands on a day, and since when it is public."""

    item: Item
    left: int | None
    is_late: bool = False
    live: Publication | None = None

    @property
    def left_words(self) -> str:
        """还有3个工作日; empty where nothing is due."""
        if self.left is None:
            return ""
        if self.is_late:
            return f"超过期限{-self.left}个工作日" if self.left else "期限已过"
        return f"还有{self.left}个工作日" if self.left else "今天到期"

    @property
    def tone(self) -> str:
        if self.left is None:
            return "standing"
        return "late" if self.is_late else "near" if self.left <= SOON else "calm"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list, and how long the whole list is."""

    items: list[Item]
    count: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1 if self.count else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.count else 0


def _state(code: str) -> Q:
    return Q(state__in=AHEAD) if code == "ahead" else Q(state=code)


def _section(code: str) -> Q:
    return Q(section=None) if code == "none" else Q(section=code)


_FILTERS: Mapping[str, Callable[[Any], Q]] = {
    "state": _state,
    "agency": lambda agency: Q(agency=agency),
    "section": _section,
    "kind": lambda kind: Q(kind=kind),
    "disclosure_class": lambda code: Q(disclosure_class=code),
    "changed_from": lambda day: Q(changed_on__gte=day),
    "changed_to": lambda day: Q(changed_on__lte=day),
}


def listed(account: Account, filters: Mapping[str, Any], on: date) -> QuerySet[Item]:
    """The items a person may see that pass the filters (those of ``ListForm``), unsorted."""
    hands = Hand.objects.filter(item=OuterRef("pk"))
    found = items_seen_by(account).defer("content").annotate(touched=Exists(hands))
    for name, condition in _FILTERS.items():
        if filters.get(name):
            found = found.filter(condition(filters[name]))
    if filters.get("node"):
        found = found.filter(node__in=below(filters["node"]))
    if filters.get("mine"):
        found = found.filter(
            Q(drafted_by=account) | Q(pk__in=Hand.objects.filter(account=account).values("item"))
        )
    if filters.get("due"):
        found = found.filter(_due(account, filters["due"], on))
    return found


def below(node: CatalogNode) -> list[int]:
    """A node and everything under it."""
    keys, ahead = [node.pk], [node.pk]
    while ahead:
        ahead = list(CatalogNode.objects.filter(parent__in=ahead).values_list("pk", flat=True))
        keys += ahead
    return keys


def _due(account: Account, code: str, on: date) -> Q:
    open_ones = Q(state__in=AHEAD, due_on__isnull=False)
    if code == "late":
        return open_ones & Q(due_on__lt=on)
    near = Q(pk__in=[])
    for agency in Agency.objects.filter(memberships__account=account).distinct():
        near |= Q(agency=agency, due_on__lte=calendar_of(agency).add_working_days(on, SOON))
    return open_ones & Q(due_on__gte=on) & near


def in_order(found: QuerySet[Item], sort: str, text: str) -> list[int]:
    """The keys of a list in its order. A title lies sealed: it is searched here, not in the database."""
    if text:
        found = found.filter(pk__in=list(_containing(found, text)))
    ordering = SORTS[sort][1]
    if ordering:
        return list(found.order_by(*ordering).values_list("pk", flat=True))
    rows = found.order_by().values_list("pk", "state", "due_on")
    return [pk for pk, _, _ in sorted(rows, key=_urgency)]


def _urgency(row: tuple[int, str, date | None]) -> tuple[bool, date, int]:
    pk, state, due_on = row
    ahead = state in AHEAD and due_on is not None
    return not ahead, (due_on if ahead and due_on else date.max), -pk


def _containing(found: QuerySet[Item], text: str) -> Iterable[int]:
    wanted = text.casefold()
    for pk, title, number in found.order_by().values_list("pk", "title", "index_number").iterator():
        if wanted in str(title).casefold() or wanted in number.casefold():
            yield pk


def page_of(found: QuerySet[Item], sort: str, text: str, page: int) -> Found:
    """One page; a page that is not there becomes the nearest that is."""
    keys = in_order(found, sort, text)
    pages = max(1, -(-len(keys) // PAGE))
    page = min(max(page, 1), pages)
    return Found(in_this_order(found, keys[(page - 1) * PAGE : page * PAGE]), len(keys), page, pages)


def in_this_order(found: QuerySet[Item], keys: Sequence[int]) -> list[Item]:
    live = Prefetch("publications", queryset=Publication.objects.live().defer("content"), to_attr="live")
    items = {item.pk: item for item in found.filter(pk__in=keys).prefetch_related(live)}
    return [items[pk] for pk in keys if pk in items]


def lines_of(items: Sequence[Item], on: date) -> list[Line]:
    """How these items stand on a day. They come from :func:`in_this_order`."""
    calendars: dict[int, WorkingCalendar] = {}
    lines = []
    for item in items:
        if item.agency_id not in calendars:
            calendars[item.agency_id] = calendar_of(item.agency)
        lines.append(line_of(item, on, calendars[item.agency_id]))
    return lines


def line_of(item: Item, on: date, calendar: WorkingCalendar) -> Line:
    """How one item stands on a day; its live publication where the list loaded it."""
    live: list[Publication] = getattr(item, "live", [])
    public = live[0] if live else None
    if item.state not in AHEAD or item.due_on is None:
        return Line(item, None, live=public)
    return Line(item, calendar.working_days_between(on, item.due_on), item.due_on < on, public)


_HEAD = (
    "索引号", "名称", "机关", "体裁", "目录事项", "责任科室", "公开属性", "状态", "有效性",
    "形成或者变更日期", "应当公开的期限", "首次公开日期", "公开日期", "在网站上",
)  # fmt: skip
_SHARES = (3, 5, 3, 2, 4, 2, 2, 2, 2, 2, 2, 2, 2, 1)


def table_of(lines: Iterable[Line]) -> Table:
    """One row for each item."""
    return Table("公开信息清单", _HEAD, tuple(map(_row, lines)), _SHARES)


def _row(line: Line) -> tuple[Cell, ...]:
    item, live = line.item, line.live
    return (
        item.index_number,
        item.title,
        item.agency.name,
        item.get_kind_display(),
        f"{item.node.code} {item.node.title}",
        item.section.name if item.section else "",
        item.get_disclosure_class_display(),
        item.get_state_display(),
        item.get_validity_display(),
        item.changed_on,
        item.due_on,
        live.first_published_on if live else None,
        live.published_on if live else None,
        "是" if live and live.on_website else "",
    )
