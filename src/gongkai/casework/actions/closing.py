"""What ends a case besides its answer, and what follows the end: withdrawal, archive; and the search."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.lawful import require, require_past, require_reason
from gongkai.casework.actions.log import append, locked
from gongkai.casework.models import Application, CaseEvent, SearchRecord
from gongkai.casework.policies.acts import may_archive
from gongkai.casework.policies.people import may_act, may_work_on
from gongkai.law.clock.events import Withdrawn

Kind = CaseEvent.Kind
WITHDRAWN_AS = "otherwise_handled.other_handling"


class UnableToWithdraw(ActionRefused):
    """The case is closed, or the applicant's wish is not on record."""


class UnableToArchive(ActionRefused):
    """The case is still open or something is still under way."""


class UnableToRecordSearch(ActionRefused):
    """The record does not say who looked where for what."""


class UnableToRecordHelp(ActionRefused):
    """The record does not say what was done."""


@transaction.atomic
def withdraw(
    *,
    case: Application,
    on: date,
    reason: str,
    by: Account | None,
    at: datetime,
    revision: int | None = None,
) -> Application:
    """The applicant takes the application back; ``reason`` says how the wish was expressed."""
    case = locked(case, revision)
    require_past(on, timezone.localdate(at), UnableToWithdraw)
    require(case, Withdrawn(on), by, UnableToWithdraw)
    reason = require_reason(reason, "请写明申请人怎样表示撤回（书面、当面、网上）。", "", UnableToWithdraw)
    details = {"decision": WITHDRAWN_AS, "why": "withdrawn"}
    append(case=case, kind=Kind.WITHDRAWN, on=on, by=by, at=at, details=details, reason=reason)
    return case


@transaction.atomic
def archive(
    *, case: Application, archive_number: str, by: Account, at: datetime, revision: int | None = None
) -> Application:
    """The file is closed and handed to the archive (第四十五条)."""
    case = locked(case, revision)
    refusal = may_archive(case, by)
    if refusal is None and not archive_number.strip():
        refusal = Refusal("请填写档号。", "《条例》第四十五条")
    if refusal:
        raise UnableToArchive(refusal)
    case.archived_on, case.archive_number = timezone.localdate(at), archive_number.strip()
    case.save(update_fields=["archived_on", "archive_number"])
    append(case=case, kind=Kind.ARCHIVED, on=case.archived_on, by=by, at=at)
    return case


@transaction.atomic
def record_help(
    *, case: Application, on: date, text: str, by: Account, at: datetime, revision: int | None = None
) -> Application:
    """What was done for an applicant who has difficulty reading, seeing or hearing (第四十三条)."""
    case = locked(case, revision)
    refusal = may_work_on(case, by)
    if refusal:
        raise UnableToRecordHelp(refusal)
    require_past(on, timezone.localdate(at), UnableToRecordHelp)
    text = require_reason(text, "请写明提供了什么协助。", "《条例》第四十三条", UnableToRecordHelp)
    append(case=case, kind=Kind.HELPED, on=on, by=by, at=at, reason=text)
    return case


@transaction.atomic
def record_search(
    *,
    case: Application,
    system: str,
    terms: str,
    period: str,
    result: str,
    found: bool,
    searched_by: str,
    on: date,
    by: Account,
    at: datetime,
    revision: int | None = None,
) -> SearchRecord:
    """Who looked where with which words, and what came of it."""
    case = locked(case, revision)
    refusal = may_act(case, by)
    if refusal is None and not all(text.strip() for text in (system, terms, result, searched_by)):
        refusal = Refusal("检索记录要写明何人、在何处、用何词检索，结果如何。", "《条例》第三十六条第四项")
    if refusal:
        raise UnableToRecordSearch(refusal)
    require_past(on, timezone.localdate(at), UnableToRecordSearch)
    made = SearchRecord.objects.create(
        case=case,
        system=system.strip(),
        terms=terms.strip(),
        period=period.strip(),
        result=result.strip(),
        found=found,
        searched_by=searched_by.strip(),
        on=on,
        by=by,
        at=at,
    )
    append(case=case, kind=Kind.SEARCHED, on=on, by=by, at=at, details={"found": found, "search": made.pk})
    return made
