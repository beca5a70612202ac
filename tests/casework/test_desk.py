"""Today: what asks for whom, how many, and why."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from gongkai.casework.actions import assignment, office
from gongkai.casework.models import Application, Approval, Consultation, Letter, Message, OfficeProfile
from gongkai.casework.queries.desk import Today, approvals_for
from gongkai.casework.queries.reasons import why
from gongkai.law.receipt import Channel
from tests.casework.cases import moment, register
from tests.casework.section import client_of, confirm, enter, fresh, staff

MONDAY = date(2025, 9, 8)
DUE = date(2025, 10, 11)
AT = moment(date(2025, 9, 9))


def heaps(account, on):
    """The numbers of the cases in each heap that holds any."""
    found = Today(fresh(account), on).heaps
    return {heap.code: [line.case.number for line in heap.lines] for heap in found if heap.lines}


def letter(cast, case, state="in_review", kind="supplement_notice", **more):
    given = {"drafted_by": cast.officer, "submitted_by": cast.officer, "path": "notice", "content": {}}
    signed = {"signed_on": MONDAY, "sha256": "0" * 64, "series": "告"} if state == "signed" else {}
    return Letter.objects.create(
        agency=cast.agency, case=case, kind=kind, state=state, drafted_at=AT, **given | signed | more
    )


@pytest.mark.parametrize(
    ("on", "heap", "words"),
    [
        (DUE - timedelta(days=30), None, "还有17个工作日"),
        (date(2025, 9, 29), "soon", "还有4个工作日"),
        (DUE, "soon", "今天到期"),
        (date(2025, 10, 12), "overdue", "期限已过"),
        (date(2025, 10, 13), "overdue", "逾期1个工作日"),
    ],
)
def test_a_case_moves_from_calm_to_near_to_late(cast, on, heap, words):
    case = register(cast, MONDAY).case
    assignment.assign(case=case, section=staff(cast).section, person=None, by=cast.officer, at=AT)
    page = Today(fresh(cast.head), on)
    holding = [each.code for each in page.heaps if each.lines and each.code in {"soon", "overdue"}]
    assert holding == ([heap] if heap else [])
    (line,) = next(each for each in page.heaps if each.code == "pool").lines
    assert (line.left_words, line.why) == (words, "9月8日收到，20个工作日")


def test_an_unconfirmed_arrival_presses_after_one_working_day(cast):
    case = register(cast, date(2025, 9, 12), channel=Channel.EMAIL).case  # a Friday
    for on, pressing in ((date(2025, 9, 12), None), (date(2025, 9, 15), date(2025, 9, 15))):
        (heap,) = [h for h in Today(fresh(cast.officer), on).heaps if h.code == "unconfirmed"]
        assert [line.late_since for line in heap.lines] == [pressing]
    confirm(case, date(2025, 9, 15), cast.officer)
    assert "unconfirmed" not in heaps(cast.officer, date(2025, 9, 15))


def test_a_supplement_that_did_not_come_is_offered_for_closing(cast):
    case = register(cast, MONDAY).case
    enter(case, "supplement_requested", date(2025, 9, 10), cast.officer, until="2025-09-24")
    assert "lapsed" not in heaps(cast.officer, date(2025, 9, 24))
    assert heaps(cast.officer, date(2025, 9, 25))["lapsed"] == [case.number]


def test_an_unpaid_fee_lapses_after_twenty_working_days(cast):
    case = register(cast, MONDAY).case
    enter(case, "fee_noticed", date(2025, 9, 10), cast.officer)
    assert "lapsed" not in heaps(cast.officer, date(2025, 10, 14))
    assert heaps(cast.officer, date(2025, 10, 15))["lapsed"] == [case.number]


def test_an_opinion_that_did_not_come_is_named_after_fifteen_working_days(cast):
    case = register(cast, MONDAY).case
    enter(case, "consultation_opened", date(2025, 9, 11), cast.officer, **{"with": "third_party"})
    Consultation.objects.create(
        case=case, kind="third_party", name="示例有限公司", masked_name="示例有限公司", question="？",
        sent_on=date(2025, 9, 11), delivered_on=date(2025, 9, 12),
    )  # fmt: skip
    assert "opinions" not in heaps(cast.officer, date(2025, 10, 10))
    assert heaps(cast.officer, date(2025, 10, 11))["opinions"] == [case.number]


def test_the_office_sees_what_waits_to_be_handed_out_a_section_its_pool(cast):
    there = staff(cast)
    given, waiting = register(cast, MONDAY).case, register(cast, MONDAY).case
    assignment.assign(case=given, section=there.section, person=None, by=cast.officer, at=AT)
    on = AT.date()
    assert heaps(cast.officer, on) == {"unassigned": [waiting.number], "pool": [given.number]}
    assert heaps(there.clerk, on) == {"pool": [given.number]}
    assignment.claim(case=given, by=fresh(there.clerk), at=AT)
    assignment.add_co_worker(case=given, person=there.colleague, by=fresh(there.clerk), at=AT)
    assert heaps(there.clerk, on) == heaps(there.colleague, on) == {"mine": [given.number]}
    assert heaps(there.chief, on) == {}
    assert heaps(cast.stranger, on) == {}


def test_an_internal_day_that_is_over_is_a_heap_of_its_own(cast):
    case = register(cast, MONDAY).case
    assignment.set_internal_due(case=case, until=date(2025, 9, 12), by=cast.officer, at=AT)
    assert heaps(cast.officer, date(2025, 9, 15))["internal"] == [case.number]


def test_a_case_joined_to_another_is_not_counted_twice(cast):
    case, joined = register(cast, MONDAY).case, register(cast, MONDAY).case
    Application.objects.filter(pk=joined.pk).update(joined_to=case)
    assert heaps(cast.officer, MONDAY) == {"unassigned": [case.number]}


def test_a_letter_waits_for_whoever_takes_its_next_step_never_for_its_drafter(cast):
    case = register(cast, MONDAY).case
    sensitive = letter(cast, case, path="full")
    notice = letter(cast, case)
    drafted_by_head = letter(cast, case, drafted_by=cast.head, submitted_by=cast.head)
    assert drafted_by_head not in approvals_for(fresh(cast.head))
    assert approvals_for(fresh(cast.head)) == [sensitive, notice]
    assert approvals_for(fresh(cast.officer)) == approvals_for(fresh(cast.stranger)) == []
    for step, waiting in (("office", []), ("legal", [sensitive])):
        Approval.objects.create(
            letter=sensitive, step=step, verdict="approved", content_sha256="0" * 64, by=cast.head, at=AT
        )
        assert approvals_for(fresh(cast.leader)) == waiting
    assert approvals_for(fresh(cast.head)) == [notice]


def test_signed_is_not_served_and_a_word_from_the_applicant_is_not_read(cast):
    case = register(cast, MONDAY).case
    signed = letter(cast, case, "signed", "answer_granted")
    letter(cast, case, "signed", "review_sheet")
    Message.objects.create(case=case, from_applicant=True, text="请问", at=AT)
    page = Today(fresh(cast.officer), MONDAY)
    assert [line.letter for line in page.unserved] == [signed]
    assert page.unread == [(case, 1)]
    signed.services.create(method="postal", served_on=MONDAY, by=cast.officer, at=AT)
    Message.objects.update(read_at=AT)
    page = Today(fresh(cast.officer), MONDAY)
    assert page.unserved == [] and page.unread == []


def test_an_empty_day_says_so(cast):
    page = client_of(cast.officer).get("/office/").content.decode()
    assert "今天没有要催的事" in page and "年度报告</a>应在" in page


def test_the_page_takes_few_questions_however_many_cases(cast):
    there = staff(cast)
    for day in range(8, 13):
        case = register(cast, date(2025, 9, day)).case
        enter(case, "supplement_requested", date(2025, 9, day), cast.officer, until="2025-09-24")
        case = register(cast, date(2025, 9, day)).case
        assignment.assign(
            case=case, section=there.section, person=None, by=cast.officer, at=moment(date(2025, 9, day))
        )
        letter(cast, case)
        letter(cast, case, "signed", "answer_granted")
    client = client_of(cast.officer)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/office/").status_code == 200
    assert len(asked) <= 13 + 3 + 2 + 27  # who asks, the unread notices in the head, remedies, publishing


def test_a_calendar_program_reads_due_days_and_nothing_about_anybody(cast, client):
    case = register(cast, MONDAY).case
    Application.objects.filter(pk=case.pk).update(officer=cast.officer, internal_due_on=date(2025, 9, 30))
    desk = client_of(cast.officer)
    page = desk.post("/office/calendar/")
    address = page.context["address"]
    path = address.removeprefix("http://testserver")
    answer = client.get(path)
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(str(e["SUMMARY"]), e["DTSTART"].dt) for e in events] == [
        (f"{case.number} 政府信息公开申请 答复期限", DUE),
        (f"{case.number} 政府信息公开申请 内部期限", date(2025, 9, 30)),
    ]
    assert "甄" not in answer.content.decode() and "校舍" not in answer.content.decode()
    unchanged = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304
    assert address not in desk.get("/office/calendar/").content.decode()
    desk.post("/office/calendar/stop/")
    assert client.get(path).status_code == 404


def test_a_new_secret_ends_the_old_one_and_a_closed_account_its_feed(cast, client):
    old, new = (office.open_feed(by=cast.officer, at=AT) for _ in range(2))
    assert client.get(f"/office/calendar/{old}.ics").status_code == 404
    assert client.get(f"/office/calendar/{new}.ics").status_code == 200
    cast.officer.is_active = False
    cast.officer.save()
    assert client.get(f"/office/calendar/{new}.ics").status_code == 404


def test_the_head_says_what_letters_print_and_others_only_read_it(cast):
    values = {
        "letter_mark": "示教公", "review_body": "示例市人民政府", "court": "示例市人民法院",
        "accepts_applications": "on",
    }  # fmt: skip
    refused = client_of(cast.officer).post("/office/profile/edu/", values)
    assert refused.status_code == 422 and "由工作机构负责人维护" in refused.content.decode()
    assert not OfficeProfile.objects.exists()
    missing = client_of(cast.head).post("/office/profile/edu/", values | {"court": ""})
    assert missing.status_code == 422
    client_of(cast.head).post("/office/profile/edu/", values)
    assert OfficeProfile.objects.get().court == "示例市人民法院"


def test_the_functions_of_sections_are_kept_by_the_head(cast):
    there = staff(cast)
    given = {f"section-{there.section.pk}": "校舍、经费"}
    client_of(cast.officer).post("/office/functions/edu/", given)
    assert not there.section.functions.exists()
    client_of(cast.head).post("/office/functions/edu/", given)
    assert there.section.functions.get().matters == "校舍、经费"


def happened(cast, *steps):
    """A case with these events, by their kind and day of September."""
    case = register(cast, MONDAY).case
    for kind, number, *details in steps:
        enter(case, kind, date(2025, 9, number), cast.head, **dict(details))
    return why({case.pk: case})[case.pk]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "9月8日收到，20个工作日"),
        ([("extended", 10, ("days", 10))], "9月8日收到，20个工作日，延长10个工作日"),
        ([("supplement_requested", 10)], "等申请人补正，期限停计（第三十条）"),
        ([("supplement_requested", 10), ("supplemented", 12)], "9月12日补正，重新计算20个工作日"),
        ([("fee_noticed", 10)], "等申请人缴费，期限停计"),
        ([("fee_noticed", 10), ("fee_paid", 12)], "9月12日缴费，重新计算20个工作日"),
        ([("consultation_opened", 10, ("with", "agency"))], "征求意见，时间不计（第三十三条）"),
        (
            [
                ("consultation_opened", 10, ("with", "agency")),
                ("consultation_closed", 12, ("with", "agency")),
            ],
            "9月8日收到，20个工作日，扣除征求意见时间",
        ),
        ([("reasons_requested", 10)], "9月8日收到，20个工作日"),
        (
            [("reasons_requested", 10), ("reasons_given", 11), ("delayed", 12, ("until", "2025-11-28"))],
            "9月8日收到，20个工作日，另定延迟期限",
        ),
        ([("calendar_changed", 10)], "9月8日收到，20个工作日，随放假安排变动"),
    ],
)
def test_why_a_due_day_is_what_it_is(cast, steps, words):
    assert happened(cast, *steps) == words


def test_a_rectification_has_no_due_day_and_an_unconfirmed_arrival_no_period(cast):
    rectification = register(cast, MONDAY, matter="rectification").case
    arrival = register(cast, MONDAY, channel=Channel.FAX).case
    found = why({rectification.pk: rectification, arrival.pk: arrival})
    assert "第四十一条" in found[rectification.pk] and "第三十一条" in found[arrival.pk]
