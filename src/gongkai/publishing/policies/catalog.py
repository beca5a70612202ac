"""What an entry of the catalog may say, and where it may stand."""

from typing import Any

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import Refusal
from gongkai.law.breach import LawBreach
from gongkai.law.catalog import Cadence, statutory_lists
from gongkai.law.publishing.cadence import Cycle
from gongkai.law.publishing.channels import channels
from gongkai.publishing.models import CatalogNode, DisclosureClass

KEPT = (
    "title", "source", "source_note", "elements", "basis", "audience", "disclosure_class", "level",
    "channels", "section", "person", "column_kind", "cadence", "cycle", "max_age_days",
    "yellow_days", "red_days", "limit_days", "limit_article", "caution",
)  # fmt: skip
OWN_SOURCES = {"superior": "上级机关要求", "own": "本机关增加"}


def as_kept(node: CatalogNode) -> dict[str, Any]:
    """An entry as its versions keep it; keys of records, not their names."""
    kept = {name: getattr(node, name) for name in KEPT if name not in {"section", "person"}}
    return kept | {
        "section": node.section_id,
        "person": node.person_id,
        "parent": node.parent_id,
        "retired_on": node.retired_on.isoformat() if node.retired_on else None,
    }


def sources() -> dict[str, str]:
    """Where an entry may come from (第二十条、第二十一条、第二十二条): code → label."""
    found = {list_.code: f"{list_.article} {list_.label}" for list_ in statutory_lists()}
    found |= {
        item.code: f"{item.article} {item.label}" for list_ in statutory_lists() for item in list_.items
    }
    return found | OWN_SOURCES


def value_refusal(node: CatalogNode) -> Refusal | None:
    """What is wrong with the fields of an entry, if anything is."""
    return _told_wrongly(node) or _timed_wrongly(node) or _placed_wrongly(node)


def _told_wrongly(node: CatalogNode) -> Refusal | None:
    if not node.title.strip():
        return Refusal("请填写公开事项的名称。", "《条例》第十二条")
    if node.source not in sources():
        return Refusal("请选择这个事项的来源。", "《条例》第二十条至第二十二条")
    unknown = set(node.channels) - set(channels())
    if unknown:
        return Refusal("所选的公开渠道里有系统不认识的，请重新选择。", "《条例》第二十三条")
    is_open = node.disclosure_class == DisclosureClass.PROACTIVE and node.channels
    if is_open and not any(channels()[code].public for code in node.channels):
        return Refusal("主动公开的事项，至少要有一个公众看得到的渠道。", "《条例》第二十三条")
    return None


def _timed_wrongly(node: CatalogNode) -> Refusal | None:
    if node.red_days > node.yellow_days:
        return Refusal("警示的天数应当不多于提醒的天数，请改小警示的天数。")
    if (node.limit_days is None) != (not node.limit_article):
        return Refusal("其他法律规定的期限，工作日数和依据要一起填写，或者都空着。", "《条例》第二十六条")
    if node.cadence != Cadence.PERIODIC:
        return Refusal("只有定期公开的事项才填公开周期，请清空周期或者改为定期公开。") if node.cycle else None
    if not node.cycle:
        return None  # the lists to begin with know no days; the board asks for them
    try:
        Cycle.from_code(node.cycle)
    except LawBreach as breach:
        return Refusal(breach.message, breach.article)
    except ValueError:
        return Refusal("公开周期不对，请选择每月、每季度、每半年或者每年，再写哪一天。")
    return None


def _placed_wrongly(node: CatalogNode) -> Refusal | None:
    if node.section is not None and node.section.agency_id != node.agency_id:
        return Refusal("责任科室不是本机关的科室，请另选。")
    if node.person is not None and not node.person.memberships.filter(agency=node.agency_id).exists():
        return Refusal("责任人不是本机关的人，请另选。")
    return None


def may_divide(parent: CatalogNode, agency: Agency) -> Refusal | None:
    """Whether an entry may have others below it: items are filed under the lowest ones only."""
    if parent.agency_id != agency.pk:
        return Refusal("上级事项不是本机关目录里的，请另选。")
    if parent.retired_on is not None:
        return Refusal("上级事项已经停用，请另选，或者先恢复它。")
    if parent.items.exists():
        return Refusal("这个事项下面已经有公开信息，不能再分；请先把信息改挂到别的事项。")
    return None


def may_retire(node: CatalogNode, ahead: int) -> Refusal | None:
    """Whether nothing on its way needs the entry; ``ahead`` is how many items do."""
    if node.retired_on is not None:
        return Refusal("这个事项已经停用。")
    if node.children.filter(retired_on__isnull=True).exists():
        return Refusal("它还有正在使用的下级事项，请先停用下级。")
    if ahead:
        return Refusal(f"还有{ahead}条没有发布的信息归在这一项，请先发布、作废或者改挂到别的事项。")
    return None
