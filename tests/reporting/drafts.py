"""Reports for tests, at any stage of their way."""

from gongkai.agencies.models import Account, Agency
from gongkai.reporting import actions
from gongkai.reporting.compiling import fill_blanks
from gongkai.reporting.models import AnnualReport
from tests.agencies.cast import MORNING, Cast

PROSE = {
    "overview": "本年主动公开政府信息5条，收到政府信息公开申请0件。",
    "problems_and_improvements": "公开栏更新不够勤，已指定专人。",
    "other_matters": "无。",
}


def started(agency: Agency, by: Account, year: int = 2020) -> AnnualReport:
    return actions.start_report(agency=agency, year=year, by=by, at=MORNING)


def complete(cast: Cast, year: int = 2020, **cells: int) -> AnnualReport:
    """A report without an error or a blank, ready to be signed; ``cells`` by row and column."""
    report = started(cast.agency, cast.officer, year)
    figures = {f"table3.{name.replace('__', '.')}": value for name, value in cells.items()}
    report = actions.save_figures(
        report=report,
        cells=figures,
        revision=report.revision,
        by=cast.officer,
        at=MORNING,
        then=(fill_blanks,),
    )
    return actions.save_prose(
        report=report, sections=PROSE, revision=report.revision, by=cast.officer, at=MORNING
    )


def signed(cast: Cast, year: int = 2020) -> AnnualReport:
    return actions.sign(report=complete(cast, year), by=cast.leader, at=MORNING)


def submitted(cast: Cast, year: int = 2020) -> AnnualReport:
    return actions.submit(report=signed(cast, year), by=cast.head, at=MORNING)


def published(cast: Cast, year: int = 2020) -> AnnualReport:
    return actions.publish(report=submitted(cast, year), by=cast.head, at=MORNING)
