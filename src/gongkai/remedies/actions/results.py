"""How a remedy ends, goes on to the second instance, comes back, and what is done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.law.limits import chinese_date
from gongkai.law.remedies import remedy_results
from gongkai.remedies.actions.files import Paper, add_papers
from gongkai.remedies.actions.log import append, opened
from gongkai.remedies.models import Remedy, RemedyEvent, RemedyFile
from gongkai.remedies.policies import WITHOUT_PAPERS
from gongkai.remedies.reckoning import Course, course_of

Kind = RemedyEvent.Kind
AFFIRMED, APPEAL_WITHDRAWN, REMANDED = "affirmed", "appeal_withdrawn", "remanded"
SECOND_INSTANCE = (
    (AFFIRMED, "驳回上诉，维持一审裁判"),
    (APPEAL_WITHDRAWN, "准予撤回上诉，一审裁判生效"),
    (REMANDED, "发回重审"),
)
"""What a court of appeal may say besides a result of its own."""
APPELLANTS = (("agency", "本机关"), ("applicant", "原告"), ("third_party", "第三人"))
ONLY_SECOND, ENTERED_AS_WITHDRAWN = {"appeal_upheld"}, {"withdrawn"}


class UnableToRecordResult(ActionRefused):
    """The result cannot be entered like this."""


class UnableToAppeal(ActionRefused):
    """The appeal cannot be entered now."""


class UnableToWithdraw(ActionRefused):
    """The withdrawal cannot be entered now."""


class UnableToFinish(ActionRefused):
    """Nothing is to be done about the result."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision or a judgment: its day, the day it reached the agency, what it says.

    ``result`` is a code of ``law.remedies``, or one of ``SECOND_INSTANCE``. ``redo_until`` is the last
    day of the term it sets.
    """

    result: str
    decided_on: date
    received_on: date
    document_number: str = ""
    redo_until: date | None = None


def first_results(forum: str) -> list[tuple[str, str]]:
    """The results that a first decision may have: (code, label)."""
    left_out = ONLY_SECOND | ENTERED_AS_WITHDRAWN
    return [
        (code, result.label)
        for (of, code), result in remedy_results().items()
        if of == forum and code not in left_out
    ]


def second_results() -> list[tuple[str, str]]:
    """What a court of appeal may decide: (code, label)."""
    left_out = ONLY_SECOND | ENTERED_AS_WITHDRAWN | {"not_docketed", "transferred"}
    own = [
        (code, f"改判：{result.label}")
        for (of, code), result in remedy_results().items()
        if of == "litigation" and code not in left_out
    ]
    return [*SECOND_INSTANCE, *own]


@transaction.atomic
def record_result(
    *,
    remedy: Remedy,
    verdict: Verdict,
    by: Account,
    at: datetime,
    papers: Sequence[Paper] = (),
    revision: int | None = None,
) -> Remedy:
    """The decision on the reconsideration, or the judgment of the first instance."""
    remedy = opened(remedy, "decide", by, UnableToRecordResult, revision)
    refusal = _unrecordable(remedy, verdict, dict(first_results(remedy.forum)), at)
    if refusal is None and course_of(remedy).state == "registered" and verdict.result not in WITHOUT_PAPERS:
        refusal = Refusal(
            f"还没有登记收到{remedy.papers}；除不予受理、不予立案和移送外，先登记收到，再登记结果。"
        )
    if refusal:
        raise UnableToRecordResult(refusal)
    _enter(remedy, Kind.DECIDED, verdict, verdict.result, by, at)
    add_papers(remedy, RemedyFile.Kind.DECISION, papers, by, at)
    return remedy


@transaction.atomic
def record_appeal(
    *, remedy: Remedy, on: date, side: str, by: Account, at: datetime, revision: int | None = None
) -> Remedy:
    """Somebody appealed against the judgment of the first instance; ``side`` is one of ``APPELLANTS``."""
    remedy = opened(remedy, "appeal", by, UnableToAppeal, revision)
    if side not in dict(APPELLANTS):
        raise UnableToAppeal(Refusal("请选择由谁上诉。"))
    append(remedy=remedy, kind=Kind.APPEALED, on=on, by=by, at=at, details={"side": side})
    return remedy


@transaction.atomic
def record_second_instance_result(
    *,
    remedy: Remedy,
    verdict: Verdict,
    by: Account,
    at: datetime,
    papers: Sequence[Paper] = (),
    revision: int | None = None,
) -> Remedy:
    """What the court of appeal decided. Where it upheld the judgment, the result is that of the
    judgment: one the agency lost stays lost."""
    remedy = opened(remedy, "second", by, UnableToRecordResult, revision)
    refusal = _unrecordable(remedy, verdict, dict(second_results()), at)
    if refusal:
        raise UnableToRecordResult(refusal)
    if verdict.result == REMANDED:
        details = {"document_number": verdict.document_number.strip()}
        append(remedy=remedy, kind=Kind.REMANDED, on=verdict.decided_on, by=by, at=at, details=details)
    else:
        result = _final_result(course_of(remedy), verdict.result)
        _enter(remedy, Kind.APPEAL_DECIDED, verdict, result, by, at)
    add_papers(remedy, RemedyFile.Kind.DECISION, papers, by, at)
    return remedy


def _final_result(course: Course, said: str) -> str:
    first = next(event for event in course.round if event.kind == Kind.DECIDED).details["result"]
    if said not in {AFFIRMED, APPEAL_WITHDRAWN}:
        return said
    won = remedy_results()["litigation", first].column == "upheld"
    return "appeal_upheld" if won and said == AFFIRMED else str(first)


def _unrecordable(remedy: Remedy, verdict: Verdict, allowed: dict[str, str], at: datetime) -> Refusal | None:
    if verdict.result not in allowed:
        return Refusal("请选择结果；列表里没有的，选意思最接近的一项，并在案卷里说明。")
    if verdict.received_on < verdict.decided_on:
        return Refusal("收到文书的日期早于作出的日期，请核对。")
    if verdict.received_on > timezone.localdate(at):
        return Refusal(f"收到文书的日期{chinese_date(verdict.received_on)}还没有到，请核对日期。")
    if verdict.redo_until and verdict.redo_until < verdict.decided_on:
        return Refusal("限定办理的最后一日早于作出决定的日期，请核对。")
    return None


def _enter(remedy: Remedy, kind: str, verdict: Verdict, result: str, by: Account, at: datetime) -> None:
    details: dict[str, Any] = {
        "result": result,
        "said": verdict.result,
        "received_on": verdict.received_on.isoformat(),
        "document_number": verdict.document_number.strip(),
    }
    if verdict.redo_until:
        details["redo_until"] = verdict.redo_until.isoformat()
    append(remedy=remedy, kind=kind, on=verdict.decided_on, by=by, at=at, details=details)


@transaction.atomic
def record_withdrawal(
    *, remedy: Remedy, on: date, reason: str, by: Account, at: datetime, revision: int | None = None
) -> Remedy:
    """The other side took the application or the suit back, and that was allowed."""
    remedy = opened(remedy, "withdraw", by, UnableToWithdraw, revision)
    if not reason.strip():
        raise UnableToWithdraw(Refusal("请写明撤回的依据，例如准予撤诉裁定的文号、终止通知的日期。"))
    append(remedy=remedy, kind=Kind.WITHDRAWN, on=on, by=by, at=at, reason=reason)
    return remedy


@transaction.atomic
def record_redone(
    *, remedy: Remedy, on: date, how: str, by: Account, at: datetime, revision: int | None = None
) -> Remedy:
    """What the result asks for was done."""
    remedy = opened(remedy, "redone", by, UnableToFinish, revision)
    if not how.strip():
        raise UnableToFinish(Refusal("请写明怎样办理的，例如重新答复的登记编号和文号。"))
    append(remedy=remedy, kind=Kind.REDONE, on=on, by=by, at=at, reason=how)
    return remedy
