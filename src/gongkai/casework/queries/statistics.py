"""The figures of a year: received, closed, open; days used; outcomes; who and how; what was late."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import mean, median

from django.db.models import Q, Sum

from gongkai.agencies.models import Account, Agency
from gongkai.casework.exporting import Sheet
from gongkai.casework.models import Application, OfferTally
from gongkai.casework.queries.cases import cases_seen_by
from gongkai.casework.queries.lateness import LateCase, late_cases, spendings
from gongkai.casework.queries.lists import result_label
from gongkai.casework.reckoning import calendar_of
from gongkai.casework.spending import Spending, Step, slowest_steps
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel
from gongkai.pieces.spreadsheets import Cell

MONTHS = range(1, 13)
_BANDS = ((0, 5), (6, 10), (11, 15), (16, 20), (21, 40), (41, None))
_COLUMNS = (
    "pk", "number", "title", "matter", "state", "channel", "applicant_kind", "arrived_on", "received_on",
    "due_on", "closed_on", "decision", "disposal", "section__name", "agency_id", "counted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of counts."""

    label: str
    received: int
    closed: int
    still_open: int
    late: int
    median_days: float | None


class Statistics:
    """The applications for disclosure of one agency in one year, as they stand on a day.

    Received, channels and kinds count what was received in the year; closed, days, outcomes and
    lateness what was closed in it.
    """

    def __init__(self, account: Account, agency: Agency, year: int, on: date) -> None:
        self.agency, self.year, self.on = agency, year, on
        self._account = account
        self.calendar = calendar_of(agency)

    @cached_property
    def cases(self) -> list[Application]:
        """Everything that was open on some day of the year."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        found = cases_seen_by(self._account).select_related(None).select_related("section")
        found = found.filter(
            agency=self.agency, matter=Application.Matter.DISCLOSURE, counted=True, received_on__lte=last
        )
        return list(found.filter(Q(closed_on=None) | Q(closed_on__gte=first)).only(*_COLUMNS).order_by("pk"))

    @cached_property
    def received(self) -> list[Application]:
        return [case for case in self.cases if case.received_on and case.received_on.year == self.year]

    @cached_property
    def closed(self) -> list[Application]:
        return [case for case in self.cases if case.closed_on and case.closed_on.year == self.year]

    @cached_property
    def still_open(self) -> list[Application]:
        """Not closed by the end of the year, or by now."""
        end = min(date(self.year, 12, 31), self.on)
        return [case for case in self.cases if _open_at(case, end)]

    def by_month(self) -> tuple[list[int | None], list[int | None], list[int | None]]:
        """Received and closed in each month, open at its end; no figure for months to come."""
        received = Counter(case.received_on.month for case in self.received if case.received_on)
        closed = Counter(case.closed_on.month for case in self.closed if case.closed_on)
        return (
            [self._come(month, received[month]) for month in MONTHS],
            [self._come(month, closed[month]) for month in MONTHS],
            [self._come(month, self._open_after(month)) for month in MONTHS],
        )

    def _come(self, month: int, count: int) -> int | None:
        return count if date(self.year, month, 1) <= self.on else None

    def _open_after(self, month: int) -> int:
        following = date(self.year + month // 12, month % 12 + 1, 1)
        end = min(date.fromordinal(following.toordinal() - 1), self.on)
        return sum(_open_at(case, end) for case in self.cases)

    @cached_property
    def days(self) -> list[int]:
        """Working days from receipt to answer, of each case that was answered, sorted."""
        return sorted(self._used(case) for case in self.closed if case.decision)

    def _used(self, case: Application) -> int:
        assert case.received_on is not None and case.closed_on is not None
        return self.calendar.working_days_between(case.received_on, case.closed_on)

    @property
    def median_days(self) -> float | None:
        return median(self.days) if self.days else None

    @property
    def ninth_decile(self) -> int | None:
        """Nine of ten cases took no longer."""
        return self.days[-(-len(self.days) * 9 // 10) - 1] if self.days else None

    def bands(self) -> list[tuple[str, int]]:
        """How many cases took how long."""
        return [
            (_band(low, high), sum(low <= day <= (day if high is None else high) for day in self.days))
            for low, high in _BANDS
        ]

    def outcomes(self) -> list[tuple[str, int]]:
        counts = Counter(result_label(case) for case in self.closed)
        return counts.most_common()

    def channels(self) -> list[Row]:
        labels = {channel.value: channel.label for channel in Channel}
        return self._rows(lambda case: labels[case.channel], list(labels.values()))

    def kinds(self) -> list[Row]:
        labels = {kind.value: kind.label for kind in ApplicantKind}
        return self._rows(lambda case: labels[case.applicant_kind], list(labels.values()))

    def sections(self) -> list[Row]:
        names = sorted({case.section.name for case in self.cases if case.section})
        return self._rows(_section_name, [*names, _NO_SECTION])

    def _rows(self, label_of: Callable[[Application], str], labels: Sequence[str]) -> list[Row]:
        def of(label: str, cases: Iterable[Application]) -> list[Application]:
            return [case for case in cases if label_of(case) == label]

        rows = []
        for label in labels:
            closed = of(label, self.closed)
            days = [self._used(case) for case in closed if case.decision]
            row = Row(
                label,
                len(of(label, self.received)),
                len(closed),
                len(of(label, self.still_open)),
                len(of(label, (late.case for late in self.late))),
                median(days) if days else None,
            )
            if row.received or row.closed or row.still_open:
                rows.append(row)
        return rows

    @cached_property
    def spent(self) -> Mapping[int, Spending]:
        """How each case closed in the year, or still open, spent its days."""
        return spendings(
            {case.pk: case for case in [*self.closed, *self._running]}.values(), self.calendar, self.on
        )

    @property
    def _running(self) -> list[Application]:
        return [case for case in self.cases if case.closed_on is None]

    @cached_property
    def late(self) -> list[LateCase]:
        """Answered too late in the year, or overdue now and still open."""
        running = self._running if self.year >= self.on.year else []
        return late_cases([*self.closed, *running], self.spent, self.calendar, self.on)

    def slowest(self) -> list[tuple[Step, int]]:
        """Of the late cases: which step used most, how often."""
        return list(slowest_steps(late.spent for late in self.late).items())

    def steps_by_section(self) -> tuple[list[str], dict[Step, list[float]]]:
        """Mean working days a closed case spent in each step, for each section and for all."""
        names = [row.label for row in self.sections() if row.closed]
        groups = [[case for case in self.closed if _section_name(case) == name] for name in names]
        if len(names) > 1:
            names, groups = ["全部", *names], [self.closed, *groups]
        means = {
            step: [round(mean(self.spent[c.pk].days.get(step, 0) for c in group), 1) for group in groups]
            for step in Step
        }
        return names, {step: values for step, values in means.items() if any(values)}

    @cached_property
    def offers(self) -> tuple[int, int]:
        """How often something published was offered on the website, and how often that was enough."""
        tallies = OfferTally.objects.filter(agency=self.agency, on__year=self.year)
        found = tallies.aggregate(offered=Sum("offered"), satisfied=Sum("satisfied"))
        return found["offered"] or 0, found["satisfied"] or 0

    def sheets(self) -> list[Sheet]:
        """All the figures, for a file."""
        received, closed, left = self.by_month()
        monthly = (
            (f"{month}月", received[month - 1], closed[month - 1], left[month - 1]) for month in MONTHS
        )
        names, steps = self.steps_by_section()
        means: list[tuple[Cell, ...]] = [(step.label, *values) for step, values in steps.items()]
        return [
            Sheet("逐月", ("月份", "收到", "办结", "月末在办"), tuple(monthly)),
            Sheet("办理天数", ("工作日", "件数"), tuple(self.bands())),
            Sheet("办理结果", ("结果", "件数"), tuple(self.outcomes())),
            _sheet("科室", self.sections()),
            _sheet("接收渠道", self.channels()),
            _sheet("申请人类别", self.kinds()),
            Sheet("各步平均天数", ("步骤", *names), tuple(means)),
            Sheet("推荐已公开信息", ("推荐次数", "找到后不再申请"), (self.offers,)),
            Sheet("逾期", _LATE_HEAD, tuple(map(_late_row, self.late))),
        ]


_NO_SECTION = "没有交办"
_LATE_HEAD = (
    "登记编号",
    "答复期限",
    "办结日期",
    "逾期工作日",
    "用时最多的一步",
    *(step.label for step in Step),
)


def _late_row(late: LateCase) -> tuple[Cell, ...]:
    spent = late.spent
    return (
        late.case.number,
        late.case.due_on,
        late.case.closed_on,
        late.late_by,
        spent.slowest.label if spent.slowest else "",
        *(spent.days.get(step, 0) for step in Step),
    )


def _sheet(name: str, rows: Iterable[Row]) -> Sheet:
    head = (name, "收到", "办结", "在办", "逾期", "办理天数中位数")
    return Sheet(
        name, head, tuple((r.label, r.received, r.closed, r.still_open, r.late, r.median_days) for r in rows)
    )


def _open_at(case: Application, day: date) -> bool:
    return (
        case.received_on is not None
        and case.received_on <= day
        and (case.closed_on is None or case.closed_on > day)
    )


def _section_name(case: Application) -> str:
    return case.section.name if case.section else _NO_SECTION


def _band(low: int, high: int | None) -> str:
    return f"{low}日以上" if high is None else f"{low}–{high}日"


def years_of(account: Account, on: date) -> list[int]:
    """The years that have cases, the newest first; this year in any case."""
    found = cases_seen_by(account).select_related(None).filter(received_on__isnull=False)
    years = {day.year for day in found.dates("received_on", "year")}
    return sorted(years | {on.year}, reverse=True)
