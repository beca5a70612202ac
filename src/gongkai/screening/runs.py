"""Numbers in text: citizens' numbers, bank cards, phones, through blanks, hyphens and line ends.

A run is digits with little between them; it is cut into its groups, and only what begins and ends at
groups is looked at, so that two numbers side by side are not taken for a third.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from gongkai.screening import numbers

_UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_BETWEEN = "\\s\u2010-\u2015\u2212\uff0d\uff0e.·\\-"
_RUN = re.compile(rf"\d(?:[{_BETWEEN}{_UNSEEN}]{{0,3}}\d){{9,}}(?:[{_BETWEEN}{_UNSEEN}]{{0,2}}[XxＸｘ])?")
_GROUP = re.compile(rf"[\dXxＸｘ{_UNSEEN}]+")
_ID = re.compile(r"(?=([1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]))")
_LONGEST = 19
_SHORTEST = 10
_MOST_GROUPS = 5
_SPELLED = 11
"""From so many groups of one digit on, a number is written digit by digit."""
_MOBILE_SHAPES = {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (3, 5, 3), (5, 6), (6, 5)}
_SURE_SHAPES = {(11,), (3, 4, 4), (3, 8)}
_PREFIXES = ("0086", "86", "0")
_CROWD = 4
"""So many groups more in a run make it a line of figures, in which three groups may look like a phone."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number found: what it is, its digits, and where it stands in the text searched."""

    kind: str
    digits: str
    start: int
    end: int
    doubtful: bool = False
    """Right in form only: what stands around it must say what it is."""


@dataclass(frozen=True, slots=True)
class _Group:
    digits: str
    places: tuple[int, ...]


def find_numbers(text: str) -> Iterator[Number]:
    """Every number of a kind that screening knows, none overlapping another, in their order."""
    for run in _RUN.finditer(text):
        yield from _in_run(_groups(run))


def _groups(run: re.Match[str]) -> list[_Group]:
    groups = []
    base = run.start()
    for found in _GROUP.finditer(run.group()):
        piece = found.group()
        if piece.isascii() and piece.isdigit():
            places = tuple(range(base + found.start(), base + found.end()))
            groups.append(_Group(piece, places))
            continue
        kept = [(place, c) for place, c in enumerate(piece, base + found.start()) if c.isalnum()]
        digits = "".join(_plain(c) for _, c in kept)
        if digits:
            groups.append(_Group(digits, tuple(place for place, _ in kept)))
    return groups


def _plain(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else "X"


def _in_run(groups: list[_Group]) -> Iterator[Number]:
    """Citizens' numbers first, told by day and check character; then the rest of the run, left to right."""
    done = 0
    for first, last, number in _id_numbers(groups):
        yield from _others(groups[done:first])
        yield number
        done = last
    yield from _others(groups[done:])


def _id_numbers(groups: list[_Group]) -> Iterator[tuple[int, int, Number]]:
    """Each with the groups it begins at and ends before. It fills its groups."""
    digits = "".join(group.digits for group in groups)
    if len(digits) < 18:
        return
    places = [place for group in groups for place in group.places]
    borders = {at: number for number, at in enumerate(accumulate((len(g.digits) for g in groups), initial=0))}
    end = 0
    for found in _ID.finditer(digits):
        at, text = found.start(), found.group(1)
        if at < end or at not in borders or at + 18 not in borders or not numbers.looks_like_id_number(text):
            continue
        end = at + 18
        number = Number("id_number", text, places[at], places[end - 1] + 1, not numbers.is_id_number(text))
        yield borders[at], borders[end], number


def _others(groups: list[_Group]) -> Iterator[Number]:
    number = 0
    if len(groups) >= _SPELLED and all(len(group.digits) == 1 for group in groups):
        groups = [_Group("".join(g.digits for g in groups), tuple(g.places[0] for g in groups))]
    while number < len(groups):
        found, used = _at(groups, number)
        yield from found
        number += used


def _at(groups: list[_Group], first: int) -> tuple[list[Number], int]:
    """What begins at a group, and how many groups it takes: the fewest that make a number for certain. Of a
    card's number the most: sixteen digits of nineteen pass the check, too, once in ten times."""
    digits, places, shape = "", (), ()  # type: tuple[str, tuple[int, ...], tuple[int, ...]]
    found: list[tuple[int, Number]] = []
    for count, part in enumerate(groups[first : first + _MOST_GROUPS], 1):
        digits, places, shape = digits + part.digits, places + part.places, (*shape, len(part.digits))
        if len(digits) > _LONGEST:
            break
        is_alone = first == 0 and count == len(groups)
        kind = _kind(digits, shape, is_alone) if len(digits) >= _SHORTEST else None
        if kind is not None:
            name, doubtful = kind
            doubtful |= count > 1 and len(groups) - count >= _CROWD
            size = len(digits.rstrip("X"))
            found.append((count, Number(name, digits[:size], places[0], places[size - 1] + 1, doubtful)))
    if not found:
        return list(_inside(groups[first])), 1
    count, best = min(found, key=_preferred)
    return [best], count


def _preferred(pair: tuple[int, Number]) -> tuple[int, int]:
    count, number = pair
    return _ORDER[number.kind] + 10 * number.doubtful, -count if number.kind == "bank_card" else count


_ORDER = {"mobile": 1, "bank_card": 2, "id_number_15": 3, "landline": 4}


def _kind(digits: str, shape: tuple[int, ...], is_alone: bool = False) -> tuple[str, bool] | None:
    """What digits of these groups are, and whether that is in doubt; ``is_alone``: nothing else is near."""
    if digits[-1] == "X":
        return _kind(digits[:-1], (len(digits) - 1,)) if len(shape) == 1 else None
    mobile = _mobile_shape(digits, shape) or (shape if is_alone and numbers.is_mobile(digits) else ())
    is_even = is_alone or _even(shape)
    if mobile:
        return "mobile", mobile not in _SURE_SHAPES
    if len(digits) >= 13 and numbers.is_bank_card(digits):
        return "bank_card", not (is_even and numbers.is_domestic_card(digits))
    if len(digits) >= 13 and (len(shape) == 1 or (is_even and numbers.may_be_account(digits))):
        return ("id_number_15" if numbers.is_old_id_number(digits) else "bank_card"), True
    return ("landline", True) if _is_landline(digits, shape) else None


def _mobile_shape(digits: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The groups of a mobile number without what is dialed before it; empty if it is none."""
    for prefix in ("", *_PREFIXES):
        rest = digits.removeprefix(prefix)
        if len(rest) + len(prefix) == len(digits) and numbers.is_mobile(rest):
            skipped = len(prefix)
            own = shape[1:] if skipped and shape[0] == skipped else (shape[0] - skipped, *shape[1:])
            return own if own in _MOBILE_SHAPES else ()
    return ()


def _is_landline(digits: str, shape: tuple[int, ...]) -> bool:
    """Area code and number, apart or not: 0901-6234567, 010 66001234, 09016234567."""
    if digits[0] != "0" or digits[1] == "0" or not 10 <= len(digits) <= 12:
        return False
    return shape in {(3, 7), (3, 8), (4, 7), (4, 8), (3, 4, 4), (4, 3, 4), (4, 4, 4)} or len(shape) == 1


def _even(shape: tuple[int, ...]) -> bool:
    """Whether groups are cut as a person cuts a card's number: by four, after the first four or six."""
    if len(shape) <= 2:
        return len(shape) == 1 or shape[0] == 6
    return shape[0] in {4, 6} and set(shape[1:-1]) == {4} and shape[-1] <= 5


def _inside(group: _Group) -> Iterator[Number]:
    """Citizens' numbers inside longer rows of digits: they are told by day and check character."""
    end, digits = 0, group.digits
    if len(digits) < 18:
        return
    for found in _ID.finditer(digits):
        if found.start() < end or not numbers.is_id_number(found.group(1)):
            continue
        yield from _rest(group, end, found.start())
        end = found.start() + 18
        yield Number("id_number", found.group(1), group.places[found.start()], group.places[end - 1] + 1)
    if end:
        yield from _rest(group, end, len(digits))
    else:
        yield from _stuck(group)


def _stuck(group: _Group) -> Iterator[Number]:
    """A phone and a card written without anything between them."""
    for length in (19, 16, 17, 18):
        middle = len(group.digits) - length
        if middle >= numbers.MOBILE_DIGITS and numbers.is_bank_card(group.digits[middle:]):
            phones = list(_rest(group, middle - numbers.MOBILE_DIGITS, middle))
            if phones:
                yield from phones
                yield from _rest(group, middle, len(group.digits))
                return


def _rest(group: _Group, start: int, end: int) -> Iterator[Number]:
    digits = group.digits[start:end]
    if numbers.is_mobile(digits):
        yield Number("mobile", digits, group.places[start], group.places[end - 1] + 1)
    elif numbers.is_bank_card(digits):
        yield Number("bank_card", digits, group.places[start], group.places[end - 1] + 1)
    elif len(digits) > _LONGEST:
        yield from _stuck(_Group(digits, group.places[start:end]))


def mask_digits(raw: str, first: int, last: int, is_part: Callable[[str], bool] = str.isalnum) -> str:
    """``raw`` with every digit but the first and last ones hidden; what stands between them is kept."""
    places = [place for place, character in enumerate(raw) if is_part(character)]
    hidden = set(places[first : max(len(places) - last, first)])
    return "".join("*" if place in hidden else character for place, character in enumerate(raw))
