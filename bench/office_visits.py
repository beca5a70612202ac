"""What is asked of the office of ``bench.office``: pages, and the jobs of a night and a year."""

from collections.abc import Callable, Iterator
from datetime import date

from django.test import Client
from django.utils import timezone

from bench.office import CODE
from gongkai.agencies.models import Account, Agency
from gongkai.audit.queries import verify_chain
from gongkai.casework.actions.days import approve_days, enter_day, resettle_all
from gongkai.casework.actions.duplicates import compare, compare_all
from gongkai.casework.actions.intake import Filing, receive_application
from gongkai.casework.actions.night import remind
from gongkai.casework.models import Application
from gongkai.casework.queries.days import cases_moved, days_pending
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.registers import count_year, freeze

Labor = tuple[str, Callable[[], object], int]


def agency() -> Agency:
    return Agency.objects.get(slug="large")


def _signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=name), "django.contrib.auth.backends.ModelBackend")
    return client


def _get(client: Client, address: str) -> Callable[[], object]:
    def visit() -> str:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        size = len(answer.content)
        return f"{size / 1024:,.0f} KB"

    return visit


def _searching(text: str) -> Client:
    client = _signed_in("head")
    client.post("/office/cases/search/", {"text": text})
    return client


def visits() -> Iterator[tuple[str, Callable[[], object]]]:
    """Each page with its name."""
    head, officer = _signed_in("head"), _signed_in("officer")
    worker = _signed_in(Account.objects.filter(username__startswith="worker").order_by("pk")[0].username)
    still_open = Application.objects.exclude(state="closed").order_by("pk")[100]
    closed = Application.objects.filter(state="closed").order_by("-pk")[100]
    year = date.today().year
    yield "today, head of the office", _get(head, "/office/")
    yield "today, officer of the office", _get(officer, "/office/")
    yield "today, officer of a section", _get(worker, "/office/")
    for name, query in {
        "first page": "", "last page": "page=2000", "sorted by number": "sort=number",
        "open": "state=open", "overdue": "overdue=1", "unserved": "unserved=1", "one section": "section=2",
        "an outcome of a year": "outcome=granted.provided&received_from=2025-01-01&received_to=2025-12-31",
        "sorted by closing": "sort=-closed",
    }.items():  # fmt: skip
        yield f"list, {name}", _get(head, f"/office/cases/?{query}")
    yield "list, officer of a section", _get(worker, "/office/cases/")
    yield "list, text found in many", _get(_searching("校舍维修"), "/office/cases/")
    yield "list, text found in none", _get(_searching("没有这样的词"), "/office/cases/")
    yield "list, a number", _get(_searching(closed.number), "/office/cases/")
    yield "case, open", _get(officer, f"/office/cases/{still_open.pk}/")
    yield "case, closed", _get(officer, f"/office/cases/{closed.pk}/")
    yield "decide", _get(officer, f"/office/cases/{still_open.pk}/decide/")
    yield "proof of the due day", _get(officer, f"/office/cases/{still_open.pk}/deadline/")
    yield "letters, this year", _get(head, "/office/letters/")
    yield "letters, last year", _get(head, f"/office/letters/?year={year - 1}")
    yield "patterns", _get(head, "/office/patterns/large/")
    yield "statistics, this year", _get(head, "/office/statistics/")
    yield "statistics, last year", _get(head, f"/office/statistics/?year={year - 1}")
    yield "remedies", _get(head, "/office/remedies/")
    yield "count of the year", _get(head, "/office/annual/count/large/")
    report = AnnualReport.objects.get(agency=agency(), year=year - 1)
    yield "overview of the report", _get(head, f"/office/annual/reports/{report.pk}/")
    yield (
        "a cell's cases",
        _get(head, f"/office/annual/reports/{report.pk}/cells/table3.new_received.natural_person/"),
    )
    yield "days, nothing typed in", _get(head, "/office/days/large/")
    yield "trail", _get(head, "/office/trail/")
    yield "trail, last page", _get(head, "/office/trail/?page=last")
    yield "track: number and code", _tracking(closed.number)
    yield "register at the counter", _register
    yield "export of the list, CSV", _get(head, "/office/cases/export/csv/")


def _tracking(number: str) -> Callable[[], object]:
    def visit() -> None:
        client = Client()
        answer = client.post("/track/", {"number": number, "code": CODE})
        assert answer.status_code == 302, answer.status_code
        assert client.get("/track/case/").status_code == 200

    return visit


def _register() -> None:
    officer = Account.objects.get(username="officer")
    today = timezone.localdate()
    filing = Filing(
        channel=Channel.IN_PERSON,
        arrived_on=today,
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        identity={"name": "甄示范", "id_number": f"0000001990{Application.objects.count():08d}"},
        description="2024年度城东12号校舍维修改造的验收报告",
    )
    made = receive_application(agency=agency(), filing=filing, by=officer, at=timezone.now())
    compare(case=made.case, at=timezone.now())


def _coming_working_day() -> date:
    from gongkai.casework.reckoning import calendar_of

    return calendar_of(agency()).add_working_days(timezone.localdate(), 3)


def _type_in_a_day() -> None:
    officer = Account.objects.get(username="officer")
    day = _coming_working_day()
    enter_day(agency=agency(), day=day, worked=False, scope="local", why="示例停电", source="示例通知",
              by=officer, at=timezone.now())  # fmt: skip


def _approve() -> str:
    head = Account.objects.get(username="head")
    if not days_pending(agency()).exists():
        _type_in_a_day()
    moved = approve_days(agency=agency(), by=head, at=timezone.now())
    return f"{len(moved):,} cases moved"


def _preview() -> str:
    return f"{len(cases_moved(agency(), list(days_pending(agency())))):,} cases would move"


def labors() -> Iterator[Labor]:
    """Each job with its name and how often it is repeated."""
    here, year = agency(), date.today().year
    yield "count a year", lambda: count_year(here, year) and "", 5
    yield "freeze a year (take_cut)", lambda: freeze(here, year - 1) and "", 5
    yield "verify the trail", lambda: f"{verify_chain().lines:,} lines", 1
    yield (
        "night: due days (nothing to move)",
        lambda: f"{len(resettle_all(agency=here, by=None, at=timezone.now()).moved)} moved",
        2,
    )
    yield (
        "night: alike cases, first time",
        lambda: f"{compare_all(agency=here, at=timezone.now()):,} found",
        0,
    )
    yield "night: alike cases, again", lambda: f"{compare_all(agency=here, at=timezone.now()):,} found", 1
    yield "night: reminders, first time", lambda: remind(agency=here, by=None, at=timezone.now()), 0
    yield "night: reminders, again", lambda: remind(agency=here, by=None, at=timezone.now()), 1
    _type_in_a_day()
    yield "days: what would move", _preview, 2
    head = _signed_in("head")
    yield "days, with what would move", _get(head, "/office/days/large/"), 2
    yield "days: approve", _approve, 2
