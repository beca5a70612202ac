"""What an agency's name tells about it: a government or a department, with power to make 规章 or not."""

import re
import unicodedata
from functools import lru_cache

from gongkai.law.limits import ReportKind
from gongkai.law.rulebook import read_table

_GOVERNMENT = re.compile("(?:(?:人民)?政府|管理委员会|管委会|行政公署|行署|办事处)$")


def kind_of(agency: str) -> ReportKind:
    """Whether the report of ``agency`` is a government's own or a department's (第四十九条)."""
    return "government" if _pattern("government").search(_bare(agency)) else "agency"


def cannot_make_rules(agency: str) -> bool:
    """Whether the name shows that the body has no power to make 规章; ``False`` where it does not."""
    name = _bare(agency)
    return not _pattern("rule_makers").search(name) and bool(_pattern("no_rule_makers").search(name))


def clearly_differ(one: str, other: str) -> bool:
    """Whether two names are of two agencies. Not where one has a place or a superior before it that
    the other leaves out, ends in its office, or has another character than the other once, as a
    scanned page has; unless both characters are such as tell agencies apart (教育局, 体育局)."""
    one, other = _plain(one), _plain(other)
    if one.endswith(other) or other.endswith(one):
        return False
    left, right = _unshared(one, other)
    return max(len(left), len(right)) > 1 or {left, right} <= _telling_characters()


def _plain(agency: str) -> str:
    """The name without spaces, brackets and what they hold, and without the office or government at its
    end, so that a place stands for its government."""
    name = re.sub(r"\([^()]*\)|\s", "", unicodedata.normalize("NFKC", agency))
    return _GOVERNMENT.sub("", re.sub(r"办公[厅室]$", "", name)).replace("人民政府", "政府")


def _unshared(one: str, other: str) -> tuple[str, str]:
    """What is left of two names without their common start and end."""
    start = _shared_start(one, other)
    one, other = one[start:], other[start:]
    end = _shared_start(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _shared_start(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _telling_characters() -> frozenset[str]:
    return frozenset(read_table("report_checks.toml")["agencies"]["telling"])


def _bare(agency: str) -> str:
    """The name without a remark in brackets at its end."""
    return re.sub(r"[（(][^（()）]*[)）]$", "", agency.strip())


@lru_cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_table("report_checks.toml")["agencies"][name])
