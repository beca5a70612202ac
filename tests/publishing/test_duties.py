"""The board of what is due: nothing is ticked off, a duty is gone once its cause is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.publishing.cadence import Light
from gongkai.publishing.actions.catalog import change_node
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.actions.planning import (
    UnableToPlan,
    add_plan_entry,
    add_stage,
    change_stage,
    copy_plan,
    drop_plan_entry,
    link_plan_entry,
    remove_stage,
)
from gongkai.publishing.actions.releasing import show_on_website, withdraw_item
from gongkai.publishing.models import CatalogNode, Item, NodeVersion, PlanEntry, Posting
from gongkai.publishing.queries.channel_gaps import matrix
from gongkai.publishing.queries.duties import DutyLine, board_of, by_section, chosen
from gongkai.publishing.queries.plans import lateness_of, plan_of
from gongkai.publishing.queries.stale import inspection_of
from gongkai.publishing.queries.today_duties import pressing
from tests.publishing.office import TODAY, an_item, content, moment, published

pytestmark = pytest.mark.django_db


def timed(office, on: date = TODAY, **values) -> CatalogNode:
    """The entry of the office with another duty, there since a day."""
    NodeVersion.objects.create(node=office.node, number=1, content={}, at=moment(on))
    office.node.refresh_from_db()
    node = change_node(node=office.node, values=values, reason="按规定", by=office.officer, at=moment(on))
    office.node.refresh_from_db()
    return node


def lines(office, on: date = TODAY, account=None, kind: str = "") -> list[DutyLine]:
    found = board_of(office.agency, account or office.officer, on).lines
    return [line for line in found if not kind or line.kind == kind]


def planned(office, due_on: date = TODAY, title: str = "招生方案") -> PlanEntry:
    return add_plan_entry(
        node=office.node, year=due_on.year, title=title, section=office.section, due_on=due_on,
        by=office.officer, at=moment(),
    )  # fmt: skip


def republished(office, item: Item, changed_on: date, on: date, channels=("website",)):
    edit_item(
        item=item, content=content(text="改过的正文。"), by=office.clerk, at=moment(on), changed_on=changed_on
    )
    item.refresh_from_db()
    publication = published(office, item, channels, moment(on))
    item.refresh_from_db()
    return publication


def test_a_draft_is_due_twenty_working_days_after_it_was_formed(office):
    item = an_item(office)
    [line] = lines(office)
    due = calendar_of(office.agency).add_working_days(item.changed_on, 20)
    assert (line.due_on, line.kind, line.article) == (due, "item", "《条例》第二十六条")
    assert "20个工作日内公开" in line.sentence
    assert line.shown.light is Light.GREEN


def test_the_light_changes_as_the_day_comes_near(office):
    due = an_item(office).due_on
    calendar = calendar_of(office.agency)
    before = {days: day for day in (due - timedelta(days=n) for n in range(40))
              if (days := calendar.working_days_between(day, due)) >= 0}  # fmt: skip
    for days, light in ((6, Light.GREEN), (5, Light.YELLOW), (2, Light.RED), (0, Light.RED)):
        [line] = lines(office, before[days] if days else due)
        assert line.shown.light is light, days
    [line] = lines(office, due + timedelta(days=3))
    assert line.shown.light is Light.OVERDUE
    assert line.left.startswith("逾期")


def test_what_is_published_is_due_no_more_until_it_changes(office):
    item = published(office).item
    assert lines(office) == []
    edit_item(item=item, content=content(text="错字改正。"), by=office.clerk, at=moment())
    assert lines(office) == []
    later = TODAY + timedelta(days=10)
    edit_item(item=item, content=content(text="改了。"), by=office.clerk, at=moment(later), changed_on=later)
    [line] = lines(office, later)
    assert line.kind == "change"
    assert line.due_on == calendar_of(office.agency).add_working_days(later, 20)


def test_the_limit_of_another_law_comes_first(office):
    an_item(office)
    timed(office, limit_days=3, limit_article="示例法第四十八条")
    [line] = lines(office)
    assert "3个工作日内" in line.sentence
    assert line.article == "示例法第四十八条"


def test_a_periodic_entry_is_due_in_each_period(office):
    timed(office, date(2026, 1, 5), cadence="periodic", cycle="quarterly-1-15")
    [line] = lines(office, date(2026, 1, 6))
    assert (line.kind, line.due_on) == ("periodic", date(2026, 1, 15))
    published(
        office, at=moment(date(2026, 1, 14)), item=an_item(office, content(formed_on=date(2026, 1, 12)))
    )
    [line] = lines(office, date(2026, 2, 2))
    assert line.due_on == date(2026, 4, 15)
    assert lines(office, date(2026, 4, 20))[0].shown.light is Light.OVERDUE


def test_a_periodic_entry_without_its_cycle_is_named(office):
    timed(office, cadence="periodic")
    board = board_of(office.agency, office.officer, TODAY)
    assert board.lines == ()
    assert board.unwatched == (office.node,)


def test_each_stage_is_owed_by_itself_and_done_by_its_item(office):
    node = timed(office, cadence="staged")
    done = add_stage(
        node=node, title="招标公告", on=TODAY - timedelta(days=5), by=office.officer, at=moment()
    )
    add_stage(node=node, title="中标结果", on=TODAY + timedelta(days=30), by=office.officer, at=moment())
    assert [line.title.split("：")[1] for line in lines(office, kind="stage")] == ["招标公告", "中标结果"]
    item = an_item(office)
    change_stage(stage=done, item=item, by=office.clerk, at=moment())
    assert len(lines(office, kind="stage")) == 2
    published(office, item)
    [line] = lines(office, kind="stage")
    assert "预计" in line.sentence
    with pytest.raises(UnableToPlan, match="已经有公开信息"):
        remove_stage(stage=done, by=office.officer, at=moment())


def test_only_a_staged_entry_has_stages(office):
    with pytest.raises(UnableToPlan, match="逐段公开"):
        add_stage(node=office.node, title="x", on=TODAY, by=office.officer, at=moment())


def test_an_entry_of_the_plan_is_done_only_by_a_publication(office):
    entry = planned(office)
    assert [line.title for line in lines(office, kind="plan")] == ["招生方案"]
    item = an_item(office)
    link_plan_entry(entry=entry, item=item, by=office.clerk, at=moment())
    [line] = lines(office, kind="plan")
    assert "已经拟稿" in line.sentence
    [shown] = plan_of(office.agency, 2026, office.officer, TODAY)
    assert shown.state == "open"
    published(office, item)
    assert lines(office) == []
    [shown] = plan_of(office.agency, 2026, office.officer, TODAY)
    assert (shown.state, shown.published_on) == ("done", TODAY)
    with pytest.raises(UnableToPlan, match="已经公开"):
        drop_plan_entry(entry=PlanEntry.objects.get(), reason="x", by=office.officer, at=moment())


def test_what_is_given_up_stays_in_the_plan_with_its_reason(office):
    drop_plan_entry(entry=planned(office), reason="上级取消", by=office.officer, at=moment())
    assert lines(office) == []
    [shown] = plan_of(office.agency, 2026, office.officer, TODAY)
    assert (shown.state, shown.entry.dropped_reason) == ("dropped", "上级取消")


def test_the_plan_of_last_year_is_copied_once_without_what_was_given_up(office):
    planned(office, date(2024, 2, 29), "闰日")
    drop_plan_entry(
        entry=planned(office, date(2024, 5, 1), "放弃的"), reason="x", by=office.officer, at=moment()
    )
    [copied] = copy_plan(agency=office.agency, year=2025, by=office.officer, at=moment())
    assert (copied.title, copied.due_on) == ("闰日", date(2025, 2, 28))
    with pytest.raises(UnableToPlan, match="没有可以照搬"):
        copy_plan(agency=office.agency, year=2025, by=office.officer, at=moment())


@pytest.mark.parametrize("due_on", [date(2025, 12, 31), date(2027, 1, 1)])
def test_the_plan_holds_days_of_its_year(office, due_on):
    with pytest.raises(UnableToPlan, match="2026年内"):
        add_plan_entry(
            node=office.node, year=2026, title="x", section=office.section, due_on=due_on,
            by=office.officer, at=moment(),
        )  # fmt: skip


def test_a_changed_guide_reopens_what_hangs_on_the_board(office):
    item = published(office, channels=("website", "bulletin_board", "newsletter")).item
    assert lines(office) == []
    changed = TODAY + timedelta(days=7)
    republished(office, item, changed, changed + timedelta(days=1))
    [line] = lines(office, changed + timedelta(days=2))
    assert (line.kind, line.item) == ("posting", item)
    assert "政务公开栏" in line.sentence
    assert "简报" not in line.sentence
    assert line.due_on == calendar_of(office.agency).add_working_days(changed, 20)
    board = item.postings.get(channel="bulletin_board")
    Posting.objects.filter(pk=board.pk).update(removed_on=changed + timedelta(days=3))
    Posting.objects.create(
        item=item, edition=item.editions.last(), channel="bulletin_board",
        posted_on=changed + timedelta(days=3), at=moment(),
    )  # fmt: skip
    assert lines(office, changed + timedelta(days=4)) == []


def test_on_the_site_but_not_on_the_board_is_visible(office):
    office.node.channels = ["website", "bulletin_board"]
    office.node.save()
    item = published(office).item
    [row] = matrix(office.officer, office.agency)
    assert [(cell.channel, cell.state) for cell in row.cells] == [
        ("website", "current"), ("bulletin_board", "missing"),
    ]  # fmt: skip
    withdraw_item(item=item, reason="示例", by=office.officer, at=moment())
    assert matrix(office.officer, office.agency) == []


def test_a_channel_that_only_the_office_reads_is_not_owed_to_the_public(office):
    office.node.channels = ["website", "internal"]
    office.node.save()
    published(office)
    [row] = matrix(office.officer, office.agency)
    assert [cell.channel for cell in row.cells] == ["website"]


def test_what_is_only_on_wechat_misses_the_website_until_it_is_there(office):
    office.node.channels = ["website", "wechat"]
    office.node.save()
    item = published(office, channels=("wechat",)).item
    [row] = matrix(office.officer, office.agency)
    assert [cell.channel for cell in row.missing] == ["website"]
    show_on_website(item=item, by=office.officer, at=moment())
    [row] = matrix(office.officer, office.agency)
    assert row.missing == ()


def test_a_section_sees_its_own_and_the_office_everything_own_first(office):
    other = CatalogNode.objects.create(agency=office.agency, code="9", title="办公室的事项", source="own")
    an_item(office)
    an_item(office, content("关于公布办公时间的公告"), by=office.officer, node=other, section=None)
    assert {line.section for line in lines(office, account=office.clerk)} == {office.section}
    assert len(lines(office)) == 2
    shares = by_section(lines(office), office.agency, office.officer)
    assert [share.is_own for share in shares] == [True, False]
    assert shares[0].name == "公开工作机构"


def test_the_late_come_first_and_filters_pick(office):
    an_item(office, content("晚的", formed_on=TODAY - timedelta(days=60)))
    an_item(office, content("新的"))
    found = lines(office)
    assert [line.title for line in found] == ["晚的", "新的"]
    assert [line.title for line in chosen(found, {"light": "overdue"})] == ["晚的"]
    assert chosen(found, {"section": "none"}) == []
    assert len(chosen(found, {"section": str(office.section.pk), "kind": "item", "person": ""})) == 2


def test_lateness_counts_working_days_by_section(office):
    late = an_item(office, content("晚了的", formed_on=date(2026, 1, 5)))
    published(office, late, at=moment(TODAY))
    published(office)
    [share] = lateness_of(office.agency, 2026, office.officer)
    assert (share.published, share.in_time, share.name) == (2, 1, "基础教育科")
    [one] = share.late
    due = calendar_of(office.agency).add_working_days(date(2026, 1, 5), 20)
    assert one.days == calendar_of(office.agency).working_days_between(due, TODAY)
    assert share.share == "50%"
    assert lateness_of(office.agency, 2025, office.officer) == []


def test_an_edition_of_the_same_information_is_not_late(office):
    item = published(office).item
    later = TODAY + timedelta(days=90)
    republished(office, item, TODAY, later)
    [share] = lateness_of(office.agency, 2026, office.officer)
    assert (share.published, len(share.late)) == (1, 0)


def test_a_column_stands_still_after_its_days(office):
    timed(office, column_kind="dynamic", max_age_days=10)
    published(office)
    for days, state in ((0, "fresh"), (4, "soon"), (10, "soon"), (11, "stale")):
        [column] = inspection_of(office.agency, TODAY + timedelta(days=days)).columns
        assert column.state == state, days
    findings = inspection_of(office.agency, TODAY + timedelta(days=15)).findings
    assert {each.code for each in findings} == {"home_page", "stale_column"}


def test_an_empty_column_and_a_silent_account_are_found(office):
    profile = office.agency.publishing_profile
    profile.wechat_name, profile.board_place, profile.board_max_age_days = "示例教育", "大厅", 5
    profile.save()
    found = inspection_of(office.agency, TODAY)
    assert {each.code for each in found.vetoes} == {"home_page", "new_media"}
    assert [column.state for column in found.columns] == ["empty", "empty"]
    published(office, channels=("website", "wechat", "bulletin_board"))
    assert inspection_of(office.agency, TODAY).findings == ()
    later = inspection_of(office.agency, TODAY + timedelta(days=6))
    assert [each.code for each in later.findings] == ["stale_board"]


def test_the_heap_of_today_names_what_presses(office):
    planned(office)
    heap = pressing(office.clerk, TODAY)
    assert [(line.title, line.why) for line in heap.lines] == [("招生方案", "年度计划")]
    assert pressing(office.stranger, TODAY).lines == ()


def test_the_pages_show_and_write_it(client, office):
    an_item(office)
    planned(office)
    published(office, an_item(office, content("公开的")))
    client.force_login(office.officer)
    slug = office.agency.slug
    for name in ("duties", "plan", "channel_gaps", "stale", "lateness"):
        response = client.get(reverse(f"publishing:{name}", args=[slug]))
        assert response.status_code == 200, name
    for name in ("export_duties", "export_plan", "export_channel_gaps"):
        for kind in ("xlsx", "csv", "pdf"):
            assert client.get(reverse(f"publishing:{name}", args=[slug, kind])).status_code == 200, (
                name,
                kind,
            )
    assert client.get(reverse("publishing:duties", args=[slug]), {"light": "purple"}).status_code == 422


def test_a_wrong_day_in_the_plan_loses_nothing(client, office):
    client.force_login(office.officer)
    address = reverse("publishing:add_plan_entry", args=[office.agency.slug])
    typed = {
        "node": office.node.pk,
        "title": "计划里的事",
        "section": office.section.pk,
        "due_on": "2026-13-01",
    }
    page = client.post(address, typed)
    assert page.status_code == 422
    assert "计划里的事" in page.content.decode()
    assert client.post(address, typed | {"due_on": "2026年6月30日"}).status_code == 302
    entry = PlanEntry.objects.get()
    page = client.post(reverse("publishing:plan_entry", args=[entry.pk]), {"do": "link", "index_number": "x"})
    assert "没有这个索引号" in page.content.decode()
    number = an_item(office).index_number.partition("/")[2]
    address = reverse("publishing:plan_entry", args=[entry.pk])
    assert client.post(address, {"do": "link", "index_number": number}).status_code == 302
    assert client.post(address, {"do": "drop", "reason": ""}).status_code == 422
    changed = {"do": "change", "title": "改过的事", "section": office.section.pk, "due_on": "2026-07-01"}
    assert client.post(address, changed).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.due_on, entry.item is None) == ("改过的事", date(2026, 7, 1), False)


def test_a_stranger_sees_none_of_it(client, office):
    entry = planned(office)
    client.force_login(office.stranger)
    for name in ("duties", "plan", "channel_gaps", "stale", "lateness", "withheld", "transfers", "guides"):
        assert client.get(reverse(f"publishing:{name}", args=[office.agency.slug])).status_code == 404
    assert client.get(reverse("publishing:plan_entry", args=[entry.pk])).status_code == 404
