"""A program for a test: an office in a database file, and many who sign different letters at once."""

# ruff: noqa: E402 (models can be imported only once the settings are loaded)

import json
import sys
import threading
from datetime import date
from types import SimpleNamespace

import django

django.setup()

from django.core.management import call_command
from django.db import connections

from gongkai.agencies.actions import open_account, open_agency
from gongkai.agencies.models import Membership
from gongkai.casework.actions.letters import approve_letter
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Letter, NumberSequence
from tests.agencies.cast import MORNING
from tests.casework.answering import nonexistent, submit
from tests.casework.cases import moment

DAY = date(2025, 9, 9)


def office() -> SimpleNamespace:
    agency = open_agency(name="示例市教育局", slug="edu", by=None, at=MORNING)
    people = {
        name: open_account(
            agency=agency, username=name, full_name=f"示例{name}", password="only-for-tests-7", roles=[role],
            by=None, at=MORNING,
        )
        for name, role in (("officer", Membership.Role.OFFICER), ("head", Membership.Role.OFFICE_HEAD))
    }  # fmt: skip
    return SimpleNamespace(agency=agency, **people)


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    cast, waiting = office(), []
    for _ in range(count):
        letter = nonexistent(cast, DAY)
        submit(letter, DAY)
        waiting.append(letter.pk)
    start, serials, refused = threading.Barrier(count), [], []

    def sign(pk: int) -> None:
        letter = Letter.objects.get(pk=pk)
        seen = content_hash(paper_of(letter))
        start.wait()
        try:
            signed = approve_letter(letter=letter, seen=seen, by=cast.head, at=moment(DAY, 15))
            serials.append(signed.serial)
        except Exception as error:
            refused.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign, args=(pk,)) for pk in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = NumberSequence.objects.get(series="复", year=2025).last
    hashes = Letter.objects.filter(state="signed").values("sha256").distinct().count()
    print(json.dumps({"serials": serials, "refused": refused, "last": last, "hashes": hashes}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
