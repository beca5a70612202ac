"""A table put into a file of any format comes out of it cell by cell, and a cell can be changed alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.contents import Contents, Unwritable, copy_name, read_contents, rewrite
from tests.documents.contents.makers import REWRITABLE, TABLES, paper, records, ruled_pdf, separated

LETTERS = "甄示范贾样本县局㛃𠮷䶮１２３０ⅫABCxyz019<>&\"'；，。（）·…—%@#/\\|,X"
TEXTS = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: f"丙{text}丁")
GRIDS = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=3, max_size=5)
)


def texts(contents: Contents) -> list[list[str]]:
    [table] = contents.tables
    return [[cell.text for cell in row] for row in table.rows]


def places(contents: Contents) -> dict[str, str]:
    return {each.place: each.text for each in contents.places}


@pytest.mark.parametrize("form", TABLES)
@settings(max_examples=15)
@given(rows=GRIDS)
def test_a_file_holds_exactly_the_cells_that_were_put_in(form: str, rows: list[list[str]]) -> None:
    name, make = TABLES[form]
    contents = read_contents(make(rows), name)
    assert texts(contents) == rows
    assert len(places(contents)) == len(list(contents.places))
    assert contents.is_scannable


@pytest.mark.parametrize("form", REWRITABLE)
@settings(max_examples=15)
@given(rows=GRIDS, new=TEXTS, data=st.data())
def test_a_changed_cell_says_the_new_text_and_the_others_what_they_said(
    form: str, rows: list[list[str]], new: str, data: st.DataObject
) -> None:
    name, make = TABLES[form]
    file = make(rows)
    before = read_contents(file, name)
    row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(rows[0]) - 1))
    changed = rewrite(file, name, {before.tables[0].rows[row][column].place: new})
    rows[row][column] = new
    after = read_contents(changed, copy_name(file, name))
    assert texts(after) == rows
    assert places(after).keys() == places(before).keys()


@settings(max_examples=15)
@given(rows=GRIDS, encoding=st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-8-sig", "utf-32"]))
def test_separated_values_keep_their_encoding(rows: list[list[str]], encoding: str) -> None:
    rows = [["姓名", "证件号码", *["备注"] * (len(rows[0]) - 2)], *rows]
    file = separated(rows, encoding)
    contents = read_contents(file, "a.csv")
    assert texts(contents) == rows
    place = contents.tables[0].rows[1][1].place
    assert rewrite(file, "a.csv", {place: rows[1][1]}).decode(encoding) == file.decode(encoding)
    rows[1][1] = "某某"
    assert texts(read_contents(rewrite(file, "a.csv", {place: "某某"}), "a.csv")) == rows


def test_prose_in_big5_reads_as_such() -> None:
    rows = [
        ["姓名", "電話", "地址"],
        ["甄示範", "13800000000", "示範縣公開路一號"],
        ["賈樣本", "1", "資訊公開辦公室"],
    ]
    assert texts(read_contents(separated(rows, "big5hkscs"), "a.csv")) == rows


def test_a_character_the_encoding_lacks_cannot_be_written() -> None:
    file = separated([["姓名", "電話"], ["資訊公開", "1"], ["行政", "2"]], "big5hkscs")
    with pytest.raises(Unwritable, match="UTF-8"):
        rewrite(file, "a.csv", {"第2行第1列": "䶮\U00020000"})


def test_a_ruled_table_of_a_pdf_reads_cell_by_cell() -> None:
    rows = [
        ["姓名", "身份证号", "电话"],
        ["甄示范", "00000019900101123X", "13800000000"],
        ["贾样本", "㛃", "１２"],
    ]
    contents = read_contents(ruled_pdf(rows), "a.pdf")
    assert texts(contents) == rows
    assert contents.tables[0].rows[1][1].place == "第1页表1第2行第2列"


def test_records_in_json_are_a_table_under_their_names() -> None:
    rows = [["姓名", "电话"], ["甄示范", "13800000000"], ["贾样本𠮷", "1"]]
    contents = read_contents(records(rows), "a.json")
    assert texts(contents) == rows
    assert contents.tables[0].rows[1][0].place == "第1项“姓名”"


def test_the_words_of_an_ofd_page_are_its_lines() -> None:
    contents = read_contents(paper(["第一行𠮷", "第二行"]), "a.ofd")
    assert [(each.place, each.text) for each in contents.passages] == [
        ("第1页第1行", "第一行𠮷"),
        ("第1页第2行", "第二行"),
    ]
