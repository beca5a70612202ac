"""A cell's figure, as real cells have it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.reading.decoding.figures import Figure, in_ten_thousand_yuan, read_figure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("１２", 12),
        (" 12 \n", 12),
        ("+10", 10),
        ("[bookmark: _GoBack]+10", 10),
        ("-18", -18),
        ("增10", 10),
        ("减少3", -3),
        ("+(0) -(0)", 0),
        ("+(10) -(0)", 10),
        ("1,234", 1234),
        ("1，234，567", 1234567),
        ("5件", 5),
        ("24252.311082", Decimal("24252.311082")),
        ("零", 0),
        ("〇", 0),
        ("12①", 12),
        ("12[1]", 12),
        ("12*", 12),
        ("⼀", None),
    ],
)
def test_a_figure_is_read_as_it_stands(text: str, value: object) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert figure.value == value


@pytest.mark.parametrize("text", ["", " ", "\xa0", "/", "-", "—", "无", "　"])
def test_a_blank_is_not_zero(text: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert figure.blank


@pytest.mark.parametrize("text", ["予以公开", "12年", "1,23", "（一）", "见附件", "3.1.2"])
def test_words_are_no_figure(text: str) -> None:
    assert read_figure(text) is None


def test_words_beside_a_figure_are_its_note() -> None:
    assert read_figure("22（其中修订16件）") == Figure(22, "其中修订16件")


def test_a_number_with_a_space_inside_is_not_sure() -> None:
    figure = read_figure("1 2")
    assert figure is not None
    assert (figure.value, figure.sure) == (12, False)


def test_letters_that_look_like_digits_are_not_sure() -> None:
    figure = read_figure("1O")
    assert figure is not None
    assert (figure.value, figure.sure) == (10, False)


def test_an_increase_and_a_decrease_in_one_cell_are_not_sure() -> None:
    figure = read_figure("+(5) -(3)")
    assert figure is not None
    assert (figure.value, figure.sure) == (2, False)


@pytest.mark.parametrize(
    ("text", "header", "amounts"),
    [
        ("1082.36万元", "", ["1082.36"]),
        ("251000元", "", ["25.1"]),
        ("1276.5534", "", ["1276.5534"]),
        ("73802895.90", "元", ["7380.28959"]),
        ("0", "", ["0"]),
        ("500", "", ["500", "0.05"]),
        ("1亿元", "", ["10000"]),
        ("", "", []),
    ],
)
def test_amounts_are_in_ten_thousand_yuan(text: str, header: str, amounts: list[str]) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert [str(amount) for amount in in_ten_thousand_yuan(figure, header)] == amounts


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_any_integer_reads_back(value: int) -> None:
    assert read_figure(str(value)) == Figure(value)


@given(st.text())
def test_no_text_breaks_the_reading_of_a_cell(text: str) -> None:
    read_figure(text)


def test_a_figure_longer_than_any_true_one_is_left_open() -> None:
    figure = read_figure("1" * 30)
    assert figure is not None
    assert (figure.value, figure.blank) == (None, False)
