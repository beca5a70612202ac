"""What is not published, why, and when it is looked at again (第十八条)."""

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Account, Agency
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.publishing.cadence import Light, LightShown, light
from gongkai.law.publishing.classes import exemptions, next_reassessment
from gongkai.publishing.models import DisclosureClass, Item, Reassessment
from gongkai.publishing.queries.channel_gaps import seen

YELLOW, RED = 20, 5  # working days before the day of the next look


@dataclass(frozen=True, slots=True)
class Withheld:
    """A withheld item with its last look and the next."""

    item: Item
    last: Reassessment | None
    next_on: date
    shown: LightShown

    @property
    def is_due(self) -> bool:
        return self.shown.light is not Light.GREEN

    @property
    def is_late(self) -> bool:
        return self.shown.light is Light.OVERDUE

    @property
    def left(self) -> str:
        if self.is_late:
            return f"逾期{-self.shown.days}个工作日" if self.shown.days else "已经逾期"
        return f"还有{self.shown.days}个工作日" if self.shown.days else "今天到期"

    @property
    def tone(self) -> str:
        return "late" if self.is_late else "near" if self.is_due else "calm"

    @property
    def ground_label(self) -> str:
        found = exemptions().get(self.item.ground)
        return f"{found.label}（《条例》{found.article}）" if found else self.item.ground


def withheld_of(agency: Agency, account: Account | None, on: date) -> list[Withheld]:
    """What is withheld, those to be looked at soonest first. Where no day was set it is reckoned from the
    last look, or from the day the information was formed. ``account`` ``None``: all of it."""
    items = seen(agency, account).filter(disclosure_class=DisclosureClass.WITHHELD)
    rows = list(items.exclude(state=Item.State.DROPPED).defer("content"))
    last: dict[int, Reassessment] = {}
    for each in Reassessment.objects.filter(item__in=rows).select_related("by").order_by("on", "pk"):
        last[each.item_id] = each
    calendar = calendar_of(agency)
    found = []
    for item in rows:
        looked = last.get(item.pk)
        since = looked.on if looked else item.changed_on
        next_on = item.reassess_on or next_reassessment(since, calendar).due_on
        found.append(Withheld(item, looked, next_on, light(next_on, on, YELLOW, RED, calendar)))
    return sorted(found, key=lambda each: (each.next_on, each.item.pk))


def history_of(item: Item) -> list[Reassessment]:
    """Every look at an item, the latest first."""
    return list(item.reassessments.select_related("by").order_by("-on", "-pk"))
