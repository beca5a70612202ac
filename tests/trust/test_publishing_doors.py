"""Everybody at every door of the publishing desk: what is not one's own is not there, nothing changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from gongkai.agencies.actions import add_section, open_account
from gongkai.agencies.models import Account, Membership
from gongkai.publishing import models as desk
from gongkai.publishing.actions.releasing import publish_item
from tests.agencies.cast import MORNING, PASSWORD
from tests.casework.cases import profile, register
from tests.portal.test_doors import ALL
from tests.publishing.alone import alone
from tests.publishing.office import an_item, content, published, with_file
from tests.trust.conftest import KEYS, PLAIN
from tests.trust.doors import Door
from tests.trust.published_world import AT, MARK, STATES, World, furnished
from tests.trust.publishing_doors import DESK, IDS, OTHERS, PASSES, VIEWERS
from tests.trust.test_who_may_see_what import leads_to_a_door, undone

pytestmark = pytest.mark.django_db
METHODS = ("get", "post")
SLOW = {"publishing:sheet", "publishing:finder_sheet", "publishing:newsletter_file"}


@dataclass
class Site:
    world: World
    clients: dict[str, Client]
    ids: dict[str, int]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker) -> Iterator[Site]:
    from django.conf import settings

    changed = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "IDENTITY_KEYS": KEYS,
        "NOTICES_SITE_URL": "https://xxgk.example.invalid",
        "STORAGES": {**settings.STORAGES, "staticfiles": PLAIN},
        "MIDDLEWARE": [name for name in settings.MIDDLEWARE if "whitenoise" not in name],
    }
    with override_settings(**changed), django_db_blocker.unblock(), transaction.atomic():
        yield _site()
        transaction.set_rollback(True)


def _site() -> Site:
    office = alone()
    world = furnished(office, len(STATES))
    other = add_section(agency=office.agency, name="人事科", by=None, at=MORNING)
    people = {name: getattr(office, name) for name in VIEWERS - {"other_clerk", "anonymous"}}
    people["other_clerk"] = open_account(
        agency=office.agency, username="other_clerk", full_name="示例other_clerk", password=PASSWORD,
        roles=[Membership.Role.OFFICER], by=None, at=MORNING, section=other,
    )  # fmt: skip
    clients = {name: Client(raise_request_exception=False) for name in VIEWERS}
    for name, account in people.items():
        clients[name].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return Site(world, clients, _ids(world, people["officer"]))


def _ids(world: World, officer: Account) -> dict[str, int]:
    """One thing of every kind; items are of the section."""
    office = world.office
    public = published(office, an_item(office))
    case = _case(world)
    given = {"agency": office.agency, "by": officer, "at": AT}
    suggestion = desk.Suggestion.objects.create(case=case, reason=world.hide("建议"), **given)
    link = desk.ItemLink.objects.create(
        item=public.item, other_id=world.items["public"][0], kind="relates", by=officer, at=AT
    )
    line = desk.FinderLine.objects.create(
        agency=office.agency, matter="办证", section=office.section, person="甄示范", room="101"
    )
    issue = desk.NewsletterIssue.objects.get()
    line_of_issue = desk.NewsletterEntry.objects.create(issue=issue, publication=public, order=1)
    desk.RegisterFile.objects.update(content=None, imported_at=AT)  # taken over already
    referral = desk.Referral.objects.get()
    kept = desk.NormativeDocument.objects.filter(struck_reason="").first()
    proof = desk.PostingProof.objects.get()
    planned = desk.Planned.objects.get()
    found = {
        "item": world.items["draft"][0],
        "file": desk.ItemFile.objects.filter(item=world.items["draft"][0]).first(),
        "sheet": referral.sheet, "referral": referral, "planned": planned, "planned item": planned.item,
        "delegation": desk.Delegation.objects.get(), "link": link, "node": office.node,
        "stage": desk.Milestone.objects.get(), "plan entry": desk.PlanEntry.objects.get(),
        "batch": desk.TransferBatch.objects.get(), "document": kept, "validity": kept.events.first(),
        "matter": desk.Matter.objects.get(), "entry": desk.RegisterEntry.objects.get(),
        "register file": desk.RegisterFile.objects.get(), "case": case, "suggestion": suggestion,
        "posting": proof.posting, "proof": proof, "finder line": line, "issue": issue,
        "newsletter entry": line_of_issue, "article": desk.WechatArticle.objects.get(),
    }  # fmt: skip
    assert set(found) == IDS
    return {name: getattr(thing, "pk", thing) for name, thing in found.items()}


def _case(world: World) -> Any:
    profile(world.office)
    return register(world.office).case


def place(site: Site, door: Door) -> dict[str, object]:
    return {name: site.ids.get(str(value), value) for name, value in door.given.items()}


def ask(site: Site, viewer: str, method: str, name: str, data: dict | None = None):
    client = site.clients[viewer]
    kept = client.cookies.copy()
    with undone() as written:
        answer = getattr(client, method)(reverse(name, kwargs=place(site, DESK[name])), data or {})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    client.cookies = kept
    return answer, body, written


def test_every_route_of_the_desk_has_a_declared_door():
    assert set(DESK) == {name for name in ALL if name.startswith("publishing:")}


@pytest.mark.parametrize("name", sorted(DESK))
def test_who_does_not_pass_finds_nothing_and_changes_nothing(site: Site, name: str):
    for viewer in sorted(VIEWERS - PASSES[DESK[name].passes]):
        for method in METHODS:
            answer, body, written = ask(site, viewer, method, name)
            where = (viewer, method, answer.status_code)
            if viewer == "anonymous":
                assert leads_to_a_door(answer), where
            else:
                assert answer.status_code in {403, 404, 405} or leads_to_a_door(answer), where
            assert written == [] and MARK.encode() not in body, where


@pytest.mark.parametrize("name", sorted(DESK))
def test_who_passes_is_answered_and_reads_of_no_item_of_others(site: Site, name: str):
    drafts = [title for title in site.world.hidden if title.endswith(("标题", "正文", "附件名", "意见"))]
    for viewer in sorted(PASSES[DESK[name].passes]):
        if name in SLOW and viewer != "officer":
            continue
        for method in METHODS if viewer in {"officer", "clerk", "other_clerk"} else ("get",):
            answer, body, _ = ask(site, viewer, method, name)
            where = (viewer, method, answer.status_code)
            assert answer.status_code in {200, 302, 403, 404, 405, 409, 422}, where
            assert not leads_to_a_door(answer), where
            if viewer in OTHERS:
                text = body.decode("utf-8", "replace")
                assert not [each for each in drafts if each in text], where


@pytest.mark.parametrize("viewer", ["other_clerk", "stranger"])
def test_numbers_next_to_ones_own_open_no_item(site: Site, viewer: str):
    for path in (
        "items/{}/", "items/{}/edit/", "files/{}/", "files/{}/data/", "review/{}/", "items/{}/preview/",
        "posting/{}/", "proofs/{}/", "items/{}/wechat/",
    ):  # fmt: skip
        for pk in (*range(0, 40, 3), 10**9, 10**18):
            answer = site.clients[viewer].get(f"/office/publishing/{path.format(pk)}")
            assert answer.status_code == 404, (path, pk)


def test_what_hangs_on_another_item_is_not_reached_through_ones_own(site: Site):
    """The item in the address is one's own, the plan, the referral, the event is not."""
    other = an_item(site.world.office, content("别的事项"))
    sheet = desk.ReviewSheet.objects.exclude(pk=site.ids["sheet"]).first()
    assert sheet is not None
    for path in (
        f"items/{other.pk}/planned/{site.ids['planned']}/cancel/",
        f"review/{sheet.pk}/answer/{site.ids['referral']}/",
        f"library/farm/{site.ids['document']}/edit/",
    ):
        with undone() as written:
            answer = site.clients["officer"].post(f"/office/publishing/{path}", {"reason": "示例"})
        assert (answer.status_code, written) == (404, []), path


# What somebody uploads is served so that no browser opens it in the name of the site.
HOSTILE = {
    "x.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
    "x.html": b"<!doctype html><script>alert(1)</script>",
    "x.txt": b"<!doctype html><script>alert(1)</script>",
    "x.csv": "名称,数量\n<script>alert(1)</script>,1\n".encode(),
    "x.xml": b'<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></x>',
}


def _is_safe(answer) -> bool:
    heads = answer.headers
    return (
        heads["X-Content-Type-Options"] == "nosniff"
        and heads["Content-Disposition"].startswith("attachment")
        and (
            "sandbox" in heads["Content-Security-Policy"] or "script-src" in heads["Content-Security-Policy"]
        )
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_opens_in_no_browser(site: Site, name: str):
    office = site.world.office
    item = an_item(office)
    file = with_file(office, item, name, HOSTILE[name])
    type(file).objects.filter(pk=file.pk).update(media_type="image/svg+xml" if "svg" in name else "text/html")
    officer, outside = site.clients["officer"], Client()
    assert _is_safe(officer.get(f"/office/publishing/files/{file.pk}/data/"))
    assert officer.get(f"/office/publishing/files/{file.pk}/picture/").status_code == 404
    site.world.waive_all(item)
    item.refresh_from_db()
    site.world.review(item)
    publish_item(item=item, channels=["website"], by=office.officer, at=AT)
    assert _is_safe(outside.get(f"/items/{item.pk}/files/1/"))
    assert outside.get(f"/items/{item.pk}/pictures/{file.sha256}/").status_code == 404
    for rest in ("", "files/1/preview/"):
        answer = outside.get(f"/items/{item.pk}/{rest}")
        assert b"<script>alert" not in answer.content and b"onload=" not in answer.content
