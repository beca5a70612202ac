"""Numbers that name a person, as hits: which are in a text, what they are by what stands around them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from gongkai.screening import labels, numbers
from gongkai.screening.names import is_name
from gongkai.screening.rules import Rules
from gongkai.screening.runs import Number, find_numbers, mask_digits
from gongkai.screening.sheet import Grid, Sheet
from gongkai.screening.stretch import Hit

ROUNDED = "表格把号码存成了数值，看上去不完整，原值仍可能被读出"
OLD = "十五位旧号码"
MISTYPED = "校验位不符，可能有一位写错"
_FLOAT = re.compile(r"(?<![\d.])([1-9]\.\d{4,17})[Ee]\+?(1[4-8])(?!\d)")
_BEFORE_NAME = re.compile(r"([\u3400-\u9fff·]{2,12})[（(，,:：\s]{0,3}$")
_URL = re.compile(r"(?:https?://|www\.)\S*$", re.I)
_CENTS = re.compile(r"[.．]\d{2}(?!\d)(?![.．]\d)")
_DECIMAL = re.compile(r"\d+[.．]\d+")
_FAR = 48
_SAMPLE = 200


def numbers_in(sheet: Sheet, rules: Rules) -> Iterator[Hit]:
    """Citizens' numbers, cards and phones of one part of a file."""
    text = sheet.stretch.text
    floats = list(_FLOAT.finditer(text)) if "E+" in text or "e+" in text else []
    for found in floats:
        yield from _rounded(sheet, found)
    starts = [found.start() for found in floats]
    for number in find_numbers(text):
        at = bisect_right(starts, number.start) - 1
        is_of_float = at >= 0 and number.start < floats[at].end()
        hit = None if is_of_float else _judge(sheet, number, rules)
        if hit:
            yield hit


def _judge(sheet: Sheet, number: Number, rules: Rules) -> Hit | None:
    if number.kind == "id_number":
        return _id_number(sheet, number, rules)
    label = sheet.label(number.start)
    if number.kind == "id_number_15":
        if label == "id_number" or (label != "other" and _stands_by_name(sheet, number)):
            return replace(number_hit(sheet, number, rules, "personal.id_number"), note=OLD)
        return _card(sheet, number, label, rules)
    if number.kind == "mobile":
        return _mobile(sheet, number, label, rules)
    if number.kind == "landline":
        return _landline(sheet, number, label, rules)
    return _card(sheet, number, label, rules)


def _id_number(sheet: Sheet, number: Number, rules: Rules) -> Hit | None:
    note = ""
    if number.doubtful:
        label = sheet.label(number.start)
        rounded = numbers.is_rounded_id_number(number.digits) and label in {"", "id_number"}
        if label != "id_number" and not rounded:
            return _card(sheet, number, label, rules) if "X" not in number.digits else None
        note = ROUNDED if rounded else MISTYPED
    return replace(number_hit(sheet, number, rules, "personal.id_number"), note=note)


def _mobile(sheet: Sheet, number: Number, label: str, rules: Rules) -> Hit | None:
    if label == "other" or (number.doubtful and label != "phone"):
        return None
    if rules.allows(number.digits) or rules.allows(number.digits[-numbers.MOBILE_DIGITS :]):
        return None
    before = sheet.stretch.text[max(number.start - _FAR, 0) : number.start]
    if not label and _is_amount(sheet, number.start):
        return None
    if label != "phone" and _CENTS.match(sheet.stretch.text, number.end):
        return None
    if label != "phone" and (labels.is_measured(sheet.stretch.after(number.end)) or _URL.search(before)):
        return None
    return number_hit(sheet, number, rules, "personal.mobile", blocks=sheet.in_list(number.start))


def _is_amount(sheet: Sheet, at: int) -> bool:
    """Whether a column is one of figures: most of its numbers have fewer or more digits than a phone."""
    if not isinstance(sheet, Grid):
        return False
    _, column = sheet.positions[sheet.stretch.index(at)]
    rows = sheet.people.table.rows
    texts = [row[column].text.strip() for row in rows[:_SAMPLE] if column < len(row)]
    figures = [text for text in texts if text.replace(",", "").replace(".", "").isdecimal()]
    phones = sum(len(text) == numbers.MOBILE_DIGITS for text in figures)
    return len(figures) > 2 and phones * 2 < len(figures)


def _is_of_longer(text: str, number: Number) -> bool:
    """Whether digits stand behind letters, as a serial number's do, or behind a decimal point. An item's
    number before a card looks like the latter, but cards given out today begin with 62."""
    if _DECIMAL.fullmatch(text, number.start, number.end):
        return True
    before = text[max(number.start - 2, 0) : number.start]
    if before[-1:].isascii() and before[-1:].isalpha():
        return True
    behind_point = len(before) == 2 and before[1] in ".．" and before[0].isdecimal()
    return behind_point and not number.digits.startswith("62")


def _landline(sheet: Sheet, number: Number, label: str, rules: Rules) -> Hit | None:
    """An office may be rung up; a person at home may not."""
    before = sheet.stretch.before(number.start)
    if rules.allows(number.digits) or labels.is_of_office(before):
        return None
    of_home = labels.is_of_home(before)
    in_people = label == "phone" and sheet.in_list(number.start) and _is_private_list(sheet)
    if not (of_home or in_people):
        return None
    return number_hit(sheet, number, rules, "personal.landline", blocks=False)


def _is_private_list(sheet: Sheet) -> bool:
    """A list of people that is no list of offices with whom to ring up."""
    return isinstance(sheet, Grid) and not (sheet.people.has("organization") or sheet.people.has("staff"))


def _card(sheet: Sheet, number: Number, label: str, rules: Rules) -> Hit | None:
    if label == "id_number" and len(number.digits) in {15, 17, 18}:
        return replace(number_hit(sheet, number, rules, "personal.id_number"), note=MISTYPED)
    if not 13 <= len(number.digits) <= 19 or label == "other":
        return None
    if label != "bank_card" and _is_of_longer(sheet.stretch.text, number):
        return None
    if number.doubtful or number.kind != "bank_card":
        plausible = numbers.may_be_account(number.digits) or sheet.in_list(number.start)
        before = sheet.stretch.before(number.start, _FAR)
        if label != "bank_card" or not plausible or labels.names_organization(before):
            return None
    elif label != "bank_card" and labels.is_measured(sheet.stretch.after(number.end)):
        return None
    return number_hit(sheet, number, rules, "personal.bank_card")


def number_hit(sheet: Sheet, number: Number, rules: Rules, kind: str, *, blocks: bool = True) -> Hit:
    """A hit whose spans say how the number is masked."""
    raw = sheet.stretch.text[number.start : number.end]
    masked = mask_for(kind, raw, rules)
    spans = sheet.stretch.spans(number.start, number.end, masked)
    return Hit(kind, blocks, spans, mask_for(kind, number.digits, rules))


def mask_for(kind: str, raw: str, rules: Rules) -> str:
    """A citizen's number keeps the digits at its ends that the office wants, a phone three and four, a card
    the last four."""
    count = sum(character.isalnum() for character in raw)
    if kind == "personal.id_number":
        return mask_digits(raw, rules.keep_first, rules.keep_last)
    if kind in {"personal.mobile", "personal.landline"}:
        return mask_digits(raw, max(count - 8, 0), 4)
    return mask_digits(raw, 0, 4)


def _rounded(sheet: Sheet, found: re.Match[str]) -> Iterator[Hit]:
    """A number as a spreadsheet shows it: ``1.10101E+17`` was a citizen's number, or a card's."""
    mantissa, power = found[1].replace(".", ""), int(found[2])
    label = sheet.label(found.start())
    spans = sheet.stretch.spans(found.start(), found.end(), "*" * len(found[0]))
    if power == 17 and label in {"", "id_number"} and _may_be_id(mantissa, label):
        yield Hit("personal.id_number", True, spans, f"{mantissa[:3]}***", ROUNDED)
    elif label == "bank_card":
        yield Hit("personal.bank_card", True, spans, "***", ROUNDED)


def _may_be_id(mantissa: str, label: str) -> bool:
    whole = mantissa.ljust(18, "0")
    if len(mantissa) >= 14:
        return numbers.looks_like_id_number(whole)
    return label == "id_number" or numbers.looks_like_id_number(mantissa[:2] + "010119900101" + "0000")


def _stands_by_name(sheet: Sheet, number: Number) -> bool:
    before = sheet.stretch.before(number.start, 16)
    found = _BEFORE_NAME.search(before)
    if found and any(is_name(found[1][-length:]) for length in (2, 3, 4)):
        return True
    if not isinstance(sheet, Grid) or not sheet.in_list(number.start):
        return False
    row, _ = sheet.positions[sheet.stretch.index(number.start)]
    return is_name(sheet.people.name_in(row))
