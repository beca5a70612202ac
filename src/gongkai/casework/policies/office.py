"""Who keeps what an office says about itself: its days, its names, its sections' functions."""

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.casework.policies.people import in_disclosure_office


def may_enter_days(agency: Agency, by: Account) -> Refusal | None:
    """Days may be typed in by anybody of the disclosure office; they count once approved."""
    if in_disclosure_office(agency, by):
        return None
    return Refusal("工作日安排由政府信息公开工作机构的人员录入，您没有这个角色。")


def may_approve_days(agency: Agency, by: Account) -> Refusal | None:
    """What moves due days is approved by the head."""
    if holds(agency, by, Role.OFFICE_HEAD):
        return None
    return Refusal("工作日安排会改动在办件的期限，由工作机构负责人批准，您没有这个角色。")


def may_keep_profile(agency: Agency, by: Account) -> Refusal | None:
    """What stands on every letter is kept by the head."""
    if holds(agency, by, Role.OFFICE_HEAD):
        return None
    return Refusal("文书上的机关信息和科室职责由工作机构负责人维护，您没有这个角色。")
