"""What is to be done today: every open case once from the database, sorted into what it asks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects

from gongkai.agencies.models import Account, Agency, Membership
from gongkai.agencies.policies import roles_in
from gongkai.casework.models import Application, Approval, Consultation, Letter, Message
from gongkai.casework.policies.people import in_disclosure_office, may_receive, sections_of
from gongkai.casework.policies.signing import may_approve
from gongkai.casework.queries import neighbors
from gongkai.casework.queries.cases import cases_seen_by, is_one_of
from gongkai.casework.queries.neighbors import NeighborHeap
from gongkai.casework.queries.reasons import why
from gongkai.casework.queries.waiting import last_days, opinion_day
from gongkai.casework.reckoning import calendar_of
from gongkai.law.letters import letter_kind, letter_kinds
from gongkai.law.lifecycle import CaseState
from gongkai.law.limits import ReportDue, report_due
from gongkai.law.workdays import WorkingCalendar

SOON = 5  # working days
SHOWN = 5  # lines of each kind on the page
_COLUMNS = (
    "pk", "number", "title", "matter", "state", "clock", "channel", "arrived_on", "due_on", "estimated",
    "internal_due_on", "accepted_at", "agency_id", "section_id", "officer_id",
)  # fmt: skip
_INTERNAL = {kind.code for kind in letter_kinds() if kind.addressee == "internal"}


@dataclass(slots=True)
class Line:
    """One case on the page: when it is due, how many working days are left, why."""

    case: Application
    left: int | None = None
    is_late: bool = False
    late_since: date | None = None
    why: str = ""
    remark: str = ""

    @property
    def left_words(self) -> str:
        """还有3个工作日; empty while no day is set."""
        if self.left is None:
            return ""
        if self.is_late:
            return f"逾期{-self.left}个工作日" if self.left else "期限已过"
        return f"还有{self.left}个工作日" if self.left else "今天到期"

    @property
    def tone(self) -> str:
        if self.left is None:
            return "standing"
        return "late" if self.is_late else "near" if self.left <= SOON else "calm"


@dataclass(slots=True)
class Heap:
    """What asks for the same thing. ``tone`` is how urgent it is, ``query`` opens it as a list."""

    code: str
    title: str
    hint: str
    tone: str
    lines: list[Line] = field(default_factory=list)
    count: int = 0
    query: str = ""

    @property
    def shown(self) -> list[Line]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return max(self.count - SHOWN, 0)


def line_of(case: Application, on: date, calendar: WorkingCalendar, remark: str = "") -> Line:
    """A case seen on a day; the days left are working days, the due day among them."""
    if case.due_on is None or not case.is_open:
        return Line(case, remark=remark)
    left = calendar.working_days_between(on, case.due_on)
    return Line(case, left, case.due_on < on, remark=remark)


@dataclass(frozen=True, slots=True)
class Office:
    """An agency of the person: its calendar, its yearly report, whether they may register here."""

    agency: Agency
    calendar: WorkingCalendar
    report_year: int
    report: ReportDue
    report_left: int
    receives: bool
    whole: bool
    sections: frozenset[int]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter that waits, and since when."""

    letter: Letter
    title: str
    since: date


class Today:
    """The page of one person on one day."""

    def __init__(self, account: Account, on: date) -> None:
        self.account, self.on = account, on
        _with_roles(account)
        self.offices = {office.agency.pk: office for office in _offices(account, on)}

    @cached_property
    def cases(self) -> list[Application]:
        """Every open case the person may see; what is sealed or long stays in the database."""
        found = self._seen.exclude(state="closed")
        return list(
            found.filter(joined_to=None).only(*_COLUMNS).order_by(F("due_on").asc(nulls_last=True), "pk")
        )

    @cached_property
    def helping(self) -> set[int]:
        """The cases where the person is a co-worker."""
        through = Application.co_workers.through.objects.filter(account=self.account)
        return set(through.values_list("application_id", flat=True))

    def _is_mine(self, case: Application) -> bool:
        return case.officer_id == self.account.pk or case.pk in self.helping

    def _line(self, case: Application, remark: str = "") -> Line:
        calendar = self.offices[case.agency_id].calendar
        return line_of(case, self.on, calendar, remark)

    @cached_property
    def heaps(self) -> list[Heap]:
        """One's own work first, or last where there is none; other heaps that hold nothing are left out."""
        found = [
            self._overdue(), self._soon(), self._unconfirmed(), self._lapsed(), self._opinions_due(),
            self._unassigned(), self._pool(), self._internal(),
        ]  # fmt: skip
        heaps, mine = [heap for heap in found if heap.lines], self._mine()
        heaps = [mine, *heaps] if mine.lines else [*heaps, mine]
        self._explain(heaps)
        return heaps

    @cached_property
    def neighbors(self) -> list[NeighborHeap]:
        """What the other desks ask of the person."""
        return neighbors.heaps(self.account, self.on)

    def _heap(self, code: str, tone: str, lines: Iterable[Line], query: str = "") -> Heap:
        title, hint = _WORDS[code]
        found = list(lines)
        return Heap(code, title, hint, tone, found, len(found), query)

    def _mine(self) -> Heap:
        lines = (
            self._line(case, "待您接收" if self._waits_for_me(case) else "")
            for case in self.cases
            if self._is_mine(case)
        )
        return self._heap("mine", "plain", lines, "mine=1")

    def _waits_for_me(self, case: Application) -> bool:
        return case.officer_id == self.account.pk and case.accepted_at is None

    def _overdue(self) -> Heap:
        late = [case for case in self.cases if case.due_on and case.due_on < self.on]
        return self._heap("overdue", "error", map(self._line, late), "overdue=1")

    def _soon(self) -> Heap:
        last = {pk: office.calendar.add_working_days(self.on, SOON) for pk, office in self.offices.items()}
        near = [c for c in self.cases if c.due_on and self.on <= c.due_on <= last[c.agency_id]]
        until = max(last.values(), default=self.on)
        query = f"due_from={self.on}&due_to={until}&state=open"
        return self._heap("soon", "warning", map(self._line, near), query)

    def _unconfirmed(self) -> Heap:
        lines = []
        for case in self.cases:
            if case.state != CaseState.RECEIVED or not self.offices[case.agency_id].receives:
                continue
            escalate_on = self.offices[case.agency_id].calendar.add_working_days(case.arrived_on, 1)
            line = self._line(case)
            line.late_since = escalate_on if self.on >= escalate_on else None
            lines.append(line)
        lines.sort(key=lambda line: (line.case.arrived_on, line.case.pk))
        tone = "error" if any(line.late_since for line in lines) else "waiting"
        return self._heap("unconfirmed", tone, lines, "state=received")

    @cached_property
    def _calendars(self) -> dict[int, WorkingCalendar]:
        return {pk: office.calendar for pk, office in self.offices.items()}

    def _lapsed(self) -> Heap:
        lines = []
        for case, (kind, last) in last_days(self.cases, self._calendars):
            if last < self.on:
                line = self._line(case, "逾期不补正" if kind == "supplement_requested" else "逾期未缴费")
                line.late_since = last
                lines.append(line)
        return self._heap("lapsed", "warning", lines)

    def _opinions_due(self) -> Heap:
        by_pk = {case.pk: case for case in self.cases}
        asked = Consultation.objects.filter(
            is_one_of(self._seen),
            sent_on__isnull=False, delivered_on__isnull=False, answer="",
        )  # fmt: skip
        lines = []
        for asking in asked.only("case_id", "kind", "delivered_on", "masked_name"):
            case = by_pk.get(asking.case_id)
            last = opinion_day(asking, self._calendars[case.agency_id]) if case else None
            if case and last and last < self.on:
                line = self._line(case, f"{asking}，至今没有意见")
                line.late_since = last
                lines.append(line)
        return self._heap("opinions", "warning", lines)

    def _unassigned(self) -> Heap:
        mine = {pk for pk, office in self.offices.items() if office.whole and office.receives}
        waiting = (
            case
            for case in self.cases
            if case.agency_id in mine and case.section_id is None and case.officer_id is None
            and case.state != CaseState.RECEIVED
        )  # fmt: skip
        return self._heap("unassigned", "waiting", map(self._line, waiting), "section=none&state=open")

    def _pool(self) -> Heap:
        pool = (
            case
            for case in self.cases
            if case.section_id is not None and case.officer_id is None
            and (
                case.section_id in self.offices[case.agency_id].sections
                or self.offices[case.agency_id].whole
            )
        )  # fmt: skip
        return self._heap("pool", "waiting", map(self._line, pool), "pool=1")

    def _internal(self) -> Heap:
        past = (
            case for case in self.cases if case.internal_due_on and case.internal_due_on < self.on
            and (self._is_mine(case) or self.offices[case.agency_id].whole)
        )  # fmt: skip
        return self._heap("internal", "waiting", map(self._line, past))

    def _explain(self, heaps: Sequence[Heap]) -> None:
        """Why each due day on the page is what it is: one query for all of them."""
        shown = [line for heap in heaps for line in heap.shown]
        reasons = why({line.case.pk: line.case for line in shown})
        for line in shown:
            line.why = reasons.get(line.case.pk, "")

    @cached_property
    def approvals(self) -> list[LetterLine]:
        return [
            LetterLine(letter, letter_kind(letter.kind).title, letter.drafted_at.date())
            for letter in approvals_for(self.account)
        ]

    @cached_property
    def unserved(self) -> list[LetterLine]:
        """Signed, and no day of service yet."""
        letters = Letter.objects.filter(is_one_of(self._seen), state="signed").exclude(kind__in=_INTERNAL)
        open_letters = letters.exclude(services__served_on__isnull=False).order_by("signed_on", "pk")
        return [
            LetterLine(letter, letter_kind(letter.kind).title, letter.signed_on)
            for letter in open_letters.select_related("case").only(*_LETTER_COLUMNS)
            if letter.signed_on
        ]

    @cached_property
    def unread(self) -> list[tuple[Application, int]]:
        """Cases with words from the applicant that nobody has read, and how many."""
        messages = Message.objects.filter(is_one_of(self._seen), from_applicant=True, read_at=None)
        found: dict[Application, int] = {}
        for message in messages.select_related("case").only("at", "case__number", "case__title"):
            found[message.case] = found.get(message.case, 0) + 1
        return list(found.items())

    @cached_property
    def _seen(self) -> QuerySet[Application]:
        return cases_seen_by(self.account).select_related(None)

    @cached_property
    def is_quiet(self) -> bool:
        """Nothing presses: no heap but one's own work."""
        pressing = [heap for heap in self.heaps if heap.count and heap.code != "mine"]
        return not (pressing or self.approvals or self.unserved or self.unread or self.neighbors)


_LETTER_COLUMNS = (
    "kind", "state", "document_number", "signed_on", "drafted_at", "case__number", "case__title",
)  # fmt: skip
_WORDS: Mapping[str, tuple[str, str]] = {
    "mine": ("我承办和协办的", "按答复期限排列。"),
    "overdue": ("已经逾期", "尽快答复，并查明拖在哪一步。"),
    "soon": (f"{SOON}个工作日内到期", "今天先办这些；来不及的，在到期前办延期（第三十三条）。"),
    "unconfirmed": ("来件待确认", "与申请人确认后才有收到之日（第三十一条）。"),
    "lapsed": ("补正或者缴费已经逾期", "申请人没有正当理由的，可以告知不再处理并办结（第三十条）。"),
    "opinions": ("征求意见期限已满", "登记“逾期未提出意见”，期限才会继续计算（第三十二条、第三十四条）。"),
    "unassigned": ("待交办", "交给承办科室或者承办人。"),
    "pool": ("待认领", "已经交给科室，还没有人接收。"),
    "internal": ("超过内部期限", "法定期限还没有到，但已超过本机关自己定的日子。"),
}


def _with_roles(account: Account) -> None:
    """Load the roles once; the policies read them again and again."""
    memberships = Membership.objects.select_related("agency__profile", "section")
    prefetch_related_objects([account], Prefetch("memberships", queryset=memberships))


def _offices(account: Account, on: date) -> Iterator[Office]:
    agencies = {membership.agency_id: membership.agency for membership in account.memberships.all()}
    for agency in agencies.values():
        calendar, year = calendar_of(agency), on.year - 1
        due = report_due(year, agency.report_kind, calendar)
        if on > due.statutory_on:
            year += 1
            due = report_due(year, agency.report_kind, calendar)
        yield Office(
            agency=agency,
            calendar=calendar,
            report_year=year,
            report=due,
            report_left=calendar.working_days_between(on, due.statutory_on),
            receives=may_receive(agency, account) is None,
            whole=in_disclosure_office(agency, account),
            sections=sections_of(agency, account),
        )


def approvals_for(account: Account) -> list[Letter]:
    """Letters whose next step this person may take, the oldest first."""
    agencies = [m.agency for m in account.memberships.all() if roles_in(m.agency, account)]
    letters = (
        Letter.objects.filter(state="in_review", agency__in=agencies)
        .select_related("case", "case__agency")
        .only("kind", "state", "path", "drafted_by", "submitted_by", "drafted_at", "document_number",
              "case__number", "case__title", "case__agency__name", "case__section")
        .prefetch_related(Prefetch("approvals", queryset=Approval.objects.order_by("pk")))
        .order_by("drafted_at", "pk")
    )  # fmt: skip
    return [letter for letter in letters if may_approve(letter, account) is None]
