"""Invented people and numbers that pass every check digit, and what screening says of them."""

from gongkai.screening.numbers import check_character
from gongkai.screening.screen import screen_table, screen_text

NAMES = ("甄示范", "贾样本", "王示例", "李样例", "赵示意", "钱举例")
MOBILE = "13800138001"
CARD = "6222021234567890128"


def id_number(first_17="11010119900307451"):
    """A number whose people do not exist; its check character is right."""
    return first_17 + check_character(first_17)


def card(first):
    """The digits with their check digit."""
    for digit in "0123456789":
        total = 0
        for place, character in enumerate(reversed(first + digit)):
            value = int(character) * (2 if place % 2 else 1)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return first + digit
    raise AssertionError


def kinds(found):
    return [finding.kind for finding in found.findings]


def in_text(text, **rules):
    return kinds(screen_text(text, **rules))


def in_table(rows, title="", **rules):
    return kinds(screen_table(rows, title=title, **rules))


def roster(headers, values, names=NAMES):
    """A table with one row for each name; ``values`` are those of the other columns."""
    return [["序号", "姓名", *headers]] + [
        [str(number), name, *values] for number, name in enumerate(names, 1)
    ]
