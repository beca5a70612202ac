"""Whom a list is about: pupils or grown-ups, under 14 or older; whether their health is told."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from gongkai.screening.numbers import is_day
from gongkai.screening.people import PeopleList, role_of
from gongkai.screening.wordlists import words

_CLASS = re.compile(
    r"(?<![\d.\-])[一二三四五六七八1-8]\s*(?:年级)?\s*(?:[（(]\s*\d{1,2}\s*[)）]\s*班?|[.·\-]\s*\d{1,2}\s*班)"
    r"|(?:^|[^\d])[1-8]\d{2}班"
)
_BIRTH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[年./\-—]?\s*(1[0-2]|0?[1-9])\s*[月./\-—]?\s*([12]\d|3[01]|0?[1-9])?(?!\d)"
)
_AGE = re.compile(r"\s*(\d{1,3})\s*(?:周?岁)?\s*")
_GRADE = re.compile(r"[一二三四五六七八1-8]年级|初[一二]|[小中大托]班")
_TEACHER_OF = re.compile(r"班主任|指导(?:教师|老师)|辅导(?:教师|老师)")
_TEACHING = re.compile(r"任教|任课|执教|所教")
_ANY_SCHOOL = frozenset(f"{number}年级" for number in "一二三四1234")
_CHILD = 14
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|-|/|\.|学年|届|级)")


@lru_cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """One alternation of a list of words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words(name, key), key=len, reverse=True))))


def is_of_pupils(title: str, headers: Iterable[str]) -> bool:
    """Whether a list is one of pupils: its columns or its title say so, and do not say staff."""
    heads = list(headers)
    named = " ".join(heads)
    if pattern("people", "pupils").search(named):
        return True
    if names_staff(heads):
        return False
    return says_pupils(title)


def names_staff(heads: Iterable[str]) -> bool:
    """Whether headers or a title are those of a list of staff; a pupil's teacher may stand beside them."""
    texts = [_TEACHER_OF.sub("", head) for head in heads]
    return any(role_of(text) == "staff" or _TEACHING.search(text) or says_staff(text) for text in texts)


def says_pupils(title: str) -> bool:
    """Whether words say pupils; of pupils and staff the last named counts."""
    return _last(pattern("people", "pupils"), title) > _last(pattern("people", "staff"), title)


def is_young(text: str) -> bool:
    """Whether words place people in classes of children under 14; a high school has a first year, too."""
    plain = pattern("people", "older").sub(" ", text)
    young = pattern("people", "young").findall(plain)
    if plain != text:
        return any(word not in _ANY_SCHOOL for word in young)
    return bool(young or _CLASS.search(plain))


def names_class(text: str) -> bool:
    """Whether a class of children is named, not only a school: those on its list are pupils."""
    text = pattern("people", "older").sub(" ", text)
    return bool(_GRADE.search(text) or _CLASS.search(text)) and not says_staff(text)


def is_older(text: str) -> bool:
    return bool(pattern("people", "older").search(text))


def tells_health(text: str) -> bool:
    """Whether words tell health, disability or hardship, and not an office of that name."""
    for found in pattern("people", "health").finditer(pattern("people", "not_health").sub("□", text)):
        if found:
            return True
    return False


def children(people: PeopleList, on: date | None, about: str) -> int:
    """How many rows show by number, day of birth or age a child under 14."""
    today = on or _latest(about)
    count = 0
    for row in people.body:
        cells = people.table.rows[row]
        count += any(
            _is_child(role, cells[column].text, today)
            for role in ("id_number", "birth", "age")
            for column in people.columns.get(role, ())
            if column < len(cells)
        )
    return count


def birth_of(text: str) -> str:
    """``YYYYMMDD`` with ``*`` for what is not said; empty where no day of birth stands."""
    found = _BIRTH.search(text)
    if not found:
        return ""
    year, month, day = found[1], found[2].zfill(2), (found[3] or "**").zfill(2)
    return f"{year}{month}{day}" if day == "**" or is_day(f"{year}{month}{day}") else ""


def _is_child(role: str, text: str, today: date) -> bool:
    if role == "age":
        found = _AGE.fullmatch(text)
        return bool(found) and 0 < int(found[1]) < _CHILD if found else False
    if role == "id_number":
        digits = "".join(c for c in text if c.isalnum() or c in "*＊")
        year, month, day = digits[6:10], digits[10:12], digits[12:14]
        if not is_day(f"{year}{month}{day}"):
            return False
        birth = f"{year}{month}{day}"
    else:
        birth = birth_of(text)
        if not birth:
            return False
    born = int(birth[:4]) * 10_000 + int(birth[4:].replace("**", "01"))
    return today.year * 10_000 + today.month * 100 + today.day - born < _CHILD * 10_000


def _latest(about: str) -> date:
    """The end of the latest year a text names; where it names none, of 2024."""
    years = [int(found[1]) for found in _YEAR.finditer(about)]
    return date(min(max(years), 2099), 12, 31) if years else date(2024, 12, 31)


def _last(words_sought: re.Pattern[str], text: str) -> int:
    last = -1
    for found in words_sought.finditer(text):
        last = found.start()
    return last


def says_staff(title: str) -> bool:
    return bool(pattern("people", "staff").search(title))
