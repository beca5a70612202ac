"""No text of 100 KB holds any check up: every pattern is linear."""

import time

import pytest

from gongkai.documents.contents import Contents, Passage
from gongkai.screening.rules import PrivatePerson, Rules
from gongkai.screening.screen import screen_contents, screen_table
from tests.screening.invented import id_number

SIZE = 100_000
RULES = Rules(private=(PrivatePerson("甄示范", id_number(), "13800138001", "示例市文化路12号"),))
HOSTILE = [
    "1", "1 ", "12 ", "1-", "1\u200b", "110101199003074514", "110101 19900307 ", "*", "1*",
    "110101****", "x", "12x", " ", "\n", "\u3000", "甄", "甄示范、", "甄 ", "甄示", "王 ",
    "号", "1号", "路1号", "住", "市", "1栋", "1-1-1-", "1.", "10.", "http://", "http://a",
    "公示", "公示2024年1月1日", "公示时间至", "机密", "密〔2024〕", "（", "内部资料", "甄密",
    "国土资源部", "原", "2024", "残疾", "甄示范系残疾", "学号", "学号1", "°", "82.1234",
    "82.12345 ", "E+17", "1.10101E+17", "A", "·", "甄·", "，", "、", "1年级", "三（1）班",
    "\u3000\u7504", "\\\\a", "\\\\a\\b", "①", "\x01",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_repeated_piece_is_searched_in_linear_time(piece):
    text = piece * (SIZE // len(piece))
    began = time.process_time()
    screen_contents(Contents("text", (Passage(text, "正文"),)), "", RULES)
    assert time.process_time() - began < 1.5


def test_a_large_table_is_searched_in_linear_time():
    rows = [["姓名", "身份证号", "备注"]] + [["甄示范", str(number), "1" * 17] for number in range(20_000)]
    began = time.process_time()
    screen_table(rows)
    assert time.process_time() - began < 6
