"""The service ledger: how each letter went, which day counts, from when remedies run."""

from datetime import date

import pytest

from gongkai.audit.models import Entry
from gongkai.casework.actions import service
from gongkai.casework.models import Letter
from gongkai.casework.queries.serving import remedies_open, served_by, standing_of, wished_method
from gongkai.law.service import ServiceKind, ServiceMethod
from tests.casework.answering import (
    FACTS,
    SECRET,
    TUESDAY,
    WEDNESDAY,
    a_case,
    approve,
    decided,
    kept,
    nonexistent,
    submit,
)
from tests.casework.cases import moment

THURSDAY, FRIDAY = date(2025, 9, 11), date(2025, 9, 12)


@pytest.fixture
def answer(cast) -> Letter:
    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    return approve(letter, cast.head, TUESDAY)


def serve(cast, letter, method, on=WEDNESDAY, **more):
    return service.serve_letter(
        letter=letter, method=method, on=on, by=cast.officer, at=moment(on, 15), **more
    )


def log(cast, served, kind, on, text=""):
    return service.log_service(
        service=served, kind=kind, on=on, by=cast.officer, at=moment(on, 16), text=text
    )


def test_the_answer_closes_the_case_on_the_day_it_is_signed_for(cast, answer):
    served = serve(cast, answer, ServiceMethod.DIRECT)
    answer.case.refresh_from_db()
    assert answer.case.is_open
    log(cast, served, ServiceKind.SIGNED, THURSDAY)
    answer.case.refresh_from_db()
    assert (answer.case.state, answer.case.closed_on) == ("closed", THURSDAY)
    assert answer.case.decision == "unable_to_provide.nonexistent"


def test_by_post_the_day_of_posting_counts_and_the_remedies_wait_for_the_signature(cast, answer):
    served = serve(cast, answer, ServiceMethod.POSTAL, tracking_number="XA00000000044", carrier="EMS")
    answer.case.refresh_from_db()
    assert (answer.case.closed_on, served.served_on) == (WEDNESDAY, WEDNESDAY)
    assert remedies_open(answer, served_by(served)) == ()
    log(cast, served, ServiceKind.SIGNED, FRIDAY)
    open_until = remedies_open(answer, served_by(served))
    assert [due.due_on for due in open_until] == [date(2025, 11, 11), date(2026, 3, 12)]
    assert answer.case.events.filter(kind="served").count() == 1


def test_only_the_postal_enterprise_carries_an_answer_and_its_number_is_kept(cast, answer):
    with pytest.raises(service.UnableToServe, match="不是邮政企业"):
        serve(cast, answer, ServiceMethod.POSTAL, tracking_number="1", carrier="某快递")
    with pytest.raises(service.UnableToServe, match="邮件号"):
        serve(cast, answer, ServiceMethod.POSTAL, carrier="EMS")
    assert not answer.services.exists()
    served = serve(cast, answer, ServiceMethod.POSTAL, tracking_number="1", carrier="挂号信")
    assert served.entries.get().note == "挂号信"


def test_what_comes_back_was_not_served_and_is_sent_again(cast, answer):
    served = serve(cast, answer, ServiceMethod.POSTAL, tracking_number="1", carrier="EMS")
    log(cast, served, ServiceKind.RETURNED, FRIDAY, "查无此人")
    served.refresh_from_db()
    assert served.served_on is None and "退回" in served_by(served).explanation
    again = serve(cast, answer, ServiceMethod.COUNTER_PICK_UP, date(2025, 9, 15), also=ServiceKind.SIGNED)
    answer.case.refresh_from_db()
    assert again.served_on == date(2025, 9, 15) and answer.case.closed_on == WEDNESDAY
    assert answer.case.events.filter(kind="answered").count() == 1


def test_left_after_a_refusal_counts_and_left_without_one_is_refused(cast, answer):
    served = serve(cast, answer, ServiceMethod.DIRECT)
    with pytest.raises(service.UnableToServe, match="先登记拒收"):
        log(cast, served, ServiceKind.LEFT, THURSDAY)
    assert served.entries.count() == 1
    log(cast, served, ServiceKind.REFUSED, THURSDAY)
    log(cast, served, ServiceKind.LEFT, THURSDAY)
    served.refresh_from_db()
    assert served.served_on == THURSDAY


def test_a_method_knows_its_own_lines_only(cast, answer):
    served = serve(cast, answer, ServiceMethod.DIRECT)
    with pytest.raises(service.UnableToServe, match="不能登记“查看"):
        log(cast, served, ServiceKind.READ_ONLINE, THURSDAY)


def test_read_online_by_the_applicant_it_is_served(cast, answer):
    served = serve(cast, answer, ServiceMethod.ONLINE)
    service.log_service(
        service=served, kind=ServiceKind.READ_ONLINE, on=THURSDAY, by=None, at=moment(THURSDAY)
    )
    answer.case.refresh_from_db()
    assert answer.case.closed_on == THURSDAY
    assert Entry.objects.filter(act="logged_service", by=None).exists()


def test_an_announcement_begins_with_being_announced(cast, answer):
    served = serve(cast, answer, ServiceMethod.ANNOUNCEMENT)
    assert [each.kind for each in served.entries.all()] == ["announced"]
    assert served.served_on is None and "235号函没有规定公告送达" in served_by(served).warning


@pytest.mark.parametrize("on", [date(2025, 9, 8), date(2025, 9, 30)])
def test_days_before_the_signature_and_days_to_come_are_refused(cast, answer, on):
    with pytest.raises(service.UnableToServe, match="请核对"):
        service.serve_letter(
            letter=answer, method=ServiceMethod.DIRECT, on=on, by=cast.officer, at=moment(WEDNESDAY)
        )
    assert not answer.services.exists()


def test_a_draft_does_not_go_out(cast):
    with pytest.raises(service.UnableToServe, match="签发以后才能送达"):
        serve(cast, nonexistent(cast), ServiceMethod.DIRECT)


def test_a_refusal_under_the_exemptions_opens_reconsideration_alone(cast):
    letter = decided(cast, a_case(cast), SECRET, FACTS["secret"], path="standard", path_reason="示例")
    kept(cast, letter.case, "classification")
    submit(letter, TUESDAY)
    letter = approve(letter, cast.head, TUESDAY)
    served = serve(cast, letter, ServiceMethod.COUNTER_PICK_UP, also=ServiceKind.SIGNED)
    assert [due.label for due in standing_of(served, FRIDAY).remedies] == ["申请行政复议的期限"]


def test_the_wish_of_the_applicant_is_proposed(cast, answer):
    assert wished_method(answer) is ServiceMethod.POSTAL
    answer.case.access = "pick_up"
    assert wished_method(answer) is ServiceMethod.COUNTER_PICK_UP


def test_the_receipt_of_service_is_a_form_to_sign(cast, answer):
    served = serve(cast, answer, ServiceMethod.DIRECT)
    data = service.print_receipt(service=served, file_format="pdf", by=cast.officer, at=moment(THURSDAY))
    assert data.startswith(b"%PDF")
    import pypdfium2

    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    for said in ("送达回证", "示教公复〔2025〕1号", "甄示范", "示例市示例路1号"):
        assert said in "".join(text.split())


def test_the_page_serves_logs_and_shows_what_counts(cast, client, answer):
    client.force_login(cast.officer)
    url = f"/office/letters/{answer.pk}/service/"
    page = client.get(url).content.decode()
    assert "申请人希望邮寄" in page and 'value="postal" selected' in page
    wrong = client.post(url, {"method": "postal", "on": "昨天"})
    assert wrong.status_code == 422 and "不是日期" in wrong.content.decode()
    done = client.post(
        url, {"method": "postal", "on": "2025-09-10", "carrier": "EMS", "tracking_number": "XA1"}
    )
    assert done.status_code == 302
    served = answer.services.get()
    refused = client.post(f"/office/services/{served.pk}/log/", {"kind": "signed", "on": "2025-09-09"})
    assert refused.status_code == 422 and "早于发出之日" in refused.content.decode()
    client.post(f"/office/services/{served.pk}/log/", {"kind": "signed", "on": "2025-09-12"})
    page = client.get(url).content.decode()
    assert "以投寄之日" in page and "2025年11月11日" in page and "2026年3月12日" in page
    receipt = client.get(f"/office/services/{served.pk}/receipt.docx")
    assert receipt.status_code == 200 and receipt.content.startswith(b"PK")


def test_a_button_pressed_twice_sends_once(cast, client, answer):
    client.force_login(cast.officer)
    url = f"/office/letters/{answer.pk}/service/"
    given = {"method": "postal", "on": "2025-09-10", "carrier": "EMS", "tracking_number": "XA1"}
    assert client.post(url, given).status_code == 302
    again = client.post(url, given)
    assert again.status_code == 422 and "已经登记过2025年9月10日" in again.content.decode()
    assert client.post(url, given | {"tracking_number": "XA2"}).status_code == 302
    assert answer.services.count() == 2


def test_nonsense_is_refused_in_plain_words(cast, client, answer):
    client.force_login(cast.officer)
    url = f"/office/letters/{answer.pk}/service/"
    said = client.post(url, {"method": "pigeon", "on": ""}).content.decode()
    assert "列表里没有这一项" in said and "请填发出的日期" in said and "pigeon 不在" not in said
    served = serve(cast, answer, ServiceMethod.POSTAL, tracking_number="XA1")
    said = client.post(f"/office/services/{served.pk}/log/", {"kind": "left", "on": ""}).content.decode()
    assert "没有这种情况" in said and "请填这件事发生的日期" in said


def test_nobody_else_serves_or_sees(cast, client, answer):
    served = serve(cast, answer, ServiceMethod.DIRECT)
    client.force_login(cast.stranger)
    for url in (f"/office/letters/{answer.pk}/service/", f"/office/services/{served.pk}/receipt.pdf"):
        assert client.get(url).status_code == 404
    assert client.post(f"/office/services/{served.pk}/log/").status_code == 404
