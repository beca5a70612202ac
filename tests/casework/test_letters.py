"""A letter on its way: drafted, approved by others, signed once and for all, served."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongkai.casework.actions import letters, service
from gongkai.casework.actions.supplement import UnableToRequestSupplement, request_supplement
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Letter
from gongkai.law.service import ServiceKind, ServiceMethod
from tests.casework.cases import moment, profile, register, signed

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
