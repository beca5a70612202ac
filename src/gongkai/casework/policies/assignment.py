"""Who may hand a case to whom."""

from datetime import date

from gongkai.agencies.models import Account, Section
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.casework.models import Application
from gongkai.casework.policies.people import in_disclosure_office, may_act, sections_of
from gongkai.law.limits import chinese_date


def may_assign(case: Application, by: Account) -> Refusal | None:
    """The disclosure office hands out; the head of a section hands on inside it."""
    refusal = may_act(case, by)
    if refusal:
        return refusal
    if in_disclosure_office(case.agency, by) or _heads_section(case, by):
        return None
    return Refusal("交办由信息公开工作机构或者承办科室负责人进行，您没有这个角色。")


def may_assign_to(case: Application, section: Section, person: Account | None, by: Account) -> Refusal | None:
    """To a section of the agency, and to somebody who works there."""
    refusal = may_assign(case, by)
    if refusal:
        return refusal
    if section.agency_id != case.agency_id:
        return Refusal("只能交给本机关的科室；不属于本机关的，按第三十六条第五项办理。")
    if person is not None and not works_in(section, person):
        return Refusal(f"{person.full_name}不在{section.name}，请另选一位，或者只交给科室。")
    inside = section.pk == case.section_id
    if not in_disclosure_office(case.agency, by) and not inside:
        return Refusal("科室负责人只能在本科室内交办；不该由本科室办的，请退回并说明理由。")
    return None


def works_in(section: Section, person: Account) -> bool:
    """Whether somebody may be given cases of a section. Without a section one works in the disclosure
    office."""
    return person.is_active and any(
        membership.agency_id == section.agency_id
        and (
            membership.section_id == section.pk
            or (membership.section_id is None and section.is_disclosure_office)
        )
        for membership in person.memberships.all()
    )


def _heads_section(case: Application, by: Account) -> bool:
    own = sections_of(case.agency, by)
    return holds(case.agency, by, Role.SECTION_HEAD) and case.section_id in own


def may_claim(case: Application, by: Account) -> Refusal | None:
    """Out of the pool of one's own section."""
    refusal = may_act(case, by)
    if refusal:
        return refusal
    if case.section is None:
        return Refusal("这件申请还没有交给科室，不能认领；请先交办。")
    if case.officer_id is not None:
        return Refusal(f"这件申请已经由{case.officer}承办，不能再认领。")
    if not works_in(case.section, by):
        return Refusal(f"这件申请交给了{case.section}，由该科室的人员认领。")
    return None


def may_accept(case: Application, by: Account) -> Refusal | None:
    """What was given to one by name."""
    if case.officer_id is None:
        return may_claim(case, by)
    refusal = may_act(case, by)
    if refusal:
        return refusal
    if case.officer_id != by.pk:
        return Refusal(f"这件申请交给了{case.officer}，由本人接收。")
    if case.accepted_at is not None:
        return Refusal("您已经接收了这件申请，不用再接收。")
    return None


def may_send_back(case: Application, by: Account) -> Refusal | None:
    """By whoever it was given to, or the head of the section."""
    refusal = may_act(case, by)
    if refusal:
        return refusal
    if case.section is None and case.officer_id is None:
        return Refusal("这件申请还没有交办，没有可以退回的。")
    in_section = case.section is not None and works_in(case.section, by)
    if case.officer_id == by.pk or _heads_section(case, by) or (case.officer_id is None and in_section):
        return None
    return Refusal("退回交办由承办人或者承办科室负责人进行。")


def may_add_hands(case: Application, by: Account) -> Refusal | None:
    """Co-workers and the internal due day: whoever holds the case, or may hand it out."""
    refusal = may_act(case, by)
    if refusal:
        return refusal
    return None if case.officer_id == by.pk else may_assign(case, by)


def internal_day(case: Application, until: date, today: date) -> Refusal | None:
    """Between today and the day the law sets."""
    if until < today:
        return Refusal(f"内部期限{chinese_date(until)}已经过去，请定在今天或者以后。")
    if case.due_on is not None and until > case.due_on:
        return Refusal(
            f"内部期限不能晚于答复期限{chinese_date(case.due_on)}，请往前定。", "《条例》第三十三条"
        )
    return None
