"""What an agency's name tells about it."""

import pytest

from gongkai.law.report.agency_names import cannot_make_rules, kind_of

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
