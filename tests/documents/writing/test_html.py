"""The page: its tables, its headings, and that it asks nobody for anything."""

import re

import lxml.html
import pytest
from documents.writing.reports import a_report

from gongkai.documents.writing import write
from gongkai.documents.writing.figures import figure_text
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.formats import TABLES


def page(report: FilledReport) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(write(report, "html").decode())


@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
@pytest.mark.parametrize("name", TABLES)
def test_every_figure_stands_in_its_table_in_reading_order(form: str, name: str) -> None:
    report = a_report(form)
    [table] = page(report).xpath(f"//table[contains(@class, '{name}')]")
    printed = [cell.text_content() for cell in table.xpath(".//td[contains(@class, 'figure')]")]
    assert printed == [figure_text(report.tables[name], address) for address in report.tables[name].cells]


@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
def test_every_figure_names_headers_that_exist(form: str) -> None:
    html = page(a_report(form))
    ids = [element.get("id") for element in html.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    named = [cell.get("headers").split() for cell in html.xpath("//td[contains(@class, 'figure')]")]
    assert all(named) and {name for names in named for name in names} <= set(ids)


def test_a_figure_is_headed_by_its_row_and_its_columns() -> None:
    html = page(a_report())
    cells = html.xpath("//table[contains(@class, 'table3')]//td[contains(@class, 'figure')]")
    heads = [html.get_element_by_id(name).text_content() for name in cells[7 * 5 + 4].get("headers").split()]
    assert heads == [
        "申请人情况",
        "法人或其他组织",
        "法律服务机构",
        "三、本年度办理结果",
        "（三）不予公开",
        "2.其他法律行政法规禁止公开",
    ]


def test_tables_have_captions_scopes_and_a_head_that_repeats_in_print() -> None:
    html = page(a_report())
    captions = [caption.text_content() for caption in html.xpath("//caption")]
    assert captions == [
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
    ]
    assert all(cell.get("scope") for cell in html.xpath("//th"))
    assert [len(table.xpath("./thead/tr")) for table in html.xpath("//table")] == [0, 3, 3]
    assert [len(table.xpath("./tbody")) for table in html.xpath("//table")] == [4, 1, 1]


def test_a_blank_is_an_empty_cell_marked_as_blank() -> None:
    blanks = page(a_report()).xpath("//td[contains(@class, 'blank')]")
    assert [cell.text_content() for cell in blanks] == ["", ""]


def test_headings_come_in_order_and_the_page_is_chinese() -> None:
    html = page(a_report())
    assert html.get("lang") == "zh-CN"
    levels = [element.tag for element in html.xpath("//h1|//h2|//h3")]
    assert levels == ["h1", "h2", "h3", "h2", "h2", "h2", "h2", "h2"]
    assert html.xpath("//p/b")[0].text_content() == "（一）加强领导。"
    assert [p.text_content() for p in html.xpath("//footer/p")] == ["虚构市教育局", "2024年1月29日"]


def test_the_page_asks_no_other_server_for_anything() -> None:
    text = write(a_report(), "html").decode()
    assert not re.search(r"https?:|//|src=|<link|<script|@import|url\(", text)


def test_prose_is_never_markup() -> None:
    report = FilledReport("<b>局</b>", 2023, sections={"overview": "<script>1</script>&nbsp;%s"})
    text = write(report, "html").decode()
    assert "&lt;script&gt;1&lt;/script&gt;&amp;nbsp;%s" in text and "<b>局" not in text
