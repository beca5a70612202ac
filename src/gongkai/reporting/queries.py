"""Every read of the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from gongkai.agencies.models import Account, Agency, Membership
from gongkai.casework.models import Application
from gongkai.casework.queries import cases_seen_by
from gongkai.law.limits import ReportDue, report_due
from gongkai.law.outcomes import DECISIONS
from gongkai.law.remedies import remedy_results
from gongkai.law.report.formats import split_address
from gongkai.law.report.rollup import Rollup, rollup
from gongkai.law.workdays import WorkingCalendar
from gongkai.remedies.queries import counted_remedies
from gongkai.reporting.counting import CARRIED, LEFT_THE_COUNT, year_end
from gongkai.reporting.examination import Examination, count_beside, examine
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.registers import YearCount, count_year, counted_remedy

State = AnnualReport.State
HANDED_OVER = (State.SUBMITTED, State.PUBLISHED)
_DECISION_LABELS = {decision.code: decision.label for decision in DECISIONS}
SEEN_FROM_ABOVE = (State.SUBMITTED, State.PUBLISHED, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the report on ``year`` is due, seen on a day: working days left are negative when late."""

    year: int
    due: ReportDue
    today: date
    working_days_left: int

    @property
    def is_late(self) -> bool:
        return self.today > self.due.statutory_on


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member of a supervisor and its report of the year, with what the checks say about it."""

    agency: Agency
    report: AnnualReport | None
    examination: Examination | None

    @property
    def is_missing(self) -> bool:
        return self.report is None or self.report.state not in HANDED_OVER


@dataclass(frozen=True, slots=True)
class MembersYear:
    """What a supervisor sees of one year: a line for each member, and their total."""

    year: int
    lines: tuple[MemberLine, ...]
    total: Rollup | None

    @property
    def missing(self) -> tuple[Agency, ...]:
        return tuple(line.agency for line in self.lines if line.is_missing)

    @property
    def remarks(self) -> list[str]:
        """What the total leaves out or had to convert, a sentence for each member concerned."""
        if self.total is None:
            return []
        converted = [
            f"{name}的{'、'.join(tables)}不是本年度的格式，已换算后计入。"
            for name, tables in self.total.other_formats.items()
        ]
        blank = [f"{name}有{len(cells)}格空白，合计里没有它。" for name, cells in self.total.blanks.items()]
        return converted + blank


def deadline(agency: Agency, year: int, today: date) -> Deadline:
    """The deadline of an agency's report on ``year``, by the calendar of its region."""
    calendar = WorkingCalendar.load(agency.region or None)
    due = report_due(year, agency.report_kind, calendar)
    return Deadline(year, due, today, calendar.working_days_between(today, due.last_working_day_on))


def next_deadline(agency: Agency, today: date) -> Deadline:
    """The next one that has not passed."""
    coming = deadline(agency, today.year - 1, today)
    return deadline(agency, today.year, today) if coming.is_late else coming


def reports_of(agency: Agency) -> QuerySet[AnnualReport]:
    """An agency's reports, newest year first."""
    return AnnualReport.objects.filter(agency=agency).select_related("agency__supervisor")


def years_to_start(agency: Agency, today: date) -> list[int]:
    """Years with a form and without a report, newest first."""
    there = set(reports_of(agency).values_list("year", flat=True))
    return [year for year in range(today.year, 2018, -1) if year not in there]


def reports_seen_by(account: Account) -> QuerySet[AnnualReport]:
    """Reports of one's own agencies, and what members have handed over to one as supervisor."""
    own = Membership.objects.filter(account=account).values("agency")
    above = Membership.objects.filter(account=account, role=Membership.Role.SUPERVISOR).values("agency")
    return AnnualReport.objects.filter(
        Q(agency__in=own) | Q(agency__supervisor__in=above, state__in=SEEN_FROM_ABOVE)
    ).select_related("agency__supervisor", "signed_by")


def published() -> QuerySet[AnnualReport]:
    """What the public sees."""
    return AnnualReport.objects.filter(state=State.PUBLISHED).select_related("agency")


def member_years(supervisor: Agency) -> list[int]:
    """The years in which any member has a report, newest first."""
    reports = AnnualReport.objects.filter(agency__supervisor=supervisor)
    return list(reports.order_by("-year").values_list("year", flat=True).distinct())


def members_year(supervisor: Agency, year: int) -> MembersYear:
    """Each member's report of a year, who is missing, and the total of those handed over."""
    members = supervisor.members.order_by("pk")
    reports = {
        report.agency_id: report
        for report in AnnualReport.objects.filter(
            agency__in=members, year=year, state__in=SEEN_FROM_ABOVE
        ).select_related("agency")
    }
    lines = tuple(_line(member, reports.get(member.pk)) for member in members)
    handed_over = [line.report.filled for line in lines if line.report and not line.is_missing]
    total = (
        rollup(handed_over, agency=supervisor.name, year=year, expected=[member.name for member in members])
        if handed_over
        else None
    )
    return MembersYear(year, lines, total)


def _line(member: Agency, report: AnnualReport | None) -> MemberLine:
    return MemberLine(member, report, examine(report) if report else None)


@dataclass(frozen=True, slots=True)
class CaseBehind:
    """A case that a cell counts. ``is_seen``: whether the reader may open it. ``remark`` says why the
    case as it is now may look different from the cell."""

    case: Application
    is_seen: bool
    remark: str

    @property
    def outcome(self) -> str:
        """How the case ended, else how it stands."""
        if self.case.decision:
            return _DECISION_LABELS[self.case.decision]
        return self.case.get_disposal_display() or self.case.get_state_display()


def count_shown(report: AnnualReport) -> YearCount | None:
    """The count whose cases a report's cells lead to."""
    return count_beside(report) or count_year(report.agency, report.year)


def cases_behind(count: YearCount, address: str, ids: Sequence[int], by: Account) -> list[CaseBehind]:
    """These cases of a cell, in the order of their receipt."""
    seen = set(cases_seen_by(by).filter(pk__in=ids).values_list("pk", flat=True))
    cases = Application.objects.filter(pk__in=ids).order_by("received_on", "pk")
    row = split_address(address)[1]
    return [CaseBehind(case, case.pk in seen, _remark(case, row, count)) for case in cases]


def _remark(case: Application, row: str, count: YearCount) -> str:
    last = year_end(count.year)
    if row == CARRIED and case.closed_on:
        return "固定台账之后才登记，计入下一年度" if case.closed_on <= last else "当年末尚未答复"
    if not case.counted and row in {LEFT_THE_COUNT, LEFT_THE_COUNT.partition(".")[0]}:
        return f"上年已经结转，{case.get_disposal_display()}，计入其他处理"
    if case.received_on and case.received_on.year < count.year and row == "new_received":
        return "上年收到，固定台账之后才登记，计入本年新收"
    return ""


@dataclass(frozen=True, slots=True)
class RemedyBehind:
    """A reconsideration or a suit that a cell of table 4 counts; ``result`` is its latest up to the end
    of the year, empty while pending."""

    number: str
    forum: str
    case_number: str
    filed_on: date
    result: str
    href: str


def remedies_behind(agency: Agency, year: int, ids: Sequence[int]) -> list[RemedyBehind]:
    """These remedies of a cell, in the order they were filed."""
    wanted = set(ids)
    entries = [entry for entry in counted_remedies(agency) if entry["id"] in wanted]
    return [_remedy_behind(entry, year) for entry in sorted(entries, key=lambda entry: entry["filed_on"])]


def _remedy_behind(entry: Mapping[str, Any], year: int) -> RemedyBehind:
    remedy = counted_remedy(entry)
    code = remedy.result_on(year_end(year))
    try:
        href = reverse("remedies:remedy", args=[remedy.id])
    except NoReverseMatch:
        href = ""
    return RemedyBehind(
        number=entry.get("number", ""),
        forum="行政复议" if remedy.forum == "reconsideration" else "行政诉讼",
        case_number=entry.get("case_number", ""),
        filed_on=remedy.filed_on,
        result=remedy_results()[remedy.forum, code].label if code else "",
        href=href,
    )
