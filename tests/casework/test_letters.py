"""A letter on its way: drafted, approved by others, signed once and for all, served."""

import json
import re
from datetime import date
from urllib.parse import quote, unquote

import pytest
from django.db import DatabaseError, transaction

from gongkai.audit.models import Entry
from gongkai.casework.actions import letters, service
from gongkai.casework.actions.supplement import UnableToRequestSupplement, request_supplement
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Letter
from gongkai.law.service import ServiceKind, ServiceMethod
from gongkai.sealing import seal
from tests.casework.cases import moment, profile, register, signed
from tests.trust.guards import take_away

MONDAY, WEDNESDAY = date(2025, 9, 8), date(2025, 9, 10)


@pytest.fixture
def notice(cast) -> Letter:
    profile(cast)
    case = register(cast, MONDAY).case
    return request_supplement(
        case=case, unclear=["没有写明年度"], items=["写明要哪一年的清单"], until=date(2025, 9, 30),
        by=cast.officer, at=moment(WEDNESDAY),
    )  # fmt: skip


def test_the_clock_stands_from_the_signature_not_from_the_draft(cast, notice):
    assert notice.case.state == "in_progress"
    letter = signed(notice, cast.head, on=WEDNESDAY)
    letter.case.refresh_from_db()
    assert (letter.state, letter.document_number) == ("signed", "示教公告〔2025〕1号")
    assert (letter.case.state, letter.case.due_on) == ("awaiting_supplement", None)
    assert letter.pdf.startswith(b"%PDF") and len(letter.sha256) == 64


def test_nobody_approves_what_they_drafted(cast, notice):
    letters.submit_letter(letter=notice, by=cast.officer, at=moment(WEDNESDAY))
    seen = content_hash(paper_of(notice))
    for by in (cast.officer, cast.leader):
        with pytest.raises(letters.UnableToApprove):
            letters.approve_letter(letter=notice, seen=seen, by=by, at=moment(WEDNESDAY))


def test_an_approval_holds_for_the_words_that_were_looked_at(cast, notice):
    seen = content_hash(paper_of(notice))
    letters.edit_letter(letter=notice, text="换一种说法。", revision=1, by=cast.officer, at=moment(WEDNESDAY))
    letters.submit_letter(letter=notice, by=cast.officer, at=moment(WEDNESDAY))
    with pytest.raises(letters.UnableToApprove, match="改过"):
        letters.approve_letter(letter=notice, seen=seen, by=cast.head, at=moment(WEDNESDAY))


def test_a_returned_letter_is_mended_and_goes_round_again(cast, notice):
    letters.submit_letter(letter=notice, by=cast.officer, at=moment(WEDNESDAY))
    with pytest.raises(letters.UnableToApprove, match="理由"):
        letters.return_letter(letter=notice, opinion=" ", by=cast.head, at=moment(WEDNESDAY))
    letters.return_letter(letter=notice, opinion="期限太短", by=cast.head, at=moment(WEDNESDAY))
    notice.refresh_from_db()
    assert notice.state == "draft"
    assert signed(notice, cast.head, on=WEDNESDAY).state == "signed"


def test_what_was_signed_does_not_change(cast, notice):
    letter = signed(notice, cast.head, on=WEDNESDAY)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(document_number="x")
    with pytest.raises(letters.UnableToWrite, match="已经签发"):
        letters.edit_letter(
            letter=letter, text="改", revision=letter.revision, by=cast.officer, at=moment(WEDNESDAY)
        )


def test_the_law_is_asked_before_a_letter_is_drafted(cast):
    profile(cast)
    case = register(cast, MONDAY).case
    with pytest.raises(UnableToRequestSupplement, match="第三十条"):
        request_supplement(
            case=case, unclear=["x"], items=["x"], until=date(2025, 11, 30), by=cast.officer,
            at=moment(date(2025, 9, 30)),
        )  # fmt: skip
    assert not Letter.objects.exists()


def test_a_letter_is_served_on_the_day_it_was_signed_for(cast, notice):
    letter = signed(notice, cast.head, on=WEDNESDAY)
    made = service.serve_letter(
        letter=letter, method=ServiceMethod.DIRECT, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY, 15)
    )
    assert made.served_on is None
    with pytest.raises(service.UnableToServe, match="早于签发日期"):
        service.log_service(
            service=made, kind=ServiceKind.SIGNED, on=MONDAY, by=cast.officer, at=moment(WEDNESDAY, 16)
        )
    service.log_service(
        service=made,
        kind=ServiceKind.SIGNED,
        on=date(2025, 9, 11),
        by=cast.officer,
        at=moment(date(2025, 9, 12)),
    )
    made.refresh_from_db()
    assert made.served_on == date(2025, 9, 11)


# The page of a letter.


def page_of(client, letter) -> str:
    return client.get(f"/office/letters/{letter.pk}/").content.decode()


def act(client, letter, do, **data):
    letter.refresh_from_db()
    return client.post(f"/office/letters/{letter.pk}/", {"do": do, "revision": letter.revision, **data})


def test_a_draft_is_edited_submitted_returned_and_shows_what_changed(cast, client, notice, at_wednesday):
    client.force_login(cast.officer)
    page = page_of(client, notice)
    assert "没有写明年度" in page and "签发时编文号" in page and "提交审批" in page
    text = paper_of(notice).body_text
    assert (
        act(client, notice, "edit", text=text.replace("没有写明年度", "没有写明年度和区县")).status_code
        == 302
    )
    assert act(client, notice, "submit").status_code == 302
    client.force_login(cast.head)
    assert "同意并签发" in page_of(client, notice)
    seen = content_hash(paper_of(notice))
    empty = act(client, notice, "return", seen=seen, opinion=" ")
    assert empty.status_code == 422 and "退回要写明理由" in empty.content.decode()
    assert act(client, notice, "return", seen=seen, opinion="请写明哪个区县").status_code == 302
    client.force_login(cast.officer)
    notice.refresh_from_db()
    text = paper_of(notice).body_text.replace("和区县", "，没有写明区县")
    act(client, notice, "edit", text=text)
    page = page_of(client, notice)
    assert "上次审批以后改了什么" in page and "<ins>" in page and "<del>" in page and "请写明哪个区县" in page


def test_the_head_signs_on_the_page_and_the_number_and_hash_are_shown(cast, client, notice, at_wednesday):
    client.force_login(cast.officer)
    act(client, notice, "submit")
    assert "起草人不能审批自己起草的文书" in page_of(client, notice)
    client.force_login(cast.head)
    assert act(client, notice, "approve", seen=content_hash(paper_of(notice))).status_code == 302
    notice.refresh_from_db()
    page = page_of(client, notice)
    assert "示教公告〔2025〕1号" in page and notice.sha256 in page and "修改正文" not in page
    pdf = client.get(f"/office/letters/{notice.pk}/file.pdf")
    assert pdf.content == bytes(notice.pdf) and "%E8%8D%89%E7%A8%BF" not in pdf["Content-Disposition"]
    assert Entry.objects.filter(act="opened_letter").count() == 1


def test_a_draft_to_download_says_so_in_its_name(cast, client, notice):
    client.force_login(cast.officer)
    for file_format, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"/office/letters/{notice.pk}/file.{file_format}")
        assert answer.content.startswith(head) and quote("草稿") in answer["Content-Disposition"]
        assert "甄" not in unquote(answer["Content-Disposition"])
    assert client.get(f"/office/letters/{notice.pk}/file.exe").status_code == 404


def test_two_who_edit_at_once_the_second_is_told_and_keeps_the_words(cast, client, notice):
    client.force_login(cast.officer)
    assert act(client, notice, "edit", text="第一个人的话。").status_code == 302
    late = client.post(
        f"/office/letters/{notice.pk}/", {"do": "edit", "revision": 1, "text": "第二个人的话。"}
    )
    text = late.content.decode()
    assert late.status_code == 409 and "别人改过这份文书" in text and "第二个人的话。" in text
    notice.refresh_from_db()
    assert paper_of(notice).body_text == "第一个人的话。"
    [offered] = re.findall(r'name="revision" value="(\d+)" id', text)
    again = {"do": "edit", "revision": offered, "text": "第二个人的话。"}
    assert client.post(f"/office/letters/{notice.pk}/", again).status_code == 302
    notice.refresh_from_db()
    assert paper_of(notice).body_text == "第二个人的话。"


def test_an_approval_of_other_words_is_refused_on_the_page(cast, client, notice, at_wednesday):
    letters.submit_letter(letter=notice, by=cast.officer, at=moment(WEDNESDAY))
    client.force_login(cast.head)
    answer = act(client, notice, "approve", seen="0" * 64)
    assert answer.status_code == 409 and "请重新看过再审批" in answer.content.decode()


def test_a_draft_worded_anew_keeps_what_was_typed_before_to_be_compared(cast, client, notice, at_wednesday):
    client.force_login(cast.officer)
    act(client, notice, "edit", text="改坏了。")
    assert act(client, notice, "redraft").status_code == 302
    notice.refresh_from_db()
    assert "没有写明年度" in paper_of(notice).body_text
    assert notice.versions.count() == 3 and notice.versions.first().sha256 == notice.versions.last().sha256


def test_dropping_and_nonsense(cast, client, notice):
    client.force_login(cast.officer)
    assert act(client, notice, "nonsense").status_code == 404
    assert act(client, notice, "drop").status_code == 302
    assert "已经作废" in page_of(client, notice)
    client.force_login(cast.stranger)
    assert client.get(f"/office/letters/{notice.pk}/").status_code == 404


def test_those_whose_turn_it_is_are_told(cast, notice):
    from gongkai.notices.models import Notice

    letters.submit_letter(letter=notice, by=cast.officer, at=moment(WEDNESDAY))
    assert [(each.recipient, each.kind) for each in Notice.objects.all()] == [(cast.head, "approval_waiting")]
    letters.approve_letter(
        letter=notice, seen=content_hash(paper_of(notice)), by=cast.head, at=moment(WEDNESDAY)
    )
    assert Notice.objects.filter(recipient=cast.officer, kind="approved").count() == 1


def test_what_lies_in_the_database_is_checked_against_the_signature(cast, client, notice):
    from django.db import connection

    letter = signed(notice, cast.head, on=WEDNESDAY)
    client.force_login(cast.officer)
    assert "内容与签发时不一致" not in page_of(client, letter)
    take_away("casework_letter")
    with connection.cursor() as cursor:
        altered = paper_of(letter).with_body_text("改了一个字").to_json()
        cursor.execute(
            "UPDATE casework_letter SET content = %s WHERE id = %s",
            [seal(json.dumps(altered, ensure_ascii=False, sort_keys=True).encode()), letter.pk],
        )
    assert "内容与签发时不一致" in page_of(client, letter)


@pytest.fixture
def at_wednesday(monkeypatch):
    """The pages believe that it is Wednesday afternoon."""
    from gongkai.casework.views import letters as views

    class Clock:
        @staticmethod
        def now():
            return moment(WEDNESDAY, 15)

        @staticmethod
        def localdate():
            return WEDNESDAY

    monkeypatch.setattr(views, "timezone", Clock)
