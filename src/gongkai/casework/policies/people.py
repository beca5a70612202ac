"""Who may see a case, and who may work on it."""

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.casework.models import Application

WHOLE_OFFICE = (Role.OFFICE_HEAD, Role.LEADER_IN_CHARGE, Role.LEGAL_REVIEWER)
WORKING = (Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE_HEAD)


def in_disclosure_office(agency: Agency, account: Account) -> bool:
    """Whether a person sees every case of the agency: the disclosure office and those who approve."""
    return any(
        membership.role in WHOLE_OFFICE
        or (
            membership.role == Role.OFFICER
            and (membership.section is None or membership.section.is_disclosure_office)
        )
        for membership in account.memberships.all()
        if membership.agency_id == agency.pk
    )


def sections_of(agency: Agency, account: Account) -> frozenset[int]:
    """The sections of an agency that a person works in."""
    return frozenset(
        membership.section_id
        for membership in account.memberships.all()
        if membership.agency_id == agency.pk and membership.section_id is not None
    )


def sees(case: Application, account: Account) -> bool:
    """The disclosure office sees every case; a section sees those that were assigned to it."""
    return in_disclosure_office(case.agency, account) or case.section_id in sections_of(case.agency, account)


def may_work_on(case: Application, by: Account) -> Refusal | None:
    """Who may enter things into a case."""
    if not sees(case, by):
        return Refusal("这件申请没有交给您所在的科室，您不能办理。")
    if not holds(case.agency, by, *WORKING):
        return Refusal("办理申请由经办人、承办科室负责人或工作机构负责人进行，您没有这些角色。")
    return None


def may_act(case: Application, by: Account) -> Refusal | None:
    """Who may act on a case that is still open."""
    if not case.is_open:
        return Refusal(f"案件已于{case.closed_on:%Y年%-m月%-d日}办结，不能再办理。")
    if case.joined_to_id is not None:
        return Refusal(f"本件已与{case.joined_to}并案，请在主案办理。")
    return may_work_on(case, by)


def may_receive(agency: Agency, by: Account) -> Refusal | None:
    """Who may register what arrives."""
    if in_disclosure_office(agency, by) and holds(agency, by, Role.OFFICER, Role.OFFICE_HEAD):
        return None
    return Refusal("登记申请由政府信息公开工作机构的经办人或负责人进行。", "《条例》第四条")


def is_head(case: Application, by: Account) -> Refusal | None:
    """Acts that the head of the disclosure office answers for."""
    if holds(case.agency, by, Role.OFFICE_HEAD):
        return None
    return Refusal("这一步由政府信息公开工作机构负责人决定，您没有这个角色。")
