"""A program for a test: an office on a real database file, worked in and looked at from every side.

Whatever left it is put into the folder named on the command line: ``data`` (database, write-ahead log,
outbox, as they lie on the disk while the office is open), ``out`` (one file for each thing that was
answered, logged or printed) and ``canaries.json``.
"""

# ruff: noqa: E402 (models can be imported only once the settings are loaded)

import json
import logging
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gongkai.config.environment import ensure_keys

ensure_keys()
import django
from django.conf import settings

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.ALLOWED_HOSTS = ["*"]
_PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = {**settings.STORAGES, "staticfiles": _PLAIN}
settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.casework.actions.files import Attachment
from gongkai.casework.actions.intake import Filing, Registered
from gongkai.casework.models import Application, CaseFile, Letter
from gongkai.casework.views import intake
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel
from gongkai.notices.models import Delivery, Notice
from gongkai.notices.sending import attempt
from gongkai.remedies.actions.files import Paper
from tests.portal.applicant import PERSON, WANTED, enter, fill_in
from tests.trust.world import Office, furnished

# Pages that tell of many cases at once: nobody is named on them.
OVERVIEWS = (
    "/office/", "/office/cases/", "/office/letters/?year=2025", "/office/statistics/?year=2025",
    "/office/calendar/", "/office/remedies/", "/office/trail/", "/office/trail/?page=2",
    "/office/trail/?page=3", "/office/notices/", "/office/patterns/edu/", "/office/days/edu/",
    "/office/annual/", "/office/grounds/", "/office/cases/receive/edu/", "/office/cases/import/edu/",
    "/office/agencies/edu/",
)  # fmt: skip
PUBLIC = ("/", "/reports/", "/apply/", "/apply/edu/", "/apply/done/", "/check/", "/track/", "/no/such/")
EXPORTS = (
    "/office/cases/export/xlsx/", "/office/cases/export/csv/",
    "/office/statistics/export/xlsx/?year=2025", "/office/statistics/export/csv/?year=2025",
    "/office/cases/import/edu/template/",
)  # fmt: skip


class Sink:
    """Puts down what came out, one file each."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0
        folder.mkdir(parents=True)

    def put(self, name: str, data: bytes | str) -> None:
        self.count += 1
        plain = "".join(c if c.isalnum() else "-" for c in name)[:60]
        path = self.folder / f"{self.count:04d} {plain}"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    def answer(self, name: str, answer: HttpResponse, body: bool) -> HttpResponse:
        heads = "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
        self.put(f"headers {name}", f"{heads}\n{answer.cookies.output()}")
        if body:
            self.put(f"body {name}", answer.content)
        return answer


def somebody(account) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def pages_of(case: Application) -> Iterator[str]:
    """Pages and files of one case. Their words are meant for who works on it, their headers are not."""
    yield from (
        f"/office/cases/{case.pk}/{rest}"
        for rest in ("", "arrived/", "deadline/", "deadline.pdf", "decide/", "acts/withdraw/", "redecide/")
    )
    yield from (
        f"/office/files/{pk}/" for pk in CaseFile.objects.filter(case=case).values_list("pk", flat=True)
    )
    for letter in Letter.objects.filter(case=case):
        yield from (
            f"/office/letters/{letter.pk}/{rest}" for rest in ("", "file.docx", "file.pdf", "service/")
        )
    yield f"/office/remedies/case/{case.pk}/"
    for remedy in case.remedies.all():
        yield from (f"/office/remedies/{remedy.pk}/{rest}" for rest in ("", "bundle.pdf"))
        yield from (f"/office/remedies/{remedy.pk}/papers/{file.pk}/" for file in remedy.files.all())


def work_in(office: Office, sink: Sink) -> None:
    """Officers and applicants go everywhere."""
    officer, head = somebody(office.officer), somebody(office.head)
    for case in office.cases.values():
        for address in pages_of(case):
            sink.answer(address, officer.get(address), body=False)
        sink.answer(f"identity of {case}", officer.post(f"/office/cases/{case.pk}/identity/"), body=False)
        sink.answer(f"receipt of {case}", officer.post(f"/office/cases/{case.pk}/receipt/"), body=False)
    for address in OVERVIEWS:
        sink.answer(address, head.get(address), body=True)
        sink.answer(address, officer.get(address), body=True)
    for address in PUBLIC:
        sink.answer(address, Client().get(address), body=True)
    for address in EXPORTS:
        exported = sink.answer(address, officer.get(address), body=True)
        assert exported.status_code == 200, address
    page = officer.post("/office/calendar/").content.decode()
    feed = re.search(r"/office/calendar/[\w-]+\.ics", page)
    assert feed
    sink.answer("feed", Client().get(feed[0]), body=True)
    # Searched for, and a refusal that names a file, still to be shown.
    name = office.canaries.texts["granted name"]
    sink.answer("search", officer.post("/office/cases/search/", {"text": name}), body=False)
    empty = SimpleUploadedFile(
        office.canaries.put("name of a file that is empty", "金丝雀空文件", ".pdf"), b""
    )
    upload = {"kind": "other", "file": empty}
    case = office.cases["received"]
    sink.answer("empty file", officer.post(f"/office/cases/{case.pk}/files/", upload), body=False)
    sink.answer("an export of what was searched for", officer.get("/office/cases/export/csv/"), body=True)


def apply_and_follow(office: Office, sink: Sink) -> None:
    """Applicants at the website: a draft that is not handed in, cases that are followed."""
    typed = office.canaries.identity("typed draft")
    person = PERSON | {
        "person_name": typed["name"], "id_number": typed["id_number"], "phone": typed["phone"],
        "address": typed["address"], "email": typed["email"],
    }  # fmt: skip
    fill_in(Client(), WANTED, person)
    for label, case in office.cases.items():
        client = Client(raise_request_exception=False)
        enter(client, case, office.codes[label])
        sink.answer("track", client.get("/track/case/"), body=False)
        said = office.canaries.put(f"{label} words over the website", "金丝雀网上留言")
        sink.answer("message", client.post("/track/case/message/", {"text": said}), body=False)
        sink.answer("own data", client.post("/track/case/data/"), body=False)
        for letter in Letter.objects.filter(case=case):
            sink.answer("a letter", client.post(f"/track/case/letters/{letter.pk}/"), body=False)
    strict = Client(enforce_csrf_checks=True)
    refused = sink.answer("no token", strict.post("/apply/edu/who/", person), body=True)
    assert refused.status_code == 403


def go_wrong(office: Office, sink: Sink) -> None:
    """Errors: nothing there, nothing allowed, and a program that fails with everything in its hands."""
    texts, officer = office.canaries.texts, somebody(office.officer)
    missing = sink.answer("404", officer.post("/office/no/such/", dict(texts)), body=True)
    hidden = sink.answer("404", somebody(office.stranger).get("/office/cases/2/"), body=True)
    assert (missing.status_code, hidden.status_code) == (404, 404)
    filing = Filing(
        Channel.IN_PERSON, date(2025, 9, 8), ApplicantKind.NATURAL_PERSON, dict(texts), "校舍清单"
    )
    texts_in = next(iter(texts.values()))
    held = (
        filing,
        Registered(office.cases["received"], texts["received query code"]),
        Attachment("identity", texts_in, texts_in.encode()),
        Paper(texts_in, texts_in.encode()),
        *office.cases.values(),
        *(each for model in _MODELS for each in model.objects.all()),
    )
    sink.put("what an error might print", repr(held) + " ".join(map(str, held)))

    def fail(*args: object, **named: object) -> None:
        raise RuntimeError(f"failed on {filing}")

    kept, intake.find = intake.find, fail
    try:
        failed = officer.post("/office/cases/2/message/", {"text": texts_in})
    finally:
        intake.find = kept
    assert sink.answer("500", failed, body=True).status_code == 500


_MODELS = [
    model
    for model in django.apps.apps.get_models()
    if model.__module__.startswith("gongkai.") and model is not Entry
]


def send(sink: Sink) -> None:
    """Everything that waits goes out, into the outbox."""
    Delivery.objects.filter(state__in=Delivery.OPEN).update(not_before=timezone.now())
    for pk in Delivery.objects.filter(state__in=Delivery.OPEN).values_list("pk", flat=True):
        attempt(pk, at=timezone.now())
    for notice in Notice.objects.all():
        sink.put(f"notice {notice.pk}", f"{notice.title}\n{notice.text}\n{notice.link}\n{notice.dedupe_key}")
    for entry in Entry.objects.all():
        sink.put(f"trail {entry.number}", f"{entry.by_name} {entry.act} {entry.subject} {entry.details}")


def main(folder: Path) -> None:
    call_command("migrate", verbosity=0)
    sink = Sink(folder / "out")
    log = logging.FileHandler(folder / "log.txt", encoding="utf-8")
    logging.root.addHandler(log)
    logging.root.setLevel(logging.DEBUG)
    office = furnished()
    work_in(office, sink)
    apply_and_follow(office, sink)
    go_wrong(office, sink)
    send(sink)
    log.flush()
    sink.put("log", (folder / "log.txt").read_bytes())
    assert connection.vendor == "sqlite"
    shutil.copytree(settings.DATA, folder / "data")
    (folder / "canaries.json").write_text(json.dumps(office.canaries.texts), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
