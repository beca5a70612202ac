"""Whether a row of digits can be a citizen's number, a bank card or a phone: arithmetic only."""

from calendar import monthrange
from functools import lru_cache

from gongkai.screening.wordlists import read_table

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_YEAR, _LAST_YEAR = 1890, 2099
MOBILE_DIGITS = 11


def check_character(first_17: str) -> str:
    """The last character of a citizen's number after ISO 7064 MOD 11-2."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]


def is_id_number(text: str) -> bool:
    """18 characters with a province, a day that exists and the right check character (``X`` a capital)."""
    return (
        len(text) == 18
        and text[:17].isdecimal()
        and looks_like_id_number(text)
        and check_character(text[:17]) == text[17]
    )


def looks_like_id_number(text: str) -> bool:
    """As :func:`is_id_number` whatever the check character: a number mistyped is a leak all the same."""
    return len(text) == 18 and text[:2] in _provinces() and is_day(text[6:14])


def is_old_id_number(text: str) -> bool:
    """The form of 15 digits, before 1999: two digits for the year and no check character."""
    return len(text) == 15 and text.isdecimal() and text[:2] in _provinces() and is_day("19" + text[6:12])


def is_rounded_id_number(text: str) -> bool:
    """What a spreadsheet leaves of a citizen's number kept as a number: its last digits are lost."""
    return len(text) == 18 and text.isdecimal() and text[15:] == "000" and looks_like_id_number(text)


def is_day(text: str) -> bool:
    """Whether ``YYYYMMDD`` is a day on which someone now alive, or lately dead, can be born."""
    if len(text) != 8 or not text.isdecimal():
        return False
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    return _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def passes_luhn(text: str) -> bool:
    """The check digit of bank cards."""
    total = 0
    for place, digit in enumerate(reversed(text)):
        value = int(digit)
        if place % 2:
            value = value * 2 - 9 * (value > 4)
        total += value
    return total % 10 == 0


def is_bank_card(text: str) -> bool:
    """By issuer, length and check digit."""
    return _has_issuer(text) and passes_luhn(text) and len(set(text)) > 2


def is_domestic_card(text: str) -> bool:
    """Whether a card begins as those given out in China do. Others are rare, and begin as numbers of many
    kinds do: what stands around them must say what they are."""
    return _has_issuer(text, domestic=True)


def may_be_account(text: str) -> bool:
    """Where a word says that it is a card or an account: the check digit is enough."""
    return 13 <= len(text) <= 19 and passes_luhn(text) and len(set(text)) > 2


def is_mobile(text: str) -> bool:
    return len(text) == MOBILE_DIGITS and text[0] == "1" and text[1] in "3456789" and len(set(text[1:])) > 1


def _has_issuer(text: str, *, domestic: bool = False) -> bool:
    return any(
        (issuer["domestic"] or not domestic)
        and len(text) in issuer["lengths"]
        and text.startswith(tuple(issuer["prefixes"]))
        for issuer in read_table("cards")["issuers"]
    )


@lru_cache
def _provinces() -> frozenset[str]:
    return frozenset(read_table("regions")["provinces"])
