"""A section with people in it, for the tests of the desk."""

from dataclasses import dataclass
from datetime import date

from django.test import Client

from gongkai.agencies.actions import add_section, open_account
from gongkai.agencies.models import Account, Membership, Section
from gongkai.casework.actions import intake, log
from gongkai.casework.models import Application
from gongkai.law.receipt import Party
from tests.agencies.cast import MORNING, PASSWORD
from tests.casework.cases import moment, register

Role = Membership.Role


@dataclass(frozen=True)
class Staffed:
    section: Section
    clerk: Account
    colleague: Account
    chief: Account


def staff(cast, name: str = "基础教育科", prefix: str = "") -> Staffed:
    """A section with two officers and its head."""
    section = add_section(agency=cast.agency, name=name, by=None, at=MORNING)

    def person(username: str, role: Membership.Role) -> Account:
        return open_account(
            agency=cast.agency, username=f"{prefix}{username}", full_name=f"示例{prefix}{username}",
            password=PASSWORD, roles=[role], by=None, at=MORNING, section=section,
        )  # fmt: skip

    return Staffed(
        section,
        person("clerk", Role.OFFICER),
        person("colleague", Role.OFFICER),
        person("chief", Role.SECTION_HEAD),
    )


def fresh(account: Account) -> Account:
    """The account as a new request sees it."""
    return Account.objects.get(pk=account.pk)


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def enter(case: Application, kind: str, on: date, by: Account, **details: object) -> Application:
    """One event on its own day."""
    case.refresh_from_db()
    log.append(case=case, kind=kind, on=on, by=by, at=moment(on), details=details)
    case.refresh_from_db()
    return case


def answered(cast, received: date, on: date, decision: str = "granted.provided") -> Application:
    """A case from its receipt to its answer."""
    case = register(cast, received).case
    return enter(case, "answered", on, cast.officer, decision=decision)


def confirm(case: Application, on: date, by: Account) -> Application:
    """Both sides confirm on a day."""
    for party in (Party.OFFICE, Party.APPLICANT):
        case.refresh_from_db()
        if case.received_on is None:
            intake.log_confirmation(
                case=case, party=party, on=on, reached=True, how="电话", by=by, at=moment(on)
            )
    case.refresh_from_db()
    return case
