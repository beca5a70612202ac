"""Whole files: their names, what they hold, what hides in them, what cannot be read."""

import io

import openpyxl
import pytest
from PIL import Image

from gongkai.documents.contents import Unreadable
from gongkai.screening.rules import Rules, rules_from_json, rules_to_json
from gongkai.screening.screen import screen
from tests.screening.invented import MOBILE, id_number, kinds
from tests.screening.test_reversing import hide

from gongkai.screening.rules import MaskedPerson, PrivatePerson  # isort: skip


def test_the_name_of_a_file_is_screened():
    found = screen("通知".encode(), f"甄示范{id_number()}.txt")
    assert [(f.kind, f.where) for f in found.findings] == [("personal.id_number", "文件名")]


def test_a_hidden_sheet_is_told_and_what_stands_in_it():
    book = openpyxl.Workbook()
    book.active["A1"] = "公开内容"
    sheet = book.create_sheet("花名册")
    sheet["A1"], sheet.sheet_state = id_number(), "hidden"
    written = io.BytesIO()
    book.save(written)
    found = screen(written.getvalue(), "a.xlsx")
    assert {"personal.id_number", "hidden.sheet"} <= set(kinds(found))
    assert "在隐藏内容里" in next(f.message for f in found.findings if f.kind == "personal.id_number")


def test_a_number_kept_as_a_number_is_found():
    book = openpyxl.Workbook()
    book.active.append(["姓名", "身份证号", "手机"])
    book.active.append(["甄示范", 110101199003074514, int(MOBILE)])
    written = io.BytesIO()
    book.save(written)
    assert {"personal.id_number", "personal.mobile"} <= set(kinds(screen(written.getvalue(), "a.xlsx")))


def test_a_picture_is_not_scannable_and_says_so():
    written = io.BytesIO()
    Image.new("RGB", (20, 20)).save(written, "PNG")
    found = screen(written.getvalue(), "扫描件.png")
    assert not found.scannable and "unscannable.picture" in kinds(found)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"%PDF-1.7 broken"])
def test_what_is_no_document_is_one_sentence_or_nothing_found(data):
    try:
        found = screen(data, "a.bin")
    except Unreadable as error:
        assert str(error).endswith("。")
    else:
        assert all(finding.message for finding in found.findings)


def test_rules_travel_to_the_child_and_back():
    rules = Rules(
        phones=frozenset({"0901-6234567"}),
        domains=frozenset({"example.gov.cn"}),
        off=frozenset({"wording"}),
        private=(PrivatePerson(name="甄示范"),),
        published=(MaskedPerson("贾样本", hide(6, 14)),),
        extra=(("甲", "乙"),),
    )
    assert rules_from_json(rules_to_json(rules)) == rules
