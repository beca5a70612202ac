"""An item's way from the first words over every reviewer to the website, to search, to the wall, and off
again everywhere: every step by the request that its page sends, each on its own day."""

import html
import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.queries import history, verify_chain
from gongkai.law.workdays import WorkingCalendar
from gongkai.publishing.models import Item, Posting, Publication, ReviewSheet
from gongkai.publishing.policies.review import next_step
from gongkai.search.models import Entry
from tests.agencies.cast import PASSWORD, Cast
from tests.publishing.office import Publisher, publisher

CALENDAR = WorkingCalendar.load()
TITLE = "示例教师资格认定办事指南"
SIX = {
    "basis": "《教师资格条例》第三条",
    "duty": "示例科受理",
    "conditions": "身体健康，普通话达到二级乙等",
    "procedure": "网上报名，现场核对，三十个工作日办结",
    "discipline": "不得指定体检机构",
    "result": "发给证书",
}
CANARY = "斑鸠七号校验词"


class Days:
    """What day it is, for everybody."""

    def __init__(self, first: date) -> None:
        self.day, self.minute = first, 0

    def now(self) -> datetime:
        self.minute += 1
        start = datetime.combine(self.day, time(9), tzinfo=timezone.get_current_timezone())
        return start + timedelta(minutes=self.minute)

    def go_on(self, working_days: int) -> date:
        self.day, self.minute = CALENDAR.add_working_days(self.day, working_days), 0
        return self.day


@pytest.fixture
def days(monkeypatch) -> Days:
    days = Days(date(2026, 3, 2))
    monkeypatch.setattr(timezone, "now", days.now)
    return days


@pytest.fixture
def office(cast: Cast) -> Publisher:
    return publisher(cast)


class Desk:
    """The people of the office, each at the pages of the item, and somebody at home."""

    def __init__(self, office: Publisher) -> None:
        self.office = office
        self.public = Client()

    @property
    def item(self) -> Item:
        return Item.objects.get()

    def at(self, who: str) -> Client:
        client = Client()
        client.post("/accounts/sign-in/", {"username": who, "password": PASSWORD})
        return client

    def read(self, who: str, name: str, *args: Any) -> str:
        return _words(self.at(who).get(reverse(f"publishing:{name}", args=args), follow=True))

    def send(self, who: str, name: str, /, *args: Any, **data: Any) -> str:
        """Send the form of a page and come where it leads."""
        answer = self.at(who).post(reverse(f"publishing:{name}", args=args), data, follow=True)
        said = _words(answer)
        assert answer.status_code == 200 and answer.redirect_chain, said
        return said

    def form(self, **changes: Any) -> dict[str, Any]:
        """What the writer types."""
        return {
            "title": TITLE,
            "kind": "service_guide",
            "node": str(self.office.node.pk),
            "section": str(self.office.section.pk),
            "formed_on": "2026-02-27",
            "summary": "认定的条件、程序和时限。",
            "body": "到一楼大厅办理，也可以网上办理。",
            "disclosure_class": "proactive",
            "origin": "made",
            "token": "",
        } | {f"service_guide-{code}": text for code, text in SIX.items()} | changes  # fmt: skip

    def reviewed(self) -> ReviewSheet:
        """Every reviewer in turn reads the sheet and agrees."""
        sheet = self.item.sheets.latest("pk")
        while (step := next_step(sheet)) is not None:
            who = self.office.reviewer(step.code).username
            assert TITLE in self.read(who, "waiting")
            self.send(who, "review", sheet.pk, **self.opinion(sheet))
            sheet.refresh_from_db()
        assert sheet.state == ReviewSheet.State.COMPLETE
        return sheet

    def opinion(self, sheet: ReviewSheet) -> dict[str, str]:
        """Every question answered, every attachment ticked."""
        step = next_step(sheet)
        assert step is not None
        ticks = {f"file-{line.sha256}": "on" for line in sheet.edition.files.all()}
        answers = dict.fromkeys(step.checks, "clear")
        return {"do": "agree", "step": step.code, "seen": sheet.edition.sha256} | answers | ticks

    def hang(self, who: str, on: date) -> None:
        given = {"channel": "bulletin_board", "posted_on": on, "place": "一楼大厅"}
        self.send(who, "item_postings", self.item.pk, **given)

    def public_page(self, path: str, **query: str) -> tuple[int, str]:
        answer = self.public.get(path, query)
        return answer.status_code, _words(answer)

    def found(self, words: str) -> bool:
        """Whether search gives the item."""
        status, said = self.public_page(reverse("portal:search"), q=words)
        assert status == 200
        return reverse("portal:item", args=[self.item.pk]) in said


def _words(answer: Any) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.sub(r"[ \n]+", " ", html.unescape(raw.decode("utf-8", "replace")))


def test_from_the_first_words_to_the_wall_and_off_again(office: Publisher, days: Days):
    desk = Desk(office)
    is_drafted(desk)
    is_reviewed_by_everybody(desk, days)
    is_public(desk, days)
    hangs_on_the_board(desk, days)
    changes_and_the_board_is_stale(desk, days)
    is_withdrawn_everywhere(desk, days)
    is_told_by_the_trail(desk)


def is_drafted(desk: Desk) -> None:
    """A writer of the section types it, with an attachment; nobody outside sees a word."""
    said = desk.send("writer", "draft", "edu", **desk.form())
    assert desk.item.index_number in said
    assert "2026年3月26日" in said, "20 working days, a Saturday that was worked among them"
    file = SimpleUploadedFile("申请表样.csv", f"项目,填写\n姓名,{CANARY}\n".encode())
    desk.send("writer", "add_file", desk.item.pk, files=[file])
    assert desk.public_page(reverse("portal:item", args=[desk.item.pk]))[0] == 404
    assert not Entry.objects.exists()
    assert not desk.found("教师资格认定")


def is_reviewed_by_everybody(desk: Desk, days: Days) -> None:
    """The first reviewer sends it back; the new edition passes four people, none of whom wrote it."""
    days.go_on(1)
    desk.send("writer", "submit", desk.item.pk, revision=desk.item.revision)
    sheet = desk.item.sheets.latest("pk")
    refused = desk.at("writer").get(reverse("publishing:review", args=[sheet.pk]))
    assert "同意公开" not in _words(refused) or "disabled" in refused.content.decode()
    back = desk.opinion(sheet) | {"do": "return", "opinion": "条件要写具体"}
    desk.send("section_chief", "review", sheet.pk, **back)
    assert "条件要写具体" in desk.read("writer", "item", desk.item.pk)
    days.go_on(1)
    better = desk.form(revision=desk.item.revision, summary="认定的条件、程序、时限和要带的材料。")
    desk.send("writer", "edit", desk.item.pk, **better)
    desk.send("writer", "submit", desk.item.pk, revision=desk.item.revision)
    days.go_on(1)
    complete = desk.reviewed()
    people = set(complete.opinions.values_list("by__username", flat=True))
    assert people == {"section_chief", "head", "secrecy", "leader"}
    assert set(complete.opinions.values_list("content_sha256", flat=True)) == {complete.edition.sha256}
    assert desk.public_page(reverse("portal:item", args=[desk.item.pk]))[0] == 404


def is_public(desk: Desk, days: Days) -> None:
    """Published: its page, its file, the list, the feed, the sitemap and search have it at once."""
    days.go_on(1)
    desk.send("writer", "publish", desk.item.pk, channels=["website", "wechat"], place="")
    path = reverse("portal:item", args=[desk.item.pk])
    status, page = desk.public_page(path)
    assert status == 200
    assert all(text in page for text in (TITLE, desk.item.index_number, *SIX.values()))
    assert CANARY in desk.public_page(reverse("portal:item_file", args=[desk.item.pk, 1]))[1]
    for where in everywhere():
        assert path in desk.public_page(where)[1], where
    for words in ("师", "教师资格认定", "普通话达到二级", CANARY[:3], "申请表样"):
        assert desk.found(words), words
    assert not desk.found("申请表祥")


def everywhere() -> list[str]:
    """Where a public item of the office is listed."""
    return [
        reverse("portal:items", args=["edu"]),
        reverse("portal:services", args=["edu"]),
        reverse("portal:feed"),
        reverse("portal:agency_feed", args=["edu"]),
    ]


def hangs_on_the_board(desk: Desk, days: Days) -> None:
    """The sheet is printed, somebody hangs it, and the screen in the hall turns over it."""
    sheet = desk.at("writer").get(reverse("publishing:sheet", args=[desk.item.pk, "A3"]))
    assert sheet.headers["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")
    assert not Posting.objects.filter(channel="bulletin_board").exists(), "printed is not hung"
    desk.send(
        "writer",
        "item_postings",
        desk.item.pk,
        channel="bulletin_board",
        posted_on=days.day,
        place="一楼大厅",
    )
    assert TITLE in desk.public_page(reverse("portal:kiosk", args=["edu"]))[1]


def changes_and_the_board_is_stale(desk: Desk, days: Days) -> None:
    """The guide changes. Until the new edition is reviewed the old one stands; then the wall is stale."""
    changed_on = days.go_on(30)
    new = {"service_guide-conditions": "身体健康，普通话达到二级甲等"}
    desk.send(
        "writer", "edit", desk.item.pk,
        **desk.form(revision=desk.item.revision, changed_on=changed_on, formed_on=changed_on, **new),
    )  # fmt: skip
    path = reverse("portal:item", args=[desk.item.pk])
    assert "二级乙等" in desk.public_page(path)[1]
    assert "二级甲等" not in desk.public_page(path)[1]
    desk.send("writer", "submit", desk.item.pk, revision=desk.item.revision)
    days.go_on(1)
    desk.reviewed()
    desk.send("writer", "publish", desk.item.pk, channels=["website"], place="")
    assert "二级甲等" in desk.public_page(path)[1]
    assert desk.found("二级甲等") and not desk.found("二级乙等")
    for who, name in (("officer", "duties"), ("officer", "postings"), ("officer", "board")):
        said = desk.read(who, name, "edu")
        assert TITLE in said, name
    assert "旧版本" in desk.read("officer", "postings", "edu")
    assert TITLE in desk.read("officer", "duties", "edu")
    assert "旧" in _words(desk.at("officer").get("/office/")), "the page of today says so"
    posting = Posting.objects.get(channel="bulletin_board", removed_on=None)
    desk.send("officer", "remove_posting", posting.pk, removed_on=days.day)
    desk.send(
        "officer",
        "item_postings",
        desk.item.pk,
        channel="bulletin_board",
        posted_on=days.day,
        place="一楼大厅",
    )


def is_withdrawn_everywhere(desk: Desk, days: Days) -> None:
    """Off everything public with one request; what hangs on the wall is asked for."""
    days.go_on(2)
    file = reverse("portal:item_file", args=[desk.item.pk, 1])
    assert desk.public_page(file)[0] == 200
    desk.send("writer", "withdraw", desk.item.pk, reason="条件引用有误", public_note="更正后重新公布。")
    status, page = desk.public_page(reverse("portal:item", args=[desk.item.pk]))
    assert status == 410
    assert "更正后重新公布" in page
    assert "条件引用有误" not in page and "普通话" not in page
    assert desk.public_page(file)[0] in {404, 410}
    path = reverse("portal:item", args=[desk.item.pk])
    for where in everywhere():
        assert path not in desk.public_page(where)[1], where
    assert not desk.found("教师资格认定") and not desk.found(CANARY[:3])
    assert TITLE not in desk.public_page(reverse("portal:kiosk", args=["edu"]))[1]
    assert "要撤下" in desk.read("officer", "postings", "edu")
    assert not Entry.objects.exists()
    assert not Publication.objects.live().exists()


def is_told_by_the_trail(desk: Desk) -> None:
    """Who did what, in order, in a chain that nobody can bend."""
    acts = [entry.act for entry in history(desk.item.subject)]
    ordered = acts if acts[0] == "drafted_item" else acts[::-1]
    told = [act for act in ordered if act in {
        "drafted_item", "returned_item", "published_item", "recorded_posting", "withdrew_item"
    }]  # fmt: skip
    assert told == [
        "drafted_item",
        "returned_item",
        "published_item",
        "recorded_posting",
        "published_item",
        "recorded_posting",
        "withdrew_item",
    ]
    assert verify_chain().broken_at is None
