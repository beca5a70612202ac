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
from gongkai.casework.actions.log import append, locked, note
from gongkai.casework.actions.numbering import take_number
from gongkai.casework.lettering import compose, content_hash, facts_of, paper_of, profile_of
from gongkai.casework.models import Application, Approval, CaseEvent, Consultation, Decision, Letter
from gongkai.casework.policies import signing
from gongkai.casework.policies.gate import obstacle
from gongkai.casework.policies.people import may_work_on
from gongkai.documents.letters import Letter as Paper
from gongkai.documents.letters import render
from gongkai.documents.writing import Unwritable
from gongkai.law.letters import LetterKind, letter_kind

Kind = CaseEvent.Kind
State = Letter.State
Verdict = Approval.Verdict


class UnableToWrite(ActionRefused):
    """The letter cannot be drafted or changed now."""


class UnableToSubmitLetter(ActionRefused):
    """The letter is not ready for those who approve."""


class UnableToApprove(ActionRefused):
    """Not this person's step, or the letter is not what was looked at."""


class UnableToSign(ActionRefused):
    """Something the file must hold before signing is missing."""


def _locked(letter: Letter, revision: int | None = None) -> Letter:
    current = Letter.objects.select_for_update(of=("self",)).select_related("case__agency").get(pk=letter.pk)
    if revision is not None and revision != current.revision:
        raise UnableToWrite(Refusal("您打开页面之后，别人改过这份文书；请看最新的内容，再决定怎么办。"))
    return current


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
    note(case, by, at, "drafted_letter", {"number": case.number, "kind": kind})
    return letter


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values typed, as JSON."""
    return {code: _as_json(value) for code, value in fields.items()}


def _as_json(value: Any) -> Any:
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
    letter.content = paper_of(letter).with_body_text(text).to_json()
    letter.revision += 1
    letter.save(update_fields=["content", "revision"])
    note(letter.case, by, at, "edited_letter", {"number": letter.case.number, "kind": letter.kind})
    return letter


@transaction.atomic
def drop_letter(*, letter: Letter, by: Account, at: datetime) -> Letter:
    """Give up a draft. It has taken no number."""
    letter = _locked(letter)
    refusal = signing.may_edit(letter, by)
    if refusal:
        raise UnableToWrite(refusal)
    letter.state = State.DROPPED
    letter.save(update_fields=["state"])
    note(letter.case, by, at, "dropped_letter", {"number": letter.case.number, "kind": letter.kind})
    return letter


@transaction.atomic
def submit_letter(*, letter: Letter, by: Account, at: datetime) -> Letter:
    """Hand a draft to those who approve; what has no path is signed at once.

    What the file lacks is said now, not to the last of those who approve.
    """
    letter = _locked(letter)
    refusal = signing.may_submit(letter, by) or obstacle(letter, timezone.localdate(at))
    if refusal:
        raise UnableToSubmitLetter(refusal)
    letter.submitted_by = by
    letter.state = State.IN_REVIEW
    letter.save(update_fields=["submitted_by", "state"])
    note(letter.case, by, at, "submitted_letter", {"number": letter.case.number, "kind": letter.kind})
    return _sign(letter, by, at) if signing.may_sign_alone(letter) else letter


@transaction.atomic
def approve_letter(*, letter: Letter, seen: str, by: Account, at: datetime, opinion: str = "") -> Letter:
    """One step of approval; the last one signs. ``seen`` is the hash of the content that was looked at."""
    letter = _locked(letter)
    _check_approval(letter, seen, by)
    step = signing.next_step(letter)
    assert step is not None
    _approval(letter, step.code, Verdict.APPROVED, opinion, by, at)
    note(letter.case, by, at, "approved_letter", {"number": letter.case.number, "step": step.code})
    return letter if signing.next_step(letter) else _sign(letter, by, at)


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
    return letter


def _check_approval(letter: Letter, seen: str, by: Account) -> None:
    refusal = signing.may_approve(letter, by)
    current = content_hash(paper_of(letter))
    if refusal is None and (
        seen != current or any(each.content_sha256 != current for each in signing.round_of(letter))
    ):
        refusal = Refusal("文书在您打开之后改过，或与前面审批的不是同一份；请重新看过再审批。")
    if refusal:
        raise UnableToApprove(refusal)


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


def _sign(letter: Letter, by: Account, at: datetime) -> Letter:
    """Number, date, print and hash in one transaction; then the letter takes effect if signing does it."""
    case, on, kind = locked(letter.case), timezone.localdate(at), letter_kind(letter.kind)
    letter.case = case
    refusal = obstacle(letter, on)
    if refusal:
        raise UnableToSign(refusal)
    _number(letter, kind, on)
    paper = replace(paper_of(letter), document_number=letter.document_number, dated=on)
    letter.content, letter.sha256 = paper.to_json(), content_hash(paper)
    letter.pdf = _print(paper)
    letter.state, letter.signed_by, letter.signed_at, letter.signed_on = State.SIGNED, by, at, on
    letter.save()
    details = {"kind": letter.kind, "document_number": letter.document_number}
    append(case=case, kind=Kind.LETTER_SIGNED, on=on, by=by, at=at, details=details, letter=letter)
    if kind.takes_effect == "signed":
        take_effect(letter, on, by, at)
    return letter


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


def take_effect(letter: Letter, on: date, by: Account | None, at: datetime) -> None:
    """Enter what the letter does to the clock, once: on the day of signing or of service.

    An answer closes the cases that were joined to its own as well; each counts once.
    """
    if letter.effective_on is not None:
        return
    letter.effective_on = on
    letter.save(update_fields=["effective_on"])
    if letter.consultation_id and letter.act and letter.act["kind"] == Kind.CONSULTATION_OPENED:
        Consultation.objects.filter(pk=letter.consultation_id).update(sent_on=on)
    if not letter.act:
        return
    details = {name: value for name, value in letter.act.items() if name != "kind"}
    kind = letter.act["kind"]
    append(case=letter.case, kind=kind, on=on, by=by, at=at, details=details, letter=letter)
    if kind == Kind.ANSWERED:
        for joined in letter.case.joined.exclude(state="closed"):
            append(case=locked(joined), kind=kind, on=on, by=by, at=at, details=details, letter=letter)
