"""The people of an office whom a case concerns."""

from django.db.models import QuerySet

from gongkai.agencies.models import Account, Agency, Membership
from gongkai.casework.models import Application


def heads_of(agency: Agency) -> QuerySet[Account]:
    """The heads of the disclosure office."""
    return _active(agency, memberships__role=Membership.Role.OFFICE_HEAD)


def staff_of_section(case: Application) -> QuerySet[Account]:
    """Who may take a case that was given to their section."""
    return _active(case.agency, memberships__section=case.section_id)


def _active(agency: Agency, **also: object) -> QuerySet[Account]:
    return Account.objects.filter(memberships__agency=agency, is_active=True, **also).distinct()


def holders_of(case: Application) -> list[Account]:
    """Whoever works on a case, else the heads of the office."""
    holders = [case.officer] if case.officer and case.officer.is_active else []
    helping = [each for each in case.co_workers.all() if each.is_active]
    return [*holders, *helping] or list(heads_of(case.agency))
