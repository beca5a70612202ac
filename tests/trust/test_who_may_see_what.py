"""Everybody at every door: what is not one's own is not there, and nothing changes by asking for it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Account, Membership
from gongkai.audit.models import Entry
from gongkai.casework.models import (
    Application,
    CaseFile,
    Consultation,
    Letter,
    LocalDay,
    RegisterUpload,
    SavedList,
    Service,
)
from gongkai.notices.models import Notice
from gongkai.portal import gate
from gongkai.remedies.models import Remedy
from gongkai.reporting.models import AnnualReport
from tests.portal.applicant import enter
from tests.portal.test_doors import ALL
from tests.trust.doors import DOORS, EVERYBODY, OFFICE, OUTSIDE, SECTION, STAFF, Door, passes
from tests.trust.publishing_doors import DESK
from tests.trust.world import Office

pytestmark = pytest.mark.django_db
METHODS = ("get", "post")
FOLLOWED = "withdrawn"  # the case that the applicant at the website has open
BLIND = sorted(EVERYBODY - OFFICE - SECTION)


@dataclass
class Site:
    """The office, everybody's browser, and the ids that addresses are made of."""

    office: Office
    clients: dict[str, Client]
    rows: list[dict[str, int]]
    hidden: list[str]


@pytest.fixture(scope="module")
def site(office: Office) -> Site:
    return Site(office, _clients(office), list(_rows(office)), _hidden(office))


def _clients(office: Office) -> dict[str, Client]:
    clients = {name: Client(raise_request_exception=False) for name in sorted(EVERYBODY)}
    for name in STAFF:
        clients[name].force_login(getattr(office, name), backend="django.contrib.auth.backends.ModelBackend")
    gate.STORE.clear()
    enter(clients["applicant"], office.cases[FOLLOWED], office.codes[FOLLOWED])
    return clients


def _rows(office: Office) -> Iterator[dict[str, int]]:
    """For each case the ids of it and of what hangs on it; last the things of the office itself."""
    for case in map(office.case, office.cases):
        remedies = Remedy.objects.filter(case=case)
        row = {"case": case, "event": case.events.last(), "remedy": remedies.first()}
        row["letter"] = Letter.objects.filter(case=case).last()
        row["file"] = CaseFile.objects.filter(case=case).first()
        row["service"] = Service.objects.filter(letter__case=case).first()
        row["remedy_event"] = remedies[0].events.first() if remedies else None
        row["paper"] = remedies[0].files.first() if remedies else None
        yield {name: thing.pk for name, thing in row.items() if thing} | {"in_section": case.section_id or 0}
    report = AnnualReport.objects.get(agency=office.agency)
    yield {
        "report": report.pk,
        "reading": 1,
        "waiver": 1,
        "kept_list": SavedList.objects.get().pk,
        "day": LocalDay.objects.get().pk,
        "upload": RegisterUpload.objects.get().pk,
        "notice": Notice.objects.filter(recipient=office.head)[0].pk,
        "membership": Membership.objects.get(account=office.leader).pk,
        "in_section": 0,
    }


def _hidden(office: Office) -> list[str]:
    """Words that only those may read who see the cases."""
    titles = [case.title for label, case in office.cases.items() if label != FOLLOWED]
    return titles + [
        text
        for label, text in office.canaries.texts.items()
        if not label.startswith((FOLLOWED, "elsewhere", "e-mail of a clerk"))
    ]


def places(site: Site, door: Door) -> list[tuple[dict, bool]]:
    """The parameters of a route for everything it can be about, and whether the case is in the section."""
    found = []
    for row in site.rows:
        if all(not _is_id(value) or value in row for value in door.given.values()):
            given = {name: row[value] if _is_id(value) else value for name, value in door.given.items()}
            if not any(given == other for other, _ in found):
                found.append((given, bool(row["in_section"])))
    return found


def _is_id(value: object) -> bool:
    return value in {
        "case", "event", "remedy", "letter", "file", "service", "remedy_event", "paper", "report", "reading",
        "waiver", "kept_list", "day", "upload", "notice", "membership",
    }  # fmt: skip


@contextmanager
def undone() -> Iterator[list[str]]:
    """What is done inside is taken back; the statements that wrote are told, without those of sessions."""
    written: list[str] = []

    def watch(execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
        head = sql.lstrip()[:60]
        if head.startswith(("INSERT", "UPDATE", "DELETE")) and not any(
            table in head for table in ("django_session", "axes_")
        ):
            written.append(sql[:200])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield written
        transaction.set_rollback(True)


def ask(site: Site, viewer: str, method: str, address: str, data: dict | None = None):
    """The answer and what was written. Cookies of the moment are forgotten afterwards."""
    client = site.clients[viewer]
    kept = client.cookies.copy()
    with undone() as written:
        answer = getattr(client, method)(address, data or {})
        body = answer.content
    client.cookies = kept
    return answer, body, written


def leads_to_a_door(answer) -> bool:
    where = answer.headers.get("Location", "")
    return answer.status_code == 302 and where.startswith(("/accounts/sign-in/?next=", "/track/"))


def test_every_route_of_the_site_has_a_declared_door():
    assert set(DOORS) | set(DESK) == set(ALL)


def test_there_is_something_behind_every_door(site: Site):
    assert [name for name, door in DOORS.items() if not places(site, door)] == []


@pytest.mark.parametrize("name", sorted(DOORS))
def test_who_does_not_pass_finds_nothing_and_changes_nothing(site: Site, name: str):
    door = DOORS[name]
    for given, in_section in places(site, door):
        address = reverse(name, kwargs=given)
        for viewer in sorted(EVERYBODY):
            if passes(door, viewer, in_section):
                continue
            for method in METHODS:
                answer, body, written = ask(site, viewer, method, address, door.typed)
                where = (viewer, method, address, answer.status_code)
                if viewer in OUTSIDE and door.passes not in {"nobody", "own letter"}:
                    assert leads_to_a_door(answer), where
                else:
                    assert answer.status_code in {403, 404, 405} or leads_to_a_door(answer), where
                assert written == [], where
                assert not any(word.encode() in body for word in site.hidden), where


@pytest.mark.parametrize("name", sorted(DOORS))
def test_who_passes_is_answered(site: Site, name: str):
    """Never with an error, whatever is missing from a form; nobody reads of cases they do not see."""
    door = DOORS[name]
    everything = places(site, door)
    for given, in_section in everything[-1:] if door.passes != "case" else everything[-2:]:
        address = reverse(name, kwargs=given)
        for viewer in sorted(EVERYBODY):
            if not passes(door, viewer, in_section) or (name in SLOW and viewer != "chief"):
                continue
            for method in METHODS if viewer in {"officer", "chief", "supervisor", "applicant"} else ("get",):
                answer, body, _ = ask(site, viewer, method, address, door.typed)
                where = (viewer, method, address, answer.status_code)
                missing = name in MAY_BE_MISSING and answer.status_code == 404
                assert answer.status_code in {200, 302, 405, 409, 422, 503} or missing, where
                assert name.startswith("portal:") or not leads_to_a_door(answer), where
                if viewer in BLIND:
                    assert not any(word.encode() in body for word in site.hidden), where


# Nothing was read from a file, no warning was waived, no member has handed a report over, no feed is open.
MAY_BE_MISSING = {
    "reporting:preview",
    "reporting:withdraw_waiver",
    "reporting:total",
    "casework:feed",
    "portal:subscription",
    "portal:search_feed",
}
SLOW = {"remedies:case_bundle", "remedies:bundle", "casework:redact", "casework:page_image"}


@pytest.mark.parametrize("viewer", BLIND)
def test_numbers_next_to_ones_own_open_nothing(site: Site, viewer: str):
    """Somebody who counts on from an address of theirs."""
    foreign = site.office.foreign
    ours = {f"/office/cases/{foreign.pk}/", f"/office/cases/{foreign.pk}/deadline.pdf"}
    ours |= {f"/office/remedies/{remedy.pk}/" for remedy in foreign.remedies.all()}
    for template in (
        "/office/cases/{}/", "/office/files/{}/", "/office/letters/{}/", "/office/remedies/{}/",
        "/office/letters/{}/file.docx", "/office/services/{}/receipt.docx", "/office/cases/{}/deadline.pdf",
    ):  # fmt: skip
        for pk in (*range(12), 10**9, 10**18):
            own = viewer == "stranger" and template.format(pk) in ours
            answer, _, written = ask(site, viewer, "get", template.format(pk))
            expected = 200 if own else 302 if viewer in OUTSIDE else 404
            assert answer.status_code == expected, (template, pk)
            assert own or written == []


def test_what_hangs_on_a_foreign_case_is_not_reached_through_ones_own(site: Site):
    """The case in the address is one's own, the event, the paper, the letter is not."""
    foreign, case = site.office.foreign, site.office.case("challenged")
    own_remedy, their_remedy = Remedy.objects.get(case=foreign), Remedy.objects.get(case=case)
    event, their_event = case.events.last(), their_remedy.events.first()
    paper = their_remedy.files.first()
    for address in (
        f"/office/cases/{foreign.pk}/events/{event.pk}/strike/",
        f"/office/remedies/{own_remedy.pk}/events/{their_event.pk}/strike/",
        f"/office/remedies/{own_remedy.pk}/papers/{paper.pk}/",
        f"/office/cases/import/farm/{RegisterUpload.objects.get().pk}/",
        f"/office/agencies/farm/roles/{Membership.objects.get(account=site.office.leader).pk}/section/",
        f"/office/agencies/farm/remove/section/{site.office.section.pk}/",
        f"/office/agencies/farm/remove/role/{Membership.objects.get(account=site.office.leader).pk}/",
    ):
        for method in METHODS:
            data = {"reason": "示例理由", "revision": case.revision}
            answer, _, written = ask(site, "stranger", method, address, data)
            assert answer.status_code in {404, 405}, address
            assert written == [], address


def test_a_foreign_id_in_a_form_is_no_choice(site: Site):
    """One's own case, but the section, the person, the case or the consultation named in it is foreign."""
    office, foreign = site.office, site.office.foreign
    consultation = Consultation.objects.filter(case=office.case("consulting")).last()
    asked = {
        "name": "",
        "on_day": "2025-09-12",
        "answer": "agreed",
        "reason": "示例",
        "revision": foreign.revision,
    }
    for address, data in (
        (f"/office/cases/{foreign.pk}/assign/", {"section": office.section.pk, "person": office.clerk.pk}),
        (f"/office/cases/{foreign.pk}/co-workers/", {"person": office.clerk.pk}),
        (f"/office/cases/{foreign.pk}/acts/join/", asked | {"lead": office.case("received").pk}),
        (f"/office/cases/{foreign.pk}/acts/opinion/", asked | {"consultation": consultation.pk}),
        (f"/office/cases/{foreign.pk}/acts/delivery/", asked | {"consultation": consultation.pk}),
        (
            f"/office/remedies/{Remedy.objects.get(case=foreign).pk}/acts/hand/",
            {"handler": office.officer.pk},
        ),
    ):
        answer, _, written = ask(site, "stranger", "post", address, data)
        assert answer.status_code in {302, 404, 409, 422}, address
        assert [sql for sql in written if "audit_entry" in sql or "casework_" in sql] == [], address
    office.case("consulting").refresh_from_db()


def test_an_applicant_reads_the_letters_of_ones_own_case_alone(site: Site):
    for letter in Letter.objects.exclude(case=site.office.cases[FOLLOWED]):
        answer, _, written = ask(site, "applicant", "post", f"/track/case/letters/{letter.pk}/")
        assert answer.status_code == 404 and written == []
    for file in CaseFile.objects.all():
        answer, body, written = ask(site, "applicant", "post", f"/track/case/files/{file.pk}/")
        assert answer.status_code in {302, 404} and written == [] and b"canary" not in body


def test_filters_and_searches_bring_up_nothing_foreign(site: Site):
    office = site.office
    queries = (
        "agency=edu", f"section={office.section.pk}", f"officer={office.clerk.pk}", "state=closed",
        "sort=due", "page=2", "mine=on",
    )  # fmt: skip
    for viewer in ("stranger", "supervisor", "other_clerk"):
        client = site.clients[viewer]
        with undone():
            client.post("/office/cases/search/", {"text": "校舍"})
            for query in queries:
                for page in (f"/office/cases/?{query}", f"/office/cases/export/csv/?{query}"):
                    body = client.get(page).content
                    assert not any(word.encode() in body for word in site.hidden), (viewer, page)
        for page in ("/office/statistics/?agency=edu", "/office/statistics/export/csv/?agency=edu"):
            answer, _, _ = ask(site, viewer, "get", page)
            assert (answer.status_code == 404) == (viewer != "other_clerk"), (viewer, page)


def test_a_secret_calendar_address_tells_of_ones_own_cases_and_stops_when_the_account_does(site: Site):
    with undone():
        page = site.clients["officer"].post("/office/calendar/").content.decode()
        address = re.findall(r"/office/calendar/[\w-]+\.ics", page)[0]
        assert Client().get(address).status_code == 200
        Account.objects.filter(pk=site.office.officer.pk).update(is_active=False)
        assert Client().get(address).status_code == 404


def test_who_lost_a_role_is_out_at_once(site: Site):
    case = site.office.cases["received"]
    with undone():
        assert site.clients["clerk"].get(f"/office/cases/{case.pk}/").status_code == 200
        Membership.objects.filter(account=site.office.clerk).delete()
        assert site.clients["clerk"].get(f"/office/cases/{case.pk}/").status_code == 404
        assert Application.objects.filter(pk=case.pk).exists() and Entry.objects.exists()
