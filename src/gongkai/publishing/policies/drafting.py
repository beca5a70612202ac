"""What may be changed, and what an item must hold before anybody reviews it."""

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.publishing.content import Content
from gongkai.publishing.models import DisclosureClass, Item
from gongkai.publishing.policies.people import may_work_on

State = Item.State
MOST_FILES = 30


def may_edit(item: Item, by: Account) -> Refusal | None:
    """The working copy changes at any time but while it is reviewed: a published item gets a new edition."""
    refusal = may_work_on(item, by)
    if refusal:
        return refusal
    if item.state == State.IN_REVIEW:
        return Refusal("这一稿正在审查，不能修改；要改的，先收回，改后重新审查。", "《条例》第十七条")
    if item.state == State.DROPPED:
        return Refusal("这条信息已经作废，请重新拟稿。")
    return None


def lacking(item: Item, content: Content) -> list[Refusal]:
    """Everything missing before an item may be handed to those who review, all at once."""
    found = []
    if not content.title.strip():
        found.append(Refusal("还没有写名称。", "《条例》第十二条"))
    if not content.article.blocks and not any(content.details.values()):
        found.append(Refusal("正文是空的；只有附件的，也请写一句说明。"))
    if item.node.retired_on is not None:
        found.append(Refusal("所选的目录事项已经停用，请另选。", "《条例》第十二条"))
    if item.disclosure_class != DisclosureClass.PROACTIVE:
        found.append(
            Refusal(
                f"公开属性是“{item.get_disclosure_class_display()}”，不能提交发布审查；要公开的，先改属性。",
                "国办发〔2016〕80号",
            )
        )
    if item.concerned_agencies and item.agencies_agreed_on is None:
        found.append(Refusal("内容涉及其他机关，还没有记下与其协商确认的日期。", "《条例》第十一条"))
    return found
