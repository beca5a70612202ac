"""What has to be said to whom, once a night."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.casework.actions.telling import tell
from gongkai.casework.models import Application, Consultation
from gongkai.casework.queries.arrivals import gone_quiet
from gongkai.casework.queries.people import heads_of, holders_of
from gongkai.casework.queries.waiting import last_days, opinion_day
from gongkai.casework.reckoning import calendar_of
from gongkai.law.lifecycle import CaseState
from gongkai.law.limits import chinese_date
from gongkai.law.workdays import WorkingCalendar
from gongkai.notices.actions import notify

SOON = 5  # working days


def remind(*, agency: Agency, by: Account | None, at: datetime) -> None:
    """Tell people what is due, what is late and what waits. Each notice has a key, so that a second
    round on the same day says nothing twice. Each is said in a transaction of its own: nobody waits for
    all of them, and a round that was cut short is made up for by the next."""
    on, calendar = timezone.localdate(at), calendar_of(agency)
    cases = list(
        Application.objects.filter(agency=agency, joined_to=None)
        .exclude(state="closed")
        .select_related("agency", "officer")
        .prefetch_related("co_workers")
    )
    for case in cases:
        _about_due_day(case, calendar, on, by, at)
        _about_arrival(case, calendar, on, by, at)
    _about_lapsed(cases, calendar, on, by, at)
    _about_opinions(cases, calendar, on, by, at)
    _about_silence(agency, on, by, at)


def _about_due_day(
    case: Application, calendar: WorkingCalendar, on: date, by: Account | None, at: datetime
) -> None:
    if case.due_on is None:
        return
    day = chinese_date(case.due_on)
    if case.due_on < on:
        people = {person.pk: person for person in [*holders_of(case), *heads_of(case.agency)]}
        tell(
            case=case, to=people.values(), kind="overdue", by=by, at=at,
            title=f"{case.number}已经逾期",
            text=f"答复期限到{day}，已经过去。请尽快答复，并查明拖在哪一步。",
            key=f"overdue:{case.pk}:{case.due_on}",
        )  # fmt: skip
    elif calendar.working_days_between(on, case.due_on) <= SOON:
        left = calendar.working_days_between(on, case.due_on)
        tell(
            case=case, to=holders_of(case), kind="due_soon", by=by, at=at,
            title=f"{case.number}{f'还有{left}个工作日到期' if left else '今天到期'}",
            text=f"答复期限到{day}。来不及的，在到期前办延期（第三十三条）。",
            key=f"due-soon:{case.pk}:{case.due_on}",
        )  # fmt: skip


def _about_arrival(
    case: Application, calendar: WorkingCalendar, on: date, by: Account | None, at: datetime
) -> None:
    if case.state != CaseState.RECEIVED or on < calendar.add_working_days(case.arrived_on, 1):
        return
    tell(
        case=case, to=heads_of(case.agency), kind="arrival_unconfirmed", by=by, at=at,
        title=f"{case.number}到达一个工作日，还没有确认",
        text=f"{chinese_date(case.arrived_on)}到达。请尽快与申请人确认并记录，才有收到之日（第三十一条）。",
        key=f"unconfirmed:{case.pk}:{case.arrived_on}",
    )  # fmt: skip


def _about_lapsed(
    cases: list[Application], calendar: WorkingCalendar, on: date, by: Account | None, at: datetime
) -> None:
    for case, (kind, last) in last_days(cases, {case.agency_id: calendar for case in cases}):
        if last >= on:
            continue
        word = "没有补正" if kind == "supplement_requested" else "没有缴费"
        tell(
            case=case, to=holders_of(case), kind="lapsed", by=by, at=at,
            title=f"{case.number}的申请人逾期{word}",
            text=f"期限到{chinese_date(last)}。申请人没有正当理由的，可以告知不再处理并办结。",
            key=f"lapsed:{case.pk}:{last}",
        )  # fmt: skip


def _about_opinions(
    cases: list[Application], calendar: WorkingCalendar, on: date, by: Account | None, at: datetime
) -> None:
    by_pk = {case.pk: case for case in cases}
    asked = Consultation.objects.filter(
        case__in=by_pk, sent_on__isnull=False, delivered_on__isnull=False, answer=""
    )
    for asking in asked.only("case_id", "kind", "delivered_on"):
        last = opinion_day(asking, calendar)
        if last is None or last >= on:
            continue
        case = by_pk[asking.case_id]
        tell(
            case=case, to=holders_of(case), kind="lapsed", by=by, at=at,
            title=f"{case.number}征求意见的期限已满",
            text=f"期限到{chinese_date(last)}。请登记“逾期未提出意见”，答复期限才会继续计算。",
            key=f"opinion:{asking.pk}:{last}",
        )  # fmt: skip


def _about_silence(agency: Agency, on: date, by: Account | None, at: datetime) -> None:
    days = gone_quiet(agency, on)
    if days is None:
        return
    since = on - timedelta(days=days)
    for head in heads_of(agency):
        notify(
            agency=agency, to=head, kind="nothing_arrived", by=by, at=at,
            title=f"已经{days}天没有收到申请",
            text="比平常长得多。请试一试网站申请、电子邮箱和传真是不是还通。",
            link="/", key=f"quiet:{agency.pk}:{since}",
        )  # fmt: skip
