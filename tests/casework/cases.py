"""Applications for tests, made through the same actions that people use."""

from datetime import date, datetime, time

from django.utils import timezone

from gongkai.casework.actions.intake import Filing, Registered, receive_application
from gongkai.casework.actions.letters import approve_letter, submit_letter
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import OfficeProfile
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel

IDENTITY = {
    "name": "甄示范",
    "id_kind": "居民身份证",
    "id_number": "000000199001010000",
    "phone": "000-0000001",
    "address": "示例市示例路1号",
    "postcode": "000000",
    "email": "zhen@example.invalid",
}


def moment(day: date, hour: int = 10) -> datetime:
    """An aware moment of a day, Beijing time."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def filing(arrived_on: date, **changes) -> Filing:
    given = {
        "channel": Channel.IN_PERSON,
        "arrived_on": arrived_on,
        "applicant_kind": ApplicantKind.NATURAL_PERSON,
        "identity": IDENTITY,
        "description": "2024年度全市义务教育学校校舍维修改造项目清单（示例）",
    }
    return Filing(**given | changes)


def register(cast, arrived_on: date = date(2025, 9, 8), **changes) -> Registered:
    """A case registered by the officer on the day it arrived."""
    return receive_application(
        agency=cast.agency, filing=filing(arrived_on, **changes), by=cast.officer, at=moment(arrived_on)
    )


def profile(cast) -> OfficeProfile:
    """What the letters of the agency say about it."""
    found, _ = OfficeProfile.objects.get_or_create(
        agency=cast.agency,
        defaults={
            "letter_mark": "示教公",
            "address": "示例市示例路1号",
            "phone": "000-0000000",
            "hours": "工作日9:00至18:00",
            "review_body": "示例市人民政府",
            "court": "示例市示例区人民法院",
        },
    )
    return found


def signed(letter, *approvers, on: date):
    """The letter submitted by its drafter and approved by everybody on its path."""
    submit_letter(letter=letter, by=letter.drafted_by, at=moment(on, 11))
    for hour, approver in enumerate(approvers, start=12):
        letter.refresh_from_db()
        seen = content_hash(paper_of(letter))
        approve_letter(letter=letter, seen=seen, by=approver, at=moment(on, hour))
    letter.refresh_from_db()
    return letter
