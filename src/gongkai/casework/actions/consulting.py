"""征求意见 (第三十二条至第三十四条): asked in writing; the time it takes is not counted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.lawful import require, require_none_under_way, require_past
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import append, locked, note
from gongkai.casework.identity import masked
from gongkai.casework.models import Application, CaseEvent, Consultation, Letter
from gongkai.casework.policies.consulting import (
    answers_to,
    inquiry_of,
    is_under_way,
    may_tell_third_party,
    opinion_due,
)
from gongkai.casework.policies.people import may_act
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock.events import ConsultationClosed, ConsultationOpened, Consulted
from gongkai.law.limits import chinese_date

Kind = CaseEvent.Kind
Answer = Consultation.Answer
_LETTERS = {
    Consulted.THIRD_PARTY: "third_party_inquiry",
    Consulted.CO_MAKER: "co_maker_inquiry",
    Consulted.AGENCY: "assistance_letter",
}
_OPINIONS: Mapping[str, str] = {
    Answer.OBJECTED: "refuse",
    Answer.PARTLY_AGREED: "partly",
    Answer.SILENT: "silent",
}


class UnableToConsult(ActionRefused):
    """Nobody can be asked now, or something the letter must say is missing."""


class UnableToRecordOpinion(ActionRefused):
    """The opinion does not fit what was asked, or came before it."""


@transaction.atomic
def open_consultation(
    *,
    case: Application,
    consulted: Consulted,
    name: str,
    is_person: bool,
    contact: str,
    information: str,
    by: Account,
    at: datetime,
    harm: str = "",
    questions: Sequence[str] = (),
    reply_by: date | None = None,
    opinion_proposed: str = "",
    revision: int | None = None,
) -> Letter:
    """Draft the letter that asks; the clock stands from the day after it is signed and sent."""
    case, today = locked(case, revision), timezone.localdate(at)
    require(case, ConsultationOpened(today, consulted), by, UnableToConsult)
    refusal = _unaskable(case, consulted, name, information)
    if refusal:
        raise UnableToConsult(refusal)
    kind = ApplicantKind.NATURAL_PERSON if is_person else ApplicantKind.OTHER_ORGANIZATION
    consultation = Consultation.objects.create(
        case=case,
        kind=consulted.value,
        name=name.strip(),
        contact=contact.strip(),
        masked_name=masked(name, kind),
        question=information.strip(),
    )
    given: Mapping[Consulted, Mapping[str, Any]] = {
        Consulted.THIRD_PARTY: {"third_party_name": name.strip(), "harm": harm},
        Consulted.CO_MAKER: {"agency_name": name.strip(), "opinion_proposed": opinion_proposed},
        Consulted.AGENCY: {"agency_name": name.strip(), "questions": list(questions), "reply_by": reply_by},
    }
    return draft_letter(
        case=case,
        kind=_LETTERS[consulted],
        fields={"information": information.strip(), **given[consulted]},
        act={"kind": Kind.CONSULTATION_OPENED.value, "with": consulted.value},
        consultation=consultation,
        by=by,
        at=at,
    )


def _unaskable(case: Application, consulted: Consulted, name: str, information: str) -> Refusal | None:
    if not name.strip() or not information.strip():
        return Refusal("请写明向谁征求意见、征求哪件信息的意见。", consulted.article)
    waiting = case.consultations.filter(kind=consulted.value, answer="").prefetch_related("letters")
    if any(each.name == name.strip() and is_under_way(each) for each in waiting):
        return Refusal(
            "已经起草了给这一方的征求意见书，或者正在等它的意见，不要重复征求；请在原来那份上继续。",
            consulted.article,
        )
    return None


@transaction.atomic
def tell_applicant(
    *, consultation: Consultation, by: Account, at: datetime, revision: int | None = None
) -> Letter:
    """Draft the notice that tells the applicant of a consultation whose time is not counted."""
    case = locked(consultation.case, revision)
    if consultation.sent_on is None:
        raise UnableToConsult(Refusal("征求意见书还没有签发；签发以后再告知申请人。", "《条例》第三十三条"))
    require_none_under_way(case, "consultation_notice", UnableToConsult)
    return draft_letter(
        case=case,
        kind="consultation_notice",
        fields={"consulted": consultation.kind, "sent_on": consultation.sent_on},
        consultation=consultation,
        by=by,
        at=at,
    )


@transaction.atomic
def tell_third_party(
    *,
    consultation: Consultation,
    information: str,
    reasons: str,
    by: Account,
    at: datetime,
    revision: int | None = None,
) -> Letter:
    """Draft the notice to a third party that the information is disclosed all the same, what and why."""
    case = locked(consultation.case, revision)
    refusal = may_act(case, by) or may_tell_third_party(consultation)
    if refusal:
        raise UnableToConsult(refusal)
    opinion, letter = _OPINIONS[consultation.answer], inquiry_of(consultation)
    fields: dict[str, Any] = {
        "third_party_name": consultation.name,
        "inquiry_on": consultation.sent_on,
        "inquiry_number": letter.document_number if letter else "",
        "opinion": opinion,
        "information": information.strip(),
        "reasons": reasons.strip(),
    }
    if opinion != "silent":
        fields["ground"] = "public_interest" if consultation.public_interest else "unfounded"
    return draft_letter(
        case=case,
        kind="third_party_disclosure_notice",
        fields=fields,
        consultation=consultation,
        by=by,
        at=at,
    )


@transaction.atomic
def record_delivery(
    *, consultation: Consultation, on: date, by: Account, at: datetime, revision: int | None = None
) -> Consultation:
    """The day on which the one who is asked received the letter: their period runs from it."""
    case = locked(consultation.case, revision)
    consultation.refresh_from_db()
    article = Consulted(consultation.kind).article
    refusal = may_act(case, by)
    if refusal is None and (consultation.sent_on is None or on < consultation.sent_on):
        refusal = Refusal("收到征求意见书的日期早于发出的日期，请核对。", article)
    if refusal is None and consultation.answer:
        refusal = Refusal("这份征求意见已经登记过结果，收到日期不能再改。", article)
    if refusal:
        raise UnableToRecordOpinion(refusal)
    require_past(on, timezone.localdate(at), UnableToRecordOpinion)
    consultation.delivered_on = on
    consultation.save(update_fields=["delivered_on"])
    note(case, by, at, "logged_delivery", {"number": case.number, "on": on.isoformat()})
    return consultation


@transaction.atomic
def record_opinion(
    *,
    consultation: Consultation,
    answer: str,
    on: date,
    by: Account,
    at: datetime,
    text: str = "",
    objection_accepted: bool | None = None,
    public_interest: str = "",
    revision: int | None = None,
) -> Consultation:
    """Enter the opinion, or that none came in time; the clock runs on from the day after.

    Silence is entered for the last day of the period, however late it is noticed. That
    of a third party is not consent: the agency decides. That of a co-maker is.
    """
    case = locked(consultation.case, revision)
    consultation.refresh_from_db()
    consulted = Consulted(consultation.kind)
    today = timezone.localdate(at)
    require_past(on, today, UnableToRecordOpinion)
    refusal = _opinion_refusal(consultation, answer, on, today, objection_accepted)
    if refusal:
        raise UnableToRecordOpinion(refusal)
    due = opinion_due(consultation)
    if answer == Answer.SILENT and due:
        on = due.due_on
    require(case, ConsultationClosed(on, consulted), by, UnableToRecordOpinion)
    consultation.answer, consultation.answered_on = answer, on
    consultation.answer_text = text.strip()
    consultation.objection_accepted = objection_accepted
    consultation.public_interest = public_interest.strip()
    consultation.save()
    details = {"with": consulted.value, "answer": answer, "consultation": consultation.pk}
    append(case=case, kind=Kind.CONSULTATION_CLOSED, on=on, by=by, at=at, details=details)
    return consultation


def _opinion_refusal(
    consultation: Consultation, answer: str, on: date, today: date, objection_accepted: bool | None
) -> Refusal | None:
    consulted = Consulted(consultation.kind)
    article = consulted.article
    if consultation.answer:
        return Refusal("这份征求意见已经登记过结果，不能重复登记。", article)
    if consultation.sent_on is None:
        return Refusal("征求意见书还没有签发，不能登记意见。", article)
    if on < consultation.sent_on:
        return Refusal(f"意见的日期早于发出之日（{chinese_date(consultation.sent_on)}），请核对。", article)
    if answer not in answers_to(consulted):
        return Refusal("这一方不能登记这种意见，请另选一种。", article)
    if answer == Answer.SILENT:
        due = opinion_due(consultation)
        if consulted is not Consulted.AGENCY and due is None:
            return Refusal("还没有登记对方收到征求意见书的日期，算不出期满之日；请先登记。", article)
        if due and today <= due.due_on:
            return Refusal(
                f"对方提出意见的期限到{chinese_date(due.due_on)}为止，过了这一天才能按逾期登记。", article
            )
    objects = answer in {Answer.OBJECTED, Answer.PARTLY_AGREED} and consulted is Consulted.THIRD_PARTY
    if objects and objection_accepted is None:
        return Refusal("第三方不同意公开的，请写明本机关是否认为理由成立。", article)
    return None
