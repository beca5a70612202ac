"""A home told more finely than by village is a finding; an office's address is not."""

import pytest

from gongkai.screening.addresses import coarsened, is_fine
from tests.screening.invented import in_table, in_text, roster

ADDRESS = "personal.address"


@pytest.mark.parametrize(
    "text",
    [
        "家庭住址：示例市新城街道文化路12号3栋2单元501室",
        "甄示范，男，汉族，住示例市杜别克街道光明社区8栋2单元301室",
        "贾样本（住示例县玉什镇二道桥村3组12号）",
        "户籍所在地为示例市和平路15号",
        "王示例，示例市文化路12号",
        "请寄至阳光小区3号楼2单元501室",
        "现住址：示例团场3连12号",
        "王示例同志现住示例县玉什镇二道桥村4组",
        "经查，李样例家住示例市和平南路25号",
        "家庭住址：水岸名邸13-2-1444",
    ],
)
def test_a_home_in_running_text(text):
    assert in_text(text) == [ADDRESS]


@pytest.mark.parametrize(
    "text",
    [
        "单位地址：示例市文化路12号",
        "办公地址：示例市行政中心1号楼2单元305室",
        "会议地点：示例市行政中心1号楼305室",
        "地址：示例市文化路12号",
        "报名地点设在示例小学2号楼3层",
        "阳光小区1-5号楼加装电梯项目",
        "家住示例市新城街道文化社区",
        "全面做好学校食品安全工作，落实第3组第12号任务",
        "住房公积金管理中心1号楼2单元服务窗口",
        "文化路12号院改造工程",
    ],
)
def test_other_places_in_running_text(text):
    assert ADDRESS not in in_text(text)


def test_a_column_of_homes_blocks_cell_by_cell():
    rows = roster(["家庭住址"], ["示例市新城街道文化社区3栋2单元501室"])
    assert in_table(rows, "名册") == [ADDRESS] * 6
    assert in_table(roster(["家庭住址"], ["示例市新城街道文化社区"]), "名册") == []
    assert in_table(roster(["备注"], ["示例市光明社区8栋2单元301室"]), "名册") == [ADDRESS] * 6


def test_a_form_says_home_in_the_cell_at_the_left():
    assert in_table([["说明", "家庭住址", "示例市文化路12号"], ["甲", "乙", "丙"]]) == [ADDRESS]
    assert in_table([["说明", "办公场所", "示例市文化路12号"], ["甲", "乙", "丙"]]) == []


def test_masking_keeps_village_or_neighborhood():
    assert coarsened("示例市新城街道文化社区3栋2单元501室") == "示例市新城街道文化社区***"
    assert coarsened("文化路12号") == "***"
    assert not is_fine(coarsened("示例县玉什镇二道桥村3组12号"))
