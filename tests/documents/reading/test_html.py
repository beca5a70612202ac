"""What a reader sees of a web page becomes rows of cells, in reading order."""

import random
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongkai.documents.reading import html
from gongkai.documents.reading.content import Cell, Row, Unreadable


def rows(source: str) -> list[Row]:
    return list(html.extract(f"<!doctype html><meta charset=utf-8><p>年度报告</p>{source}".encode()).rows[1:])


def texts(source: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows(source)]


def lines(source: str) -> list[str]:
    return [row.text for row in rows(source) if row.table is None]


def table(inner: str) -> list[list[Cell]]:
    return [list(row.cells) for row in rows(f"<table>{inner}</table>")]


def test_paragraphs_and_line_breaks_are_lines() -> None:
    source = "<h1>一、总体情况</h1><p>甲<br>乙</p><div>丙<p>丁</p>戊</div><ul><li>己</ul>"
    assert lines(source) == ["一、总体情况", "甲", "乙", "丙", "丁", "戊", "己"]


def test_a_cell_keeps_its_line_breaks_and_loses_its_padding() -> None:
    [[cell]] = table("<tr><td><p>&nbsp;本年新 </p><p>&#12288;制作\n数量&nbsp;</p><p>&nbsp;</p></td></tr>")
    assert cell.text == "本年新\n制作 数量"


def test_a_blank_cell_stays_whatever_it_is_padded_with() -> None:
    source = "<tr><td>规章</td><td></td><td>&nbsp;</td><td><o:p>&nbsp;</o:p></td><td><br></td></tr>"
    assert texts(f"<table>{source}</table>") == [["规章", "", "", "", ""]]


def test_a_label_of_one_span_a_character_is_one_word() -> None:
    letters = "".join(f"<span style='font-family:仿宋'>{letter}</span>" for letter in "行政许可")
    assert texts(f"<table><tr><td>{letters}</td></tr></table>") == [["行政许可"]]


def test_spans_are_laid_out_to_columns() -> None:
    source = (
        "<tr><td rowspan=2 colspan=2>甲</td><td colspan=3>乙</td></tr><tr><td>丙</td><td>丁</td>"
        "<td>戊</td></tr>"
        "<tr><td>己</td><td>庚</td><td>辛</td></tr>"
    )
    assert table(source) == [
        [Cell("甲", 0, 2, 2), Cell("乙", 2, 3)],
        [Cell("丙", 2), Cell("丁", 3), Cell("戊", 4)],
        [Cell("己", 0), Cell("庚", 1), Cell("辛", 2)],
    ]


@pytest.mark.parametrize(
    ("attributes", "colspan", "rowspan"),
    [
        ("colspan=2", 2, 1),
        ("COLSPAN='2'", 2, 1),
        ('ColSpan = "2" rowSpan="2"', 2, 2),
        ("colspan=0", 1, 1),
        ("colspan=-3", 1, 1),
        ("colspan=abc", 1, 1),
        ("colspan=65000", 1000, 1),
        ("rowspan=0", 1, 3),
        ("rowspan=65000", 1, 3),
        ("data-colspan=9", 1, 1),
    ],
)
def test_spans_are_kept_within_bounds(attributes: str, colspan: int, rowspan: int) -> None:
    [[first, _], *_] = table(
        f"<tr><td {attributes}>甲</td><td>乙</td></tr><tr><td>丙</td></tr><tr><td>丁</td></tr>"
    )
    assert (first.colspan, first.rowspan) == (colspan, rowspan)


def test_no_cell_reaches_out_of_its_row_group() -> None:
    source = "<thead><tr><td rowspan=5>甲</td><td>乙</td></tr></thead><tbody><tr><td>丙</td></tr></tbody>"
    assert table(source) == [[Cell("甲", 0), Cell("乙", 1)], [Cell("丙", 0)]]


def test_missing_tags_are_supplied() -> None:
    assert texts("<table><td>1<td>2<tr><th>3<th>4</table>") == [["1", "2"], ["3", "4"]]
    assert texts("<tr><td>1</td><td>2</td></tr><tr><td>3</td></tr>") == [["1", "2"], ["3"]]
    assert texts("<table><tr><td>1</td><table><tr><td>2</td></tr></table>") == [["1"], ["2"]]
    assert texts("</table></tr></td><table><tr><td>1") == [["1"]]


def test_text_between_cells_is_not_lost() -> None:
    source = "<table><caption>表一</caption>甲<tr>乙<td>1</td>丙<td>2</td></tr></table>丁"
    assert texts(source) == [["表一"], ["甲"], ["乙"], ["丙"], ["1", "2"], ["丁"]]


def test_a_row_that_holds_a_table_is_layout_and_the_others_are_data() -> None:
    found = rows(
        "<table><tr><td>索引号</td><td>A1</td></tr><tr><td>侧栏</td><td>一、总体情况<table><tr><td>1</td>"
        "<td>2</td>"
        "</tr></table>尾声</td></tr><tr><td>完</td><td>了</td></tr></table>"
    )
    assert [(row.table, row.text) for row in found] == [
        (0, "索引号\tA1"), (None, "侧栏"), (None, "一、总体情况"), (1, "1\t2"), (None, "尾声"), (0, "完\t了"),
    ]  # fmt: skip


def test_a_long_text_in_a_frame_is_lines_not_data() -> None:
    prose = "全年主动公开政府信息。" * 20
    assert lines(f"<table><tr><td></td><td><p>{prose}</p><p>{prose}</p></td></tr></table>") == [prose, prose]


def test_scripts_styles_comments_and_ruby_are_not_text() -> None:
    source = (
        "<script>if (a<b) document.write('<td x=\"');</script><style>td{color:red}</style>"
        "<!-- <td>注</td> -->"
        "<!--[if gte mso 9]><xml>x</xml><![endif]--><![if !supportLists]>一、<![endif]>"
        "<?xml:namespace prefix='o'?>"
        "<ruby>政<rt>zhèng</rt></ruby><ruby>务<rp>(</rp><rt>wù</rt></ruby><select><option>选</option>"
        "</select>"
        "<svg/><svg><title>图</title></svg><del>旧</del><!-->尾"
    )
    assert lines(source) == ["一、政务尾"]


def test_hidden_cells_rows_and_blocks_are_left_out() -> None:
    source = (
        "<div style='overflow:hidden'>甲</div><div style='Display: None'>乙<div>丙</div></div>"
        "<p hidden>丁</p>戊"
        "<table><tr><td>1<td style='display:none'>2<td hidden>3<td>4</tr>"
        "<tr style='DISPLAY: none'><td>5</td><td>6</td></tr><tr style='display:none'><td>7"
        "<tr><td>8</td><td style='display:none'>9</td></tr></table>"
        "<table style='display:none'><tr><td>10<table><tr><td>11</td></tr></table></td></tr></table>完"
    )
    assert texts(source) == [["甲"], ["戊"], ["1", "4"], ["8"], ["完"]]


def test_an_unclosed_hidden_element_hides_no_more_than_its_cell() -> None:
    source = "<table><tr><td><span style='display:none'>x</td><td>1</td></tr><tr><td>2</td></tr></table>"
    assert texts(source) == [["", "1"], ["2"]]


def test_a_report_that_is_hidden_whole_is_read_all_the_same() -> None:
    source = "<div style='display:none'><table><tr><td>规章</td><td>3</td></tr></table></div>"
    assert texts(source) == [["规章", "3"]]


def test_a_report_kept_in_a_text_field_is_read() -> None:
    inside = "<table><tr><td>规章</td><td>3</td></tr></table>"
    assert texts(f"<textarea>{inside}</textarea>") == [["规章", "3"]]
    assert texts(f"<textarea>{inside.replace('<', '&lt;').replace('>', '&gt;')}</textarea>") == [
        ["规章", "3"]
    ]


def test_figures_in_form_fields_are_read() -> None:
    source = (
        "<table><tr><td><input type=text value='12'></td><td><input type=hidden value=9>3</td></tr></table>"
    )
    assert texts(source) == [["12", "3"]]


def test_preformatted_text_keeps_its_lines() -> None:
    assert lines("<pre>甲\n乙 丙</pre>") == ["甲", "乙 丙"]


def test_the_articles_own_title_goes_before_the_pages() -> None:
    page = "<title>测试县  门户</title><meta name='ArticleTitle' content='测试县2023年年报'>"
    assert html.extract(page.encode()).title == "测试县2023年年报"
    assert html.extract(b"<title> A &amp;\n B</title>").title == "A & B"


def test_entities_are_characters_and_zero_width_ones_are_nothing() -> None:
    assert texts("<table><tr><td>1&#8203;2</td><td>&lt;3&gt;</td><td>A&B</td></tr></table>") == [
        ["12", "<3>", "A&B"]
    ]


def test_stray_quotes_and_open_tags_swallow_no_cells() -> None:
    source = (
        "<table><tr><td width=5\">1</td><td title='a>b'>2</td><td style=\"x>3</td><td>4</td></tr></table>"
    )
    assert texts(source) == [["1", "2", "3", "4"]]
    assert texts("<table><tr><td>1</td></tr></table><p unfinished") == [["1"]]


def test_junk_takes_time_in_proportion() -> None:
    for junk in (
        "<a ='",
        "<!--",
        '<td x="',
        "<script",
        "<pre><",
        "<div style='display:none'>",
        "&",
        "<![",
        "<td",
    ):
        html.extract_text(f"<p>年度报告</p>{junk * 20_000}")


def test_a_table_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="表格过大"):
        rows("<table><tr>" + "<td>1" * 65_000 + "</table>")
    with pytest.raises(Unreadable, match="表格过大"):
        rows("<table>" + "<tr><td colspan=1000 rowspan=9>1" * 400 + "</table>")
    with pytest.raises(Unreadable, match="嵌套过深"):
        rows("<table><tr><td>" * 200)


@dataclass
class Drawn:
    """A table drawn at random, as HTML, and where its cells ought to lie by the rules of the standard."""

    source: str
    cells: list[list[Cell]]


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    shapes = draw(
        st.lists(
            st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=6), min_size=1, max_size=7
        )
    )
    taken: set[tuple[int, int]] = set()
    cells: list[list[Cell]] = []
    for row, spans in enumerate(shapes):
        laid: list[Cell] = []
        column = 0
        for colspan, rowspan in spans:
            while (row, column) in taken:
                column += 1
            reach = min(rowspan, len(shapes) - row)
            taken |= {(row + down, column + right) for down in range(reach) for right in range(colspan)}
            laid.append(Cell(f"{row}.{len(laid)}", column, colspan, reach))
            column += colspan
        cells.append(laid)
    source = "".join(
        "<tr>" + "".join(f"<td colspan={c.colspan} rowspan={c.rowspan}>{c.text}</td>" for c in row) + "</tr>"
        for row in cells
    )
    return Drawn(source, [row for row in cells if row])


@given(tables())
def test_any_spans_lie_where_the_standard_lays_them(drawn: Drawn) -> None:
    assert table(drawn.source) == drawn.cells


def _nested(random_: random.Random, depth: int) -> str:
    """A well-formed page of tables in tables, with junk between."""
    junk = ["", " ", "<span lang=EN-US>", "</span>", "<b>", "</b>", "<!-- x -->", "&nbsp;"]
    inner = ""
    for _ in range(random_.randint(1, 3)):
        cells = "".join(
            f"<td>{random_.choice(junk)}{random_.randint(0, 99)}{random_.choice(junk)}"
            f"{_nested(random_, depth - 1) if depth and random_.random() < 0.2 else ''}</td>"
            for _ in range(random_.randint(1, 5))
        )
        inner += f"<tr>{cells}</tr>"
    return f"<table>{inner}</table>"


@settings(max_examples=50)
@given(st.integers(0, 10**6))
def test_the_figures_come_in_the_order_of_a_browsers_tree(seed: int) -> None:
    source = _nested(random.Random(seed), 3)
    tree = LexborHTMLParser(f"<body>{source}</body>")
    seen = [int(word) for word in tree.body.text(separator=" ").split()] if tree.body else []
    assert [int(word) for row in rows(source) for word in row.text.split()] == seen
