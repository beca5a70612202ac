"""The list of cases: filtered, sorted, a page at a time, and whole for a file."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.agencies.models import Account
from gongkai.casework.models import Application, Letter, SavedList
from gongkai.casework.queries.cases import cases_seen_by
from gongkai.casework.queries.reasons import CLOCK_LABELS
from gongkai.law.outcomes import DECISIONS

PAGE = 50
STATES: Mapping[str, str] = {
    "open": "所有在办",
    **{code: label for code, label in CLOCK_LABELS.items() if code != "closed"},
    "closed": "已办结",
    "archived": "已归档",
}
_LATE = Q(due_on__isnull=False) & (Q(closed_on__gt=F("due_on")))
_DIGITS = re.compile(r"\d+")
_WIDEST = 30  # a number has no more characters

# What a list sorts by: the words, and the columns; numbers are sorted as people read them.
SORTS: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "": (
        "先看急的：在办的按期限，办结的按日期",
        (F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-pk"),
    ),
    "due": ("答复期限，早的在前", (F("due_on").asc(nulls_last=True), "pk")),
    "-due": ("答复期限，晚的在前", (F("due_on").desc(nulls_last=True), "-pk")),
    "received": ("收到之日，早的在前", (F("received_on").asc(nulls_last=True), "pk")),
    "-received": ("收到之日，晚的在前", (F("received_on").desc(nulls_last=True), "-pk")),
    "number": ("登记编号，小的在前", ()),
    "-number": ("登记编号，大的在前", ()),
    "-closed": ("办结日期，晚的在前", (F("closed_on").desc(nulls_last=True), "-pk")),
}
DECISION_LABELS = {decision.code: decision.label for decision in DECISIONS}


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list, and how long the whole list is."""

    cases: list[Application]
    count: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1 if self.count else 0

    @property
    def last(self) -> int:
        return self.first + len(self.cases) - 1 if self.count else 0


def _state(code: str) -> Q:
    if code == "open":
        return ~Q(state="closed")
    if code == "archived":
        return Q(archived_on__isnull=False)
    return Q(clock=code)


def _section(code: str) -> Q:
    return Q(section=None) if code == "none" else Q(section=code)


def _officer(code: str) -> Q:
    return Q(officer=None) if code == "none" else Q(officer=code)


def _outcome(code: str) -> Q:
    return Q(decision=code) | Q(disposal=code)


_FILTERS: Mapping[str, Callable[[Any], Q]] = {
    "state": _state,
    "agency": lambda agency: Q(agency=agency),
    "section": _section,
    "officer": _officer,
    "kind": lambda kind: Q(applicant_kind=kind),
    "channel": lambda channel: Q(channel=channel),
    "outcome": _outcome,
    "matter": lambda matter: Q(matter=matter),
    "received_from": lambda day: Q(received_on__gte=day),
    "received_to": lambda day: Q(received_on__lte=day),
    "due_from": lambda day: Q(due_on__gte=day),
    "due_to": lambda day: Q(due_on__lte=day),
    "redecision": lambda _: Q(re_decides__isnull=False),
    "pool": lambda _: Q(section__isnull=False, officer=None) & ~Q(state="closed"),
}


def listed(account: Account, filters: Mapping[str, Any], text: str, on: date) -> QuerySet[Application]:
    """The cases a person may see that pass the filters (those of ``FilterForm``), unsorted."""
    found = cases_seen_by(account).defer("description", "applicant__identity", "applicant__query_code")
    for name, condition in _FILTERS.items():
        if filters.get(name):
            found = found.filter(condition(filters[name]))
    if filters.get("overdue"):
        found = found.filter(_LATE | (Q(due_on__lt=on) & ~Q(state="closed")))
    if filters.get("mine"):
        helped = Application.co_workers.through.objects.filter(account=account)
        found = found.filter(Q(officer=account) | Q(pk__in=helped.values("application_id")))
    if filters.get("unserved"):
        found = found.filter(pk__in=_unserved().values("case_id"))
    return found.filter(_containing(text)) if text else found


def _unserved() -> QuerySet[Letter]:
    signed = Letter.objects.filter(state="signed").exclude(series="")
    return signed.exclude(services__served_on__isnull=False)


def _containing(text: str) -> Q:
    """The text as it stands, in what the case says of itself or in the number of one of its letters."""
    letters = Letter.objects.filter(document_number__icontains=text)
    return (
        Q(number__icontains=text)
        | Q(title__icontains=text)
        | Q(description__icontains=text)
        | Q(document_number__icontains=text)
        | Q(pk__in=letters.values("case_id"))
    )


def natural(number: str) -> str:
    """A key under which 2025-9 comes before 2025-10: every run of digits as wide as the widest."""
    return _DIGITS.sub(_widened, number)


def _widened(digits: re.Match[str]) -> str:
    return digits[0].lstrip("0").zfill(_WIDEST)


def in_order(found: QuerySet[Application], sort: str, part: slice = slice(None)) -> list[int]:
    """The keys of a part of a list in its order; numbers as people read them."""
    found = found.select_related(None)
    if sort.lstrip("-") == "number":
        numbered = sorted(
            ((natural(number), pk) for pk, number in found.order_by().values_list("pk", "number")),
            reverse=sort.startswith("-"),
        )
        return [pk for _, pk in numbered[part]]
    return list(found.order_by(*SORTS[sort][1]).values_list("pk", flat=True)[part])


def page_of(found: QuerySet[Application], sort: str, page: int) -> Found:
    """One page; a page that is not there becomes the nearest that is."""
    first = in_order(found, sort, slice(0, PAGE + 1)) if page <= 1 else []
    if page <= 1 and len(first) <= PAGE:
        # All of it: a search through every text is not made twice.
        return Found(_in_this_order(found, first), len(first), 1, 1)
    count = found.select_related(None).count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    shown = in_order(found, sort, slice((page - 1) * PAGE, page * PAGE))
    return Found(_in_this_order(found, shown), count, page, pages)


def every(found: QuerySet[Application], sort: str, size: int = 1000) -> Iterator[Application]:
    """The whole list, for a file; read a portion at a time, so that a long one needs little memory."""
    keys = in_order(found, sort)
    for start in range(0, len(keys), size):
        yield from _in_this_order(found, keys[start : start + size])


def _in_this_order(found: QuerySet[Application], keys: list[int]) -> list[Application]:
    cases = {case.pk: case for case in found.filter(pk__in=keys)}
    return [cases[pk] for pk in keys if pk in cases]


def result_label(case: Application) -> str:
    """How the case ended, in words; empty while it is open."""
    if case.decision:
        return DECISION_LABELS.get(case.decision, case.decision)
    return case.get_disposal_display() if case.disposal else ""


def clock_label(case: Application) -> str:
    """Where the case stands, in words."""
    if case.joined_to_id and case.is_open:
        return "已并案"
    return CLOCK_LABELS.get(case.clock, case.clock)


def kept_lists(account: Account) -> QuerySet[SavedList]:
    return SavedList.objects.filter(account=account)
