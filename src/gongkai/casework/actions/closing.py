"""What ends a case besides its answer, and what follows the end: withdrawal, archive; and the search."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.lawful import require, require_past, require_reason
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import append, locked
from gongkai.casework.lettering import UnableToDraft
from gongkai.casework.models import Application, CaseEvent, Letter, SearchRecord
from gongkai.casework.policies.acts import may_archive
from gongkai.casework.policies.people import may_act, may_work_on
from gongkai.casework.policies.withdrawing import (
    CONFIRMATION,
    WITHDRAWN_AS,
    may_confirm_withdrawal,
    withdrawal_of,
)
from gongkai.law.clock.events import Withdrawn

Kind = CaseEvent.Kind


class UnableToWithdraw(ActionRefused):
    """The case is closed, or the applicant's wish is not on record."""


class UnableToConfirmWithdrawal(ActionRefused):
    """Nothing was withdrawn, or the confirmation is written already."""


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
def register_withdrawal(
    *, case: Application, on: date, manner: str, by: Account, at: datetime, revision: int | None = None
) -> tuple[Application, Letter | None]:
    """The office enters a withdrawal and drafts its confirmation at once.

    The applicant's wish counts even where no letter can be written yet, for want of the names of the bodies.
    """
    case = withdraw(case=case, on=on, reason=manner, by=by, at=at, revision=revision)
    if may_confirm_withdrawal(case, by):
        return case, None
    try:
        return case, confirm_withdrawal(case=case, manner=manner, by=by, at=at)
    except UnableToDraft:
        return case, None


@transaction.atomic
def confirm_withdrawal(
    *, case: Application, manner: str, by: Account, at: datetime, revision: int | None = None
) -> Letter:
    """Draft the 撤回确认书. It does nothing to the case, which the withdrawal has closed."""
    case = locked(case, revision)
    refusal = may_confirm_withdrawal(case, by)
    if refusal:
        raise UnableToConfirmWithdrawal(refusal)
    manner = require_reason(manner, "请写明申请人以什么方式撤回。", "", UnableToConfirmWithdrawal)
    withdrawn = withdrawal_of(case)
    assert withdrawn is not None
    fields = {"ending": "withdrawn", "withdrawn_on": withdrawn.on, "manner": manner}
    return draft_letter(case=case, kind=CONFIRMATION, fields=fields, by=by, at=at)


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
