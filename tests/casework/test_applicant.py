"""What applicants do themselves, and which letters they may open."""

from datetime import date

import pytest

from gongkai.casework.actions import applicant
from gongkai.casework.actions.files import Attachment, UnableToKeepFile
from gongkai.casework.actions.service import serve_letter
from gongkai.casework.actions.supplement import request_supplement
from gongkai.casework.models import Application, Letter, ServiceEntry
from gongkai.casework.queries.applicant import everything_about, story_of
from gongkai.law.receipt import Channel
from gongkai.law.service import ServiceKind, ServiceMethod
from gongkai.notices.models import Notice
from tests.casework.cases import filing, moment, profile, register, signed

MONDAY, WEDNESDAY, FRIDAY = date(2025, 9, 8), date(2025, 9, 10), date(2025, 9, 12)


@pytest.fixture
def letter(cast) -> Letter:
    """A supplement notice, signed and not sent yet."""
    profile(cast)
    drafted = request_supplement(
        case=register(cast, MONDAY).case, unclear=["没有写明年度"], items=["写明要哪一年的清单"],
        until=date(2025, 9, 30), by=cast.officer, at=moment(WEDNESDAY),
    )  # fmt: skip
    return signed(drafted, cast.head, on=WEDNESDAY)


def sent(letter: Letter, method: ServiceMethod, cast, **more) -> Letter:
    serve_letter(
        letter=letter, method=method, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY, 15), **more
    )
    return Letter.objects.get(pk=letter.pk)


def test_what_was_signed_but_not_sent_is_not_told(letter):
    assert story_of(letter.case).papers == ()
    with pytest.raises(applicant.UnableToOpenLetter):
        applicant.read_letter(letter=letter, at=moment(FRIDAY))


def test_opening_what_was_served_online_is_its_service_once(cast, letter):
    letter = sent(letter, ServiceMethod.ONLINE, cast)
    (paper,) = story_of(letter.case).papers
    assert paper.pk == letter.pk and paper.served_on is None
    assert applicant.read_letter(letter=letter, at=moment(FRIDAY)).startswith(b"%PDF")
    applicant.read_letter(letter=letter, at=moment(date(2025, 9, 15)))
    read = ServiceEntry.objects.get(kind=ServiceKind.READ_ONLINE)
    assert (read.on, read.by) == (FRIDAY, None)
    (paper,) = story_of(Application.objects.get(pk=letter.case_id)).papers
    assert paper.served_on == FRIDAY


def test_what_was_posted_is_named_but_opened_here_only_after_it_was_signed_for(cast, letter):
    from gongkai.casework.actions.service import log_service

    letter = sent(letter, ServiceMethod.POSTAL, cast, tracking_number="XX000000000CN")
    (paper,) = story_of(letter.case).papers
    assert paper.pk is None and "邮" in paper.method
    with pytest.raises(applicant.UnableToOpenLetter):
        applicant.read_letter(letter=letter, at=moment(FRIDAY))
    log_service(
        service=letter.services.get(), kind=ServiceKind.SIGNED, on=FRIDAY, by=cast.officer, at=moment(FRIDAY)
    )
    letter = Letter.objects.get(pk=letter.pk)
    assert applicant.read_letter(letter=letter, at=moment(FRIDAY, 16)).startswith(b"%PDF")
    assert not ServiceEntry.objects.filter(kind=ServiceKind.READ_ONLINE).exists()


def test_of_several_applications_all_are_registered_or_none(cast):
    profile(cast)
    filings = [filing(MONDAY, channel=Channel.WEBSITE, description=text) for text in ("甲清单", "乙清单")]
    program = Attachment("application", "程序.exe", b"MZ123")
    with pytest.raises(UnableToKeepFile):
        applicant.apply_online(agency=cast.agency, filings=filings, attachments=[program], at=moment(MONDAY))
    assert not Application.objects.exists()
    done = applicant.apply_online(agency=cast.agency, filings=filings, attachments=[], at=moment(MONDAY))
    assert [each.case.number for each in done] == ["2025-0001", "2025-0002"]
    assert Notice.objects.filter(recipient=cast.officer, kind="arrival_unconfirmed").count() == 2


def test_an_office_that_has_said_nothing_about_itself_takes_no_applications_here(cast):
    with pytest.raises(applicant.UnableToApply, match="不在本网站接受申请"):
        applicant.apply_online(
            agency=cast.agency,
            filings=[filing(MONDAY, channel=Channel.WEBSITE)],
            attachments=[],
            at=moment(MONDAY),
        )


def test_too_many_at_once_are_refused(cast):
    profile(cast)
    filings = [filing(MONDAY, channel=Channel.WEBSITE)] * 11
    with pytest.raises(applicant.UnableToApply, match="最多提交10件"):
        applicant.apply_online(agency=cast.agency, filings=filings, attachments=[], at=moment(MONDAY))


def test_whoever_handles_the_case_is_told_and_nobody_else(cast):
    case = register(cast, MONDAY).case
    Application.objects.filter(pk=case.pk).update(officer=cast.head)
    applicant.send_message(case=case, text="请问办到哪里了？", at=moment(WEDNESDAY))
    notice = Notice.objects.get(kind="applicant_wrote")
    assert notice.recipient == cast.head and "请问" not in notice.text


def test_an_archived_case_takes_no_more_words(cast):
    case = register(cast, MONDAY).case
    Application.objects.filter(pk=case.pk).update(archived_on=WEDNESDAY)
    with pytest.raises(applicant.UnableToWriteMessage, match="归档"):
        applicant.send_message(case=case, text="您好", at=moment(FRIDAY))


def test_a_stranger_does_not_answer_the_applicant(cast):
    case = register(cast, MONDAY).case
    with pytest.raises(applicant.UnableToWriteMessage):
        applicant.answer_message(case=case, text="您好", by=cast.stranger, at=moment(WEDNESDAY))


def test_ones_own_data_hold_what_was_given_and_nothing_of_the_office(cast):
    case = register(cast, MONDAY).case
    told = str(everything_about(case))
    assert "000000199001010000" in told and "zhen@example.invalid" in told
    assert "示例officer" not in told and case.query_code not in told


def test_a_button_pressed_twice_sends_one_message(cast):
    case = register(cast, MONDAY).case
    first = applicant.send_message(case=case, text="请问办到哪里了？", at=moment(WEDNESDAY))
    assert applicant.send_message(case=case, text="请问办到哪里了？ ", at=moment(WEDNESDAY)) == first
    assert applicant.send_message(case=case, text="请问办到哪里了？", at=moment(FRIDAY)) != first
    answers = [
        applicant.answer_message(case=case, text="正在检索。", by=cast.officer, at=moment(FRIDAY))
        for _ in range(2)
    ]
    assert answers[0] == answers[1] and case.messages.count() == 3
