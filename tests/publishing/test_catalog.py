"""The catalog: begun with a standard one, extended, changed with reasons, printed in its ten columns."""

import io
from datetime import date

import openpyxl
import pypdfium2
import pytest
from django.urls import reverse

from gongkai.agencies.actions import add_section
from gongkai.audit.models import Entry
from gongkai.law.catalog import statutory_lists
from gongkai.law.publishing.templates import standard_catalogs
from gongkai.publishing.actions.catalog import (
    UnableToKeepCatalog,
    add_node,
    assign_below,
    change_node,
    free_code,
    move_node,
    retire_node,
    revive_node,
    start_catalog,
)
from gongkai.publishing.catalog_form import HEAD, boxes, form_of, time_limit
from gongkai.publishing.models import CatalogNode, Item, NodeVersion, PublicChange
from gongkai.publishing.queries.catalog import changes_of, leaves, nodes_of, offered, rounds_of, tree
from gongkai.publishing.queries.places import leaves_of
from gongkai.publishing.starting import beginnings
from gongkai.publishing.tables import as_pdf, as_xlsx
from gongkai.search.models import Entry as SearchEntry
from tests.publishing.office import TODAY, an_item, moment, published

pytestmark = pytest.mark.django_db
VALUES = {"title": "校园安全", "source": "superior", "channels": ["website", "bulletin_board"]}


def started(office, beginning: str = "education_bureau") -> list[CatalogNode]:
    return start_catalog(agency=office.agency, beginning=beginning, by=office.officer, at=moment())


def added(office, **changes) -> CatalogNode:
    values = VALUES | changes.pop("values", {})
    return add_node(
        agency=office.agency,
        values=values,
        reason="按上级目录增加",
        by=office.officer,
        at=moment(),
        **changes,
    )


def changed(office, node: CatalogNode, reason: str = "按新规定", **values) -> CatalogNode:
    return change_node(node=node, values=values, reason=reason, by=office.officer, at=moment())


def test_every_line_of_every_standard_catalog_can_be_taken_over(office):
    for code in beginnings():
        started(office, code)
    rows = set(office.agency.catalog_nodes.values_list("template_row", flat=True))
    assert {f"{each.code}/{row.code}" for each in standard_catalogs().values() for row in each.rows} <= rows
    statutory = {item.code for each in statutory_lists() for item in each.items}
    assert statutory <= set(office.agency.catalog_nodes.values_list("code", flat=True))
    assert all(each.left == 0 for each in offered(office.agency))


def test_the_entry_the_office_had_already_is_not_doubled(office):
    started(office, "20")
    assert office.agency.catalog_nodes.filter(source="20-11").count() == 1
    assert office.agency.catalog_nodes.get(code="20-7").parent.code == "20"


def test_taking_over_twice_adds_nothing_and_keeps_what_was_changed(office):
    first = started(office)
    changed(office, first[-1], title="本机关自己的叫法")
    assert started(office) == []
    assert CatalogNode.objects.get(pk=first[-1].pk).title == "本机关自己的叫法"


def test_the_ten_matters_carry_their_items_cautions_and_channels(office):
    started(office)
    node = office.agency.catalog_nodes.get(template_row="education_bureau/procurement")
    assert (node.source, node.cadence) == ("20-9", "staged")
    assert "20-10" in node.source_note
    assert "商业秘密" in node.caution
    assert node.channels == ["website", "wechat", "bulletin_board"]
    inside = office.agency.catalog_nodes.filter(disclosure_class="withheld")
    assert [each.channels for each in inside] == [["internal"]]


def test_numbers_of_the_office_leave_those_of_the_regulation_alone(office):
    codes = {added(office, values={"title": f"事项{number}"}).code for number in range(21)}
    assert not codes & {"20", "21"}
    top = office.agency.catalog_nodes.get(title="事项3")
    assert free_code(office.agency, top) == f"{top.code}-1"


def test_each_change_is_a_version_with_its_reason(office):
    node = added(office)
    changed(office, node, title="校园安全和应急", yellow_days=8)
    latest, first = changes_of(office.agency, node)
    assert first.is_first
    assert {label: (old, new) for label, old, new in latest.changed} == {
        "公开事项": ("校园安全", "校园安全和应急"),
        "到期前几个工作日提醒": ("5", "8"),
    }
    assert latest.version.reason == "按新规定"
    assert NodeVersion.objects.filter(node=node).count() == 2
    line = Entry.objects.filter(act="changed_catalog_node").get()
    assert line.details["fields"] == ["title", "yellow_days"]


def test_a_change_without_a_reason_is_refused_and_none_is_no_change(office):
    node = added(office)
    with pytest.raises(UnableToKeepCatalog, match="为什么改"):
        changed(office, node, reason=" ", title="别的")
    changed(office, node, reason="", title=node.title)
    assert NodeVersion.objects.filter(node=node).count() == 1


def test_somebody_was_quicker(office):
    node = added(office)
    changed(office, node, title="先改的")
    with pytest.raises(UnableToKeepCatalog, match="别人改过"):
        change_node(
            node=node, values={"title": "后改的"}, reason="x", by=office.officer, at=moment(), version=1
        )


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": " "}, "名称"),
        ({"source": "99-1"}, "来源"),
        ({"channels": ["nowhere"]}, "不认识"),
        ({"channels": ["internal"]}, "公众看得到"),
        ({"red_days": 9}, "改小警示"),
        ({"limit_days": 3}, "依据"),
        ({"limit_article": "某法第一条"}, "依据"),
        ({"cycle": "monthly-1-5"}, "定期公开"),
        ({"cadence": "periodic", "cycle": "monthly-2-5"}, "公开周期"),
        ({"cadence": "periodic", "cycle": "weekly"}, "公开周期"),
    ],
)
def test_what_an_entry_cannot_say_is_refused_with_a_sentence(office, values, why):
    with pytest.raises(UnableToKeepCatalog, match=why):
        added(office, values=values)


def test_only_the_disclosure_office_changes_the_catalog(office):
    with pytest.raises(UnableToKeepCatalog, match="公开工作机构"):
        start_catalog(agency=office.agency, beginning="20", by=office.clerk, at=moment())
    with pytest.raises(UnableToKeepCatalog, match="公开工作机构"):
        add_node(agency=office.agency, values=VALUES, reason="", by=office.clerk, at=moment())


def test_a_changed_limit_moves_the_days_of_what_is_on_its_way(office):
    item = an_item(office)
    before = item.due_on
    changed(office, office.node, limit_days=3, limit_article="示例法第四十八条")
    item.refresh_from_db()
    assert item.due_on < before
    assert "3个工作日内（示例法第四十八条）" in time_limit(CatalogNode.objects.get(pk=office.node.pk), TODAY)


def test_an_entry_in_use_is_not_divided(office):
    an_item(office)
    with pytest.raises(UnableToKeepCatalog, match="不能再分"):
        added(office, parent=office.node)


def test_a_retired_entry_takes_nothing_new_and_can_come_back(office):
    node = added(office)
    retire_node(node=node, reason="合并到别的事项", on=TODAY, by=office.officer, at=moment())
    assert str(node.pk) not in {key for _, group in leaves_of(office.agency) for key, _ in group}
    assert node not in leaves(office.agency)
    revive_node(node=node, reason="重新使用", by=office.officer, at=moment())
    assert node in leaves(office.agency)


def test_an_entry_with_drafts_or_others_below_it_is_not_retired(office):
    an_item(office)
    with pytest.raises(UnableToKeepCatalog, match="1条没有发布"):
        retire_node(node=office.node, reason="x", on=TODAY, by=office.officer, at=moment())
    top = added(office)
    added(office, parent=top, values={"title": "下面的"})
    with pytest.raises(UnableToKeepCatalog, match="下级事项"):
        retire_node(node=top, reason="x", on=TODAY, by=office.officer, at=moment())


def test_what_is_public_moves_with_its_entry(office):
    published(office)
    top = added(office, values={"title": "新的上级"})
    move_node(node=office.node, parent=top, reason="调整", by=office.officer, at=moment())
    assert SearchEntry.objects.get().category == f"{top.code}/20-11"
    with pytest.raises(UnableToKeepCatalog, match="自己的下级"):
        move_node(node=top, parent=office.node, reason="x", by=office.officer, at=moment())


def test_entries_nobody_answers_for_are_given_to_a_section_at_one_stroke(office):
    started(office)
    top = office.agency.catalog_nodes.get(title="机关公开事项")
    own = top.children.first()
    other = add_section(agency=office.agency, name="示例办公室", by=None, at=moment())
    changed(office, own, section=other)
    assign_below(node=top, section=office.section, by=office.officer, at=moment())
    assert {each.section for each in top.children.all()} == {office.section, other}
    assert top.children.get(pk=own.pk).section == other
    rounds = rounds_of(changes_of(office.agency))
    assert [len(each) for each in rounds] == [9, 1, 11]


def test_pages_of_the_public_follow_the_catalog(office):
    before = PublicChange.objects.count()
    changed(office, added(office), title="换了名称")
    assert PublicChange.objects.count() == before + 2


def test_the_tree_counts_what_is_filed_and_what_is_public(office):
    published(office)
    an_item(office)
    [branch] = [each for each in tree(office.agency) if each.node == office.node]
    assert (branch.items, branch.public, branch.is_leaf) == (2, 1, True)


def test_the_form_has_the_ten_columns_with_their_boxes(office):
    started(office, "education")
    table = form_of(office.agency, nodes_of(office.agency), TODAY)
    assert table.head == HEAD
    law = next(row for row in table.rows if row[2] == "规范性文件")
    assert "■政府网站" in law[7]
    assert "■政府公报" in law[7]
    assert "□广播电视" in law[7]
    assert law[7].count("■") + law[7].count("□") == 13
    assert "■主动" in law[9]
    assert "20个工作日" in law[5]
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx(table))).active
    assert page.cell(2, 2).value == "一级事项"
    assert page.max_row >= len(table.rows) + 2
    assert len(pypdfium2.PdfDocument(as_pdf(table))) > 1


def test_channels_of_our_own_tick_the_box_they_belong_to():
    ticked = boxes(["newsletter", "wechat", "internal"])
    assert "■其他" in ticked
    assert "■两微一端" in ticked
    assert ticked.count("■") == 2


def test_a_clerk_reads_the_catalog_and_the_office_works_on_it(client, office):
    client.force_login(office.clerk)
    page = client.get(reverse("publishing:catalog", args=[office.agency.slug])).content.decode()
    assert "您可以查看" in page
    assert "增加事项</a>" not in page
    client.force_login(office.officer)
    response = client.post(
        reverse("publishing:start_catalog", args=[office.agency.slug]),
        {"beginning": "education"},
        follow=True,
    )
    assert "增加" in response.content.decode()
    assert office.agency.catalog_nodes.filter(template_row__startswith="education/").count() > 20


def test_a_refused_entry_loses_nothing_that_was_typed(client, office):
    client.force_login(office.officer)
    address = reverse("publishing:change_node", args=[office.node.pk])
    typed = {
        "title": "打了很多字的名称", "source": "own", "audience": "全社会", "disclosure_class": "proactive",
        "level": "county", "channels": ["website"], "column_kind": "other", "cadence": "periodic",
        "yellow_days": "3", "red_days": "2", "reason": "说明", "version": "1",
    }  # fmt: skip
    page = client.post(address, typed)
    assert page.status_code == 422
    assert "打了很多字的名称" in page.content.decode()
    assert "多久一次" in page.content.decode()
    typed |= {"cycle_period": "quarterly", "cycle_month": "1", "cycle_day": "15"}
    assert client.post(address, typed).status_code == 302
    office.node.refresh_from_db()
    assert (office.node.cycle, office.node.section) == ("quarterly-1-15", None)


def test_a_stranger_finds_no_catalog(client, office):
    client.force_login(office.stranger)
    for address in (
        reverse("publishing:catalog", args=[office.agency.slug]),
        reverse("publishing:node", args=[office.node.pk]),
        reverse("publishing:change_node", args=[office.node.pk]),
        reverse("publishing:settings", args=[office.agency.slug]),
    ):
        assert client.get(address).status_code == 404


def test_the_settings_are_kept_and_a_wrong_code_is_explained(client, office):
    client.force_login(office.officer)
    address = reverse("publishing:settings", args=[office.agency.slug])
    typed = {
        "organization_code": "00000000-0", "review_path": "small_office", "own_phones": "0000-7654321\n96123",
        "newsletter_name": "示例简报", "board_place": "一楼大厅",
    }  # fmt: skip
    assert client.post(address, typed).status_code == 302
    profile = office.agency.publishing_profile
    profile.refresh_from_db()
    assert profile.organization_code == "000000000"
    assert profile.own_phones == ["0000-7654321", "96123"]
    page = client.post(address, typed | {"organization_code": "12"})
    assert page.status_code == 422
    assert "9位组织机构代码" in page.content.decode()


def test_the_pages_of_an_entry_show_its_duty_and_its_items(client, office):
    item = published(office).item
    client.force_login(office.officer)
    page = client.get(reverse("publishing:node", args=[office.node.pk])).content.decode()
    assert Item.objects.get(pk=item.pk).title in page
    assert "第二十条第（十一）项" in page
    assert client.get(reverse("publishing:catalog_changes", args=[office.agency.slug])).status_code == 200
    for kind in ("xlsx", "csv", "pdf"):
        assert (
            client.get(reverse("publishing:export_catalog", args=[office.agency.slug, kind])).status_code
            == 200
        )
    assert (
        client.get(reverse("publishing:export_catalog", args=[office.agency.slug, "exe"])).status_code == 404
    )


def test_days_on_the_form_come_from_the_law_of_the_day(office):
    assert "20个工作日" in time_limit(office.node, date(2026, 1, 5))
