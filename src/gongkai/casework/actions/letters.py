"""A letter on its way: drafted, approved, signed with its number, kept with its hash."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.effect import take_effect
from gongkai.casework.actions.log import append, locked, note
from gongkai.casework.actions.numbering import take_number
from gongkai.casework.actions.telling import tell
from gongkai.casework.lettering import compose, content_hash, facts_for, facts_of, paper_of, profile_of
from gongkai.casework.models import (
    Application,
    Approval,
    CaseEvent,
    Consultation,
    Decision,
    Letter,
    LetterVersion,
)
from gongkai.casework.policies import signing
from gongkai.casework.policies.enclosing import enclosed, offered
from gongkai.casework.policies.gate import Lateness, lateness, obstacle
from gongkai.casework.policies.people import may_work_on, sees
from gongkai.documents.letters import Letter as Paper
from gongkai.documents.letters import render
from gongkai.documents.writing import Unwritable
from gongkai.law.letters import LetterKind, letter_kind

Kind = CaseEvent.Kind
State = Letter.State
Verdict = Approval.Verdict


class UnableToWrite(ActionRefused):
    """The letter cannot be drafted or changed now."""


class ChangedByOthers(UnableToWrite):
    """Somebody else worked on the letter since the page was opened."""


class UnableToSubmitLetter(ActionRefused):
    """The letter is not ready for those who approve."""


class UnableToApprove(ActionRefused):
    """Not this person's step, or the letter is not what was looked at."""


class LookedAtOtherWords(UnableToApprove):
    """The letter does not say any more what was looked at."""


class UnableToSign(ActionRefused):
    """Something the file must hold before signing is missing."""


class UnableToReadLetter(ActionRefused):
    """The person does not see the case, or no font can print the letter."""


def _locked(letter: Letter, revision: int | None = None) -> Letter:
    """The letter as it stands now, behind its case, both held until the end of the transaction."""
    case = locked(letter.case)
    current = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    current.case = case
    if revision is not None and revision != current.revision:
        raise ChangedByOthers(Refusal("您打开页面之后，别人改过这份文书；请看最新的内容，再决定怎么办。"))
    return current


def _keep_version(letter: Letter, by: Account, at: datetime) -> None:
    LetterVersion.objects.create(
        letter=letter, content=letter.content, sha256=content_hash(paper_of(letter)), by=by, at=at
    )


@transaction.atomic
def draft_letter(
    *,
    case: Application,
    kind: str,
    fields: Mapping[str, Any],
    by: Account,
    at: datetime,
    act: Mapping[str, Any] | None = None,
    decision: Decision | None = None,
    consultation: Consultation | None = None,
    path: str = "notice",
    new_due_on: date | None = None,
) -> Letter:
    """Write the draft of a letter from the case and what the form asked.

    ``act`` is the event that the letter enters once it takes effect: ``{"kind": …}`` and its details.
    """
    refusal = may_work_on(case, by)
    if refusal:
        raise UnableToWrite(refusal)
    facts = facts_of(case, timezone.localdate(at), decision, new_due_on)
    paper = compose(kind, facts, fields)
    letter = Letter.objects.create(
        agency=case.agency,
        case=case,
        kind=kind,
        content=paper.to_json(),
        fields=_plain(fields),
        act=dict(act) if act else None,
        decision=decision,
        consultation=consultation,
        path=path,
        drafted_by=by,
        drafted_at=at,
    )
    _keep_version(letter, by, at)
    note(case, by, at, "drafted_letter", {"number": case.number, "kind": kind})
    return letter


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values typed, as JSON."""
    return {code: as_json(value) for code, value in fields.items()}


def as_json(value: Any) -> Any:
    """A value typed, as JSON can say it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@transaction.atomic
def edit_letter(*, letter: Letter, text: str, revision: int, by: Account, at: datetime) -> Letter:
    """Put other words into the body of a draft."""
    letter = _locked(letter, revision)
    refusal = signing.may_edit(letter, by)
    if not text.strip():
        refusal = Refusal("正文是空的，没有保存；请写好正文。")
    if refusal:
        raise UnableToWrite(refusal)
    return _reworded(letter, paper_of(letter).with_body_text(text), by, at)


@transaction.atomic
def redraft_letter(*, letter: Letter, revision: int, by: Account, at: datetime) -> Letter:
    """Word a draft anew from the case and the names of today; what was typed into its body is given up."""
    letter = _locked(letter, revision)
    refusal = signing.may_edit(letter, by)
    if refusal:
        raise UnableToWrite(refusal)
    facts = facts_for(letter, timezone.localdate(at))
    return _reworded(letter, compose(letter.kind, facts, letter.fields), by, at)


def _reworded(letter: Letter, paper: Paper, by: Account, at: datetime) -> Letter:
    letter.content = paper.to_json()
    letter.revision += 1
    letter.save(update_fields=["content", "revision"])
    _keep_version(letter, by, at)
    note(letter.case, by, at, "edited_letter", {"number": letter.case.number, "kind": letter.kind})
    return letter


@transaction.atomic
def drop_letter(*, letter: Letter, by: Account, at: datetime, revision: int | None = None) -> Letter:
    """Give up a draft. It has taken no number."""
    letter = _locked(letter, revision)
    refusal = signing.may_edit(letter, by)
    if refusal:
        raise UnableToWrite(refusal)
    return give_up(letter, by, at)


def give_up(letter: Letter, by: Account, at: datetime) -> Letter:
    """Mark a letter that was not signed as dropped; the caller holds it and has asked whether it may."""
    letter.state = State.DROPPED
    letter.revision += 1
    letter.save(update_fields=["state", "revision"])
    note(letter.case, by, at, "dropped_letter", {"number": letter.case.number, "kind": letter.kind})
    return letter


@transaction.atomic
def submit_letter(*, letter: Letter, by: Account, at: datetime, revision: int | None = None) -> Letter:
    """Hand a draft to those who approve; what has no path is signed at once.

    What the file lacks is said now, not to the last of those who approve.
    """
    letter = _locked(letter, revision)
    refusal = signing.may_submit(letter, by) or obstacle(letter, timezone.localdate(at))
    if refusal:
        raise UnableToSubmitLetter(refusal)
    letter.submitted_by = by
    letter.state = State.IN_REVIEW
    _fix_enclosures(letter)
    letter.save(update_fields=["submitted_by", "state", "act"])
    note(letter.case, by, at, "submitted_letter", {"number": letter.case.number, "kind": letter.kind})
    if signing.may_sign_alone(letter):
        return _sign(letter, by, at)
    _tell_next(letter, by, at)
    return letter


def _fix_enclosures(letter: Letter) -> None:
    """What is approved goes with the files that lay there when it was submitted, and no later ones."""
    if letter.act and offered(letter):
        letter.act = {**letter.act, "files": [file.pk for file in enclosed(letter)]}


@transaction.atomic
def approve_letter(
    *, letter: Letter, seen: str, by: Account, at: datetime, opinion: str = "", late_reason: str = ""
) -> Letter:
    """One step of approval; the last one signs. ``seen`` is the hash of the content that was looked at.

    An answer after its day is signed only with ``late_reason``, which the log keeps.
    """
    letter = _locked(letter)
    _check_approval(letter, seen, by)
    step = signing.next_step(letter)
    assert step is not None
    _approval(letter, step.code, Verdict.APPROVED, opinion.strip(), by, at)
    note(letter.case, by, at, "approved_letter", {"number": letter.case.number, "step": step.code})
    if signing.next_step(letter) is None:
        return _sign(letter, by, at, late_reason.strip())
    _tell_next(letter, by, at)
    return letter


@transaction.atomic
def return_letter(*, letter: Letter, opinion: str, by: Account, at: datetime) -> Letter:
    """Send a letter back to its drafter, saying why."""
    letter = _locked(letter)
    refusal = signing.may_approve(letter, by)
    if not opinion.strip():
        refusal = Refusal("退回要写明理由，起草人才知道改什么。")
    if refusal:
        raise UnableToApprove(refusal)
    step = signing.next_step(letter)
    assert step is not None
    _approval(letter, step.code, Verdict.RETURNED, opinion.strip(), by, at)
    letter.state = State.DRAFT
    letter.revision += 1
    letter.save(update_fields=["state", "revision"])
    note(letter.case, by, at, "returned_letter", {"number": letter.case.number, "step": step.code})
    _tell_drafter(letter, "sent_back", "被退回，请打开文书看理由", by, at)
    return letter


def _tell_next(letter: Letter, by: Account, at: datetime) -> None:
    step = signing.next_step(letter)
    assert step is not None
    title = letter_kind(letter.kind).title
    tell(
        case=letter.case,
        to=signing.may_take(letter, step),
        kind="approval_waiting",
        title=f"{letter.case.number}：《{title}》等您审批",
        text=f"{step.label}。请打开文书，看过内容和案卷再审批。",
        key=f"letter:{letter.pk}:{letter.revision}:{step.code}",
        by=by,
        at=at,
    )


def _tell_drafter(letter: Letter, kind: str, what: str, by: Account, at: datetime) -> None:
    title = letter_kind(letter.kind).title
    tell(
        case=letter.case,
        to=[letter.drafted_by] if letter.drafted_by and letter.drafted_by.is_active else [],
        kind=kind,
        title=f"{letter.case.number}：《{title}》{what.partition('，')[0]}",
        text=f"《{title}》{what}。",
        key=f"letter:{letter.pk}:{letter.revision}:{kind}",
        by=by,
        at=at,
    )


def _check_approval(letter: Letter, seen: str, by: Account) -> None:
    refusal = signing.may_approve(letter, by)
    if refusal:
        raise UnableToApprove(refusal)
    current = content_hash(paper_of(letter))
    if seen != current or any(each.content_sha256 != current for each in signing.round_of(letter)):
        raise LookedAtOtherWords(
            Refusal("文书在您打开之后改过，或与前面审批的不是同一份；请重新看过再审批。")
        )


def _approval(letter: Letter, step: str, verdict: str, opinion: str, by: Account, at: datetime) -> Approval:
    return Approval.objects.create(
        letter=letter,
        step=step,
        verdict=verdict,
        opinion=opinion,
        content_sha256=content_hash(paper_of(letter)),
        by=by,
        at=at,
    )


def _sign(letter: Letter, by: Account, at: datetime, late_reason: str = "") -> Letter:
    """Number, date, print and hash in one transaction; then the letter takes effect if signing does it."""
    on, kind = timezone.localdate(at), letter_kind(letter.kind)
    late = lateness(letter, on)
    refusal = obstacle(letter, on)
    if refusal is None and late and not late_reason:
        refusal = Refusal(late.sentence, late.article)
    if refusal:
        raise UnableToSign(refusal)
    _number(letter, kind, on)
    paper = replace(paper_of(letter), document_number=letter.document_number, dated=on)
    letter.content, letter.sha256 = paper.to_json(), content_hash(paper)
    letter.pdf = _print(paper)
    letter.state, letter.signed_by, letter.signed_at, letter.signed_on = State.SIGNED, by, at, on
    letter.save()
    _enter_signature(letter, on, by, at, late, late_reason)
    if kind.takes_effect == "signed":
        take_effect(letter, on, by, at)
    if by.pk != letter.drafted_by_id:
        _tell_drafter(letter, "approved", "已经签发", by, at)
    return letter


def _enter_signature(
    letter: Letter, on: date, by: Account, at: datetime, late: Lateness | None, late_reason: str
) -> None:
    details: dict[str, Any] = {"kind": letter.kind, "document_number": letter.document_number}
    if late:
        details |= {"due_on": late.due_on.isoformat(), "late_by": late.days}
    append(
        case=letter.case,
        kind=Kind.LETTER_SIGNED,
        on=on,
        by=by,
        at=at,
        details=details,
        reason=late_reason[:500] if late else "",
        letter=letter,
    )


def _number(letter: Letter, kind: LetterKind, on: date) -> None:
    if not kind.series:
        return
    letter.series, letter.year = kind.series, on.year
    letter.serial = take_number(letter.agency, kind.series, on.year)
    mark = profile_of(letter.case).letter_mark
    letter.document_number = f"{mark}{kind.series}〔{on.year}〕{letter.serial}号"


def _print(paper: Paper) -> bytes:
    try:
        return render(paper, "pdf")
    except Unwritable as error:
        raise UnableToSign(Refusal(str(error))) from error


@transaction.atomic
def read_letter_file(*, letter: Letter, file_format: str, by: Account, at: datetime) -> bytes:
    """The letter as a PDF or Word file: of a signed one the very bytes that were signed. The look is on
    the trail."""
    if not sees(letter.case, by):
        raise UnableToReadLetter(Refusal("这份文书所在的案件没有交给您办理，您不能打开。"))
    details = {"number": letter.case.number, "kind": letter.kind}
    note(letter.case, by, at, "opened_letter", details)
    if file_format == "pdf" and letter.pdf is not None:
        return bytes(letter.pdf)
    try:
        return render(paper_of(letter), file_format)
    except Unwritable as error:
        raise UnableToReadLetter(Refusal(str(error))) from error
