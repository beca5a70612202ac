"""The calendar changes, and every case it moves is told so."""

from datetime import date

import pytest

from gongkai.casework.actions import days, log
from gongkai.casework.models import Application, LocalDay
from gongkai.casework.queries.days import cases_moved, days_pending, stretches
from gongkai.casework.reckoning import calendar_of
from gongkai.notices.models import Notice
from tests.casework.cases import moment, register
from tests.casework.section import answered, client_of, enter

MONDAY = date(2025, 9, 8)
SHUT, DUE = date(2025, 9, 17), date(2025, 10, 11)
AT = moment(date(2025, 9, 15))


def shut(cast, day=SHUT, worked=False, by=None):
    return days.enter_day(
        agency=cast.agency, day=day, worked=worked, scope="local", why="停电", source="示例通知〔2025〕1号",
        by=by or cast.officer, at=AT,
    )  # fmt: skip


def test_a_day_counts_only_once_it_is_approved(cast):
    shut(cast)
    assert calendar_of(cast.agency).is_working_day(SHUT)
    days.approve_days(agency=cast.agency, by=cast.head, at=AT)
    fact = calendar_of(cast.agency).describe(SHUT)
    assert not fact.is_working_day
    assert (fact.festival, fact.source) == ("停电", "示例通知〔2025〕1号")


def test_every_open_case_that_moves_is_shown_before_and_told_after(cast):
    case, late = register(cast, MONDAY).case, register(cast, date(2025, 9, 12)).case
    untouched = answered(cast, MONDAY, date(2025, 9, 10))
    assert case.due_on == DUE
    shut(cast)
    preview = cases_moved(cast.agency, days_pending(cast.agency))
    assert [(each.case, each.change.was, each.change.becomes) for each in preview] == [
        (case, DUE, date(2025, 10, 13)), (late, date(2025, 10, 16), date(2025, 10, 17)),
    ]  # fmt: skip
    moved = days.approve_days(agency=cast.agency, by=cast.head, at=AT)
    assert moved == [case, late]
    case.refresh_from_db()
    assert case.due_on == date(2025, 10, 13)
    event = case.events.get(kind="calendar_changed")
    assert event.details == {"was": "2025-10-11", "becomes": "2025-10-13"}
    assert "停电" not in event.reason and "示例通知〔2025〕1号" in event.reason
    assert not untouched.events.filter(kind="calendar_changed").exists()
    assert {notice.recipient for notice in Notice.objects.all()} <= {cast.head, cast.officer}


def test_a_later_word_on_the_same_day_replaces_the_earlier(cast):
    case = register(cast, MONDAY).case
    shut(cast)
    days.approve_days(agency=cast.agency, by=cast.head, at=AT)
    shut(cast, worked=True)
    days.approve_days(agency=cast.agency, by=cast.head, at=AT)
    case.refresh_from_db()
    assert case.due_on == DUE
    assert [day.replaced for day in LocalDay.objects.order_by("pk")] == [True, False]


def test_what_would_make_an_act_on_file_unlawful_is_not_approved(cast):
    case = register(cast, MONDAY).case
    enter(case, "extended", DUE, cast.head, days=10)
    shut(cast, date(2025, 9, 27), worked=True)  # a Saturday: the extension would come after the due day
    (change,) = cases_moved(cast.agency, days_pending(cast.agency))
    assert change.is_broken and change.change.breach
    with pytest.raises(days.UnableToApproveDays, match=f"{case.number}已经登记的行为会超出法定期限"):
        days.approve_days(agency=cast.agency, by=cast.head, at=AT)
    assert calendar_of(cast.agency).is_working_day(date(2025, 9, 27)) is False


def test_an_officer_enters_and_only_the_head_approves(cast):
    entry = shut(cast)
    with pytest.raises(days.UnableToApproveDays, match="工作机构负责人批准"):
        days.approve_days(agency=cast.agency, by=cast.officer, at=AT)
    with pytest.raises(days.UnableToEnterDay):
        shut(cast, by=cast.stranger)
    days.drop_day(entry=entry, by=cast.officer, at=AT)
    with pytest.raises(days.UnableToApproveDays, match="没有待批准"):
        days.approve_days(agency=cast.agency, by=cast.head, at=AT)


@pytest.mark.parametrize(("day", "worked"), [(date(2025, 9, 20), False), (date(2025, 9, 17), True)])
def test_a_day_that_is_so_already_is_refused(cast, day, worked):
    with pytest.raises(days.UnableToEnterDay, match="请核对日期"):
        shut(cast, day, worked=worked)


def test_a_year_whose_days_are_all_known_is_no_estimate(cast):
    cast.agency.region = "65-xinjiang"
    cast.agency.save()
    case = register(cast, date(2026, 9, 7)).case
    assert case.estimated
    at = moment(date(2026, 9, 8))
    assert days.settle_year(agency=cast.agency, year=2026, scope="regional", by=cast.head, at=at) == 1
    case.refresh_from_db()
    assert not case.estimated and case.due_on == date(2026, 10, 10)
    assert "已录全" in case.events.get(kind="calendar_changed").reason


def test_when_the_products_own_calendar_changed_the_night_says_so(cast):
    case = register(cast, MONDAY).case
    Application.objects.filter(pk=case.pk).update(due_on=date(2025, 10, 9))
    found = days.resettle_all(agency=cast.agency, by=None, at=AT)
    assert found.moved == (case,) and found.unlawful == ()
    event = case.events.get(kind="calendar_changed")
    assert calendar_of(cast.agency).version in event.reason and event.by is None
    assert days.resettle_all(agency=cast.agency, by=None, at=AT).moved == ()


def test_a_case_that_cannot_be_reckoned_any_more_is_reported_to_the_heads(cast):
    case = register(cast, MONDAY).case
    enter(case, "extended", DUE, cast.head, days=10)
    LocalDay.objects.create(
        agency=cast.agency, day=date(2025, 9, 27), worked=True, why="补班", source="示例", entered_at=AT,
        entered_by=cast.head, approved_by=cast.head, approved_at=AT,
    )  # fmt: skip
    found = days.resettle_all(agency=cast.agency, by=None, at=AT)
    assert (found.moved, found.unlawful) == ((), (case,))
    assert Notice.objects.get().recipient == cast.head
    with pytest.raises(log.UnableToEnter):
        enter(case, "searched", DUE, cast.officer)


def test_the_year_is_told_in_stretches_with_their_notice(cast):
    shut(cast)
    days.approve_days(agency=cast.agency, by=cast.head, at=AT)
    found = {each.first: each for each in stretches(calendar_of(cast.agency), 2025)}
    assert found[date(2025, 10, 1)].last == date(2025, 10, 8)
    assert found[SHUT].source == "示例通知〔2025〕1号"


def test_the_page_takes_a_day_shows_what_it_moves_and_approves(cast):
    case = register(cast, MONDAY).case
    officer, head = client_of(cast.officer), client_of(cast.head)
    typed = {"day": "2025年9月17日", "worked": "off", "scope": "local", "why": "停电", "source": "示例"}
    wrong = officer.post("/office/days/edu/", typed | {"day": "9月三十"})
    assert wrong.status_code == 422 and "请写成2026年3月1日" in wrong.content.decode()
    officer.post("/office/days/edu/", typed)
    page = head.get("/office/days/edu/?year=2025").content.decode()
    assert case.number in page and "2025年10月13日（周一）" in page
    refused = officer.post("/office/days/edu/approve/", follow=True).content.decode()
    assert "由工作机构负责人批准" in refused
    seen = {"seen": LocalDay.objects.get().pk}
    done = head.post("/office/days/edu/approve/", seen, follow=True).content.decode()
    assert "1件在办的期限随之变动" in done
    assert client_of(cast.stranger).get("/office/days/edu/").status_code == 404


def test_a_typed_day_can_be_taken_back_and_a_year_called_complete_on_the_page(cast):
    cast.agency.region = "65-xinjiang"
    cast.agency.save()
    officer, head = client_of(cast.officer), client_of(cast.head)
    entry = shut(cast)
    assert "没有生效" in officer.post(f"/office/days/drop/{entry.pk}/", follow=True).content.decode()
    assert not LocalDay.objects.exists()
    assert "还不确定" in head.get("/office/days/edu/?year=2026").content.decode()
    settled = {"year": 2026, "scope": "regional"}
    assert (
        "由工作机构负责人批准"
        in officer.post("/office/days/edu/settle/", settled, follow=True).content.decode()
    )
    head.post("/office/days/edu/settle/", settled)
    assert "还不确定" not in head.get("/office/days/edu/?year=2026").content.decode()
    twice = head.post("/office/days/edu/settle/", settled, follow=True).content.decode()
    assert "已经标为录全" in twice


def test_an_approved_day_cannot_be_dropped(cast):
    entry = shut(cast)
    days.approve_days(agency=cast.agency, by=cast.head, at=AT)
    entry.refresh_from_db()
    with pytest.raises(days.UnableToEnterDay, match="已经批准，不能删除"):
        days.drop_day(entry=entry, by=cast.head, at=AT)
