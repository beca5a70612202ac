"""Rows written as lines of text are rows all the same; a table over several pages is one."""

import pytest

from gongkai.documents.contents import Cell, Contents, Passage, Table
from gongkai.screening.masking import new_texts, propose_masks
from gongkai.screening.screen import screen_contents, screen_text
from tests.screening.invented import MOBILE, NAMES, id_number, in_text, kinds


def lines(gap, names=NAMES):
    rows = [["序号", "姓名", "班级", "家长电话"]]
    rows += [[str(number), name, "三（2）班", MOBILE] for number, name in enumerate(names, 1)]
    return ["学生名册", *[gap.join(row) for row in rows], "特此公示。"]


@pytest.mark.parametrize("gap", ["\t", "  ", " ", "\u3000", " | "])
def test_rows_in_lines_are_read_as_a_list(gap):
    found = screen_text("\n".join(lines(gap)))
    assert kinds(found).count("personal.mobile") == 6 and kinds(found).count("personal.minor") == 1
    assert all(f.severity.value == "block" for f in found.findings)


def test_masks_of_rows_in_lines_leave_the_rest_of_the_line():
    contents = Contents("text", tuple(Passage(text, f"第{n}行") for n, text in enumerate(lines("  "), 1)))
    texts = new_texts(contents, propose_masks(contents))
    assert texts["第3行"] == "1  甄某某  三（2）班  138****8001"
    assert texts.keys() == {f"第{n}行" for n in range(3, 9)}


def test_a_sentence_with_such_words_is_no_header():
    assert in_text("姓名 电话\n请填写 清楚 完整\n不得 遗漏 涂改") == []
    assert in_text("填报姓名、电话和住址，并核对。") == []


def page(number, names, header=True):
    rows = [["姓名", "班级"]] if header else []
    rows += [[name, "一年级"] for name in names]
    place = f"第{number}页表1"
    return Table(
        place,
        tuple(
            tuple(Cell(t, f"{place}第{r}行第{c}列") for c, t in enumerate(row)) for r, row in enumerate(rows)
        ),
    )


@pytest.mark.parametrize("header", [True, False])
def test_a_list_that_goes_on_over_a_page_is_one_list(header):
    tables = (page(1, NAMES[:3]), page(2, NAMES[3:], header=header))
    found = screen_contents(Contents("pdf", (), tables, before=(0, 0)))
    assert kinds(found) == ["personal.minor"] and "共 6 人" in found.findings[0].message
    wider = (tables[0], Table("表2", tuple((*row, Cell("无", "别处")) for row in tables[1].rows)))
    assert kinds(screen_contents(Contents("pdf", (), wider, before=(0, 0)))) == []
    between = (Passage("另一份", "第1段"),)
    assert kinds(screen_contents(Contents("docx", between, tables, before=(0, 1)))) == []
    assert kinds(screen_contents(Contents("docx", between, tables, before=(0, 0)))) == ["personal.minor"]
    assert kinds(screen_contents(Contents("xlsx", (), tables, before=(0, 0)))) == []


def test_numbers_without_anything_between_them_are_told_apart():
    card = "6222021234567890128"
    three = ["personal.id_number", "personal.mobile", "personal.bank_card"]
    assert in_text(f"{id_number()}{MOBILE}{card}") == three
    assert in_text(f"{MOBILE}{card}") == ["personal.mobile", "personal.bank_card"]
