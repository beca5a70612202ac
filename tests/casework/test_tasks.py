"""What the night does, and what it says to whom, once."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from gongkai.casework import tasks
from gongkai.casework.actions import assignment, night
from gongkai.casework.models import Application, Consultation
from gongkai.casework.queries.arrivals import gone_quiet
from gongkai.law.receipt import Channel
from gongkai.notices.models import Notice
from gongkai.notices.schedule import check
from tests.casework.cases import moment, register
from tests.casework.section import enter, fresh, staff

MONDAY = date(2025, 9, 8)
DUE = date(2025, 10, 11)


def said(cast, on):
    """Kind and recipient of what a night adds."""
    before = set(Notice.objects.values_list("pk", flat=True))
    night.remind(agency=cast.agency, by=None, at=moment(on, 2))
    return sorted(
        (notice.kind, notice.recipient.username) for notice in Notice.objects.exclude(pk__in=before)
    )


def test_soon_and_late_are_each_said_once(cast):
    there, case = staff(cast), register(cast, MONDAY).case
    assignment.assign(
        case=case, section=there.section, person=there.clerk, by=cast.officer, at=moment(MONDAY)
    )
    assignment.accept(case=case, by=fresh(there.clerk), at=moment(MONDAY))
    assert said(cast, date(2025, 9, 25)) == []
    assert said(cast, date(2025, 9, 29)) == [("due_soon", "clerk")]
    assert said(cast, DUE) == []
    assert said(cast, date(2025, 10, 12)) == [("overdue", "clerk"), ("overdue", "head")]
    assert said(cast, date(2025, 10, 20)) == []


def test_a_due_day_that_moved_is_said_anew(cast):
    case = register(cast, MONDAY).case
    said(cast, DUE)
    enter(case, "extended", DUE, cast.head, days=10)
    assert said(cast, date(2025, 10, 24)) == [("due_soon", "head")]


def test_an_arrival_nobody_confirmed_goes_to_the_head(cast):
    register(cast, MONDAY, channel=Channel.EMAIL)
    assert said(cast, MONDAY) == []
    assert said(cast, date(2025, 9, 9)) == [("arrival_unconfirmed", "head")]


def test_what_others_let_pass_is_said(cast):
    waiting, asked = register(cast, MONDAY).case, register(cast, MONDAY).case
    enter(waiting, "supplement_requested", date(2025, 9, 10), cast.officer, until="2025-09-24")
    enter(asked, "consultation_opened", date(2025, 9, 11), cast.officer, **{"with": "third_party"})
    Consultation.objects.create(
        case=asked, kind="third_party", name="示例有限公司", masked_name="示例有限公司", question="？",
        sent_on=date(2025, 9, 11), delivered_on=date(2025, 9, 12),
    )  # fmt: skip
    assert said(cast, date(2025, 9, 24)) == []
    assert said(cast, date(2025, 9, 25)) == [("lapsed", "head")]
    assert said(cast, date(2025, 10, 11)) == [("lapsed", "head")]


def test_no_notice_names_an_applicant(cast):
    register(cast, MONDAY)
    night.remind(agency=cast.agency, by=None, at=moment(date(2025, 10, 20), 2))
    (notice,) = Notice.objects.all()
    assert "甄" not in notice.title + notice.text


@pytest.mark.parametrize(("gap", "quiet"), [(20, None), (31, 31), (60, 60)])
def test_a_silence_longer_than_usual_raises_an_alarm_once(cast, gap, quiet):
    for week in range(8):
        register(cast, MONDAY + timedelta(days=7 * week))
    last = MONDAY + timedelta(days=49)
    on = last + timedelta(days=gap)
    assert gone_quiet(cast.agency, on) == quiet
    Application.objects.update(state="closed", closed_on=last, disposal="transferred")
    for _ in range(2):
        night.remind(agency=cast.agency, by=None, at=moment(on, 2))
    assert Notice.objects.filter(kind="nothing_arrived").count() == (1 if quiet else 0)


def test_an_office_with_few_cases_is_not_alarmed(cast):
    register(cast, MONDAY)
    assert gone_quiet(cast.agency, date(2026, 9, 8)) is None


def test_the_night_is_on_the_schedule_and_runs(cast):
    check()
    assert ("gongkai.casework.tasks.nightly", {"hour": 2, "minute": 10}) in settings.SCHEDULE
    case = register(cast, MONDAY).case
    Application.objects.filter(pk=case.pk).update(due_on=date(2025, 10, 9))
    tasks.nightly.func()
    case.refresh_from_db()
    assert case.due_on == DUE
    assert case.events.filter(kind="calendar_changed").count() == 1


def test_an_agency_that_cannot_be_done_keeps_no_other_from_it(cast):
    case = register(cast, MONDAY).case
    Application.objects.filter(pk=case.pk).update(due_on=date(2025, 10, 9))
    cast.above.region = "99-nowhere"
    cast.above.save()
    with pytest.raises(ExceptionGroup, match="没有全部完成"):
        tasks.nightly.func()
    case.refresh_from_db()
    assert case.due_on == DUE
