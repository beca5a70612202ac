"""Following a case with number and query code: plain words, the article beside them, nothing internal."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.casework.actions import applicant, intake, log
from gongkai.casework.actions.files import add_file
from gongkai.casework.models import Application, CaseFile, Message
from gongkai.casework.queries.applicant import find_by_code
from gongkai.law.limits import chinese_date
from gongkai.law.receipt import Channel, Party
from gongkai.portal import gate
from tests.agencies.cast import Cast
from tests.casework.cases import filing
from tests.portal.applicant import PERSONAL, apply, enter, open_door, text_of


@pytest.fixture
def mine(cast: Cast):
    """A case of the website, its code, and the browser that has it open."""
    open_door(cast)
    ((case, code),) = apply(Client())
    client = Client()
    enter(client, case, code)
    return case, code, client


def today():
    return timezone.localdate()


def happened(case: Application, kind: str, cast: Cast, reason: str = "", **details) -> Application:
    """Something happens to the case today."""
    case.refresh_from_db()
    log.append(
        case=case, kind=kind, on=today(), by=cast.head, at=timezone.now(), details=details, reason=reason
    )
    return case


def confirmed(case: Application, cast: Cast) -> Application:
    return intake.log_confirmation(
        case=case,
        party=Party.OFFICE,
        on=today(),
        reached=True,
        how="电话",
        by=cast.officer,
        at=timezone.now(),
    )


def page_of(client: Client) -> str:
    return text_of(client.get("/track/case/").content.decode())


def test_number_and_code_open_the_case_however_they_are_typed(mine):
    case, code, _ = mine
    typed = f" {code.replace('-', ' ').lower()} "
    wide = case.number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert find_by_code(wide, typed) == case


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(mine):
    case, code, _ = mine
    answers = [
        Client().post("/track/", {"number": number, "code": given})
        for number, given in (("2000-0001", code), (case.number, "AAAA-AAAA"))
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    first, second = (text_of(a.content.decode()) for a in answers)
    assert "对不上" in first and first == second


def test_what_was_typed_as_code_is_not_shown_again(mine):
    case, _, _ = mine
    page = Client().post("/track/", {"number": case.number, "code": "SECR-ETXX"}).content.decode()
    assert case.number in page and "SECR" not in page


def test_after_ten_wrong_tries_even_the_right_code_waits(mine):
    case, code, _ = mine
    client = Client()
    for _ in range(gate.MOST_WRONG_TRIES):
        assert client.post("/track/", {"number": case.number, "code": "AAAA-AAAA"}).status_code == 422
    refused = Client().post("/track/", {"number": case.number, "code": code})
    assert refused.status_code == 429 and "15分钟以后" in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post("/track/", {"number": case.number, "code": code}).status_code == 302


@pytest.mark.parametrize(
    "address", ["", "withdraw/", "data/", "message/", "supplement/", "letters/1/", "files/1/"]
)
def test_without_the_code_every_page_of_the_case_leads_to_the_door(mine, address):
    client = Client()
    for answer in (client.get(f"/track/case/{address}"), client.post(f"/track/case/{address}")):
        assert answer.status_code == 405 or answer.headers["Location"] == "/track/"


def test_leaving_closes_the_case_in_this_browser(mine):
    _, _, client = mine
    client.post("/track/leave/")
    assert client.get("/track/case/").headers["Location"] == "/track/"


def test_before_the_office_confirms_it_says_plainly_that_no_period_runs(mine):
    page = page_of(mine[2])
    assert "待本机关确认收到" in page and "还没有开始计算" in page and "第三十一条" in page
    assert "最迟答复" not in page


def test_once_confirmed_the_due_day_stands_with_its_reason(mine, cast):
    case, _, client = mine
    case = confirmed(case, cast)
    page = page_of(client)
    assert f"{case.due_on.year}年{case.due_on.month}月{case.due_on.day}日" in page
    assert "20个工作日" in page and "第三十三条" in page


def test_each_state_is_told_in_words_with_its_article(mine, cast):
    case, _, client = mine
    confirmed(case, cast)
    until = today() + timedelta(days=10)
    happened(case, "supplement_requested", cast, until=until.isoformat())
    asked = f"请在{chinese_date(until)}以前补正；没有正当理由逾期不补正的，视为放弃申请。"
    assert "等您补正" in page_of(client) and asked in page_of(client)
    applicant.supplement(case=case, text="我要2024年的清单", attachments=[], at=timezone.now())
    assert "办理中" in page_of(client)
    happened(case, "consultation_opened", cast, **{"with": "third_party"})
    assert "正在征求意见" in page_of(client) and "第三十二条" in page_of(client)
    happened(case, "consultation_closed", cast, **{"with": "third_party"})
    happened(case, "extended", cast, days=20)
    assert "办理中（已延期）" in page_of(client)
    happened(case, "fee_noticed", cast)
    assert "等您缴费" in page_of(client) and "第四十二条" in page_of(client)
    happened(case, "fee_paid", cast)
    happened(case, "answered", cast, decision="denied.deliberative")
    assert (
        "已答复" in page_of(client) and "属于过程性信息" in page_of(client) and "第十六条" in page_of(client)
    )


def test_nothing_internal_is_told(mine, cast):
    case, _, client = mine
    confirmed(case, cast)
    for kind in ("assigned", "accepted", "sent_back", "internal_due", "searched", "decided", "letter_signed"):
        happened(case, kind, cast, reason="内部说明不外传", note="内部")
    page = page_of(client).replace("公开的信息 检索 申请公开", "")  # the header of every page
    for word in ("交办", "检索", "拟定", "内部", "示例officer", "示例head"):
        assert word not in page


def test_a_message_goes_both_ways_and_a_script_in_it_stays_text(mine, cast):
    case, _, client = mine
    client.post("/track/case/message/", {"text": "<script>alert(1)</script>收到了吗？"})
    assert Message.objects.get().text.startswith("<script>")
    applicant.answer_message(case=case, text="收到了。", by=cast.officer, at=timezone.now())
    page = client.get("/track/case/").content.decode()
    assert "<script>alert" not in page and "收到了。" in page
    assert not Message.objects.filter(read_at=None).exists()


@pytest.mark.parametrize(("text", "says"), [("  ", "还没有写内容"), ("长" * 2001, "超过2000字")])
def test_an_empty_or_endless_message_is_refused_and_kept_in_the_form(mine, text, says):
    answer = mine[2].post("/track/case/message/", {"text": text})
    assert answer.status_code == 422 and says in answer.content.decode()
    assert text.strip() in answer.content.decode() and not Message.objects.exists()


def test_messages_are_limited_by_the_day(mine):
    for number in range(20):
        mine[2].post("/track/case/message/", {"text": f"第{number}次"})
    answer = mine[2].post("/track/case/message/", {"text": "再一次"})
    assert answer.status_code == 422 and Message.objects.count() == 20


def test_supplementing_with_words_and_files_starts_the_period_anew(mine, cast):
    case, _, client = mine
    confirmed(case, cast)
    happened(case, "supplement_requested", cast, until=(today() + timedelta(days=10)).isoformat())
    assert 'name="supplement"' in client.get("/track/case/").content.decode()
    client.post(
        "/track/case/supplement/",
        {"supplement": "项目名称：示例小学校舍维修", "file_1": SimpleUploadedFile("补.pdf", b"%PDF-1.4 x")},
    )
    case.refresh_from_db()
    assert case.state == "in_progress"
    assert CaseFile.objects.get().kind == "supplement"
    assert Message.objects.get().text == "补正：项目名称：示例小学校舍维修"


def test_a_supplement_nobody_asked_for_or_without_content_is_refused(mine, cast):
    case, _, client = mine
    assert "没有要求补正" in client.post("/track/case/supplement/", {"supplement": "x"}).content.decode()
    confirmed(case, cast)
    happened(case, "supplement_requested", cast)
    answer = client.post("/track/case/supplement/", {"supplement": " "})
    assert answer.status_code == 422 and "至少提供一样" in answer.content.decode()
    bad = SimpleUploadedFile("坏.exe", b"MZ123")
    answer = client.post("/track/case/supplement/", {"supplement": "好", "file_1": bad})
    case.refresh_from_db()
    assert "程序文件" in answer.content.decode() and case.state == "awaiting_supplement"
    assert not Message.objects.exists()


def test_withdrawing_is_asked_twice_and_ends_the_case(mine, cast):
    case, _, client = mine
    assert "现在不能撤回" in text_of(client.get("/track/case/withdraw/").content.decode())
    confirmed(case, cast)
    assert "不能恢复" in client.get("/track/case/withdraw/").content.decode()
    client.post("/track/case/withdraw/")
    case.refresh_from_db()
    assert (case.state, case.decision) == ("closed", "otherwise_handled.other_handling")
    client.post("/track/case/withdraw/")
    assert case.events.filter(kind="withdrawn").count() == 1
    assert "撤回了申请" in page_of(client)


def test_what_came_by_fax_is_confirmed_by_its_applicant_here(cast):
    open_door(cast)
    registered = intake.receive_application(
        agency=cast.agency,
        filing=filing(today(), channel=Channel.FAX),
        by=cast.officer,
        at=timezone.now(),
    )
    client = Client()
    enter(client, registered.case, registered.query_code)
    assert "确认是我提交的" in client.get("/track/case/").content.decode()
    client.post("/track/case/confirm/")
    assert "确认是我提交的" not in client.get("/track/case/").content.decode()
    case = confirmed(registered.case, cast)
    assert case.received_on == today()
    client.post("/track/case/confirm/")
    assert case.events.filter(kind="confirmation").count() == 2


def test_files_given_to_the_applicant_are_his_and_no_others(mine, cast):
    case, _, client = mine
    shown, hidden = (
        add_file(
            case=case, kind="provided", name=name, data=b"%PDF-1.4", by=cast.officer, at=timezone.now(),
            shown_to_applicant=shown,
        )
        for name, shown in (("清单.pdf", True), ("底稿.pdf", False))
    )  # fmt: skip
    page = page_of(client)
    assert "清单.pdf" in page and "底稿.pdf" not in page
    assert client.post(f"/track/case/files/{shown.pk}/").content == b"%PDF-1.4"
    assert client.post(f"/track/case/files/{hidden.pk}/").status_code == 302
    ((other, code),) = apply(Client(REMOTE_ADDR="203.0.113.9"))
    stranger = Client()
    enter(stranger, other, code)
    assert stranger.post(f"/track/case/files/{shown.pk}/").status_code == 404


def test_ones_own_data_are_a_file_and_the_download_is_on_the_trail(mine):
    case, code, client = mine
    answer = client.post("/track/case/data/")
    data = json.loads(answer.content)
    assert data["登记编号"] == case.number and data["身份信息"]["姓名或者名称"] == "甄示范"
    assert code not in answer.content.decode()
    entry = Entry.objects.get(act="took_own_data")
    assert not any(datum in str(entry.details) for datum in PERSONAL)


@pytest.mark.parametrize("form", ["message", "supplement"])
def test_the_page_of_a_refusal_may_be_opened_again(mine, form):
    """A reload, or the switch to large type, leads back to the case."""
    _, _, client = mine
    assert client.post(f"/track/case/{form}/", {"text": " "}).status_code == 422
    answer = client.get(f"/track/case/{form}/")
    assert (answer.status_code, answer["Location"]) == (302, "/track/case/")
