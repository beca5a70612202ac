"""The catalogs an office starts from name what the Regulation and the boxes know."""

import pytest

from gongkai.law.catalog import Cadence, statutory_lists
from gongkai.law.publishing.channels import (
    boxes_left,
    channel_boxes,
    channels,
    channels_of,
    suggested_channels,
    ticked,
)
from gongkai.law.publishing.templates import AUDIENCE_LABELS, LEVEL_LABELS, MODE_LABELS, standard_catalogs

ITEMS = {item.code for found in statutory_lists() for item in found.items}
ROWS = [(template.code, row) for template in standard_catalogs().values() for row in template.rows]


def test_there_are_a_sector_catalog_a_bureaus_ten_matters_and_a_schools_eleven():
    sizes = {code: (found.kind, len(found.rows)) for code, found in standard_catalogs().items()}
    assert sizes == {
        "education": ("sector", 27),
        "education_bureau": ("office", 10),
        "schools": ("school", 11),
    }


@pytest.mark.parametrize(("catalog", "row"), ROWS, ids=[f"{code}.{row.code}" for code, row in ROWS])
def test_every_row_has_its_columns_and_names_only_what_exists(catalog, row):
    assert row.first_level and row.second_level and row.elements and row.basis and row.responsible
    assert set(row.items) <= ITEMS
    assert set(row.channels) <= set(channel_boxes())
    assert set(row.levels) <= set(LEVEL_LABELS)
    assert row.audience in AUDIENCE_LABELS and row.mode in MODE_LABELS
    assert isinstance(row.cadence, Cadence)
    assert row.status in {"verified", "unsettled"}
    assert not row.caution or row.caution.endswith("。")


@pytest.mark.parametrize("template", standard_catalogs().values(), ids=standard_catalogs())
def test_no_two_rows_share_a_code_and_the_source_is_named(template):
    assert len({row.code for row in template.rows}) == len(template.rows)
    assert template.document and template.valid_from and template.label


def test_the_education_catalog_has_the_headings_in_their_order():
    rows = standard_catalogs()["education"].rows
    assert list(dict.fromkeys(row.first_level for row in rows)) == [
        "政策文件", "教育概况", "民办学校信息", "财务信息", "招生管理", "学生管理", "教师管理",
        "重要政策执行情况", "教育督导", "校园安全",
    ]  # fmt: skip
    assert {row.time_limit for row in rows} == {"信息形成或者变更之日起20个工作日内"}


def test_rows_known_by_their_heading_only_say_so():
    unsettled = {row.code for row in standard_catalogs()["education"].unsettled}
    assert {"enrollment.results", "students.records", "teachers.titles", "safety.schools"} <= unsettled
    assert {"policy.normative_documents", "students.aid", "enrollment.plan"}.isdisjoint(unsettled)


def test_lists_of_pupils_come_with_a_caution():
    cautions = standard_catalogs()["education_bureau"].cautions
    assert "未成年人" in cautions["enrollment"]
    assert "fees" not in cautions


def test_a_bureaus_internal_affairs_stay_inside_by_default():
    row = next(row for row in standard_catalogs()["education_bureau"].rows if row.mode == "internal")
    assert (row.code, row.audience, row.items, row.ground) == (
        "internal_management", "internal", (), "internal_affairs",
    )  # fmt: skip


def test_a_bureaus_other_matters_all_belong_to_an_item_of_the_regulation():
    assert all(row.items for row in standard_catalogs()["education_bureau"].rows if row.mode == "proactive")


def test_there_are_thirteen_boxes_and_every_one_has_a_channel():
    assert len(channel_boxes()) == 13
    assert all(channels_of(box) for box in channel_boxes())


def test_every_public_channel_ticks_a_box_and_the_internal_one_none():
    for channel in channels().values():
        assert (channel.box in channel_boxes()) is channel.public
        assert channel.proof and bool(channel.article) is channel.public
    assert not channels()["internal"].public


def test_the_boxes_are_printed_ticked_or_not():
    shown = {box.label: is_ticked for box, is_ticked in ticked(["website", "wechat", "internal"])}
    assert [label for label, is_ticked in shown.items() if is_ticked] == ["政府网站", "两微一端"]


def test_on_the_site_but_not_on_the_board_is_visible():
    left = boxes_left(["government_website", "notice_board"], ["website", "wechat"])
    assert [box.label for box in left] == ["社区/企事业单位/村公示栏（电子屏）"]
    assert boxes_left(["notice_board"], ["bulletin_board"]) == ()


def test_a_box_suggests_the_channel_an_office_would_use_first():
    row = next(row for row in standard_catalogs()["education"].rows if row.code == "enrollment.plan")
    assert suggested_channels(row.channels) == ("website", "wechat", "bulletin_board")
    for box in channel_boxes():
        assert boxes_left([box], suggested_channels([box])) == ()


def test_unknown_channels_and_boxes_are_refused():
    for call in (lambda: channels_of("none"), lambda: ticked(["none"]), lambda: boxes_left(["none"], [])):
        with pytest.raises(KeyError):
            call()
