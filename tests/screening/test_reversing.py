"""Masks that another column, another list or the check character undoes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening.reversing import masked_number, numbers_left, reconstructions
from gongkai.screening.rules import MaskedPerson, Rules
from gongkai.screening.screen import masked_people_of, screen_table
from tests.screening.invented import id_number, in_table, in_text

NUMBER = id_number()
REVERSIBLE, TWO_LISTS = "personal.reversible_mask", "personal.reconstruction"


def hide(start, stop, number=NUMBER):
    return number[:start] + "*" * (stop - start) + number[stop:]


@pytest.mark.parametrize(
    ("shown", "birth", "left"),
    [
        (NUMBER, "********", 1),
        (hide(6, 14), "19900307", 1),
        (hide(6, 14), "199003**", 2),
        (hide(14, 17), "********", 90),
        (hide(14, 18), "********", 1000),
        (hide(3, 16), "19900307", 9090),
        (hide(10, 14), "********", 33),
    ],
)
def test_how_many_numbers_a_mask_leaves(shown, birth, left):
    assert numbers_left(shown, birth) == left


@pytest.mark.parametrize(
    ("text", "is_id", "number"),
    [
        ("110101********4514", False, hide(6, 14)),
        ("110101＊＊＊＊＊＊＊＊4514", False, hide(6, 14)),
        ("110101xxxxxxxx4514", False, hide(6, 14)),
        ("110101****4514", True, hide(6, 14)),
        ("110101****4514", False, ""),
        ("******19900307****", False, "******19900307****"),
        ("138****8001", True, ""),
        ("甄**", True, ""),
        ("110101199003074514", True, ""),
        ("110***14", True, ""),
    ],
)
def test_a_masked_number_is_read_in_every_writing(text, is_id, number):
    assert masked_number(text, is_id=is_id) == number


def test_a_day_of_birth_in_the_same_row_undoes_a_mask():
    rows = [["姓名", "身份证号", "出生日期"], ["甄示范", hide(6, 14), "1990-03-07"]]
    found = [f for f in screen_table(rows).findings if f.kind == REVERSIBLE]
    assert found[0].severity.value == "block" and "只剩一个号码符合" in found[0].message
    assert REVERSIBLE not in in_table([["姓名", "身份证号"], ["甄示范", hide(6, 14)]])
    assert REVERSIBLE not in in_table(
        [["姓名", "身份证号", "出生日期"], ["甄示范", hide(3, 16), "1990-03-07"]]
    )


@pytest.mark.parametrize("name", ["甄*范", "甄**", "甄某某", "*示范"])
def test_a_masked_name_leaves_an_undone_number_undone(name):
    assert REVERSIBLE in in_table([["姓名", "身份证号", "出生日期"], [name, hide(6, 14), "1990-03-07"]])


def test_masked_names_alike_are_not_one_person():
    people = (MaskedPerson("甄**", hide(6, 14), "********", "第一批名单"),)
    second = [["姓名", "身份证号"], ["甄**", "******19900307****"]]
    assert TWO_LISTS not in in_table(second, rules=Rules(published=people))
    assert not reconstructions([people, (MaskedPerson("甄**", "******19900307****", "********", "第二批"),)])


def test_a_mask_of_four_digits_is_to_be_looked_at():
    found = screen_table([["姓名", "身份证号"], ["甄示范", hide(10, 14)]]).findings
    assert [(f.kind, f.severity.value) for f in found] == [(REVERSIBLE, "warn")]


def test_a_day_of_birth_beside_a_mask_in_running_text_undoes_it():
    assert in_text(f"甄示范，1990年3月7日出生，身份证号{hide(6, 14)}") == [REVERSIBLE]
    assert in_text(f"甄示范，身份证号{hide(6, 14)}，2024年3月起任职") == []


def test_two_tables_of_one_file_undo_each_others_masks():
    first = "姓名,身份证号\n甄示范," + hide(6, 14) + "\n贾样本," + hide(6, 14, id_number("11010119910308123"))
    people = masked_people_of(first.encode(), "名单.csv", "第一批名单")
    assert [person.name for person in people] == ["甄示范", "贾样本"]
    second = [["姓名", "身份证号"], ["甄示范", "******19900307****"]]
    assert TWO_LISTS in in_table(second, rules=Rules(published=people))
    assert TWO_LISTS not in in_table(second)
    assert TWO_LISTS not in in_table(
        [["姓名", "身份证号"], ["甄示范", "******19910307****"]], rules=Rules(published=people)
    )


@given(st.integers(0, 999), st.integers(1, 28))
def test_every_pair_that_together_shows_a_number_is_found(order, day):
    number = id_number(f"110101199003{day:02}{order:03}")
    lists = [
        [
            MaskedPerson("甄示范", hide(6, 14, number), source="甲"),
            MaskedPerson("贾样本", hide(6, 14), source="甲"),
        ],
        [MaskedPerson("甄示范", "*" * 6 + number[6:14] + "****", source="乙")],
    ]
    (found,) = reconstructions(lists)
    assert (found.name, found.first, found.second, found.left) == ("甄示范", "甲", "乙", 1)


def test_two_people_of_one_name_are_not_put_together():
    other = id_number("65010219850101001")
    assert (
        reconstructions(
            [[MaskedPerson("甄示范", hide(6, 14))], [MaskedPerson("甄示范", "*" * 6 + other[6:14] + "****")]]
        )
        == ()
    )
    same_mask = [[MaskedPerson("甄示范", hide(6, 14))], [MaskedPerson("甄示范", hide(6, 14))]]
    assert reconstructions(same_mask) == ()
