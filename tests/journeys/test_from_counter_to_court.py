"""An application's way from the website through two years to the cells of tables 3 and 4, and back: every
step by the request that its page sends, each on its own day."""

import io
from datetime import date, datetime, time, timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.agencies.actions import add_section, open_account
from gongkai.agencies.models import Membership
from gongkai.audit.queries import history, verify_chain
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Application, CaseFile, Letter
from gongkai.documents.ledger import Ledger, print_ledger
from gongkai.law.workdays import WorkingCalendar
from gongkai.remedies.models import Remedy
from gongkai.reporting.models import AnnualReport, YearCut
from tests.agencies.cast import MORNING, PASSWORD, Cast
from tests.portal.applicant import apply, enter, open_door

CALENDAR = WorkingCalendar.load()
ANSWERS = {
    "clarity": "clear",
    "nature": "government_information",
    "responsible": "made_here",
    "existence": "found",
    "already_public": "no",
    "exemption": "third_party_rights",
    "third_party_answer": "consents_in_part",
    "form_part": "as_requested",
    "fee_part": "free",
}


class Days:
    """What day it is, for everybody."""

    def __init__(self, first: date) -> None:
        self.day = first
        self.minute = 0

    def now(self) -> datetime:
        self.minute += 1
        start = datetime.combine(self.day, time(9), tzinfo=timezone.get_current_timezone())
        return start + timedelta(minutes=self.minute)

    def go_on(self, working_days: int) -> date:
        self.day, self.minute = CALENDAR.add_working_days(self.day, working_days), 0
        return self.day


@pytest.fixture
def days(monkeypatch) -> Days:
    days = Days(date(2024, 11, 18))
    monkeypatch.setattr(timezone, "now", days.now)
    return days


class Desk:
    """The people of the office, each at the pages of the case."""

    def __init__(self, case: Application, days: Days) -> None:
        self.case, self.days = case, days

    def at(self, who: str) -> Client:
        client = Client()
        client.post("/accounts/sign-in/", {"username": who, "password": PASSWORD})
        return client

    def send(self, who: str, where: str, /, **fields: object) -> str:
        """Send the form of a page and come where it leads."""
        client = self.at(who)
        self.case.refresh_from_db()
        given = {"revision": self.case.revision} | fields
        answer = client.post(where, given, follow=True)
        said = answer.content.decode()
        assert answer.redirect_chain and answer.status_code == 200, f"{where}: {said}"
        return said

    def act(self, code: str, **fields: object) -> Letter | None:
        """One act of the case; the letter that it drafted, if it did."""
        before = self.case.letters.count()
        self.send("officer", f"/office/cases/{self.case.pk}/acts/{code}/", **fields)
        return self.case.letters.last() if self.case.letters.count() > before else None

    def issue(self, letter: Letter | None, *approvers: str) -> Letter:
        """Submitted by whoever drafted it, approved by the others in turn."""
        assert letter is not None
        path = f"/office/letters/{letter.pk}/"
        self.send("officer", path, do="submit", revision=letter.revision)
        for approver in approvers:
            letter.refresh_from_db()
            seen = content_hash(paper_of(letter))
            self.send(approver, path, do="approve", seen=seen, opinion="同意", late_reason="")
        letter.refresh_from_db()
        assert letter.state == Letter.State.SIGNED
        return letter

    def remedy(self, remedy: Remedy, code: str, **fields: object) -> None:
        remedy.refresh_from_db()
        self.send("officer", f"/office/remedies/{remedy.pk}/acts/{code}/", revision=remedy.revision, **fields)
        remedy.refresh_from_db()


@pytest.fixture
def office(cast: Cast) -> Cast:
    open_door(cast)
    section = add_section(agency=cast.agency, name="示例科", by=None, at=MORNING)
    open_account(
        agency=cast.agency,
        username="section",
        full_name="示例科长",
        password=PASSWORD,
        roles=[Membership.Role.SECTION_HEAD],
        section=section,
        by=None,
        at=MORNING,
    )
    return cast


def paper(name: str) -> SimpleUploadedFile:
    data = print_ledger(Ledger(title=name, notes=["演示材料，全部虚构。"]))
    return SimpleUploadedFile(f"{name}.pdf", data, "application/pdf")


def test_from_the_website_to_two_tables_and_back(office: Cast, days: Days):
    desk, code = applied(days)
    supplemented = is_supplemented(desk, code)
    is_consulted_and_extended(desk, supplemented)
    answer = is_decided(desk)
    is_served(desk, code, answer)
    is_contested(desk)
    is_counted(office, desk)
    leads_back(desk)


def applied(days: Days) -> tuple[Desk, str]:
    """Somebody applies over the website; the office confirms on the next working day."""
    visitor = Client()
    ((case, code),) = apply(visitor)
    assert case.received_on is None
    desk = Desk(case, days)
    assert case.number in desk.at("officer").get("/office/").content.decode()
    received = days.go_on(1)
    desk.send(
        "officer",
        f"/office/cases/{case.pk}/confirmation/",
        on=received,
        party="office",
        reached="yes",
        how="短信",
    )
    case.refresh_from_db()
    assert (case.state, case.received_on) == ("in_progress", received)
    assert case.due_on == CALENDAR.add_working_days(received, 20)
    section = case.agency.sections.get()
    desk.send("officer", f"/office/cases/{case.pk}/assign/", section=section.pk, person="")
    assert case.number in desk.at("section").get("/office/").content.decode()
    return desk, code


def is_supplemented(desk: Desk, code: str) -> date:
    """Something is unclear: told once, the clock stands until the applicant writes on the tracking page."""
    case, days = desk.case, desk.days
    days.go_on(3)
    until = CALENDAR.add_working_days(days.day, 10)
    desk.issue(desk.act("supplement", unclear="年度", items="写明年度", until=until), "head")
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("awaiting_supplement", None)
    supplemented = days.go_on(5)
    visitor = Client()
    enter(visitor, case, code)
    assert visitor.post("/track/case/supplement/", {"supplement": "2024年度"}).status_code == 302
    case.refresh_from_db()
    assert case.due_on == CALENDAR.add_working_days(supplemented, 20)
    return supplemented


def is_consulted_and_extended(desk: Desk, supplemented: date) -> None:
    """A third party is asked, and the days until its answer are left out; then the head extends in time."""
    case, days = desk.case, desk.days
    asked = days.go_on(2)
    desk.issue(
        desk.act("third_party", name="示例工程有限公司", information="清单中的报价", harm="可能是商业秘密"),
        "head",
    )
    days.go_on(1)
    asking = case.consultations.get()
    desk.act("delivery", consultation=asking.pk, on_day=days.day)
    answered = days.go_on(6)
    desk.act(
        "opinion",
        consultation=asking.pk,
        answer="partly_agreed",
        on_day=answered,
        content="不同意公开报价",
        objection_accepted="yes",
        public_interest="",
    )
    case.refresh_from_db()
    left_out = CALENDAR.working_days_between(asked, answered)
    assert case.due_on == CALENDAR.add_working_days(supplemented, 20 + left_out)

    days.go_on(9)
    assert days.day.year == 2024, "the year ends with the case open"
    desk.issue(desk.act("extension", days=10, reason="涉及多个项目，需要逐项核对"), "head")
    case.refresh_from_db()
    assert case.due_on == CALENDAR.add_working_days(supplemented, 30 + left_out)


def is_decided(desk: Desk) -> Letter:
    """Part is withheld: what is withheld is blacked out, three people approve."""
    case, days = desk.case, desk.days
    days.go_on(9)
    assert days.day.year == 2025
    desk.send(
        "officer", f"/office/cases/{case.pk}/files/", kind="found", file=paper("校舍项目清单"), back="case"
    )
    found = CaseFile.objects.get(kind="found")
    box = {"page": 1, "x0": 10, "y0": 20, "x1": 60, "y1": 30, "article": "第十五条", "reason": "商业秘密"}
    desk.send("officer", f"/office/files/{found.pk}/redact/", **box)
    told = {
        "content": "校舍项目清单（遮盖后）",
        "provision_form": "电子文档",
        "withheld-part": "报价",
        "withheld-article": "第十五条",
        "withheld-reason": "商业秘密，第三方不同意公开",
        "path": "sensitive",
    }
    path = {f"answer-{question}": choice for question, choice in ANSWERS.items()}
    desk.send("officer", f"/office/cases/{case.pk}/decide/", **path, **told)
    answer = desk.issue(case.letters.last(), "section", "head", "leader")
    assert answer.document_number == "示教公复〔2025〕1号"
    assert case.decisions.get().code == "partly_granted"
    return answer


def is_served(desk: Desk, code: str, answer: Letter) -> None:
    """Served online: it counts from the day on which the applicant reads it."""
    case, days = desk.case, desk.days
    desk.send(
        "officer", f"/office/letters/{answer.pk}/service/", method="online", on=days.day, also="", carrier=""
    )
    case.refresh_from_db()
    assert case.is_open, "not served before it is read"
    visitor = Client()
    enter(visitor, case, code)
    printed = visitor.post(f"/track/case/letters/{answer.pk}/")
    words = pypdfium2.PdfDocument(io.BytesIO(b"".join(printed))).get_page(0).get_textpage().get_text_range()
    assert "示教公复〔2025〕1号" in words
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.decision) == ("closed", days.day, "partly_granted")


def is_contested(desk: Desk) -> None:
    """Reconsideration, lost by the applicant; then a suit, lost by the agency."""
    case, days = desk.case, desk.days
    days.go_on(15)
    desk.send(
        "officer",
        f"/office/remedies/case/{case.pk}/register/",
        kind="reconsideration",
        claimant="applicant",
        challenged="answer",
        body="示例市人民政府",
        filed_on=days.day,
    )
    review = Remedy.objects.get()
    days.go_on(2)
    desk.remedy(review, "notify", on=days.day, procedure="ordinary", papers=paper("复议申请书副本"))
    days.go_on(5)
    desk.remedy(review, "answer", on=days.day, how="当面", papers=paper("答复书"))
    days.go_on(20)
    desk.remedy(review, "decide", result="upheld", decided_on=days.day, received_on=days.day, unit="day")
    days.go_on(5)
    desk.send(
        "officer",
        f"/office/remedies/case/{case.pk}/register/",
        kind="suit_after_reconsideration",
        preceded_by=review.pk,
        claimant="applicant",
        challenged="answer",
        body="示例市示例区人民法院",
        filed_on=days.day,
    )
    suit = Remedy.objects.get(forum="litigation")
    days.go_on(2)
    desk.remedy(suit, "notify", on=days.day, procedure="ordinary", papers=paper("起诉状副本"))
    days.go_on(60)
    desk.remedy(suit, "decide", result="revoked", decided_on=days.day, received_on=days.day, unit="day")
    bundle = desk.at("officer").get(f"/office/remedies/{suit.pk}/bundle.pdf")
    assert len(pypdfium2.PdfDocument(io.BytesIO(bundle.content))) > 12


def is_counted(office: Cast, desk: Desk) -> None:
    """Two Januaries: what was carried out of the one year was brought into the next."""
    carried, handled = cells_of(office, desk, 2024), cells_of(office, desk, 2025)
    assert {cell for cell, number in carried.items() if number} == {
        f"table3.{row}.{column}"
        for row in ("new_received", "carried_forward")
        for column in ("natural_person", "total")
    }
    assert {cell for cell, number in handled.items() if number} == {
        *(
            f"table3.{row}.{column}"
            for row in ("brought_forward", "partly_granted", "handled_total")
            for column in ("natural_person", "total")
        ),
        "table4.reconsideration.upheld",
        "table4.reconsideration.total",
        "table4.suit_after_reconsideration.overturned",
        "table4.suit_after_reconsideration.total",
    }


def leads_back(desk: Desk) -> None:
    """From the printed cell to the case, its account and its trail."""
    case = desk.case
    report = AnnualReport.objects.get(year=2025)
    reader = desk.at("head")
    page = reader.get(f"/office/annual/reports/{report.pk}/cells/table3.partly_granted.natural_person/")
    assert f"/office/cases/{case.pk}/" in page.content.decode()
    page = reader.get(
        f"/office/annual/reports/{report.pk}/cells/table4.suit_after_reconsideration.overturned/"
    )
    assert case.number in page.content.decode()
    story = reader.get(f"/office/cases/{case.pk}/").content.decode()
    for said in ("补正", "示教公复〔2025〕1号", "延长"):
        assert said in story
    assert verify_chain().broken_at is None
    acts = list(history(case.subject).values_list("act", flat=True))
    assert {"received", "supplement_requested", "consultation_opened", "extended", "answered"} <= set(acts)


def cells_of(office: Cast, desk: Desk, year: int) -> dict[str, int]:
    """Freeze a year, fill its report from the registers, and print it."""
    desk.days.day = max(desk.days.day, date(year + 1, 1, 6))
    desk.send("officer", f"/office/annual/start/{office.agency.slug}/", year=year)
    report = AnnualReport.objects.get(year=year)
    desk.send("head", f"/office/annual/reports/{report.pk}/cut/")
    desk.send("officer", f"/office/annual/reports/{report.pk}/fill/")
    assert YearCut.objects.filter(year=year).exists()
    report.refresh_from_db()
    printed = desk.at("officer").get(f"/office/annual/reports/{report.pk}/export/pdf/")
    assert printed.content.startswith(b"%PDF")
    return {
        cell: int(number)
        for cell, number in report.filled.cells()
        if number and cell.startswith(("table3.", "table4."))
    }
