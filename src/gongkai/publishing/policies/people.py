"""Who may see an item, and who may work on it."""

from gongkai.agencies.models import Account, Agency, Section
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.publishing.models import Item

WHOLE_AGENCY = (Role.OFFICE_HEAD, Role.SECRECY_REVIEWER, Role.LEADER_IN_CHARGE, Role.LEGAL_REVIEWER)
DRAFTING = (Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE_HEAD)


def sections_of(agency: Agency, account: Account) -> frozenset[int]:
    """The sections of an agency that a person works in."""
    return frozenset(
        membership.section_id
        for membership in account.memberships.all()
        if membership.agency_id == agency.pk and membership.section_id is not None
    )


def sees_all(agency: Agency, account: Account) -> bool:
    """Whether a person sees every item of the agency: the disclosure office and those who review."""
    return any(
        membership.role in WHOLE_AGENCY
        or (
            membership.role == Role.OFFICER
            and (membership.section is None or membership.section.is_disclosure_office)
        )
        for membership in account.memberships.all()
        if membership.agency_id == agency.pk
    )


def sees(item: Item, account: Account) -> bool:
    """The disclosure office sees every item; a section sees its own."""
    return sees_all(item.agency, account) or (
        item.section_id is not None and item.section_id in sections_of(item.agency, account)
    )


def may_stand_in(agency: Agency, role: str, giver: Account, taker: Account) -> Refusal | None:
    """Who reviews in another's place must see what is to be reviewed: all of it, or that of the section."""
    if sees_all(agency, taker):
        return None
    shared = sections_of(agency, taker) & sections_of(agency, giver)
    if role == Role.SECTION_HEAD and shared:
        return None
    return Refusal("受托人看不到要审查的信息；请另选公开工作机构或者同科室的人。", "《条例》第十七条")


def may_draft(agency: Agency, by: Account, section: Section | None = None) -> Refusal | None:
    """Who may write an item, for the disclosure office or for a section."""
    if not holds(agency, by, *DRAFTING):
        return Refusal("拟稿由经办人、科室负责人或者公开工作机构负责人进行，您没有这些角色。")
    if section is not None and section.agency_id != agency.pk:
        return Refusal("责任科室不是本机关的科室，请另选。")
    if sees_all(agency, by) or (section is not None and section.pk in sections_of(agency, by)):
        return None
    return Refusal("您只能为自己所在的科室拟稿。")


def may_work_on(item: Item, by: Account) -> Refusal | None:
    """Who may change an item and what hangs on it."""
    if not sees(item, by):
        return Refusal("这条信息不是您所在科室的，您不能办理。")
    if not holds(item.agency, by, *DRAFTING):
        return Refusal("拟稿由经办人、科室负责人或者公开工作机构负责人进行，您没有这些角色。")
    return None


def may_run_desk(agency: Agency, by: Account) -> Refusal | None:
    """What the disclosure office does for the whole agency: the catalog, the board, registers, transfers."""
    if sees_all(agency, by) and holds(agency, by, Role.OFFICER, Role.OFFICE_HEAD):
        return None
    return Refusal("这由政府信息公开工作机构办理，您不在这个机构。", "《条例》第四条")


def may_head(agency: Agency, by: Account) -> Refusal | None:
    """What the head of the disclosure office answers for."""
    if holds(agency, by, Role.OFFICE_HEAD):
        return None
    return Refusal("这一步由政府信息公开工作机构负责人决定，您没有这个角色。", "《条例》第四条")
