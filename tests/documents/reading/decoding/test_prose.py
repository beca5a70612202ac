"""Agency, year, date and sections, as real pages give them."""

from datetime import date

import pytest

from gongkai.documents.reading.content import Content, line
from gongkai.documents.reading.decoding.prose import Prose, read_prose


def _prose(*lines: str, title: str = "") -> Prose:
    return read_prose(Content("text", tuple(line(text) for text in lines), title))


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["塔城地区教育局2020年政府信息公开工作年度报告"], "塔城地区教育局", 2020),
        (["2019年上海市人民政府办公厅政府信息公开工作年度报告"], "上海市人民政府办公厅", 2019),
        (["洪泽区人民政府", "2023 年政府信息公开工作年度报告"], "洪泽区人民政府", 2023),
        (["㛃川县财政局二〇二一年政府信息公开工作年度报告"], "㛃川县财政局", 2021),
        (["关于某县水利局2022年度政府信息公开工作年度报告"], "某县水利局", 2022),
        (["标题: 平潭综合实验区2020年度政府信息公开工作年度报告"], "平潭综合实验区", 2020),
    ],
)
def test_agency_and_year_stand_in_the_title(lines: list[str], agency: str, year: int) -> None:
    prose = _prose(*lines, "一、总体情况", "无。")
    assert (prose.agency, prose.year) == (agency, year)


def test_a_title_without_a_year_takes_it_from_the_text() -> None:
    prose = _prose("某县教育局信息公开工作年度报告", "一、总体情况", "2020年度，我局……", "2021年1月29日")
    assert (prose.agency, prose.year, prose.published_on) == ("某县教育局", 2020, date(2021, 1, 29))


def test_the_title_of_the_page_serves_where_the_text_has_none() -> None:
    assert _prose("一、总体情况", title="某市2024年政府信息公开工作年度报告").agency == "某市"


def test_sections_are_told_by_their_headings_and_keep_their_text() -> None:
    prose = _prose(
        "一、总体情况", "甲。", "乙。", "3、 收到和处理政府信息公开申请情况", "六、其他需要报告的事项", "无。"
    )
    assert prose.sections["overview"] == "甲。\n乙。"
    assert prose.sections["other_matters"] == "无。"
    assert prose.headings["disclosure_on_application"] == "3、 收到和处理政府信息公开申请情况"


def test_a_page_in_one_line_is_cut_at_its_headings() -> None:
    text = (
        "首页 年报 "
        + "某市2021年政府信息公开工作年度报告 一、总体情况"
        + "甲" * 120
        + "六、其他需要报告的事项 无。"
    )
    prose = _prose(text)
    assert prose.sections["other_matters"] == "无。"


def test_a_date_of_publication_wins_over_the_signature() -> None:
    prose = _prose("发布时间：2021-03-05 08:58", "一、总体情况", "2021年1月29日")
    assert prose.published_on == date(2021, 3, 5)


def test_an_impossible_date_is_none() -> None:
    assert _prose("一、总体情况", "2021年13月40日").published_on is None


def test_labels_and_figures_of_a_flattened_table_are_no_prose() -> None:
    prose = _prose(
        "二、主动公开政府信息情况",
        "本年清理文件一次。",
        "第二十条第（一）项",
        "信息内容",
        "规章",
        "0",
        "申请人情况 (自然人)",
        "五、存在的主要问题及改进情况",
    )
    assert prose.sections["proactive_disclosure"] == "本年清理文件一次。"


def test_a_table_without_line_ends_is_cut_off_from_the_prose_before_it() -> None:
    text = "本年清理文件一次。第二十条第（一）项信息内容本年制发件数本年废止件数规章000" + "0" * 120
    prose = _prose("二、主动公开政府信息情况", text, "五、存在的主要问题及改进情况")
    assert prose.sections["proactive_disclosure"] == "本年清理文件一次。"


def test_links_below_the_text_are_no_prose() -> None:
    prose = _prose("六、其他需要报告的事项", "无收取信息处理费情况。附件下载", "打印", "关闭")
    assert prose.sections["other_matters"] == "无收取信息处理费情况。"
