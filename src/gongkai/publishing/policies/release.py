"""The gate. One function decides whether an edition may become public; every path asks it."""

from datetime import date

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.publishing.content import FileLine, content_hash
from gongkai.publishing.models import DisclosureClass, Edition, Item, ReviewSheet
from gongkai.publishing.policies.findings import standing
from gongkai.publishing.policies.parts import parts_of
from gongkai.publishing.policies.people import sees
from gongkai.publishing.policies.review import gaps

_ARTICLE = "《条例》第十七条"
_SPEAKS = (ReviewSheet.State.OPEN, ReviewSheet.State.RETURNED)  # a later review that is not taken back


def obstacles(item: Item, sheet: ReviewSheet | None, rules: str) -> list[Refusal]:
    """Everything that stands between an item and the public; empty exactly when it may go out.

    ``sheet`` is the sheet it is to go out on; ``rules`` the version of the screening rules in force.
    """
    if sheet is None or sheet.item_id != item.pk:
        return [Refusal("还没有经过审查，不能发布。", _ARTICLE)]
    found = []
    if sheet.state != ReviewSheet.State.COMPLETE:
        found.append(Refusal(f"审查表{sheet.get_state_display()}，审查通过以后才能发布。", _ARTICLE))
    found += [Refusal(gap.sentence, gap.article) for gap in gaps(sheet)]
    if item.sheets.filter(pk__gt=sheet.pk, state__in=_SPEAKS).exists():
        found.append(Refusal("通过以后又送审过，没有再通过；要以最后一次审查为准，请重新审查。", _ARTICLE))
    if not _is_working_copy(item, sheet.edition):
        found.append(Refusal("审查以后内容又改过，要按现在的内容重新审查。", _ARTICLE))
    if item.disclosure_class != DisclosureClass.PROACTIVE:
        found.append(
            Refusal(
                f"公开属性是“{item.get_disclosure_class_display()}”，不能主动公开。", "国办发〔2016〕80号"
            )
        )
    if item.state in {Item.State.DROPPED, Item.State.KEPT}:
        found.append(Refusal(f"这条信息{item.get_state_display()}，不能发布。"))
    if item.concerned_agencies and item.agencies_agreed_on is None:
        found.append(Refusal("内容涉及其他机关，还没有记下与其协商确认的日期。", "《条例》第十一条"))
    return found + standing(item, parts_of(sheet.edition), rules)


def lapsed(sheet: ReviewSheet | None, on: date) -> Refusal | None:
    """A public notice whose last day is over when it would go out has nothing to say any more."""
    ends_on = sheet.edition.said.ends_on if sheet else None
    if ends_on is None or ends_on >= on:
        return None
    return Refusal(
        f"公示截止日期{ends_on.year}年{ends_on.month}月{ends_on.day}日已过，不能发布；"
        "还要公示的，先改截止日期，重新审查。"
    )


def hash_of(item: Item) -> str:
    """The hash of the working copy as it stands now."""
    files = [
        FileLine(file.name, file.sha256, file.is_picture)
        for file in item.files.filter(removed_at__isnull=True)
    ]
    place = (item.kind, item.node.code, item.section.name if item.section else "")
    return content_hash(item.draft, files, item.disclosure_class, place)


def _is_working_copy(item: Item, edition: Edition) -> bool:
    return hash_of(item) == edition.sha256


def may_publish(item: Item, by: Account) -> Refusal | None:
    """Who may press the button, once the gate is open: the disclosure office or the section it is of."""
    if not sees(item, by):
        return Refusal("这条信息不是您所在科室的，您不能发布。")
    if not holds(item.agency, by, Role.OFFICER, Role.OFFICE_HEAD, Role.SECTION_HEAD):
        return Refusal("发布由经办人、科室负责人或者公开工作机构负责人办理，您没有这些角色。")
    return None


def may_withdraw(item: Item, by: Account) -> Refusal | None:
    """Anybody who sees the item and could have drafted or reviewed it may take it down: haste matters."""
    if sees(item, by):
        return None
    return Refusal("这条信息不是您所在科室的，您不能撤下。")
