"""Who looks again at what is withheld."""

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.publishing.models import DisclosureClass, Item
from gongkai.publishing.policies.people import may_work_on


def may_reassess(item: Item, by: Account) -> Refusal | None:
    """The head of the section or of the disclosure office decides; only what is withheld is looked at."""
    refusal = may_work_on(item, by)
    if refusal:
        return refusal
    if item.disclosure_class != DisclosureClass.WITHHELD or item.state == Item.State.DROPPED:
        return Refusal("只有不予公开的信息才作定期评估审查。", "《条例》第十八条")
    if not holds(item.agency, by, Role.SECTION_HEAD, Role.OFFICE_HEAD):
        return Refusal("评估由科室负责人或者公开工作机构负责人决定，您没有这些角色。", "《条例》第十八条")
    return None
