"""Registers for tests, filled through the log that people use; reports that are counted from them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.test import Client

from gongkai.agencies.models import Account
from gongkai.casework.actions.intake import receive_application
from gongkai.casework.actions.log import append
from gongkai.casework.models import Application
from gongkai.law.applicants import ApplicantKind
from gongkai.law.report.formats import split_address
from gongkai.remedies.actions.registering import Filing as RemedyFiling
from gongkai.remedies.actions.registering import record_notification, register
from gongkai.remedies.actions.results import Verdict, record_result
from gongkai.remedies.models import Remedy
from gongkai.reporting import actions
from gongkai.reporting.compiling import fill_blanks
from gongkai.reporting.models import AnnualReport, YearCut
from gongkai.reporting.registers import count_year
from tests.agencies.cast import Cast
from tests.casework.cases import filing, moment
from tests.reporting.drafts import PROSE

JANUARY = moment(date(2025, 1, 8))
YEAR = 2024
NEW, GRANTED = "table3.new_received.natural_person", "table3.granted.natural_person"
CARRIED, BROUGHT = "table3.carried_forward.natural_person", "table3.brought_forward.natural_person"


def received(cast: Cast, day: str, *, entered: str = "", kind: str = "natural_person") -> Application:
    """An application handed in at the counter on a day, registered then or later."""
    arrived = date.fromisoformat(day)
    return receive_application(
        agency=cast.agency,
        filing=filing(arrived, applicant_kind=ApplicantKind(kind)),
        by=cast.officer,
        at=moment(date.fromisoformat(entered or day)),
    ).case


def answered(
    case: Application, day: str, decision: str = "granted.provided", *, entered: str = ""
) -> Application:
    """The case answered on a day, entered then or later."""
    return _ended(case, "answered", day, {"decision": decision}, entered)


def withdrawn(case: Application, day: str) -> Application:
    details = {"decision": "otherwise_handled.other_handling", "why": "withdrawn"}
    return _ended(case, "withdrawn", day, details)


def disposed(case: Application, day: str, disposal: str) -> Application:
    """The case split or transferred: closed without a decision of its own, and not counted."""
    case = _ended(case, "closed", day, {"disposal": disposal})
    case.counted = False
    case.save(update_fields=["counted"])
    return case


def _ended(
    case: Application, kind: str, day: str, details: Mapping[str, Any], entered: str = ""
) -> Application:
    at = moment(date.fromisoformat(entered or day), 15)
    append(case=case, kind=kind, on=date.fromisoformat(day), by=case.recorded_by, at=at, details=details)
    case.refresh_from_db()
    return case


def challenged(
    case: Application, day: str, body: str, *, after: Remedy | None = None, direct: bool = False
) -> Remedy:
    """A reconsideration of the case, or a suit: after one, or direct."""
    is_suit = direct or after is not None
    filing = RemedyFiling(
        forum="litigation" if is_suit else "reconsideration",
        challenged="answer",
        body=body,
        filed_on=date.fromisoformat(day),
        route="direct_suit" if direct else "suit_after_reconsideration" if after else "",
        preceded_by=after,
    )
    on, by = date.fromisoformat(day), case.recorded_by
    assert by is not None
    remedy = register(case=case, filing=filing, by=by, at=moment(on))
    return record_notification(remedy=remedy, on=on, procedure="ordinary", by=by, at=moment(on))


def settled(remedy: Remedy, day: str, result: str) -> Remedy:
    """The decision on the reconsideration, or the judgment, given and received on a day."""
    on = date.fromisoformat(day)
    verdict = Verdict(result=result, decided_on=on, received_on=on)
    return record_result(remedy=remedy, verdict=verdict, by=remedy.registered_by, at=moment(on))


def rows(cast: Cast, year: int) -> dict[str, int]:
    count = count_year(cast.agency, year)
    assert count is not None
    return {
        split_address(cell)[1]: n
        for cell, n in count.figures.items()
        if n and cell.startswith("table3.") and cell.endswith(".total")
    }


def cut(cast: Cast, year: int = YEAR, at: datetime | None = None) -> YearCut:
    return actions.take_cut(
        agency=cast.agency, year=year, by=cast.head, at=at or moment(date(year + 1, 1, 8))
    )


def started(cast: Cast, year: int = YEAR) -> AnnualReport:
    return actions.start_report(
        agency=cast.agency, year=year, by=cast.officer, at=moment(date(year + 1, 1, 8))
    )


def filled(cast: Cast, report: AnnualReport) -> AnnualReport:
    at = moment(date(report.year + 1, 1, 9))
    return actions.fill_from_registers(report=report, revision=report.revision, by=cast.officer, at=at)


def save(cast: Cast, report: AnnualReport, reason: str = "", **cells: int) -> AnnualReport:
    figures = {name.replace("__", "."): value for name, value in cells.items()}
    return actions.save_figures(
        report=report, cells=figures, revision=report.revision, by=cast.officer, at=JANUARY, reason=reason
    )


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def three_applications(cast: Cast) -> Cast:
    """Three applications of 2024: one granted, one carried forward, one withdrawn."""
    answered(received(cast, "2024-03-04"), "2024-03-20")
    received(cast, "2024-12-20")
    withdrawn(received(cast, "2024-06-03", kind="legal_service_organization"), "2024-06-05")
    return cast


def ready(cast: Cast) -> AnnualReport:
    report = filled(cast, started(cast))
    report = actions.save_figures(
        report=report, cells={}, revision=report.revision, by=cast.officer, at=JANUARY, then=(fill_blanks,)
    )
    prose = PROSE | {"overview": "本年收到政府信息公开申请3件。"}
    return actions.save_prose(
        report=report, sections=prose, revision=report.revision, by=cast.officer, at=JANUARY
    )
