"""Every read of the register of remedies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from gongkai.agencies.models import Account, Agency
from gongkai.casework.models import Application
from gongkai.casework.queries.calendars import calendar_of
from gongkai.casework.queries.cases import cases_seen_by, is_one_of
from gongkai.casework.queries.neighbors import NeighborHeap, NeighborLine
from gongkai.law.breach import LawBreach
from gongkai.law.limits import chinese_date
from gongkai.law.remedies import remedy_results
from gongkai.law.respondent import ClockLine, FollowUp
from gongkai.law.workdays import DayFact, WorkingCalendar
from gongkai.remedies.models import PENDING, Remedy, RemedyEvent
from gongkai.remedies.reckoning import LIMITS, Course, course_of, results_of

Kind = RemedyEvent.Kind
SOON = 5  # working days
_APPELLANTS = {"agency": "本机关上诉", "applicant": "原告上诉", "third_party": "第三人上诉"}
_GIVING = (Kind.DECIDED, Kind.APPEALED, Kind.APPEAL_DECIDED, Kind.REMANDED, Kind.WITHDRAWN)


def remedies_seen_by(account: Account) -> QuerySet[Remedy]:
    """The remedies of the cases that a person may see."""
    return Remedy.objects.filter(is_one_of(cases_seen_by(account))).select_related(
        "agency", "case__agency", "handler", "preceded_by"
    )


def remedies_of(case: Application) -> QuerySet[Remedy]:
    """The remedies of one case, in the order in which they were filed."""
    return Remedy.objects.filter(case=case).select_related("agency", "case").order_by("filed_on", "pk")


def reconsiderations_of(case: Application) -> QuerySet[Remedy]:
    """The reconsiderations that a suit may follow."""
    return remedies_of(case).filter(forum=Remedy.Forum.RECONSIDERATION)


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is due in a remedy."""

    remedy: Remedy
    line: ClockLine
    working_days_left: int

    @property
    def is_late(self) -> bool:
        return self.working_days_left < 0

    @property
    def tone(self) -> str:
        if self.is_late:
            return "late"
        return "near" if self.working_days_left <= SOON else "calm"

    @property
    def left(self) -> str:
        """How long there is, in words."""
        days = self.working_days_left
        if days == 0:
            return "今天到期"
        return f"已逾期{-days}个工作日" if days < 0 else f"还有{days}个工作日"


@dataclass(frozen=True, slots=True)
class ListLine:
    """A remedy with what it waits for: the agency's own day first."""

    remedy: Remedy
    due: Due | None

    @property
    def result_label(self) -> str:
        return result_label(self.remedy.forum, self.remedy.result)


def result_label(forum: str, code: str | None) -> str:
    """A result in Chinese; empty while there is none."""
    for (of, known), result in remedy_results().items():
        if (of, known) == (forum, code):
            return result.label
    return ""


def with_events(remedies: QuerySet[Remedy]) -> QuerySet[Remedy]:
    """The remedies with all that their courses need, in a few queries."""
    return remedies.prefetch_related("events", "suits", "case__redecisions", "suits__case")


def lines_of(remedies: Iterable[Remedy], today: date) -> list[ListLine]:
    """Each remedy with its nearest day, the pressing first. ``remedies`` come from ``with_events``."""
    calendars: dict[int, WorkingCalendar] = {}
    found = []
    for remedy in remedies:
        if remedy.agency_id not in calendars:
            calendars[remedy.agency_id] = calendar_of(remedy.agency)
        found.append(ListLine(remedy, _next_due(remedy, calendars[remedy.agency_id], today)))
    return sorted(found, key=_pressing)


def _pressing(line: ListLine) -> tuple[bool, int]:
    """What is due first comes first; what has no day keeps its order behind."""
    return line.due is None, line.due.working_days_left if line.due else 0


def _next_due(remedy: Remedy, calendar: WorkingCalendar, today: date) -> Due | None:
    if remedy.column != PENDING and not remedy.owes:
        return None
    own = [
        line
        for line in course_of(remedy).clocks(calendar)
        if line.whose == "respondent" and line.due is not None and line.done_on is None
    ]
    if not own:
        return None
    line = min(own, key=lambda each: each.due or date.max)
    return Due(remedy, line, _left(calendar, today, line.due or today))


def _left(calendar: WorkingCalendar, today: date, due: date) -> int:
    """Working days from today to a due day; below zero, those since."""
    if due >= today:
        return calendar.working_days_between(today, due)
    return -max(calendar.working_days_between(due, today), 1)


def due_soon(account: Account, today: date, days: int = SOON) -> list[Due]:
    """What the agency has to do in its remedies within some working days, and what it has missed: for
    today's page. The most pressing comes first."""
    active = remedies_seen_by(account).filter(Q(column=PENDING) | Q(owes=True))
    dues = [line.due for line in lines_of(with_events(active), today) if line.due]
    return [due for due in dues if due.working_days_left <= days]


def today_heap(account: Account, today: date) -> NeighborHeap:
    """The same for the page of today."""
    lines = (
        NeighborLine(
            title=f"{due.remedy.get_forum_display()}：{due.remedy.case.number}",
            address=reverse("remedies:remedy", args=[due.remedy.pk]),
            left=due.left,
            due_on=due.line.due or today,
            why=f"{due.line.label}（{due.line.article}）",
            tone=due.tone,
        )
        for due in due_soon(account, today)
    )
    return NeighborHeap(
        "remedies", "复议诉讼到期", "本机关要交的答复、答辩和要重新作出的答复。", tuple(lines)
    )


def filtered(
    remedies: QuerySet[Remedy],
    forum: str = "",
    column: str = "",
    year: int | None = None,
    mine: Account | None = None,
) -> QuerySet[Remedy]:
    """The remedies that fit what was chosen."""
    if forum == "reconsideration":
        remedies = remedies.filter(forum=forum)
    elif forum:
        remedies = remedies.filter(route=forum)
    if column == "owes":
        remedies = remedies.filter(owes=True)
    elif column:
        remedies = remedies.filter(column=column)
    if year:
        remedies = remedies.filter(filed_on__year=year)
    return remedies.filter(handler=mine) if mine else remedies


@dataclass(frozen=True, slots=True)
class ClockAccount:
    """A period with the account of its last day: in words, and day by day where working days count."""

    line: ClockLine
    text: str
    days: tuple[tuple[DayFact, int | None], ...]
    left: str
    tone: str


def clock_accounts(course: Course, calendar: WorkingCalendar, today: date) -> list[ClockAccount]:
    """Every period of a remedy, explained."""
    return [_account(line, calendar, today) for line in course.clocks(calendar)]


def _account(line: ClockLine, calendar: WorkingCalendar, today: date) -> ClockAccount:
    if line.due is None:
        return ClockAccount(line, line.note, (), "期限没有登记", "near")
    days = _days(line, calendar)
    left, tone = _progress(line, line.due, calendar, today)
    return ClockAccount(line, _in_words(line, line.due), days, left, tone)


def _progress(line: ClockLine, due: date, calendar: WorkingCalendar, today: date) -> tuple[str, str]:
    """How a period stands, in words, and the tone of it: only the agency's own days are alarming."""
    if line.done_on:
        return ("逾期办理", "late") if line.is_late(today) else ("按期办理", "done")
    left = _left(calendar, today, due)
    if left < 0:
        words, tone = f"已过{-left}个工作日", "late"
    else:
        words, tone = (f"还有{left}个工作日" if left else "今天到期"), ("near" if left <= SOON else "calm")
    return words, tone if line.whose == "respondent" else "calm"


def _days(line: ClockLine, calendar: WorkingCalendar) -> tuple[tuple[DayFact, int | None], ...]:
    """Each day of a period of working days with its number; empty for other periods."""
    try:
        counts = LIMITS.on(line.code, line.start).unit == "working_day"
    except (KeyError, LawBreach):
        return ()
    if not counts or line.due is None:
        return ()
    number, found = 0, []
    for fact in calendar.days_between(line.start, line.due):
        number += fact.is_working_day
        found.append((fact, number if fact.is_working_day else None))
    return tuple(found)


def _in_words(line: ClockLine, due: date) -> str:
    if line.code in {"hearing", "follow_up"}:
        return line.note
    try:
        text = f"期限{LIMITS.on(line.code, line.start).text}，"
    except (KeyError, LawBreach):
        text = ""
    words = f"自{chinese_date(line.start)}的次日起算，{text}到{chinese_date(due)}。"
    return words + line.note


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry in words. ``struck`` is the line that strikes it out."""

    event: RemedyEvent
    text: str
    struck: RemedyEvent | None


def happenings(remedy: Remedy) -> list[Happening]:
    """Everything entered, what was struck out too, by day."""
    events = list(remedy.events.select_related("by").order_by("on", "position"))
    struck = {event.strikes_id: event for event in events if event.strikes_id}
    return [
        Happening(event, _told(remedy, event), struck.get(event.pk))
        for event in events
        if event.kind != Kind.STRUCK
    ]


def _told(remedy: Remedy, event: RemedyEvent) -> str:
    details = event.details
    parts = [
        result_label(remedy.forum, details.get("result")),
        details.get("document_number", ""),
        dict(Remedy.Procedure.choices).get(details.get("procedure", ""), ""),
        f"延长{details['days']}日" if "days" in details else "",
        f"{_chinese(details['hearing_on'])}举行" if "hearing_on" in details else "",
        f"{_chinese(details['received_on'])}收到文书" if "received_on" in details else "",
        f"限{_chinese(details['redo_until'])}以前办理" if "redo_until" in details else "",
        _APPELLANTS.get(details.get("side", ""), ""),
        details.get("person", ""),
    ]
    return "，".join(filter(None, parts))


def _chinese(day: str) -> str:
    return chinese_date(date.fromisoformat(day))


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a result asks of the agency, the paper that asks it, and the cases in which it is done."""

    follow_up: FollowUp
    owes: bool
    basis: str
    received_on: date
    redo_until: date | None
    redecisions: Sequence[Application]

    @property
    def may_redecide(self) -> bool:
        """Whether a case that is decided anew is a way to do what is asked, and is not there yet."""
        is_there = any(case.arrived_on >= self.received_on for case in self.redecisions)
        return self.owes and self.follow_up.action in {"redo", "perform"} and not is_there


def aftermath(remedy: Remedy, course: Course) -> Aftermath | None:
    """What follows; ``None`` while pending, and where nothing was decided."""
    given = [event for event in course.round if event.kind in {Kind.DECIDED, Kind.APPEAL_DECIDED}]
    if course.follow_up is None or not given:
        return None
    last = given[-1]
    number = last.details.get("document_number") or remedy.body_number
    what = "行政复议决定" if remedy.forum == Remedy.Forum.RECONSIDERATION else "裁判文书"
    received = last.details.get("received_on")
    return Aftermath(
        follow_up=course.follow_up,
        owes=course.owes,
        basis=f"{remedy.body}{number}{what}",
        received_on=date.fromisoformat(received) if received else last.on,
        redo_until=course.dates.redo_until,
        redecisions=list(remedy.case.redecisions.order_by("pk")),
    )


def counted_remedies(agency: Agency) -> Iterator[Mapping[str, Any]]:
    """The register as table 4 counts it: each remedy once, with every result and the day it was given;
    a result of ``None`` says that it was pending again."""
    remedies = Remedy.objects.filter(agency=agency).select_related("case").order_by("pk")
    events = RemedyEvent.objects.filter(remedy__agency=agency, kind__in=_GIVING, struck_by=None)
    given = {
        pk: list(found)
        for pk, found in groupby(events.order_by("remedy_id", "on", "position"), key=lambda e: e.remedy_id)
    }
    for remedy in remedies:
        yield {
            "id": remedy.pk,
            "forum": remedy.forum,
            "reconsidered_before": remedy.route == Remedy.Route.SUIT_AFTER_RECONSIDERATION,
            "filed_on": remedy.filed_on,
            "results": results_of(remedy.forum, given.get(remedy.pk, [])),
            "number": remedy.body_number or remedy.body,
            "case_number": remedy.case.number,
        }


def find_remedy(account: Account, pk: int) -> Remedy | None:
    """A remedy, if the person may see its case."""
    return remedies_seen_by(account).filter(pk=pk).first()


def case_with_remedies(account: Account, pk: int) -> Application | None:
    """A case with its remedies, if the person may see it."""
    remedies = Prefetch("remedies", queryset=with_events(Remedy.objects.select_related("agency")))
    return cases_seen_by(account).filter(pk=pk).prefetch_related(remedies).first()
