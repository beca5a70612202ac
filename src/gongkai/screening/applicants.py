"""Whether a file repeats what a case keeps private: the applicant's name, number, phone, address."""

import re
from collections.abc import Iterator

from gongkai.screening.names import shorten_name
from gongkai.screening.rules import PrivatePerson, Rules
from gongkai.screening.sheet import Sheet
from gongkai.screening.stretch import Hit

_HIDDEN = r"[*＊×xX●○□#]{2,12}"
_TAIL = r"(?:尾号|后四位|末四位|尾数)[^\d\n]{0,6}"
_BETWEEN = r"[\s\u200b-\u200f\ufeff\-]{0,3}"
_FINE_PART = re.compile(r".*(?:省|市|县|区|旗|镇|乡|街道)(.+)", re.S)
_SHORTEST = 5
NAME = "姓名"


def private_in(sheet: Sheet, rules: Rules) -> Iterator[Hit]:
    """``personal.applicant``: whole fields block, parts of them are to be looked at."""
    for person in rules.private:
        for pattern, blocks, what in _patterns(person):
            for found in pattern.finditer(sheet.stretch.text):
                yield _hit(sheet, found, what, blocks)


def _hit(sheet: Sheet, found: re.Match[str], what: str, blocks: bool) -> Hit:
    raw = found.group()
    masked: str | None = "*" * len(raw)
    excerpt = f"{raw[:2]}***"
    if what == NAME:
        masked = raw[:1] + "某" * (len(raw) - 1) if blocks else None
        excerpt = shorten_name(raw)
    same = "相同" if blocks else "部分相同"
    spans = sheet.stretch.spans(*found.span(), masked)
    return Hit("personal.applicant", blocks, spans, excerpt, f"与案件里的{what}{same}")


def _patterns(person: PrivatePerson) -> Iterator[tuple[re.Pattern[str], bool, str]]:
    name = "".join(person.name.split())
    if len(name) >= 2:
        yield _spaced(name), True, NAME
        if len(name) <= 4:
            yield (
                re.compile(
                    rf"(?<![\u4e00-\u9fff]){re.escape(name[0])}(?:某某?|先生|女士|同志|[*＊×]{{1,3}})"
                ),
                False,
                NAME,
            )
    number = _plain(person.id_number)
    if len(number) >= 15:
        yield _spaced(number, re.I), True, "证件号码"
        yield _tail(number, number[:1]), False, "证件号码"
    phone = _plain(person.phone)
    if len(phone) >= 7:
        yield _spaced(phone), True, "电话"
        yield _tail(phone, phone[:1]), False, "电话"
    if person.email:
        yield re.compile(re.escape(person.email.strip()), re.I), True, "电子邮箱"
    yield from _address_patterns("".join(person.address.split()))


def _address_patterns(address: str) -> Iterator[tuple[re.Pattern[str], bool, str]]:
    if len(address) < _SHORTEST:
        return
    fine = _FINE_PART.match(address)
    part = fine[1] if fine and len(fine[1]) >= _SHORTEST else address
    yield _spaced(part), True, "地址"


def _tail(number: str, first: str) -> re.Pattern[str]:
    """``尾号1234``, ``138****1234``."""
    tail = re.escape(number[-4:])
    return re.compile(rf"{_TAIL}{tail}(?!\d)|{re.escape(first)}\d{{0,6}}{_HIDDEN}{tail}(?!\d)", re.I)


def _spaced(text: str, flags: int = 0) -> re.Pattern[str]:
    """A text through blanks and characters that are not seen, and in full-width digits."""
    return re.compile(_BETWEEN.join(_either(character) for character in text), flags)


def _either(character: str) -> str:
    if character.isascii() and character.isalnum():
        return f"[{character}{chr(ord(character) + 0xFEE0)}]"
    return re.escape(character)


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
