"""A change of the calendar: typed in, looked at, approved; every case it moves is told so."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.casework.actions.log import Resettled, resettle
from gongkai.casework.actions.telling import tell
from gongkai.casework.models import Application, LocalDay, SettledYear
from gongkai.casework.policies.office import may_approve_days, may_enter_days
from gongkai.casework.queries.days import cases_moved, cases_out_of_date, days_pending
from gongkai.casework.queries.people import heads_of, holders_of
from gongkai.casework.reckoning import calendar_of
from gongkai.law.limits import chinese_date
from gongkai.law.workdays import WorkingCalendar

FIRST_DAY, LAST_YEAR = date(2019, 5, 15), 2099  # the Regulation is in force; nobody plans further
_HOLIDAYS = "《全国年节及纪念日放假办法》"
_PORTION = 100  # cases moved in one transaction


class UnableToEnterDay(ActionRefused):
    """The day cannot be put down like this."""


class UnableToApproveDays(ActionRefused):
    """The days do not come into force."""


class UnableToSettleYear(ActionRefused):
    """The year stays in doubt."""


def _check(refusal: Refusal | None, refused: type[ActionRefused]) -> None:
    if refusal:
        raise refused(refusal)


def _note(agency: Agency, act: str, by: Account | None, at: datetime, **details: object) -> None:
    record(by=by, at=at, act=act, subject=f"agency:{agency.pk}", agency=agency, details=details)


@transaction.atomic
def enter_day(
    *,
    agency: Agency,
    day: date,
    worked: bool,
    scope: str,
    why: str,
    source: str,
    by: Account,
    at: datetime,
) -> LocalDay:
    """Put down a day that is worked or off on the word of a document. It counts once it is approved."""
    _check(may_enter_days(agency, by) or _odd_day(agency, day, worked), UnableToEnterDay)
    days_pending(agency).filter(day=day).delete()
    entry = LocalDay.objects.create(
        agency=agency,
        day=day,
        worked=worked,
        scope=scope,
        why=why.strip(),
        source=source.strip(),
        entered_by=by,
        entered_at=at,
    )
    _note(agency, "entered_day", by, at, name=str(entry))
    return entry


def _odd_day(agency: Agency, day: date, worked: bool) -> Refusal | None:
    if not FIRST_DAY.year <= day.year <= LAST_YEAR:
        return Refusal(
            f"只录{FIRST_DAY.year}年至{LAST_YEAR}年的日子；{chinese_date(day)}与在办的期限无关，请核对日期。",
            _HOLIDAYS,
        )
    calendar = calendar_of(agency)
    if calendar.is_working_day(day) != worked:
        return None
    kind = calendar.describe(day).kind.label
    word = "上班" if worked else "放假"
    return Refusal(
        f"{chinese_date(day)}现在就是“{kind}”，不用再录成{word}；请核对日期。",
        _HOLIDAYS,
    )


@transaction.atomic
def drop_day(*, entry: LocalDay, by: Account, at: datetime) -> None:
    """Take back a day that is not in force yet."""
    refusal = may_enter_days(entry.agency, by)
    if entry.approved_at is not None:
        refusal = Refusal("这一天已经批准，不能删除；情况有变的，按新的安排再录一次，批准后替换它。")
    _check(refusal, UnableToEnterDay)
    _note(entry.agency, "dropped_day", by, at, name=str(entry))
    entry.delete()


def approve_days(
    *, agency: Agency, by: Account, at: datetime, seen: Collection[int] | None = None
) -> list[Application]:
    """Bring the days that wait into force, and move every open case with a reason in its log.

    Returns the cases that moved. Refuses where others wait than those that were ``seen`` (their keys),
    and where an act on file would become unlawful: such a case could not be worked on any further.

    The days come into force at once, the cases follow in portions, so that nobody else waits for long;
    were that cut short, the next night would move the rest.
    """
    _check(may_approve_days(agency, by), UnableToApproveDays)
    pending = list(days_pending(agency))
    _check(_unseen(pending, seen), UnableToApproveDays)
    changes = cases_moved(agency, pending)
    broken = [change.case.number for change in changes if change.is_broken]
    _check(_nothing_to_approve(pending) or _breaking(broken), UnableToApproveDays)
    _bring_into_force(agency, pending, len(changes), by, at)
    keys = [change.case.pk for change in changes]
    return list(_resettle(agency, keys, by, at, _reason(pending)).moved)


@transaction.atomic
def _bring_into_force(
    agency: Agency, looked_at: Sequence[LocalDay], cases: int, by: Account, at: datetime
) -> None:
    pending = list(days_pending(agency).select_for_update(of=("self",)))
    _check(_unseen(pending, [entry.pk for entry in looked_at]), UnableToApproveDays)
    for entry in pending:
        LocalDay.objects.filter(
            agency=agency, day=entry.day, approved_at__isnull=False, replaced=False
        ).update(replaced=True)
        entry.approved_by, entry.approved_at = by, at
        entry.save(update_fields=["approved_by", "approved_at"])
    _note(agency, "approved_days", by, at, name="、".join(map(str, pending)), cases=cases)


def _unseen(pending: Sequence[LocalDay], seen: Collection[int] | None) -> Refusal | None:
    if seen is None or set(seen) == {entry.pk for entry in pending}:
        return None
    return Refusal("您打开页面之后，待批准的日子有变动，没有批准；请看过现在的日子和会移动的案件再批准。")


def _nothing_to_approve(pending: Sequence[LocalDay]) -> Refusal | None:
    return None if pending else Refusal("没有待批准的日期，请先录入。")


def _breaking(numbers: Sequence[str]) -> Refusal | None:
    if not numbers:
        return None
    return Refusal(
        f"按新的安排，{'、'.join(numbers)}已经登记的行为会超出法定期限，没有批准。"
        "请核对录入的日期；确实无误的，先在这些案件里划销或者改正那条记录，再来批准。",
        "《条例》第三十三条",
    )


def _reason(pending: Sequence[LocalDay]) -> str:
    days = "、".join(f"{chinese_date(day.day)}{'上班' if day.worked else '放假'}" for day in pending)
    sources = "、".join(dict.fromkeys(day.source for day in pending))
    return f"{days}，依据：{sources}。期限重新计算。"[:500]


def _tell(case: Application, reason: str, by: Account | None, at: datetime) -> None:
    """Whoever works on the case, once for each due day it comes to."""
    tell(
        case=case,
        to=holders_of(case),
        kind="calendar_changed",
        title=f"{case.number}的答复期限变为{chinese_date(case.due_on) if case.due_on else '待定'}",
        text=reason,
        key=f"calendar-changed:{case.pk}:{case.due_on}",
        by=by,
        at=at,
    )


def settle_year(*, agency: Agency, year: int, scope: str, by: Account, at: datetime) -> int:
    """Say that all days off of a year are known now; its due days are no estimates any more.

    Returns how many open cases lost their doubt.
    """
    _check(may_approve_days(agency, by), UnableToSettleYear)
    settled = _settle(agency, year, scope, by, at)
    reason = f"{settled}已录全，期限不再是推算。"
    return len(_resettle(agency, _out_of_date(agency), by, at, reason).moved)


@transaction.atomic
def _settle(agency: Agency, year: int, scope: str, by: Account, at: datetime) -> SettledYear:
    settled, is_new = SettledYear.objects.get_or_create(
        agency=agency, year=year, scope=scope, defaults={"by": by, "at": at}
    )
    if not is_new:
        raise UnableToSettleYear(Refusal(f"{year}年的安排已经标为录全，不用再标。"))
    _note(agency, "settled_year", by, at, name=str(settled))
    return settled


def resettle_all(*, agency: Agency, by: Account | None, at: datetime) -> Resettled:
    """Bring every open case in line with the calendar of now: the product's own notices may have
    been brought up to date. Cases that its events do not allow any more are reported to the heads."""
    version = calendar_of(agency).version
    reason = f"工作日历已更新（版本{version}），期限重新计算。"
    found = _resettle(agency, _out_of_date(agency), by, at, reason)
    for case in found.unlawful:
        _report_unlawful(case, version, at)
    return found


def _out_of_date(agency: Agency) -> list[int]:
    return [case.pk for case, _ in cases_out_of_date(agency)]


def _resettle(
    agency: Agency, cases: Sequence[int], by: Account | None, at: datetime, reason: str
) -> Resettled:
    """A portion of the cases in each transaction, with the word to whoever works on them."""
    calendar = calendar_of(agency)
    moved: list[Application] = []
    unlawful: list[Application] = []
    for start in range(0, len(cases), _PORTION):
        found = _resettle_portion(cases[start : start + _PORTION], calendar, by, at, reason)
        moved += found.moved
        unlawful += found.unlawful
    return Resettled(tuple(moved), tuple(unlawful))


@transaction.atomic
def _resettle_portion(
    cases: Sequence[int], calendar: WorkingCalendar, by: Account | None, at: datetime, reason: str
) -> Resettled:
    before = dict(Application.objects.filter(pk__in=cases).values_list("pk", "due_on"))
    found = resettle(cases=cases, by=by, at=at, reason=reason, calendar=calendar)
    for case in found.moved:
        if case.due_on != before[case.pk]:
            _tell(case, reason, by, at)
    return found


def _report_unlawful(case: Application, version: str, at: datetime) -> None:
    tell(
        case=case,
        to=heads_of(case.agency),
        kind="calendar_changed",
        title=f"{case.number}按新的工作日历算不出期限",
        text="案件里已经登记的行为按新的安排超出了法定期限。请打开案件核对办理记录，划销或者改正有误的一条。",
        key=f"calendar-unlawful:{case.pk}:{version}",
        by=None,
        at=at,
    )
