"""What marks a cell in a text is kept; nothing is invented where nothing does."""

from pathlib import Path

import pytest

from gongkai.documents.reading import text
from gongkai.documents.reading.content import Row

SEED = Path(__file__).resolve().parents[4] / "shared" / "seed"


def rows(source: str) -> list[Row]:
    return list(text.extract(source.encode()).rows)


def shown(source: str) -> list[object]:
    """Lines as text, table rows as their table's number and cells."""
    return [
        row.text if row.table is None else (row.table, [cell.text for cell in row.cells])
        for row in rows(source)
    ]


def test_markdown_tables_are_tables() -> None:
    source = (
        "## 一、总体情况\n\n| 信息内容 | **本年**制发 |\n|---|:-:|\n| 规章 | 0 |\n| a\\|b<br>c | |\n\n尾\n"
    )
    assert shown(source) == [
        "一、总体情况", (0, ["信息内容", "本年制发"]), (0, ["规章", "0"]), (0, ["a|b\nc", ""]), "尾",
    ]  # fmt: skip


def test_a_new_header_begins_a_new_table() -> None:
    source = "| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\n| 丙 | 丁 |\n|--|--|\n| - | - |\n| 3 | 4 |"
    assert shown(source) == [
        (0, ["甲", "乙"]), (0, ["1", "2"]), (1, ["丙", "丁"]), (1, ["-", "-"]), (1, ["3", "4"]),
    ]  # fmt: skip


def test_rows_without_outer_pipes_are_rows() -> None:
    assert shown("规章 | 0 | 1 | 2") == [(0, ["规章", "0", "1", "2"])]
    assert shown("| | 0 | | 2 |") == [(0, ["", "0", "", "2"])]


@pytest.mark.parametrize("value", ["5 |", "| 5", "5 |||", "|||5", "5", "  5  ", "\t5", "5\t"])
def test_a_lone_value_is_a_line_whatever_pipes_trail_it(value: str) -> None:
    assert shown(f"一、总体情况\n{value}\n|\n|||\n\n完") == ["一、总体情况", "5", "完"]


def test_tab_separated_lines_are_rows_with_their_blanks() -> None:
    assert shown("规章\t0\t\t2\t\n\t\t乙\t3") == [(0, ["规章", "0", "", "2", ""]), (0, ["", "", "乙", "3"])]


def test_a_number_and_a_tab_before_a_heading_make_no_table() -> None:
    assert shown("一、\t总体情况\n（二）\t公开\n1.\t属于国家秘密\t0") == [
        "一、\t总体情况", "（二）\t公开", (0, ["1.", "属于国家秘密", "0"]),
    ]  # fmt: skip


def test_tables_a_word_converter_printed_cell_by_cell_are_tables() -> None:
    source = "前\n\t信息内容\n\t本年\n新制作数量\n\n\t规章\n\t0\n\n\t\n\t1\n\n\n三、收到\n"
    assert shown(source) == [
        "前", (0, ["信息内容", "本年\n新制作数量"]), (0, ["规章", "0"]), (0, ["", "1"]), "三、收到",
    ]  # fmt: skip


def test_paragraphs_led_by_tabs_are_no_table() -> None:
    assert shown("\t甲\n\n\t乙\n\n\t丙") == ["甲", "乙", "丙"]
    assert shown("\n".join(f"\t{n}" for n in range(50))) == [str(n) for n in range(50)]


def test_comma_separated_values_are_rows() -> None:
    source = "\n".join(["信息内容,本年制发,本年废止,现行有效", *(f'"规章,{n}",{n},,7' for n in range(9))])
    assert shown(source)[1] == (0, ["规章,0", "0", "", "7"])
    assert len(rows(source)) == 10


def test_commas_in_prose_make_no_table() -> None:
    assert shown("甲,乙,丙,丁,戊\n己\n庚\n辛\n壬\n癸\n子") == ["甲,乙,丙,丁,戊", *"己庚辛壬癸子"]
    broken = "\n".join(['"甲,1,2,3'] * 8)
    assert shown(broken) == ['"甲,1,2,3'] * 8


def test_html_tables_in_markdown_are_tables() -> None:
    source = "# 标题\n甲\n<table><tr><td>规章</td><td>3</td></tr></table>\n乙\n丙"
    assert shown(source) == ["标题", "甲", (0, ["规章", "3"]), "乙", "丙"]


def test_figures_without_separators_stay_one_line() -> None:
    assert shown("规章007规范性文件7777166 第二十条") == ["规章007规范性文件7777166 第二十条"]


def test_prose_in_a_frame_of_pipes_is_a_line() -> None:
    prose = "全年主动公开政府信息。" * 40
    assert shown(f"| {prose} | |") == [prose]


def test_a_table_whose_row_ends_were_lost_stays_lines() -> None:
    assert len(rows(" | ".join(str(n) for n in range(80)))) == 1
    assert rows(" | ".join(str(n) for n in range(80)))[0].table is None


def test_many_odd_lines_take_time_in_proportion() -> None:
    for odd in ("\ta\n", "|", "\t", "\\|", "| - |\n", "a,b,c,d\n"):
        text.extract_text(odd * 100_000)


@pytest.mark.skipif(not SEED.is_dir(), reason="the published reports are not here")
def test_the_seed_report_keeps_its_blank_row() -> None:
    [path] = SEED.glob("*.txt")
    content = text.extract(path.read_bytes())
    tables = [row for row in content.rows if row.table is not None]
    assert [len(row.cells) for row in tables if row.text.startswith("一、本年新收")] == [8]
    assert [row.text for row in tables if "结转下年度" in row.text] == ["四、结转下年度继续办理"]


def test_without_a_frame_of_pipes_blanks_at_the_ends_are_cells() -> None:
    source = "信息 | 甲 | 乙 | 总计\n规章 | 0 | 2 |\n | （二）部分 | 9 |\n第二十条 |  |  | \n文件 | 1 | 2 | 3"
    assert shown(source) == [
        (0, ["信息", "甲", "乙", "总计"]), (0, ["规章", "0", "2", ""]), (0, ["", "（二）部分", "9", ""]),
        (0, ["第二十条", "", "", ""]), (0, ["文件", "1", "2", "3"]),
    ]  # fmt: skip


def test_pipes_beyond_the_last_column_are_no_cells() -> None:
    assert shown("| 甲 | 乙 |||\n| 1 | 2 |\n| 3 | |||") == [
        (0, ["甲", "乙"]),
        (0, ["1", "2"]),
        (0, ["3", ""]),
    ]
