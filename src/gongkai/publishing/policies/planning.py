"""What a plan may hold, and which item may carry an entry out."""

from datetime import date

from gongkai.agencies.models import Account, Agency, Section
from gongkai.agencies.policies import Refusal
from gongkai.publishing.models import CatalogNode, Item
from gongkai.publishing.policies.people import may_run_desk, sections_of, sees

_LAST_DAY_OF_FEBRUARY = 29


def place_refusal(node: CatalogNode, section: Section, year: int, due_on: date) -> Refusal | None:
    """What is wrong with where and when an entry of the plan stands."""
    if section.agency_id != node.agency_id:
        return Refusal("责任科室不是本机关的科室，请另选。")
    if node.retired_on is not None:
        return Refusal("所选的目录事项已经停用，请另选。")
    if due_on.year != year:
        return Refusal(f"完成日期应当在{year}年内，请核对。")
    return None


def link_refusal(agency: Agency, section: int | None, item: Item | None, by: Account) -> Refusal | None:
    """Who may say which item carries an entry out: the office, or the section whose entry it is."""
    if may_run_desk(agency, by) and (section is None or section not in sections_of(agency, by)):
        return Refusal("由公开工作机构或者责任科室填写是哪一条信息，您不在其中。")
    if item is None:
        return None
    if item.agency_id != agency.pk or not sees(item, by):
        return Refusal("没有这条公开信息，请核对索引号。")
    if item.state in {Item.State.DROPPED, Item.State.KEPT}:
        return Refusal(f"这条信息{item.get_state_display()}，请另选。")
    return None


def moved_to(day: date, year: int) -> date:
    """The same day in another year; the last of February moves with it."""
    if (day.month, day.day) == (2, _LAST_DAY_OF_FEBRUARY):
        return date(year, 2, 28)
    return day.replace(year=year)
