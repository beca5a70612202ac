"""Every write about who is who. ``by`` is ``None`` where the office is being set up."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account, Agency, LeadingGroup, LeadingGroupSeat, Membership, Section
from gongkai.agencies.policies import ActionRefused, Refusal, may_manage
from gongkai.agencies.queries import is_in_use
from gongkai.agencies.signals import announce


class UnableToManage(ActionRefused):
    """The person may not change this agency's sections, roles or leading group."""


def _check(agency: Agency, by: Account | None) -> None:
    refusal = may_manage(agency, by) if by else None
    if refusal:
        raise UnableToManage(refusal)


@transaction.atomic
def open_agency(
    *,
    name: str,
    slug: str,
    by: Account | None,
    at: datetime,
    kind: str = Agency.Kind.AGENCY,
    region: str = "",
    supervisor: Agency | None = None,
) -> Agency:
    """A new agency, below its supervisor if it has one."""
    agency = Agency(name=name, slug=slug, kind=kind, region=region, supervisor=supervisor)
    agency.full_clean()
    agency.save()
    announce(
        by=by,
        at=at,
        act="opened_agency",
        subject=f"agency:{agency.pk}",
        agency=agency,
        details={"name": name},
    )
    return agency


@transaction.atomic
def open_account(
    *,
    agency: Agency,
    username: str,
    full_name: str,
    password: str,
    roles: Sequence[Membership.Role],
    by: Account | None,
    at: datetime,
    section: Section | None = None,
) -> Account:
    """A person who can sign in and holds ``roles`` in the agency."""
    _check(agency, by)
    account = Account(username=username, full_name=full_name)
    account.set_password(password)
    account.full_clean()
    account.save()
    announce(
        by=by,
        at=at,
        act="opened_account",
        subject=f"account:{account.pk}",
        agency=agency,
        details={"username": username, "full_name": full_name},
    )
    for role in roles:
        appoint(agency=agency, account=account, role=role, by=by, at=at, section=section)
    return account


@transaction.atomic
def appoint(
    *,
    agency: Agency,
    account: Account,
    role: Membership.Role,
    by: Account | None,
    at: datetime,
    section: Section | None = None,
) -> Membership:
    """Give a person a role in an agency, in a section of it; a role already held stays as it is."""
    _check(agency, by)
    membership, created = Membership.objects.get_or_create(
        agency=agency, account=account, role=role, defaults={"section": section}
    )
    if created:
        announce(
            by=by,
            at=at,
            act="appointed",
            subject=f"account:{account.pk}",
            agency=agency,
            details={"role": role, "full_name": account.full_name},
        )
    return membership


@transaction.atomic
def place_in_section(
    *, membership: Membership, section: Section | None, by: Account | None, at: datetime
) -> Membership:
    """Where somebody works in this role; without a section, in the disclosure office."""
    agency = membership.agency
    _check(agency, by)
    if section is not None and section.agency_id != agency.pk:
        raise UnableToManage(Refusal("只能安排到本机关的科室，请另选。"))
    membership.section = section
    membership.save(update_fields=["section"])
    name = section.name if section else "信息公开工作机构"
    announce(
        by=by,
        at=at,
        act="placed_in_section",
        subject=f"account:{membership.account_id}",
        agency=agency,
        details={"name": name, "full_name": membership.account.full_name},
    )
    return membership


@transaction.atomic
def dismiss(*, membership: Membership, by: Account | None, at: datetime) -> None:
    """Take a role back. The last head of a disclosure office stays, or nobody could manage it."""
    agency = membership.agency
    _check(agency, by)
    if membership.role == Membership.Role.OFFICE_HEAD and _is_last_head(membership):
        raise UnableToManage(
            Refusal("这是本机关唯一的工作机构负责人，撤下后无人能管理；请先任命另一位。", "《条例》第四条")
        )
    announce(
        by=by,
        at=at,
        act="dismissed",
        subject=f"account:{membership.account_id}",
        agency=agency,
        details={"role": membership.role, "full_name": membership.account.full_name},
    )
    membership.delete()


def _is_last_head(membership: Membership) -> bool:
    heads = Membership.objects.filter(agency=membership.agency_id, role=Membership.Role.OFFICE_HEAD)
    return not heads.exclude(pk=membership.pk).exists()


@transaction.atomic
def add_section(
    *, agency: Agency, name: str, by: Account | None, at: datetime, is_disclosure_office: bool = False
) -> Section:
    """A section of the agency."""
    _check(agency, by)
    section = Section(agency=agency, name=name, is_disclosure_office=is_disclosure_office)
    section.full_clean()
    section.save()
    announce(
        by=by,
        at=at,
        act="added_section",
        subject=f"agency:{agency.pk}",
        agency=agency,
        details={"name": name},
    )
    return section


@transaction.atomic
def remove_section(*, section: Section, by: Account | None, at: datetime) -> None:
    """Remove a section that nobody works in and that no case was given to."""
    _check(section.agency, by)
    if is_in_use(section):
        raise UnableToManage(
            Refusal(f"{section.name}还有人员或者交给它的申请，不能移除；请先把人员安排到别的科室。")
        )
    announce(
        by=by,
        at=at,
        act="removed_section",
        subject=f"agency:{section.agency.pk}",
        agency=section.agency,
        details={"name": section.name},
    )
    section.delete()


@transaction.atomic
def seat(
    *,
    agency: Agency,
    name: str,
    position: str,
    duty: LeadingGroupSeat.Duty,
    by: Account | None,
    at: datetime,
) -> LeadingGroupSeat:
    """Seat somebody in the agency's leading group, which is founded with its first seat."""
    _check(agency, by)
    group, _ = LeadingGroup.objects.get_or_create(agency=agency, defaults={"name": "政务公开领导小组"})
    place = LeadingGroupSeat(group=group, name=name, position=position, duty=duty)
    place.full_clean()
    place.save()
    details = {"name": name, "position": position, "duty": duty}
    announce(by=by, at=at, act="seated", subject=f"agency:{agency.pk}", agency=agency, details=details)
    return place


@transaction.atomic
def unseat(*, place: LeadingGroupSeat, by: Account | None, at: datetime) -> None:
    """Take somebody out of the leading group."""
    agency = place.group.agency
    _check(agency, by)
    details = {"name": place.name, "duty": place.duty}
    announce(by=by, at=at, act="unseated", subject=f"agency:{agency.pk}", agency=agency, details=details)
    place.delete()
