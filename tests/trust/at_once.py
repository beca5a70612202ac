"""A program for a test: people who do the same thing at the same moment, each with their own connection
to a real database. Prints as JSON what came of it."""

# ruff: noqa: E402 (models can be imported only once the settings are loaded)

import json
import threading
from collections.abc import Callable, Sequence

from gongkai.config.environment import ensure_keys

ensure_keys()
import django
from django.conf import settings

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()

from django.core.management import call_command
from django.db import connections

from gongkai.agencies.actions import open_account
from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.audit.queries import verify_chain
from gongkai.casework.actions import assignment
from gongkai.casework.actions.deciding import decide
from gongkai.casework.actions.intake import receive_application
from gongkai.casework.actions.letters import approve_letter
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Application, Letter, NumberSequence
from tests.casework.answering import FACTS, GRANTED, NOT_FOUND, nonexistent, submit
from tests.casework.cases import filing, moment, register
from tests.trust.world import MONDAY, OPENED, PASSWORD, TUESDAY, Office, Role, staffed

ARRIVALS = 30


def at_once(deeds: Sequence[Callable[[], object]]) -> list[str]:
    """Every deed in a thread of its own, all let go together: ``done``, what it was refused with, or the
    error that nobody meant."""
    start, told = threading.Barrier(len(deeds)), [""] * len(deeds)

    def run(place: int) -> None:
        start.wait()
        try:
            deeds[place]()
            told[place] = "done"
        except ActionRefused as refused:
            told[place] = f"refused: {refused}"
        except Exception as error:
            told[place] = f"failed: {error!r}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def registering(office: Office) -> dict[str, object]:
    """Thirty counters."""
    by = office.officer

    def receive() -> None:
        receive_application(agency=office.agency, filing=filing(MONDAY), by=fresh(by), at=moment(MONDAY))

    told = at_once([receive] * ARRIVALS)
    return {"told": told, "numbers": sorted(Application.objects.values_list("number", flat=True))}


def deciding(office: Office) -> dict[str, object]:
    """Two officers decide one case, each in another way."""
    case = register(office).case
    case.refresh_from_db()
    seen = case.revision

    def choose(answers: dict[str, str], facts: dict[str, object]) -> Callable[[], object]:
        return lambda: decide(
            case=Application.objects.get(pk=case.pk), answers=answers, facts=facts,
            by=fresh(office.officer), at=moment(TUESDAY), revision=seen,
        )  # fmt: skip

    told = at_once([choose(NOT_FOUND, FACTS["search"]), choose(GRANTED, FACTS["granted"])])
    letters = Letter.objects.filter(case=case, state=Letter.State.DRAFT)
    standing = case.decisions.filter(superseded=False)
    return {
        "told": told,
        "standing": standing.count(),
        "letters": letters.count(),
        "of it": letters.filter(decision=standing[0]).count(),
        "entered": case.events.filter(kind="decided").count(),
    }


def signing(office: Office, other: Account) -> dict[str, object]:
    """Two heads sign one letter."""
    letter = nonexistent(office, TUESDAY)
    submit(letter, TUESDAY)
    seen = content_hash(paper_of(Letter.objects.get(pk=letter.pk)))

    def sign(by: Account) -> Callable[[], object]:
        return lambda: approve_letter(
            letter=Letter.objects.get(pk=letter.pk), seen=seen, by=fresh(by), at=moment(TUESDAY, 15)
        )

    told = at_once([sign(office.head), sign(other)])
    letter.refresh_from_db()
    last = NumberSequence.objects.get(series=letter.series, year=2025).last
    return {
        "told": told, "serial": letter.serial, "last": last, "state": letter.state,
        "approvals": letter.approvals.count(), "entered": letter.events.filter(kind="letter_signed").count(),
    }  # fmt: skip


def claiming(office: Office) -> dict[str, object]:
    """Two of a section take one case out of its pool."""
    case = register(office).case
    assignment.assign(case=case, section=office.section, person=None, by=office.officer, at=moment(MONDAY))

    def claim(by: Account) -> Callable[[], object]:
        return lambda: assignment.claim(
            case=Application.objects.get(pk=case.pk), by=fresh(by), at=moment(TUESDAY)
        )

    told = at_once([claim(office.clerk), claim(office.chief)])
    case.refresh_from_db()
    return {
        "told": told,
        "has one": case.officer_id in {office.clerk.pk, office.chief.pk},
        "entered": case.events.filter(kind="accepted").count(),
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    office = staffed()
    other = open_account(
        agency=office.agency, username="head_too", full_name="示例head_too", password=PASSWORD,
        roles=[Role.OFFICE_HEAD], by=None, at=OPENED,
    )  # fmt: skip
    found = {
        "registering": registering(office),
        "deciding": deciding(office),
        "signing": signing(office, other),
        "claiming": claiming(office),
        "trail broken at": verify_chain().broken_at,
    }
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
