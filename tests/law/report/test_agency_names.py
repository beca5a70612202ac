"""What an agency's name tells about it."""

import pytest

from gongkai.law.report.agency_names import cannot_make_rules, clearly_differ, kind_of

# 名称 | 报告种类 | 看得出没有规章制定权
NAMES = """
示例地区教育局 | agency | 是
示例省财政厅 | agency | 是
示例市发展和改革委员会 | agency | 是
示例市人民政府国有资产监督管理委员会 | agency | 是
示例市人民政府外事办公室 | agency | 是
国家税务总局 | agency |
教育部 | agency |
国家发展和改革委员会 | agency |
示例省人民政府 | government |
示例自治区人民政府 | government |
示例自治州人民政府 | government |
示例市人民政府 | government |
示例市人民政府办公厅 | government |
示例市（数值为虚构） | government |
示例自治县人民政府 | government | 是
示例县人民政府 | government | 是
示例市示例区人民政府 | government | 是
示例镇人民政府 | government | 是
示例街道办事处 | government | 是
示例综合实验区管理委员会 | government | 是
示例地区行政公署 | government | 是
塔城地区行政公署办公室 | government | 是
示例地区行署办公室 | government | 是
新疆生产建设兵团 | government |
新疆生产建设兵团办公厅 | government |
新疆生产建设兵团教育局 | agency | 是
示例地区行政公署外事办公室 | agency |
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines())
def test_a_name_tells_whose_report_it_is_and_whether_it_makes_rules(line: str) -> None:
    name, kind, powerless = (part.strip() for part in line.split("|"))
    assert kind_of(name) == kind
    assert cannot_make_rules(name) == (powerless == "是")


SAME = [
    ("淮安市洪泽区人民政府", "洪泽区人民政府"),
    ("淮安市洪泽区人民政府", "淮安市 洪泽区人民政府（Hongze Qu Renmin Zhengfu）"),
    ("示例地区行政公署", "示例地区行政公署办公室"),
    ("示例县政府", "示例县人民政府"),
    ("示例市（数值为虚构）", "示例市人民政府"),
    ("示例综合实验区管委会", "示例综合实验区管理委员会"),
    ("平潭综合实验区", "平潭综合实验区管理委员会"),
    ("示例地区行署", "示例地区行政公署"),
    ("示例街道", "示例街道办事处"),
    ("洪泽区人民政府", "洪择区人民政府"),
    ("沭阳县人民政府", "沐阳县人民政府"),
    ("示例县教育局", "示例县教育"),
    ("示例县市场监管局", "示例县市场监管理局"),
]
DIFFERENT = [
    ("淮安市人民政府", "淮安市洪泽区人民政府"),
    ("示例县教育局", "示例县体育局"),
    ("示例县财政局", "示例县民政局"),
    ("东城区人民政府", "西城区人民政府"),
    ("示例市教育局", "示例县教育局"),
    ("示例县人民政府", "示例县人民政府外事办公室"),
    ("平潭综合实验区管理委员会", "沭阳县人民政府"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_name_written_otherwise_is_the_same_agencys(one: str, other: str) -> None:
    assert not clearly_differ(one, other)
    assert not clearly_differ(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_agencies_are_told_apart(one: str, other: str) -> None:
    assert clearly_differ(one, other)
    assert clearly_differ(other, one)
