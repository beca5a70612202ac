"""A masked copy screens clean of what masking can solve, in every format that can be written."""

import csv
import io
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.contents import read_contents
from gongkai.screening.masking import masked_copy, new_texts, propose_masks
from gongkai.screening.rules import PrivatePerson, Rules
from gongkai.screening.screen import screen, table_contents
from tests.screening.invented import CARD, MOBILE, NAMES, id_number, in_text, kinds, roster

ROSTER = [
    ["资助学生名单"],
    *roster(
        ["班级", "身份证号", "出生日期", "家庭住址", "电话", "银行卡号", "残疾类别"],
        ["三年级（2）班", id_number(), "1990-03-07", "示例市文化社区3栋2单元501室", MOBILE, CARD, "肢体"],
    ),
]
TEXT = f"经办人甄示范，身份证号{id_number()}，手机138 0013 8001，家庭住址：示例市文化路12号3栋501室。"


def as_xlsx(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book)


def as_docx(rows):
    document = docx.Document()
    document.add_paragraph(TEXT)
    table = document.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    return _saved(document)


def as_csv(rows):
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("gb18030")


def as_html(rows):
    lines = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return f"<html><body><p>{TEXT}</p><table>{lines}</table></body></html>".encode()


def as_zip(rows):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("名单.csv", as_csv(rows))
    return packed.getvalue()


def _saved(document):
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


FORMS = {"xlsx": as_xlsx, "docx": as_docx, "csv": as_csv, "html": as_html, "zip": as_zip}


def personal(data, name):
    return [kind for kind in kinds(screen(data, name)) if kind.startswith("personal.")]


@pytest.mark.parametrize("form", FORMS)
def test_everything_is_found_in_every_format(form):
    found = set(personal(FORMS[form](ROSTER), f"名单.{form}"))
    assert {f"personal.{kind}" for kind in ("id_number", "mobile", "bank_card", "address", "minor")} <= found
    assert "personal.health_or_hardship" in found and "personal.birth_date" in found


@pytest.mark.parametrize("form", FORMS)
def test_a_masked_copy_screens_clean(form):
    name = f"名单.{form}"
    copy = masked_copy(FORMS[form](ROSTER), name)
    assert personal(copy, name) == []
    assert "三年级（2）班" in read_contents(copy, name).text


def test_a_masked_copy_of_what_is_clean_is_the_file_itself():
    data = as_csv([["科目", "金额"], ["办公费", "100"]])
    assert masked_copy(data, "预算.csv") == data


def test_the_office_chooses_how_much_of_a_number_stays():
    contents = table_contents([["姓名", "身份证号"], ["甄示范", id_number()]])
    (mask,) = propose_masks(contents, Rules(keep_first=1, keep_last=1))
    assert mask.new == "1" + "*" * 16 + "4" and mask.place == "表格第2行第2列"
    mistyped = table_contents([["姓名", "身份证号"], ["甄示范", "000000199003074514"]])
    assert propose_masks(mistyped, Rules(keep_first=1, keep_last=1))[0].new == "0" + "*" * 16 + "4"
    with pytest.raises(ValueError, match="at most"):
        Rules(keep_first=10)


def test_masks_keep_what_stands_around_them():
    contents = table_contents([["说明"], [f"手机138-0013-8001，身份证{id_number()}。"]])
    texts = new_texts(contents, propose_masks(contents))
    assert texts == {"表格第2行第1列": "手机138-****-8001，身份证110*************14。"}


def test_names_of_children_become_somebody():
    contents = table_contents(roster(["班级"], ["一年级"]), title="学生名单")
    assert [mask.new for mask in propose_masks(contents)] == [f"{name[0]}某某" for name in NAMES]


def test_the_data_of_a_case_are_masked_too():
    rules = Rules(private=(PrivatePerson(name="甄示范", phone=MOBILE),))
    copy = masked_copy(f"甄示范申请公开，电话{MOBILE}。".encode(), "答复.txt", rules)
    assert copy.decode() == "甄某某申请公开，电话***********。"


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([id_number(), MOBILE, CARD, "甄示范", "，", " ", "100", "三年级"]), max_size=12)
)
def test_masked_text_always_screens_clean(pieces):
    data = ("-" + "".join(pieces)).encode()
    copy = masked_copy(data, "a.txt").decode()
    left = set(in_text(copy))
    assert not left & {"personal.id_number", "personal.mobile", "personal.bank_card"}
