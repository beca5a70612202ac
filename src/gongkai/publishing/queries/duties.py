"""The board of what is due: items on their way, periodic entries, stages, the plan, and channels that still
show what the website no longer says. Nothing here is ticked off: a duty is gone once its cause is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.urls import reverse

from gongkai.agencies.models import Account, Agency, Section
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.catalog import Cadence
from gongkai.law.limits import chinese_date
from gongkai.law.publishing import cadence as law
from gongkai.law.publishing.cadence import Light, LightShown, light
from gongkai.law.workdays import WorkingCalendar
from gongkai.publishing.models import CatalogNode, Item, PlanEntry, Publication
from gongkai.publishing.policies.people import sections_of, sees_all
from gongkai.publishing.queries.catalog import Stage, begun_on, cycle_of, last_published, leaves, stages_of
from gongkai.publishing.queries.channel_gaps import Row, matrix, seen
from gongkai.publishing.reckoning import LIMITS, due_of

State = Item.State
AHEAD = (State.DRAFT, State.IN_REVIEW, State.READY)
KINDS: Mapping[str, str] = {
    "item": "待发布",
    "change": "内容有变更",
    "periodic": "定期公开",
    "stage": "逐段公开",
    "plan": "年度计划",
    "posting": "渠道",
}
_RANK = {Light.OVERDUE: 0, Light.RED: 1, Light.YELLOW: 2, Light.GREEN: 3}
TONES = {Light.OVERDUE: "late", Light.RED: "near", Light.YELLOW: "near", Light.GREEN: "calm"}
TAGS = {Light.OVERDUE: "error", Light.RED: "warning", Light.YELLOW: "waiting", Light.GREEN: "done"}
_MONTHS_AHEAD = 92  # days: what a plan or a cycle asks for later is no matter of today


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One thing that must be public by a day, and why. ``address`` is where it is done."""

    kind: str
    title: str
    node: CatalogNode
    section: Section | None
    due_on: date
    shown: LightShown
    sentence: str
    article: str
    address: str
    act: str
    item: Item | None = None

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]

    @property
    def tone(self) -> str:
        return TONES[self.shown.light]

    @property
    def tag(self) -> str:
        return TAGS[self.shown.light]

    @property
    def left(self) -> str:
        """As it stands in front of the day."""
        if self.shown.light is Light.OVERDUE:
            return f"逾期{-self.shown.days}个工作日" if self.shown.days else "已经逾期"
        return f"还有{self.shown.days}个工作日" if self.shown.days else "今天到期"

    @property
    def urgency(self) -> tuple[int, date, str]:
        return _RANK[self.shown.light], self.due_on, self.title


def _as_law_knows(stage: Stage, on: date) -> law.Milestone:
    day, reached = stage.record.on, stage.record.on <= on
    return law.Milestone(
        code=str(stage.record.pk),
        label=stage.record.title,
        planned_on=None if reached else day,
        reached_on=day if reached else None,
        published_on=stage.published_on,
    )


@dataclass(frozen=True, slots=True)
class Board:
    """What is due, and the entries whose duty cannot be watched yet."""

    lines: tuple[DutyLine, ...]
    unwatched: tuple[CatalogNode, ...]

    def count(self, shown: str) -> int:
        return sum(line.shown.light == shown for line in self.lines)

    @property
    def counts(self) -> list[tuple[Light, int]]:
        return [(each, self.count(each)) for each in (Light.OVERDUE, Light.RED, Light.YELLOW, Light.GREEN)]


@dataclass
class _Reader:
    """Everything of one agency on a day, as one person may see it (``None``: all of it)."""

    agency: Agency
    account: Account | None
    on: date
    unwatched: list[CatalogNode] = field(default_factory=list)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return calendar_of(self.agency)

    @cached_property
    def own(self) -> frozenset[int] | None:
        """The sections whose duties are shown; ``None`` for all."""
        if self.account is None or sees_all(self.agency, self.account):
            return None
        return sections_of(self.agency, self.account)

    @cached_property
    def leaves(self) -> list[CatalogNode]:
        return [node for node in leaves(self.agency) if self.own is None or node.section_id in self.own]

    def line(  # noqa: PLR0913 - the parts of a line, all by keyword
        self,
        *,
        kind: str,
        title: str,
        node: CatalogNode,
        due_on: date,
        sentence: str,
        article: str,
        address: str,
        act: str,
        section: Section | None = None,
        item: Item | None = None,
    ) -> DutyLine:
        shown = light(due_on, self.on, node.yellow_days, node.red_days, self.calendar)
        told = f"《条例》{article}" if article.startswith("第") else article
        return DutyLine(
            kind, title, node, section or node.section, due_on, shown, sentence, told, address, act, item
        )

    def all(self) -> Iterator[DutyLine]:
        yield from self.of_items()
        yield from self.of_nodes()
        yield from self.of_the_plan()
        yield from self.of_postings()

    def of_items(self) -> Iterator[DutyLine]:
        """What is not public yet, and what is public and changed since."""
        found = (
            seen(self.agency, self.account)
            .filter(disclosure_class="proactive", due_on__isnull=False)
            .defer("content")
            .select_related("node__section", "node__person", "section", "agency")
        )
        live = Publication.objects.live().filter(item=OuterRef("pk"))
        for item in found.filter(~Exists(live), state__in=AHEAD):
            yield self._of_item(item, is_change=False)
        changed = live.filter(published_on__lt=OuterRef("changed_on"))
        for item in found.filter(Exists(changed), state__in=(*AHEAD, State.PUBLISHED)):
            yield self._of_item(item, is_change=True)

    def _of_item(self, item: Item, *, is_change: bool) -> DutyLine:
        due = due_of(self.agency, item.node, item.changed_on)
        assert due is not None  # what is older than the Regulation has no due day and is left out
        days = self.calendar.working_days_between(item.changed_on, due.due_on)
        told = "内容有变更，新的一版还没有公开" if is_change else f"{item.get_state_display()}"
        sentence = (
            f"{told}。{chinese_date(item.changed_on)}形成或者变更，"
            f"应当自该日起{days}个工作日内公开，最迟{chinese_date(due.due_on)}。"
        )
        return self.line(
            kind="change" if is_change else "item",
            title=item.title,
            node=item.node,
            section=item.section,
            due_on=due.due_on,
            sentence=sentence,
            article=due.article,
            address=reverse("publishing:item", args=[item.pk]),
            act="办理",
            item=item,
        )

    def of_nodes(self) -> Iterator[DutyLine]:
        """Periodic entries and those published stage by stage."""
        timed = [node for node in self.leaves if node.cadence != Cadence.AD_HOC]
        timed = [node for node in timed if node.disclosure_class == "proactive"]
        since, last = begun_on(timed), last_published(timed)
        stages: dict[int, list[law.Milestone]] = {}
        for stage in stages_of(timed):
            stages.setdefault(stage.record.node_id, []).append(_as_law_knows(stage, self.on))
        for node in timed:
            if node.cadence == Cadence.PERIODIC and cycle_of(node) is None:
                self.unwatched.append(node)
                continue
            begun = since.get(node.pk) or last.get(node.pk) or self.on
            yield from self._of_node(node, begun, last.get(node.pk), stages.get(node.pk, []))

    def _of_node(
        self, node: CatalogNode, begun: date, last: date | None, stages: list[law.Milestone]
    ) -> Iterator[DutyLine]:
        override = (node.limit_days, node.limit_article) if node.limit_days is not None else None
        staged = node.cadence == Cadence.STAGED
        for some in [[stage] for stage in stages] if staged else [[]]:
            duty = law.Duty(
                Cadence(node.cadence), begun, last, cycle=cycle_of(node), milestones=some, override=override
            )
            due = law.next_due(duty, LIMITS, self.calendar)
            if due is None or (due.due.due_on - self.on).days > _MONTHS_AHEAD:
                continue
            stage = some[0].label if some else ""
            yield self.line(
                kind="stage" if staged else "periodic",
                title=f"{node.title}：{stage}" if stage else node.title,
                node=node,
                due_on=due.due.due_on,
                sentence=due.sentence,
                article=due.due.article or "第二十六条",
                address=f"{reverse('publishing:draft', args=[self.agency.slug])}?node={node.pk}",
                act="拟一条",
            )

    def of_the_plan(self) -> Iterator[DutyLine]:
        """What the plan of this year or the years before still owes."""
        allowed = {node.pk for node in self.leaves}
        entries = PlanEntry.objects.filter(
            agency=self.agency, year__lte=self.on.year, dropped_reason=""
        ).exclude(item__publications__isnull=False)
        for entry in entries.select_related("node", "section", "item"):
            mine = self.own is None or entry.section_id in self.own
            if not (mine or entry.node_id in allowed) or (entry.due_on - self.on).days > _MONTHS_AHEAD:
                continue
            yield self._planned(entry)

    def _planned(self, entry: PlanEntry) -> DutyLine:
        draft = f"{reverse('publishing:draft', args=[self.agency.slug])}?node={entry.node_id}"
        item = entry.item
        told = "，已经拟稿" if item else "，还没有拟稿"
        return self.line(
            kind="plan",
            title=entry.title,
            node=entry.node,
            section=entry.section,
            due_on=entry.due_on,
            sentence=f"列入{entry.year}年公开计划，计划{chinese_date(entry.due_on)}前公开{told}。",
            article="本机关年度计划",
            address=reverse("publishing:item", args=[item.pk]) if item else draft,
            act="办理" if item else "拟一条",
            item=item,
        )

    def of_postings(self) -> Iterator[DutyLine]:
        """Channels that still show an older edition; what is missing stands on the page of channels."""
        for row in matrix(self.account, self.agency, stale_only=True):
            if row.stale:
                yield self._of_old_postings(row)

    def _of_old_postings(self, row: Row) -> DutyLine:
        item = row.item
        due = due_of(self.agency, item.node, row.changed_since)
        assert due is not None  # the day of a publication of this desk
        labels = "、".join(cell.label for cell in row.stale)
        told = f"{chinese_date(row.live.published_on)}公开了新的一版，{labels}上还是旧的，请换成新的"
        return self.line(
            kind="posting",
            title=row.live.title,
            node=item.node,
            section=item.section,
            due_on=due.due_on,
            sentence=f"{told}，最迟{chinese_date(due.due_on)}。",
            article=due.article,
            address=reverse("publishing:item", args=[item.pk]),
            act="更换",
            item=item,
        )


def board_of(agency: Agency, account: Account | None, on: date) -> Board:
    """Everything due in an agency as a person may see it (``None``: all of it), the latest first."""
    reader = _Reader(agency, account, on)
    lines = sorted(reader.all(), key=lambda line: line.urgency)
    return Board(tuple(lines), tuple(reader.unwatched))


@dataclass(frozen=True, slots=True)
class Share:
    """The lines of one section; ``is_own``: of the person who looks."""

    section: Section | None
    is_own: bool
    lines: tuple[DutyLine, ...]

    @property
    def name(self) -> str:
        return self.section.name if self.section else "公开工作机构"

    def count(self, shown: str) -> int:
        return sum(line.shown.light == shown for line in self.lines)

    @property
    def late(self) -> int:
        return self.count(Light.OVERDUE)

    @property
    def numbers(self) -> list[int]:
        """One for each light, the gravest first."""
        return [self.count(each) for each in _RANK]


def by_section(lines: Iterable[DutyLine], agency: Agency, account: Account) -> list[Share]:
    """One share for each section: the person's own first, then those with most that is late."""
    own = sections_of(agency, account)
    shares: dict[int | None, list[DutyLine]] = {}
    sections: dict[int | None, Section | None] = {}
    for line in lines:
        key = line.section.pk if line.section else None
        shares.setdefault(key, []).append(line)
        sections[key] = line.section
    found = [
        Share(sections[key], key in own or (key is None and not own), tuple(held))
        for key, held in shares.items()
    ]
    return sorted(found, key=lambda share: (not share.is_own, -share.late, share.lines[0].urgency))


def chosen(lines: Iterable[DutyLine], filters: Mapping[str, str]) -> list[DutyLine]:
    """The lines that fit: ``light``, ``kind``, ``section`` (a key, or ``none``), ``person`` (a key)."""
    return [line for line in lines if all(_fits(line, name, value) for name, value in filters.items())]


def _fits(line: DutyLine, name: str, value: str) -> bool:
    if not value:
        return True
    held = {
        "light": line.shown.light.value,
        "kind": line.kind,
        "section": str(line.section.pk) if line.section else "none",
        "person": str(line.node.person_id or ""),
    }
    return held.get(name, value) == value
