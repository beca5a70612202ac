"""Remedies for tests, made through the same actions that people use."""

from datetime import date

from gongkai.casework.actions.log import append
from gongkai.casework.models import Application
from gongkai.remedies.actions import answering, registering, results
from gongkai.remedies.actions.files import Paper
from gongkai.remedies.actions.results import Verdict
from gongkai.remedies.models import Remedy
from gongkai.remedies.policies import Filing
from tests.casework.cases import moment, register

ARRIVED, ANSWERED = date(2025, 3, 3), date(2025, 3, 24)
BODY, COURT = "示例市人民政府", "示例市示例区人民法院"
PDF = Paper("答复书.pdf", b"%PDF-1.7 made up")


def answered_case(
    cast, decision: str = "denied.deliberative", on: date = ANSWERED, arrived_on: date = ARRIVED
) -> Application:
    """A case that was received and answered."""
    case = register(cast, arrived_on).case
    details = {"decision": decision}
    append(case=case, kind="answered", on=on, by=cast.officer, at=moment(on), details=details)
    case.refresh_from_db()
    return case


def reconsideration(cast, case: Application, filed_on: date = date(2025, 4, 1), **changes) -> Remedy:
    given = {"forum": "reconsideration", "challenged": "answer", "body": BODY, "filed_on": filed_on}
    return _registered(cast, case, Filing(**given | changes))


def suit(cast, case: Application, filed_on: date, after: Remedy | None = None, **changes) -> Remedy:
    given = {
        "forum": "litigation", "challenged": "answer", "body": COURT, "filed_on": filed_on,
        "route": "suit_after_reconsideration" if after else "direct_suit", "preceded_by": after,
    }  # fmt: skip
    return _registered(cast, case, Filing(**given | changes))


def _registered(cast, case: Application, filing: Filing) -> Remedy:
    return registering.register(case=case, filing=filing, by=cast.officer, at=moment(filing.filed_on))


def notified(cast, remedy: Remedy, on: date, procedure: str = "ordinary") -> Remedy:
    return registering.record_notification(
        remedy=remedy, on=on, procedure=procedure, by=cast.officer, at=moment(on)
    )


def defended(cast, remedy: Remedy, on: date) -> Remedy:
    return answering.submit_answer(remedy=remedy, on=on, how="", papers=[PDF], by=cast.officer, at=moment(on))


def decided(cast, remedy: Remedy, result: str, on: date, redo_until: date | None = None) -> Remedy:
    verdict = Verdict(result, on, on, "示决〔2025〕1号", redo_until)
    return results.record_result(remedy=remedy, verdict=verdict, by=cast.officer, at=moment(on))


def appealed(cast, remedy: Remedy, on: date) -> Remedy:
    return results.record_appeal(remedy=remedy, on=on, side="applicant", by=cast.officer, at=moment(on))


def decided_again(cast, remedy: Remedy, result: str, on: date) -> Remedy:
    verdict = Verdict(result, on, on, "示行终1号")
    return results.record_second_instance_result(
        remedy=remedy, verdict=verdict, by=cast.officer, at=moment(on)
    )
