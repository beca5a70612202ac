"""What the desk does by itself: planned publications, notices that are over, and telling people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from gongkai.config import settings as configured
from gongkai.notices.models import Notice
from gongkai.publishing import tasks
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.actions.releasing import UnableToPublish, plan_publication, publish_item
from gongkai.publishing.models import Item, Publication
from gongkai.publishing.queries.items import public
from gongkai.publishing.queries.reminders import reminders_of
from tests.publishing.office import TODAY, an_item, content, moment, published, reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """The tasks read the clock; here it stands still."""

    def at(when: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: when)

    at(moment())
    return at


def planned(office, item: Item, hours: int = 3):
    reviewed(office, item)
    item.refresh_from_db()
    return plan_publication(
        item=item,
        channels=["website"],
        due_at=moment() + timedelta(hours=hours),
        by=office.officer,
        at=moment(),
    )


def run(task) -> None:
    task.func()


def test_what_was_planned_goes_out_at_its_moment_and_not_before(office, clock):
    planned(office, an_item(office))
    run(tasks.run_planned)
    assert not public().exists()
    clock(moment() + timedelta(hours=4))
    run(tasks.run_planned)
    assert public().count() == 1
    run(tasks.run_planned)
    assert Publication.objects.count() == 1


def test_a_plan_keeps_where_the_item_is_to_hang(office, clock):
    item = an_item(office)
    reviewed(office, item)
    item.refresh_from_db()
    plan_publication(
        item=item, channels=["website", "bulletin_board"], place="一楼公开栏", by=office.officer,
        due_at=moment() + timedelta(hours=3), at=moment(),
    )  # fmt: skip
    clock(moment() + timedelta(hours=4))
    run(tasks.run_planned)
    assert item.postings.get(channel="bulletin_board").place == "一楼公开栏"


def test_what_goes_out_before_its_moment_is_not_planned_any_more(office, clock):
    plan = planned(office, an_item(office))
    publish_item(item=plan.item, channels=["website"], by=office.officer, at=moment())
    plan.refresh_from_db()
    assert (plan.done_at, plan.outcome) == (moment(), "定的时间以前已经发布")
    clock(moment() + timedelta(hours=4))
    run(tasks.run_planned)
    assert not Notice.objects.filter(kind="planned_not_published").exists()


def test_a_notice_that_is_over_goes_out_neither_now_nor_later(office):
    item = an_item(office, content(ends_on=TODAY + timedelta(days=1)), kind=Item.Kind.PUBLIC_NOTICE)
    reviewed(office, item)
    item.refresh_from_db()
    late = moment() + timedelta(days=2)
    with pytest.raises(UnableToPublish, match="已过，不能发布"):
        plan_publication(item=item, channels=["website"], due_at=late, by=office.officer, at=moment())
    with pytest.raises(UnableToPublish, match="已过，不能发布"):
        publish_item(item=item, channels=["website"], by=office.officer, at=late)
    assert publish_item(item=item, channels=["website"], by=office.officer, at=moment())


def test_what_changed_meanwhile_stays_in_and_who_planned_it_hears(office, clock):
    item = an_item(office, content("机密的名称"))
    plan = planned(office, item)
    edit_item(item=item, content=content("机密的名称", text="后来改的。"), by=office.clerk, at=moment())
    clock(moment() + timedelta(hours=4))
    run(tasks.run_planned)
    assert not public().exists()
    plan.refresh_from_db()
    assert plan.done_at is not None
    notice = Notice.objects.get(kind="planned_not_published")
    assert notice.recipient == office.officer
    assert "机密的名称" not in notice.title + notice.text


def test_one_plan_that_breaks_does_not_keep_the_others_in(office, clock, monkeypatch):
    first, second = planned(office, an_item(office)), planned(office, an_item(office))
    from gongkai.publishing.actions import releasing

    whole = releasing.run_planned

    def breaking(*, planned, by, at):
        if planned.pk == first.pk:
            raise OSError("示例故障")
        return whole(planned=planned, by=by, at=at)

    monkeypatch.setattr(releasing, "run_planned", breaking)
    clock(moment() + timedelta(hours=4))
    with pytest.raises(ExceptionGroup):
        run(tasks.run_planned)
    assert public().get().item == second.item


def test_a_public_notice_goes_off_the_day_after_its_last(office, clock):
    last = TODAY + timedelta(days=5)
    published(office, an_item(office, content("任前公示", ends_on=last), kind=Item.Kind.PUBLIC_NOTICE))
    clock(moment(last))
    run(tasks.nightly)
    assert public().count() == 1
    clock(datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=UTC))
    run(tasks.nightly)
    assert not public().exists()
    assert Publication.objects.get().end == "expired"


def test_the_section_hears_of_what_comes_near_and_the_head_of_what_is_late_once(office, clock):
    item = an_item(office)
    clock(moment(item.due_on))
    run(tasks.nightly)
    run(tasks.nightly)
    near = Notice.objects.filter(kind="publishing_due")
    assert {notice.recipient for notice in near} == {office.clerk, office.chief}
    assert all(item.title not in notice.title + notice.text for notice in near)
    clock(moment(item.due_on + timedelta(days=1)))
    run(tasks.nightly)
    late = Notice.objects.filter(kind="publishing_late")
    assert {notice.recipient for notice in late} == {office.clerk, office.chief, office.head}


def test_the_person_of_an_entry_hears_instead_of_the_section(office):
    office.node.person = office.clerk
    office.node.save()
    item = an_item(office)
    [reminder] = [each for each in reminders_of(office.agency, item.due_on) if each.kind == "publishing_due"]
    assert reminder.to == (office.clerk,)
    assert reminder.title.startswith(item.index_number)


def test_the_heads_hear_of_a_site_that_stands_still_once_a_month(office, clock):
    published(office)
    for days in (20, 21, 22):
        clock(moment(TODAY + timedelta(days=days)))
        run(tasks.nightly)
    told = Notice.objects.filter(kind="site_stale", title__contains="首页")
    assert [notice.recipient for notice in told] == [office.head]


def test_what_is_withheld_is_announced_before_its_day(office):
    from gongkai.publishing.actions.drafting import classify_item

    classify_item(
        item=an_item(office), disclosure_class="withheld", ground="process_information", reason="讨论记录",
        by=office.clerk, at=moment(), reassess_on=date(2027, 2, 26),
    )  # fmt: skip
    found = [
        each for each in reminders_of(office.agency, date(2027, 2, 20)) if each.kind == "reassessment_due"
    ]
    assert [each.to for each in found] == [(office.clerk, office.chief)]


def test_the_schedule_runs_both():
    timetable = dict(configured.SCHEDULE)
    assert timetable["gongkai.publishing.tasks.run_planned"] == {"minutes": 5}
    assert "gongkai.publishing.tasks.nightly" in timetable
