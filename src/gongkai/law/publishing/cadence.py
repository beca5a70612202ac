"""By when an item is due: the limit of 第二十六条, the cadence the office gave it, and the lights.

Whatever the cadence, information is published within 20 working days of its forming or changing; a
cadence may ask for it sooner, never allow it later.
"""

import calendar as months
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.breach import LawBreach
from gongkai.law.catalog import Cadence, publication_due
from gongkai.law.limits import Due, TimeLimits, add_months, chinese_date
from gongkai.law.publishing.switches import PublishingRules
from gongkai.law.workdays import WorkingCalendar

_ARTICLE = "第二十六条"


class Period(StrEnum):
    """How often a periodic item is due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        return {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[self.value]

    @property
    def label(self) -> str:
        return {"monthly": "每月", "quarterly": "每季度", "half_yearly": "每半年", "yearly": "每年"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Cycle:
    """Once a ``period``, by ``day`` (1 to 31; the last of a shorter month) of its ``month``-th month.

    Raises ``LawBreach`` for a month or a day that the period does not have.
    """

    period: Period
    day: int
    month: int = 1

    def __post_init__(self) -> None:
        if not (1 <= self.day <= 31 and 1 <= self.month <= self.period.months):
            raise LawBreach(
                f"{self.period.label}的公开周期里没有第{self.month}个月{self.day}日，"
                "请改为周期内的月份和1至31日。"
            )

    @property
    def code(self) -> str:
        """To keep with the item: ``quarterly-1-15``."""
        return f"{self.period.value}-{self.month}-{self.day}"

    @staticmethod
    def from_code(code: str) -> "Cycle":
        """The cycle of a code. Raises ``ValueError`` for what is no code."""
        period, month, day = code.split("-")
        return Cycle(Period(period), int(day), int(month))

    @property
    def text(self) -> str:
        """As a clerk says it: 每季度第1个月15日前."""
        if self.period is Period.MONTHLY:
            return f"每月{self.day}日前"
        if self.period is Period.YEARLY:
            return f"每年{self.month}月{self.day}日前"
        return f"{self.period.label}第{self.month}个月{self.day}日前"

    def starts_on(self, day: date) -> date:
        """The first day of the period a day lies in; periods run with the calendar year."""
        length = self.period.months
        return date(day.year, (day.month - 1) // length * length + 1, 1)

    def due_day(self, start: date) -> date:
        """The day by which the period that begins on ``start`` asks for the item."""
        month = add_months(start, self.month - 1)
        return month.replace(day=min(self.day, months.monthrange(month.year, month.month)[1]))


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of a matter. ``reached_on``: the day its information was formed; ``planned_on`` the
    day it is expected to be; ``published_on``: the day it was published."""

    code: str
    label: str
    planned_on: date | None = None
    reached_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One item the office must publish. ``since``: the day the duty began for this office.

    ``changed_on``: the first day on which something was formed or changed that is not yet published.
    ``override``: the limit of another law that prevails, its working days and its article.
    """

    cadence: Cadence
    since: date
    last_published_on: date | None = None
    changed_on: date | None = None
    cycle: Cycle | None = None
    milestones: Sequence[Milestone] = ()
    override: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class NextDue:
    """When an item is due next and why. ``planned``: the stage is not reached yet, so the day moves
    with it; ``milestone`` is its code, empty for what is no stage."""

    due: Due
    sentence: str
    planned: bool = False
    milestone: str = ""


def next_due(
    duty: Duty, limits: TimeLimits, calendar: WorkingCalendar, rules: PublishingRules | None = None
) -> NextDue | None:
    """What an item is due for next: the earliest of all that is open; ``None`` where nothing is.

    Raises ``LawBreach`` for a periodic duty without a cycle.
    """
    found = list(_open(duty, limits, calendar, rules or PublishingRules.load()))
    return min(found, key=lambda entry: (entry.due.due_on, entry.planned), default=None)


def _open(
    duty: Duty, limits: TimeLimits, calendar: WorkingCalendar, rules: PublishingRules
) -> Iterator[NextDue]:
    changed, last = duty.changed_on, duty.last_published_on
    if changed is not None and (last is None or last < changed):
        due = publication_due(changed, limits, calendar, duty.override)
        days = calendar.working_days_between(changed, due.due_on)
        yield NextDue(
            due,
            f"信息于{chinese_date(changed)}形成或者变更，应当自该日起{days}个工作日内公开，"
            f"最迟{chinese_date(due.due_on)}。",
        )
    if duty.cadence is Cadence.PERIODIC:
        yield _periodic(duty, calendar, rules)
    if duty.cadence is Cadence.STAGED:
        stages = (_stage(stage, duty, limits, calendar) for stage in duty.milestones)
        yield from (entry for entry in stages if entry)


def _periodic(duty: Duty, calendar: WorkingCalendar, rules: PublishingRules) -> NextDue:
    cycle = duty.cycle
    if cycle is None:
        raise LawBreach(
            "定期公开的事项没有填写公开周期，请填写每月、每季度、每半年或者每年的哪一天。", _ARTICLE
        )
    raw = _next_period(cycle, duty)
    settle = calendar.on_or_before if rules.periodic_rest_day == "before" else calendar.on_or_after
    due_on = settle(raw)
    doubts = calendar.doubts_between(min(raw, due_on), max(raw, due_on))
    sentence = f"按{cycle.text}定期公开，这一期最迟{chinese_date(due_on)}公开。"
    return NextDue(Due(due_on, "定期公开", "", doubts), sentence)


def _next_period(cycle: Cycle, duty: Duty) -> date:
    """The due day of the first period nothing was published in, counting from when the duty began."""
    length = cycle.period.months
    if duty.last_published_on is not None:
        return cycle.due_day(add_months(cycle.starts_on(duty.last_published_on), length))
    first = cycle.due_day(cycle.starts_on(duty.since))
    if first >= duty.since:
        return first
    return cycle.due_day(add_months(cycle.starts_on(duty.since), length))


def _stage(stage: Milestone, duty: Duty, limits: TimeLimits, calendar: WorkingCalendar) -> NextDue | None:
    start = stage.reached_on or stage.planned_on
    if stage.published_on is not None or start is None:
        return None
    planned = stage.reached_on is None
    due = publication_due(start, limits, calendar, duty.override)
    told = f"预计{chinese_date(start)}完成" if planned else f"已于{chinese_date(start)}完成"
    sentence = f"“{stage.label}”{told}，最迟{chinese_date(due.due_on)}公开。"
    return NextDue(due, sentence, planned, stage.code)


def withdrawal_due(changed_on: date, limits: TimeLimits, calendar: WorkingCalendar) -> Due:
    """By when a published penalty decision that was changed, revoked or found unlawful or void must be
    taken down, with an explanation (行政处罚法第四十八条). Raises ``LawBreach`` before that law."""
    return limits.on("penalty_withdrawal", changed_on).due(changed_on, calendar)


class Light(StrEnum):
    """How a due day stands today."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        return {"green": "正常", "yellow": "临近", "red": "紧迫", "overdue": "逾期"}[self.value]


@dataclass(frozen=True, slots=True)
class LightShown:
    """The light, the working days left (negative: days late) and the sentence that explains it."""

    light: Light
    days: int
    sentence: str


def light(due_on: date | None, today: date, yellow: int, red: int, calendar: WorkingCalendar) -> LightShown:
    """How a due day stands: yellow and red with that many working days left or fewer.

    ``due_on`` is ``None`` where nothing is due. Raises ``LawBreach`` where red comes before yellow.
    """
    if not 0 <= red <= yellow:
        raise LawBreach(f"红牌（{red}个工作日）应当不早于黄牌（{yellow}个工作日），请改小红牌的天数。")
    if due_on is None:
        return LightShown(Light.GREEN, 0, "现在没有到期要公开的内容。")
    if today > due_on:
        late = calendar.working_days_between(due_on, today)
        told = f"{late}个工作日" if late else ""
        sentence = f"最迟应当在{chinese_date(due_on)}公开，已逾期{told}，请尽快公开。"
        return LightShown(Light.OVERDUE, -late, sentence)
    left = calendar.working_days_between(today, due_on)
    shown = Light.RED if left <= red else Light.YELLOW if left <= yellow else Light.GREEN
    return LightShown(shown, left, _left_sentence(shown, due_on, left, yellow, red))


def _left_sentence(shown: Light, due_on: date, left: int, yellow: int, red: int) -> str:
    told = f"最迟{chinese_date(due_on)}公开，"
    told += f"还有{left}个工作日" if left else "今天是最后一天"
    ends = {
        Light.RED: f"，已到红牌（{red}个工作日以内）。",
        Light.YELLOW: f"，已到黄牌（{yellow}个工作日以内）。",
    }
    return told + ends.get(shown, "。")
