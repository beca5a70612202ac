"""What the agency does as respondent: answer, come to hearings, note that more time is taken."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.remedies.actions.files import Paper, add_papers
from gongkai.remedies.actions.log import append, opened
from gongkai.remedies.models import Remedy, RemedyEvent, RemedyFile

Kind = RemedyEvent.Kind


class UnableToAnswer(ActionRefused):
    """The answer cannot be entered now."""


class UnableToHear(ActionRefused):
    """The hearing cannot be entered now."""


class UnableToExtend(ActionRefused):
    """The extension cannot be entered now."""


@transaction.atomic
def submit_answer(
    *,
    remedy: Remedy,
    on: date,
    how: str,
    by: Account,
    at: datetime,
    papers: Sequence[Paper] = (),
    revision: int | None = None,
) -> Remedy:
    """The answer and the evidence were handed in; ``papers`` are what was."""
    remedy = opened(remedy, "answer", by, UnableToAnswer, revision)
    if not papers:
        raise UnableToAnswer(Refusal("请上传提交的答复书（答辩状）；证据和回执也可以一并上传。"))
    append(remedy=remedy, kind=Kind.ANSWERED, on=on, by=by, at=at, reason=how)
    add_papers(remedy, RemedyFile.Kind.ANSWER, papers, by, at)
    return remedy


@transaction.atomic
def record_hearing(
    *,
    remedy: Remedy,
    on: date,
    what: str,
    by: Account,
    at: datetime,
    papers: Sequence[Paper] = (),
    revision: int | None = None,
) -> Remedy:
    """A hearing: one to come is noted as announced today, one that was held as held on its day."""
    remedy = opened(remedy, "hearing", by, UnableToHear, revision)
    today = timezone.localdate(at)
    if on > today:
        details = {"hearing_on": on.isoformat()}
        append(remedy=remedy, kind=Kind.HEARING_SET, on=today, by=by, at=at, details=details, reason=what)
    else:
        append(remedy=remedy, kind=Kind.HEARING, on=on, by=by, at=at, reason=what)
    add_papers(remedy, RemedyFile.Kind.NOTICE, papers, by, at)
    return remedy


@transaction.atomic
def record_extension(
    *, remedy: Remedy, on: date, days: int, by: Account, at: datetime, revision: int | None = None
) -> Remedy:
    """The organ takes more time to decide."""
    remedy = opened(remedy, "extend", by, UnableToExtend, revision)
    append(remedy=remedy, kind=Kind.EXTENDED, on=on, by=by, at=at, details={"days": days})
    return remedy
