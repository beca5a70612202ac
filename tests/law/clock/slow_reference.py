"""The clock once more, slow and literal: an opponent for ``gongkai.law.clock``.

Written from the text of the Regulation and the exchange form alone and sharing no code with the
law floor: holidays are read straight from the notice files, periods are walked day by day. It takes
a case as the exchange form has it and says ``("due", day or None, state, estimated)`` or
``("error", article)`` of the first event that is not lawful.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[3] / "src" / "gongkai" / "law" / "data"
DAY = timedelta(days=1)
IN_FORCE, FEES_FROM = date(2019, 5, 15), date(2021, 1, 1)
FEE_RULES = "《政府信息公开信息处理费管理办法》"
ORDERED = "《行政复议法》、《行政诉讼法》"
ASKED = {
    "third_party": "第三十二条、第三十三条",
    "co_maker": "第三十四条、第三十三条",
    "agency": "第三十三条",
}
SHIPPED = {
    "consultation_span": "after_sending",
    "fee_clock": "restart",
    "reasons_clock": "runs",
    "extension_once_per": "case",
}

Verdict = tuple[Any, ...]


class Unlawful(Exception):
    def __init__(self, article: str) -> None:
        super().__init__(article)
        self.article = article


@dataclass(frozen=True)
class Days:
    """What the notices say: days off, worked weekends, and the years they speak of."""

    off: frozenset[date]
    worked: frozenset[date]
    national_years: frozenset[int]
    regional_years: frozenset[int] | None

    def works(self, day: date) -> bool:
        if day in self.worked:
            return True
        return day not in self.off and day.isoweekday() <= 5

    def uncertain(self, first: date, last: date) -> bool:
        for year in range(first.year, last.year + 1):
            if year not in self.national_years:
                return True
            if self.regional_years is not None and year not in self.regional_years:
                return True
        return False


@lru_cache
def notices(region: str | None) -> Days:
    off: set[date] = set()
    worked: set[date] = set()
    national, regional = set(), set()
    for path in sorted((DATA / "workdays").glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        national.add(table["year"])
        for notice in table["notices"]:
            take(notice["holidays"], off, worked)
    if region:
        for entry in tomllib.loads((DATA / "regions" / f"{region}.toml").read_text("utf-8"))["years"]:
            if entry["known"]:
                regional.add(entry["year"])
                take(entry["holidays"], off, worked)
    return Days(
        frozenset(off), frozenset(worked), frozenset(national), frozenset(regional) if region else None
    )


def take(holidays: list[dict[str, Any]], off: set[date], worked: set[date]) -> None:
    """A later line has the last word on a day."""
    for holiday in holidays:
        day = holiday["first"]
        while day <= holiday["last"]:
            off.add(day)
            worked.discard(day)
            day += DAY
        for day in holiday.get("makeup_workdays", []):
            worked.add(day)
            off.discard(day)


@dataclass
class Case:
    """A case on paper: what was noted, and the days that were struck out."""

    days: Days
    rules: dict[str, str]
    received: date
    ordered: date | None
    begun: date
    granted: int = 20
    struck: set[date] = field(default_factory=set)
    asking: list[tuple[str, date]] = field(default_factory=list)  # who, first day struck out
    waiting: str = ""  # supplement or fee
    supplement_told: bool = False
    extended: bool = False
    fee_told_on: date | None = None
    reasons: str = ""  # asked, given
    reasons_from: date | None = None
    fee_from: date | None = None
    delayed: date | None = None
    closed: bool = False

    def nth_working_day(self, after: date, number: int) -> date:
        day = after
        while number:
            day += DAY
            if self.days.works(day):
                number -= 1
        return day

    def running_from(self) -> date | None:
        """The first day from which some waiting that has not ended strikes out every day."""
        starts = [first for _, first in self.asking]
        starts += [first for first in (self.reasons_from, self.fee_from) if first]
        return min(starts, default=None)

    def walk(self, *, ignore_running: bool = False) -> date | None:
        running = None if ignore_running else self.running_from()
        day, left = self.begun, self.granted
        while left:
            day += DAY
            if running and running <= day:
                # A waiting that begins only after the last day cannot be met here: the walk has ended.
                return None
            if self.days.works(day) and day not in self.struck:
                left -= 1
        return day

    def due(self) -> date | None:
        if self.ordered:
            return self.ordered
        if self.waiting:
            return None
        return self.delayed or self.walk()

    def strike(self, first: date, last: date) -> None:
        while first <= last:
            self.struck.add(first)
            first += DAY

    def begin_again(self, on: date) -> None:
        if self.ordered:
            return
        self.begun, self.granted, self.delayed = on, 20, None
        if self.rules["extension_once_per"] == "period":
            self.extended = False

    def in_time(self, on: date, article: str) -> None:
        due = self.due()
        if due is not None and due < on:
            raise Unlawful(article)

    def end_all(self, on: date) -> None:
        for _, first in self.asking:
            self.strike(first, on)
        for awaited in (self.reasons_from, self.fee_from):
            if awaited:
                self.strike(awaited, on)
        self.asking, self.reasons_from, self.fee_from = [], None, None


def judge(case: dict[str, Any], rules: dict[str, str] | None = None) -> Verdict:
    """The verdict on a case in the exchange form."""
    try:
        return follow(case, SHIPPED | (rules or {}))
    except Unlawful as unlawful:
        return ("error", unlawful.article)


def follow(line: dict[str, Any], rules: dict[str, str]) -> Verdict:
    first, *rest = line["events"]
    if first["kind"] != "received":
        raise Unlawful("第三十一条")
    received = date.fromisoformat(first["on"])
    if received < IN_FORCE:
        raise Unlawful("第三十三条")
    ordered = date.fromisoformat(first["ordered_until"]) if first.get("ordered_until") else None
    if ordered and ordered <= received:
        raise Unlawful(ORDERED)
    case = Case(notices(line.get("region")), rules, received, ordered, received)
    last = received
    for event in rest:
        on = date.fromisoformat(event["on"])
        if on < last:
            raise Unlawful("")
        happen(case, event, on)
        last = on
    due = case.due()
    named = case.ordered or case.delayed
    estimated = not named and case.days.uncertain(case.begun + DAY, due or last)
    return ("due", due, state(case, due), estimated)


def state(case: Case, due: date | None) -> str:
    if case.closed:
        return "closed"
    if case.waiting:
        return f"awaiting_{case.waiting}"
    if due is not None:
        return "in_progress"
    return "awaiting_consultation" if case.asking else "awaiting_reasons"


ARTICLES = {
    "received": "第三十一条", "supplement_requested": "第三十条", "supplemented": "第三十条",
    "consultation_opened": "第三十三条", "consultation_closed": "第三十三条", "extended": "第三十三条",
    "fee_noticed": FEE_RULES, "fee_paid": FEE_RULES, "reasons_requested": "第三十五条",
    "reasons_given": "第三十五条", "delayed": "第三十五条", "answered": "第三十六条", "withdrawn": "",
}  # fmt: skip
ANY_TIME = {"consultation_opened", "consultation_closed", "reasons_given", "answered", "withdrawn"}


def happen(case: Case, event: dict[str, Any], on: date) -> None:  # noqa: PLR0912, PLR0915
    kind = event["kind"]
    if kind == "supplement_requested" and case.supplement_told:
        raise Unlawful("第三十条")
    wanted = {"supplemented": "supplement", "fee_paid": "fee"}.get(kind, "")
    if case.closed or kind == "received" or (kind not in ANY_TIME and case.waiting != wanted):
        raise Unlawful(ARTICLES[kind])
    if kind == "supplement_requested":
        if on > case.nth_working_day(case.received, 7):
            raise Unlawful("第三十条")
        if event.get("until") and date.fromisoformat(event["until"]) <= on:
            raise Unlawful("第三十条")
        case.supplement_told, case.waiting = True, "supplement"
    elif kind == "supplemented":
        case.waiting = ""
        case.begin_again(on)
    elif kind == "consultation_opened":
        includes_day = case.rules["consultation_span"] == "from_sending"
        case.asking.append((event["with"], on if includes_day else on + DAY))
    elif kind == "consultation_closed":
        close_consultation(case, event.get("with"), on)
    elif kind == "extended":
        extend(case, event["days"], on)
    elif kind == "fee_noticed":
        if on < FEES_FROM:
            raise Unlawful("《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）")
        if case.fee_told_on:
            raise Unlawful(FEE_RULES)
        case.in_time(on, FEE_RULES)
        case.fee_told_on, case.waiting, case.fee_from = on, "fee", on + DAY
    elif kind == "fee_paid":
        assert case.fee_told_on and case.fee_from
        if on > case.nth_working_day(case.fee_told_on, 20):
            raise Unlawful(FEE_RULES)
        case.strike(case.fee_from, on)
        case.waiting, case.fee_from = "", None
        if case.rules["fee_clock"] == "restart":
            case.begin_again(on)
    elif kind == "reasons_requested":
        if case.reasons:
            raise Unlawful("第三十五条")
        case.reasons = "asked"
        if case.rules["reasons_clock"] == "stands":
            case.reasons_from = on + DAY
    elif kind == "reasons_given":
        if case.reasons != "asked":
            raise Unlawful("第三十五条")
        case.reasons = "given"
        if case.reasons_from:
            case.strike(case.reasons_from, on)
            case.reasons_from = None
    elif kind == "delayed":
        delay(case, date.fromisoformat(event["until"]), on)
    else:
        case.end_all(on)
        case.closed = True


def close_consultation(case: Case, named: str | None, on: date) -> None:
    kinds = {who for who, _ in case.asking}
    if named is None and len(kinds) != 1:
        raise Unlawful("第三十三条")
    who = named or kinds.pop()
    for number, (asked, first) in enumerate(case.asking):
        if asked == who:
            case.strike(first, on)
            del case.asking[number]
            return
    raise Unlawful(ASKED[who])


def extend(case: Case, days: int, on: date) -> None:
    if case.ordered:
        raise Unlawful(ORDERED)
    if case.extended:
        raise Unlawful("第三十三条")
    if case.delayed:
        raise Unlawful("第三十五条")
    if days < 1 or days > 20:
        raise Unlawful("第三十三条")
    case.in_time(on, "第三十三条")
    case.extended = True
    case.granted += days


def delay(case: Case, until: date, on: date) -> None:
    if case.ordered:
        raise Unlawful(ORDERED)
    if case.reasons != "given":
        raise Unlawful("第三十五条")
    case.in_time(on, "第三十五条")
    due = case.due()
    if due is None:
        # Not earlier than it would be if whatever is being asked were answered the same day.
        struck = set(case.struck)
        for _, first in case.asking:
            case.strike(first, on)
        due = case.walk(ignore_running=True)
        case.struck = struck
    assert due
    if until <= due:
        raise Unlawful("第三十五条")
    case.delayed = until
