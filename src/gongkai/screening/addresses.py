"""Where a person lives, when it is told more finely than by village or neighborhood."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.screening.names import is_name
from gongkai.screening.sheet import Grid, Sheet
from gongkai.screening.stretch import CELL, Hit
from gongkai.screening.wordlists import words

_COUNT = r"[\d一二三四五六七八九十百零〇甲乙丙丁A-Za-z]"
_KINDS = "号楼|号院|号|室|单元|组|栋|幢|座|户|楼|小队|队|排|连"
_FINE = re.compile(
    rf"{_COUNT}{{1,6}}(?:[-－—之附]{_COUNT}{{1,5}}){{0,3}}\s?(?:{_KINDS})"
    r"|(?<![\d-])\d{1,3}(?:[-－—#]\d{1,3}){1,2}[-－—#]\d{3,4}(?![\d-])"
)
_SIGN = re.compile(rf"[号室单组栋幢座户楼小队排连](?<={_COUNT[:-1]}\s].)|[-－—#](?=\d{{3,4}})")
_REACH = 32
_DWELLING = re.compile(
    r"(?:号楼|栋|幢|座|单元|楼)[^，。；\n]{0,6}?(?:室|号|户)$|单元\s?\d+\s?室?$"
    r"|^\d+[-－—#]\d+[-－—#]\d+$|室$"
)
_VERB = re.compile(r"^(?:现|家|租|居)?住(?!房|宅|宿|建(?:局|委|部|厅|和|系|领)|院|户)(?:址|所地?|在|于)?")
_BREAK = re.compile(rf"[，。；：:、,;！？!?（）()“”\n\t{CELL}|]")
_END = re.compile(r"[。；！？!?]")
_PLACE = re.compile(r"地址|地点|位置|场所|坐落|住所")
_BACK, _GAP, _SHORTEST = 60, 12, 5
_NAME_BEFORE = re.compile(
    r"([\u3400-\u9fff·]{2,12})[（(，,:：\s]{0,2}(?:男|女)?[，,\s]{0,2}"
    r"(?:[\u4e00-\u9fff]{1,4}族)?[，,\s]{0,2}$"
)


@lru_cache
def _words(key: str, end: str = "") -> re.Pattern[str]:
    listed = sorted(words("addresses", key), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, listed))}){end}")


def _is_home_label(text: str) -> bool:
    return bool(_words("home").search(text))


def _is_office_label(text: str) -> bool:
    return bool(_words("office", r"[^，。；\n]{0,10}$").search(text))


def _names_street(text: str) -> bool:
    return bool(_words("street").search(text))


def is_fine(text: str) -> bool:
    """Whether an address names a house, a flat or a group of a village."""
    placed = _names_street(text) or _words("coarse").search(text) or _DWELLING.search(text)
    return bool(placed) and bool(_FINE.search(text))


def coarsened(text: str) -> str:
    """An address down to village, neighborhood or district, the rest hidden."""
    fine = _FINE.search(text)
    ends = [found.end() for found in _words("coarse").finditer(text, 0, fine.start() if fine else len(text))]
    kept = text[: ends[-1]] if ends and ends[-1] < len(text) else ""
    return f"{kept}***"


def shorten(text: str) -> str:
    """For an excerpt."""
    return f"{text.strip()[:6]}***"


def addresses_in(sheet: Sheet) -> Iterator[Hit]:
    """Addresses in running text, and in cells under no header that says address."""
    text, end = sheet.stretch.text, 0
    for begin, stop in _candidates(text):
        if begin < end or _is_under_header(sheet, begin) or not _is_home(sheet, begin, stop):
            continue
        end = stop
        start = begin + len(_verb(text[begin:stop]))
        value = text[start:stop]
        single = len(sheet.stretch.spans(start, stop)) == 1
        spans = sheet.stretch.spans(start, stop, coarsened(value) if single else None)
        yield Hit("personal.address", sheet.in_list(start), spans, shorten(value))


def _is_under_header(sheet: Sheet, at: int) -> bool:
    """Whether the column says address: such cells are judged whole."""
    if not isinstance(sheet, Grid):
        return False
    row, column = sheet.positions[sheet.stretch.index(at)]
    return row in sheet.people.body and column in sheet.people.columns.get("address", ())


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Each place told finely, from the break before it to the last number of a house or flat."""
    start = stop = -1
    for fine in _fine_parts(text):
        if stop >= 0 and fine.start() - stop <= 8 and not _BREAK.search(text, stop, fine.start()):
            stop = fine.end()
            continue
        if stop >= 0:
            yield start, stop
        start, stop = _beginning(text, fine.start()), fine.end()
    if stop >= 0:
        yield start, stop


def _fine_parts(text: str) -> Iterator[re.Match[str]]:
    """The numbers of houses and flats: looked for only around what can end one."""
    low = high = -1
    for sign in _SIGN.finditer(text):
        if sign.start() - _REACH > high:
            if high >= 0:
                yield from _FINE.finditer(text, low, high)
            low = max(sign.start() - _REACH, 0)
        high = sign.end() + _REACH
    if high >= 0:
        yield from _FINE.finditer(text, low, high)


def _beginning(text: str, at: int) -> int:
    low = max(at - _BACK, 0)
    last = low
    for found in _BREAK.finditer(text, low, at):
        last = found.end()
    return last


def _is_home(sheet: Sheet, start: int, stop: int) -> bool:
    value = sheet.stretch.text[start:stop]
    before = _END.split(sheet.stretch.before(start, 30))[-1]
    if _header_says_office(sheet, start) or _words("shops").search(value):
        return False
    if _is_home_label(before[-_GAP:]) or _verb(value) or _label_says_home(sheet, start):
        return not _is_office_label(before)
    if len(value) < _SHORTEST or not (_names_street(value) or _words("coarse").search(value)):
        return False
    if _is_office_label(before) or _is_office_label(_head(value)):
        return False
    if _DWELLING.search(value) and len(_FINE.findall(value)) >= 2:
        return True
    return _names_street(value) and _person_before(sheet, before, start)


def _header_says_office(sheet: Sheet, at: int) -> bool:
    """``机构地址``, ``办公地点``: the header over a cell."""
    if not isinstance(sheet, Grid):
        return False
    row, column = sheet.positions[sheet.stretch.index(at)]
    header = "".join(sheet.people.header_of(column).split())
    return row in sheet.people.body and bool(_words("office").search(header)) and bool(_PLACE.search(header))


def _verb(value: str) -> str:
    """What of a text before its first number says that someone lives at the rest of it."""
    found = _VERB.match(value)
    if found:
        return found.group()
    fine = _FINE.search(value)
    labels = list(_words("home", "[为是在系于]?").finditer(value, 0, fine.start() if fine else 0))
    return value[: labels[-1].end()] if labels else ""


def _head(value: str) -> str:
    """An address up to its street."""
    found = _words("street").search(value)
    return value[: found.start()] if found else value


def _label_says_home(sheet: Sheet, at: int) -> bool:
    """In a form: the label in the cell at the left."""
    if not isinstance(sheet, Grid):
        return False
    number = sheet.stretch.index(at)
    if not number or sheet.positions[number - 1][0] != sheet.positions[number][0]:
        return False
    left = "".join(sheet.stretch.units[number - 1].text.split())
    return len(left) <= _GAP and _is_home_label(left)


def _person_before(sheet: Sheet, before: str, at: int) -> bool:
    found = _NAME_BEFORE.search(before)
    if found and _words("office", "$").search(found[1]):
        return False
    if found and any(is_name(found[1][-length:]) for length in (2, 3, 4)):
        return True
    if not isinstance(sheet, Grid) or not sheet.in_list(at):
        return False
    row, _ = sheet.positions[sheet.stretch.index(at)]
    people = sheet.people
    return is_name(people.name_in(row)) and not people.has("organization") and not people.has("school")
