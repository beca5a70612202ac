"""Each due day has an account: every day numbered or left out, with its word and its article."""

from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongkai.agencies.models import Section
from gongkai.casework.actions.consulting import open_consultation, record_delivery
from gongkai.casework.actions.extension import propose_extension
from gongkai.documents.proof import ProofFacts, answer_account, limit_account, render
from gongkai.law.clock.events import (
    ConsultationClosed,
    ConsultationOpened,
    Consulted,
    Extended,
    Received,
    Supplemented,
    SupplementRequested,
)
from gongkai.law.clock.proof import proof_sheet
from gongkai.law.limits import TimeLimits
from gongkai.law.receipt import Channel
from gongkai.law.workdays import WorkingCalendar
from tests.casework.acting import Clerk, Clock, text_of
from tests.casework.cases import moment, profile, register, signed

MONDAY, WEDNESDAY = date(2025, 9, 8), date(2025, 9, 10)
LIMITS, CALENDAR = TimeLimits.load(), WorkingCalendar.load()
FACTS = ProofFacts(
    number="2025-0001", title="示例清单", agency="示例市教育局", office="示例市教育局办公室",
    made_on=date(2025, 10, 21), receipt="当面提交，以提交之日为收到之日", region="",
)  # fmt: skip
HISTORY = (
    Received(MONDAY),
    SupplementRequested(date(2025, 9, 12), date(2025, 9, 30)),
    Supplemented(date(2025, 9, 18)),
    ConsultationOpened(date(2025, 9, 24), Consulted.THIRD_PARTY),
    ConsultationClosed(date(2025, 10, 15), Consulted.THIRD_PARTY),
    Extended(date(2025, 10, 20), 10),
)


def words(pdf: bytes) -> str:
    """The text of a PDF on one line, without blanks."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    pages = (document[number].get_textpage().get_text_range() for number in range(len(document)))
    return "".join("".join(pages).split())


def test_the_account_says_every_day_with_what_it_does():
    account = answer_account(proof_sheet(HISTORY, LIMITS, CALENDAR), FACTS)
    facts = dict(account.facts)
    assert facts["答复期限届满"] == "2025年11月20日（周四）"
    assert facts["期限"] == "30个工作日（20个工作日，延长10个工作日）"
    assert facts["扣除"] == "11个工作日"
    lines = {line.day: line for line in account.lines}
    assert lines[date(2025, 9, 12)].events == ("补正告知",)
    assert lines[date(2025, 9, 19)].number == 1
    assert lines[date(2025, 9, 28)].kind.endswith("调休上班")
    assert lines[date(2025, 10, 1)].effect.label == "休息日，不计"
    assert "第三十二条" in lines[date(2025, 10, 9)].article
    assert lines[date(2025, 11, 20)].number == 30
    assert account.sources and "2025年" in account.sources[0]


def test_the_paper_says_the_same_and_is_the_same_file_each_time():
    sheet = proof_sheet(HISTORY, LIMITS, CALENDAR)
    pdf = render(sheet, FACTS)
    assert pdf == render(sheet, FACTS)
    text = words(pdf)
    for said in (
        "答复期限计算书",
        "2025年11月20日（周四）",
        "向第三方征求意见",
        "示例市教育局办公室",
        sheet.calendar_version,
    ):
        assert said in text


def test_a_day_that_is_an_estimate_says_so():
    account = answer_account(proof_sheet([Received(date(2031, 3, 3))], LIMITS, CALENDAR), FACTS)
    assert account.doubts and "（推算）" in dict(account.facts)["答复期限届满"]
    assert any(line.doubt for line in account.lines)


def test_while_the_clock_stands_there_is_no_last_day():
    sheet = proof_sheet(HISTORY[:2], LIMITS, CALENDAR, until=date(2025, 9, 16))
    account = answer_account(sheet, FACTS)
    assert account.due_on is None
    assert "期限停计" in dict(account.facts)["答复期限届满"]
    assert account.lines[-1].day == date(2025, 9, 16)


def test_a_day_somebody_named_is_not_counted_out():
    account = answer_account(proof_sheet([Received(MONDAY, date(2025, 9, 30))], LIMITS, CALENDAR), FACTS)
    assert "期限" not in dict(account.facts)
    assert {line.number for line in account.lines} == {None}


@given(
    st.dates(date(2020, 1, 1), date(2026, 11, 30)),
    st.sampled_from(["supplement_notice", "third_party_opinion"]),
)
def test_a_simple_period_counts_its_working_days_and_leaves_no_day_out(start, code):
    limit = LIMITS.on(code, start)
    account = limit_account(limit, start, "收到申请", CALENDAR, FACTS)
    days = [line.day for line in account.lines]
    assert days == [start + timedelta(days=n) for n in range(1, len(days) + 1)]
    assert [line.number for line in account.lines if line.number] == list(range(1, limit.value + 1))
    assert account.lines[-1].day == account.due_on
    assert all(CALENDAR.is_working_day(line.day) is bool(line.number) for line in account.lines)


def test_a_period_that_runs_over_rest_days_has_no_such_account():
    with pytest.raises(ValueError, match="working days"):
        limit_account(LIMITS.on("direct_suit", MONDAY), MONDAY, "收到", CALENDAR, FACTS)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    Section.objects.create(agency=cast.agency, name="办公室", is_disclosure_office=True)
    return register(cast, MONDAY).case


def page(cast, case, what="") -> str:
    answer = Clerk(cast.officer).client.get(f"/office/cases/{case.pk}/deadline/{what}")
    return text_of(answer) if answer.status_code == 200 else str(answer.status_code)


def test_the_page_of_a_case_is_its_account_signed_by_the_office(cast, case):
    said = page(cast, case)
    assert "答复期限计算书" in said and "2025年10月11日（周六）" in said
    assert "示例市教育局办公室" in said and "工作日历版本" in said
    assert "国庆节、中秋节放假" in said


def test_the_paper_of_a_case_is_saved_under_its_number(cast, case):
    letter = propose_extension(case=case, days=10, reason="示例", by=cast.officer, at=moment(WEDNESDAY))
    signed(letter, cast.head, on=WEDNESDAY)
    answer = Clerk(cast.officer).client.get(reverse("casework:proof_pdf", args=[case.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "2025-0001" in answer.headers["Content-Disposition"]
    assert "2025年10月24日" in words(answer.content)


def test_every_other_due_day_has_its_own_account(cast, case):
    letter = open_consultation(
        case=case, consulted=Consulted.THIRD_PARTY, name="示例有限公司", is_person=False, contact="",
        information="示例", harm="示例", by=cast.officer, at=moment(WEDNESDAY),
    )  # fmt: skip
    signed(letter, cast.head, on=WEDNESDAY)
    consultation = case.consultations.get()
    record_delivery(consultation=consultation, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY, 15))
    assert "2025年9月17日" in page(cast, case, "supplement_notice/")
    assert "第三方收到征求意见书" in page(cast, case, f"opinion-{consultation.pk}/")
    answer = Clerk(cast.officer).client.get(f"/office/cases/{case.pk}/deadline/supplement_notice.pdf")
    assert "补正告知期限计算书" in words(answer.content)


def test_a_due_day_that_there_is_not_is_no_page(cast, case):
    assert page(cast, case, "fee_payment/") == "404"
    assert page(cast, case, "opinion-999/") == "404"
    waiting = register(cast, MONDAY, channel=Channel.FAX).case
    assert "还没有开始计算" in page(cast, waiting)
    pdf = Clerk(cast.officer).client.get(reverse("casework:proof_pdf", args=[waiting.pk]))
    assert pdf.status_code == 404


def test_a_person_of_another_office_sees_no_account(cast, case):
    answer = Clerk(cast.stranger).client.get(reverse("casework:proof", args=[case.pk]))
    assert answer.status_code == 404
