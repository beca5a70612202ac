"""Two officers who enter something about one remedy at the same moment, on a real database file. A program
of its own: each thread has a connection of its own, which a test's transaction would not allow.

Prints as JSON, for each of three rounds, the two status codes; and how many remedies, events and papers
there are in the end.
"""

# ruff: noqa: E402 (models can be imported only once the settings are loaded)

import json
import threading

import django

django.setup()

from django.conf import settings

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.ALLOWED_HOSTS = ["*"]
_PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = {**settings.STORAGES, "staticfiles": _PLAIN}
settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from gongkai.agencies.actions import open_account, open_agency
from gongkai.agencies.models import Membership
from gongkai.casework.actions.intake import receive_application
from gongkai.casework.models import Application
from gongkai.remedies.models import Remedy, RemedyEvent, RemedyFile
from tests.casework.cases import filing


def office():
    now = timezone.now()
    agency = open_agency(name="示例市教育局", slug="edu", by=None, at=now)
    officers = [
        open_account(
            agency=agency, username=name, full_name=f"示例{name}", password="only-for-tests-7",
            roles=[Membership.Role.OFFICER], by=None, at=now,
        )
        for name in ("first", "second")
    ]  # fmt: skip
    filed = filing(timezone.localdate())
    return officers, receive_application(agency=agency, filing=filed, by=officers[0], at=now).case


def press(officers, address: str, given) -> list[int]:
    """Both have the page open; both press at once."""
    together, answers = threading.Barrier(2), [0, 0]

    def one(number: int) -> None:
        client = Client()
        client.force_login(officers[number])
        together.wait()
        answers[number] = client.post(address, given(number)).status_code
        connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def main() -> None:
    call_command("migrate", verbosity=0)
    officers, case = office()
    today = timezone.localdate().isoformat()
    filed = {
        "kind": "reconsideration", "claimant": "applicant", "challenged": "non_reply",
        "body": "示例市人民政府", "filed_on": today,
    }  # fmt: skip
    rounds = [press(officers, f"/office/remedies/case/{case.pk}/register/", lambda number: filed)]
    remedy = Remedy.objects.get()
    papers = {"on": today, "procedure": "simplified", "revision": remedy.revision}
    rounds.append(press(officers, f"/office/remedies/{remedy.pk}/acts/notify/", lambda number: papers))
    remedy.refresh_from_db()

    def answer(number: int):
        paper = SimpleUploadedFile(f"答复书{number}.pdf", b"%PDF-1.7 made up", "application/pdf")
        return {"on": today, "how": "当面递交", "papers": paper, "revision": remedy.revision}

    rounds.append(press(officers, f"/office/remedies/{remedy.pk}/acts/answer/", answer))
    kinds = list(RemedyEvent.objects.order_by("position").values_list("kind", flat=True))
    counted = {"remedies": Remedy.objects.count(), "kinds": kinds, "papers": RemedyFile.objects.count()}
    print(json.dumps({"rounds": rounds, "cases": Application.objects.count(), **counted}))


if __name__ == "__main__":
    main()
