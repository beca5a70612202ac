"""What an agency's name tells about it: a government or a department, with power to make 规章 or not."""

import re
from functools import lru_cache

from gongkai.law.limits import ReportKind
from gongkai.law.rulebook import read_table


def kind_of(agency: str) -> ReportKind:
    """Whether the report of ``agency`` is a government's own or a department's (第四十九条)."""
    return "government" if _pattern("government").search(_bare(agency)) else "agency"


def cannot_make_rules(agency: str) -> bool:
    """Whether the name shows that the body has no power to make 规章; ``False`` where it does not."""
    name = _bare(agency)
    return not _pattern("rule_makers").search(name) and bool(_pattern("no_rule_makers").search(name))


def _bare(agency: str) -> str:
    """The name without a remark in brackets at its end."""
    return re.sub(r"[（(][^（()）]*[)）]$", "", agency.strip())


@lru_cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_table("report_checks.toml")["agencies"][name])
