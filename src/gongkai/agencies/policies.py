"""May they: roles, and the refusal every desk speaks with."""

from dataclasses import dataclass

from gongkai.agencies.models import Account, Agency, Membership

Role = Membership.Role


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not open now: the sentence a disabled button shows, and its article."""

    message: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.message}（{self.article}）" if self.article else self.message


class ActionRefused(Exception):
    """A refused act. Each act has its own subclass beside its action."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def roles_in(agency: Agency, account: Account) -> frozenset[str]:
    """The roles a person holds in an agency."""
    return frozenset(
        membership.role for membership in account.memberships.all() if membership.agency_id == agency.pk
    )


def holds(agency: Agency, account: Account, *roles: Role) -> bool:
    """Whether a person holds one of these roles in an agency."""
    return not roles_in(agency, account).isdisjoint(roles)


def needs(agency: Agency, account: Account, *roles: Role) -> Refusal | None:
    """A refusal unless the person holds one of these roles."""
    if holds(agency, account, *roles):
        return None
    names = "或".join(role.label for role in roles)
    return Refusal(f"这一步由{agency.name}的{names}办理，您没有这个角色。")


def may_manage(agency: Agency, account: Account) -> Refusal | None:
    """Sections, roles and the leading group are kept by the head of the disclosure office."""
    return needs(agency, account, Role.OFFICE_HEAD)
