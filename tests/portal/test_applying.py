"""The public applies: in plain steps, without a script, and nothing personal ever stands in an address."""

import base64
import json
import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongkai.audit.models import Entry
from gongkai.casework.models import Application, CaseFile, OfferTally
from gongkai.notices.models import Notice
from gongkai.portal import gate
from gongkai.sealing.sessions import SessionStore
from tests.agencies.cast import Cast
from tests.portal.applicant import (
    ORGANIZATION,
    PERSON,
    PERSONAL,
    WANTED,
    apply,
    fill_in,
    open_door,
    proof,
    text_of,
)
from tests.reporting.drafts import published

SCAN = b"\x89PNG\r\n\x1a\n" + b"0" * 64
THREE = {
    **WANTED,
    "description": "1. 2024年度校舍维修改造项目清单；\n2. 2023年教师招聘录用名单；\n3. 2022年校车采购合同。",
}


@pytest.fixture
def door(cast: Cast):
    return open_door(cast)


def test_a_person_applies_in_three_steps_and_gets_a_number_and_a_code(door):
    ((case, code),) = apply(Client())
    assert (case.agency.slug, case.channel, case.state) == ("edu", "website", "received")
    assert case.received_on is None, "the office has not confirmed yet"
    assert case.document_number == "示教发〔2024〕12号" and case.access == "online"
    assert case.applicant.identity["name"] == "甄示范" and case.applicant.masked_name == "甄**"
    assert len(code) == 9
    assert [(e.kind, e.details.get("party")) for e in case.events.all()] == [
        ("arrived", None),
        ("confirmation", "applicant"),
    ]


def test_an_organization_gives_its_own_particulars_and_those_of_a_person_are_dropped(door):
    mixed = ORGANIZATION | {"person_name": "甄示范", "id_number": "000000199001010000"}
    ((case, _),) = apply(Client(), who=mixed)
    assert case.applicant.identity == {
        "name": "示例有限公司",
        "credit_code": "000000000000000000",
        "legal_representative": "贾样本",
        "contact": "史例",
        "phone": "000-0000002",
    }


def test_nobody_is_asked_what_for(door):
    client = Client()
    pages = [client.get("/apply/edu/").content.decode(), fill_in(client)]
    pages.append(client.get("/apply/edu/who/").content.decode())
    assert all("用途</label>" not in page and 'name="purpose"' not in page for page in pages)


def test_the_notice_says_who_why_how_long_and_which_rights(door):
    client = Client()
    client.post("/apply/edu/", WANTED)
    page = text_of(client.get("/apply/edu/who/").content.decode())
    for said in ("示例市教育局", "加密保存", "保存期限", "查阅、复制、要求更正", "第二十九条"):
        assert said in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"person_name": ""}, "请写姓名"),
        ({"id_number": ""}, "请写证件号码"),
        ({"id_number": "12345"}, "18位"),
        ({"email": "不是邮箱"}, "这不像电子邮箱地址"),
        ({"phone": "", "address": "", "email": ""}, "至少写一样"),
        (ORGANIZATION | {"organization_name": ""}, "请写单位名称"),
        (ORGANIZATION | {"credit_code": "123"}, "统一社会信用代码是18位"),
    ],
)
def test_what_is_missing_is_said_on_top_with_a_link_to_its_field(door, changes, says):
    client = Client()
    client.post("/apply/edu/", WANTED)
    answer = client.post("/apply/edu/who/", PERSON | changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page and 'role="alert"' in page and 'href="#id_' in page


@pytest.mark.parametrize(
    ("access", "field", "says"), [("post", "address", "请写通信地址"), ("email", "email", "请写电子邮箱")]
)
def test_the_way_of_getting_it_needs_its_own_address(door, access, field, says):
    client = Client()
    client.post("/apply/edu/", WANTED | {"access": access})
    assert says in client.post("/apply/edu/who/", PERSON | {field: ""}).content.decode()


def test_an_empty_wish_is_sent_back_and_keeps_what_else_was_written(door):
    answer = Client().post("/apply/edu/", WANTED | {"description": " "})
    assert answer.status_code == 422
    assert "请写明您要什么政府信息" in answer.content.decode()
    assert "示教发〔2024〕12号" in answer.content.decode()


def test_several_matters_become_several_applications_each_with_its_number(door):
    client = Client()
    assert client.post("/apply/edu/", THREE).headers["Location"] == "/apply/edu/advice/"
    page = client.get("/apply/edu/advice/").content.decode()
    assert page.count('name="part"') == 3 and "拆成3件" in text_of(page).replace(" ", "")
    registered = apply(client, wanted=THREE, parts=["校舍维修清单", "", "教师招聘名单", "校车采购合同"])
    assert [case.number[-4:] for case, _ in registered] == ["0001", "0002", "0003"]
    assert [case.description for case, _ in registered] == ["校舍维修清单", "教师招聘名单", "校车采购合同"]
    assert len({code for _, code in registered}) == 3


def test_who_does_not_want_to_split_need_not(door):
    ((case, _),) = apply(Client(), wanted=THREE)
    assert case.description == THREE["description"]


def test_a_complaint_is_told_where_to_go_but_may_still_be_handed_in(door):
    client = Client()
    complaint = WANTED | {"description": "举报示例小学违规收费，要求查处校长并给我答复。"}
    assert client.post("/apply/edu/", complaint).headers["Location"] == "/apply/edu/advice/"
    page = text_of(client.get("/apply/edu/advice/").content.decode())
    assert "第三十九条" in page and "可以去" in page
    assert len(apply(client, wanted=complaint)) == 1


def test_what_is_published_already_is_offered_and_that_it_was_enough_is_counted(cast, door):
    published(cast)
    client = Client()
    asked = WANTED | {"description": "2020年政府信息公开工作年度报告"}
    assert client.post("/apply/edu/", asked).headers["Location"] == "/apply/edu/advice/"
    assert 'href="/reports/edu/2020/"' in client.get("/apply/edu/advice/").content.decode()
    client.post("/apply/edu/advice/", {"choice": "found"})
    tally = OfferTally.objects.get()
    assert (tally.offered, tally.satisfied) == (1, 1)
    assert client.get("/apply/edu/review/").status_code == 302, "the draft is gone"
    assert not Application.objects.exists()


def test_another_years_report_is_not_offered(cast, door):
    published(cast)
    answer = Client().post("/apply/edu/", WANTED | {"description": "2018年政府信息公开工作年度报告"})
    assert answer.headers["Location"] == "/apply/edu/who/"


def test_files_are_kept_sealed_with_every_application(door):
    client = Client()
    fill_in(client, wanted=THREE, parts=["甲清单2024", "乙名单2023"])
    client.post(
        "/apply/edu/review/",
        {
            "identity_file": SimpleUploadedFile("甄示范身份证.png", SCAN, "image/png"),
            "file_1": SimpleUploadedFile("../../说明.html", b"<script>alert(1)</script>", "text/html"),
        },
    )
    kept = CaseFile.objects.order_by("case_id", "pk")
    assert [(f.kind, str(f.name), f.media_type) for f in kept] == 2 * [
        ("identity", "甄示范身份证.png", "image/png"),
        ("application", "说明.html", "application/octet-stream"),
    ]
    assert bytes(kept[0].content) == SCAN
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content, name FROM casework_casefile")
        raw = cursor.fetchall()
    assert all(SCAN not in bytes(content) and "甄".encode() not in bytes(name) for content, name in raw)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.pdf", b"", "是空的"),
        ("大.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024 + 1), "超过10 MB"),
        ("程序.pdf", b"MZ" + b"0" * 10, "程序文件"),
    ],
)
def test_a_file_that_cannot_be_kept_leaves_nothing_half_done(door, name, data, says):
    client = Client()
    fill_in(client)
    answer = client.post("/apply/edu/review/", {"file_1": SimpleUploadedFile(name, data)})
    page = text_of(answer.content.decode())
    assert answer.status_code == 422 and says in page and "没有提交" in page
    assert not Application.objects.exists() and not CaseFile.objects.exists()
    assert client.post("/apply/edu/review/", {}).headers["Location"] == "/apply/done/"


def opened(session: Session) -> dict:
    return SessionStore().decode(session.session_data)


def test_a_draft_lies_sealed_in_the_session_and_is_gone_after_it_is_handed_in(door):
    client = Client()
    fill_in(client)
    stored = " ".join(str(opened(session)) for session in Session.objects.all())
    assert "application_draft" in stored
    assert not any(datum in stored for datum in (*PERSONAL, "校舍维修"))
    client.post("/apply/edu/review/", {})
    stored = opened(Session.objects.get())
    assert "application_draft" not in stored
    client.post("/apply/leave/")
    assert "application_receipts" not in opened(Session.objects.get())


def test_the_receipts_are_cleared_on_a_word_and_the_code_is_not_shown_again(door):
    client = Client()
    ((_, code),) = apply(client)
    assert code in client.get("/apply/done/").content.decode()
    client.post("/apply/leave/")
    assert code not in client.get("/apply/done/").content.decode()
    assert client.get("/apply/done/1/").status_code == 404


def test_the_receipt_is_a_pdf_with_number_code_and_a_qr_of_the_bare_address(door):
    import pypdfium2

    client = Client()
    ((case, code),) = apply(client)
    answer = client.get("/apply/done/1/")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert case.number in text and code in text and "待双方确认后确定" in text
    assert "http://testserver/track/" in text.replace("\r\n", "") and f"/track/{case.number}" not in text


def test_number_code_and_personal_data_stand_in_no_address_header_log_or_trail(door, caplog):
    caplog.set_level(logging.DEBUG)
    client, seen = Client(), []
    for address, data in (
        ("/apply/edu/", WANTED),
        ("/apply/edu/who/", PERSON),
        ("/apply/edu/review/", {}),
    ):
        answer = client.post(address, data)
        seen.append(str(answer.headers))
    page = client.get("/apply/done/").content.decode()
    number, code = (part.split("<")[0] for part in page.split('class="big">')[1:3])
    seen.append(str(client.post("/track/", {"number": number, "code": code}).headers))
    seen.append(str(client.get("/track/case/").headers))
    trail = " ".join(f"{entry.subject} {entry.details}" for entry in Entry.objects.all())
    # The registration number names a case in the office's own trail; there it tells nothing of a person.
    for secret in (*PERSONAL, code, "校舍维修"):
        assert secret not in " ".join(seen) and secret not in caplog.text and secret not in trail
    assert number not in " ".join(seen) and number not in caplog.text
    notice = Notice.objects.first()
    assert notice is not None and not any(datum in f"{notice.title}{notice.text}" for datum in PERSONAL)


def test_a_hostile_script_in_a_wish_is_shown_as_text(door):
    script = "<script>alert('x')</script>2024年度采购合同清单"
    client = Client()
    page = fill_in(client, wanted=WANTED | {"description": script}, who=PERSON | {"person_name": "<b>甄</b>"})
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "<b>甄" not in page
    client.post("/apply/edu/review/", {})
    assert "<script>alert" not in client.get("/apply/done/").content.decode()


def test_pressing_twice_hands_in_once(door):
    client = Client()
    fill_in(client)
    session_before = client.cookies["sessionid"].value
    draft = Session.objects.get(session_key=session_before).session_data
    client.post("/apply/edu/review/", {})
    # The second press was on its way before the first was answered: it still has the draft.
    Session.objects.filter(session_key=session_before).update(session_data=draft)
    assert client.post("/apply/edu/review/", {}).headers["Location"] == "/apply/done/"
    assert Application.objects.count() == 1


def test_an_agency_that_does_not_take_applications_here_has_no_door(cast):
    open_door(cast, accepts_applications=False)
    assert Client().get("/apply/edu/").status_code == 404
    assert "没有机关在本网站接受申请" in Client().get("/apply/").content.decode()
    assert Client().get("/apply/farm/").status_code == 404


def test_a_door_closed_meanwhile_is_said_and_nothing_is_lost(door):
    client = Client()
    fill_in(client)
    door.accepts_applications = False
    door.save()
    assert client.post("/apply/edu/review/", {}).status_code == 404
    assert not Application.objects.exists()


def test_a_later_step_without_the_first_leads_to_the_first(door):
    for step in ("advice", "who", "review"):
        assert Client().get(f"/apply/edu/{step}/").headers["Location"] == "/apply/edu/"


# Keeping machines out


def test_a_browser_that_did_its_sum_may_go_on_after_the_others_are_stopped(door):
    for _ in range(gate.MOST_WITHOUT_PROOF):
        apply(Client())
    client = Client()
    page = fill_in(client)
    refused = client.post("/apply/edu/review/", {})
    assert refused.status_code == 429 and "今天从您的网络已经提交了3次" in refused.content.decode()
    accepted = client.post("/apply/edu/review/", {"proof": proof(page)})
    assert accepted.headers["Location"] == "/apply/done/"


def test_what_was_not_taken_is_not_counted(door):
    client = Client()
    fill_in(client)
    for _ in range(gate.MOST_WITHOUT_PROOF + 1):
        bad = SimpleUploadedFile("程序.exe", b"MZ0")
        assert client.post("/apply/edu/review/", {"file_1": bad}).status_code == 422
    assert client.post("/apply/edu/review/", {}).status_code == 302


def test_another_address_has_its_own_count(door):
    for _ in range(gate.MOST_WITHOUT_PROOF):
        apply(Client())
    assert apply(Client(REMOTE_ADDR="203.0.113.9"))


def test_a_solution_is_good_once(door):
    page = fill_in(Client())
    solved = proof(page)
    assert gate.is_proven(solved) and not gate.is_proven(solved)


@pytest.mark.parametrize("wrong", ["number", "salt", "challenge", "signature"])
def test_a_solution_that_was_tampered_with_is_refused(door, wrong):
    solved = json.loads(base64.b64decode(proof(fill_in(Client()))))
    solved[wrong] = solved[wrong] + 1 if wrong == "number" else "0" + solved[wrong][1:] + "0"
    assert not gate.is_proven(base64.b64encode(json.dumps(solved).encode()).decode())


@given(st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda b: base64.b64encode(b).decode())))
def test_nonsense_for_a_solution_never_crashes(payload: str):
    assert gate.is_proven(payload) is False


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda x: st.lists(x) | st.dictionaries(st.text(max_size=9), x),
        max_leaves=6,
    )
)
def test_odd_json_for_a_solution_never_crashes(value):
    assert gate.is_proven(base64.b64encode(json.dumps(value).encode()).decode()) is False


def test_who_fills_the_hidden_field_is_a_machine(door):
    client = Client()
    fill_in(client)
    assert client.post("/apply/edu/review/", {"website": "http://example.invalid"}).status_code == 429
    assert not Application.objects.exists()


def test_behind_a_trusted_proxy_the_address_is_the_one_it_wrote(rf, settings):
    direct = gate.caller(rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "203.0.113.1"}))
    assert direct == gate.caller(rf.get("/", REMOTE_ADDR="127.0.0.1"))
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    forged = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.1"})
    real = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "203.0.113.1"})
    assert gate.caller(forged) == gate.caller(real) != direct


def test_a_network_of_ipv6_counts_as_one_address(rf):
    one, two, other = (
        gate.caller(rf.get("/", REMOTE_ADDR=address))
        for address in ("2001:db8::1", "2001:db8::2", "2001:db8:1::1")
    )
    assert one == two != other
    assert "2001" not in one
