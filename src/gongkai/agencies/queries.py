"""Reading who is who."""

from collections.abc import Iterable
from itertools import groupby

from django.db import models
from django.db.models import Q, QuerySet

from gongkai.agencies.models import Account, Agency, Membership, Section


def agencies_of(account: Account) -> QuerySet[Agency]:
    """The agencies a person works in."""
    return Agency.objects.filter(memberships__account=account).distinct()


def agencies_seen_by(account: Account) -> QuerySet[Agency]:
    """The agencies a person works in, and those below an agency where they are a supervisor."""
    supervises = Membership.objects.filter(account=account, role=Membership.Role.SUPERVISOR)
    return Agency.objects.filter(
        Q(memberships__account=account) | Q(supervisor__in=supervises.values("agency"))
    ).distinct()


def is_in_use(section: Section) -> bool:
    """Whether something that must stay points to a section: people, and what other desks keep."""
    for relation in Section._meta.related_objects:
        keeps = getattr(relation, "on_delete", None) is models.PROTECT
        if keeps and relation.related_model._base_manager.filter(**{relation.field.name: section}).exists():
            return True
    return False


def staff_of(agency: Agency) -> list[tuple[Account, list[Membership]]]:
    """The people of an agency, each with their roles."""
    memberships: Iterable[Membership] = agency.memberships.select_related("account", "section").order_by(
        "account_id", "pk"
    )
    return [(account, list(held)) for account, held in groupby(memberships, key=lambda m: m.account)]
