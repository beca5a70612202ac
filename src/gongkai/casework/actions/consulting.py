"""征求意见 (第三十二条至第三十四条): asked in writing; the time it takes is not counted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.lawful import require
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import append, locked
from gongkai.casework.identity import masked
from gongkai.casework.models import Application, CaseEvent, Consultation, Letter
from gongkai.casework.reckoning import LIMITS, calendar_of
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
_LIMITS = {Consulted.THIRD_PARTY: "third_party_opinion", Consulted.CO_MAKER: "co_maker_opinion"}


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
    if not name.strip() or not information.strip():
        raise UnableToConsult(Refusal("请写明向谁征求意见、征求哪件信息的意见。", consulted.article))
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


@transaction.atomic
def tell_applicant(*, consultation: Consultation, by: Account, at: datetime) -> Letter:
    """Draft the notice that tells the applicant of a consultation whose time is not counted."""
    if consultation.sent_on is None:
        raise UnableToConsult(Refusal("征求意见书还没有签发；签发以后再告知申请人。", "《条例》第三十三条"))
    third = consultation.kind == Consulted.THIRD_PARTY
    fields = {"consulted": "third_party" if third else "agency", "sent_on": consultation.sent_on}
    return draft_letter(
        case=consultation.case,
        kind="consultation_notice",
        fields=fields,
        consultation=consultation,
        by=by,
        at=at,
    )


@transaction.atomic
def record_delivery(*, consultation: Consultation, on: date, by: Account, at: datetime) -> Consultation:
    """The day on which the one who is asked received the letter: their period runs from it."""
    if consultation.sent_on is None or on < consultation.sent_on:
        raise UnableToRecordOpinion(
            Refusal("收到征求意见书的日期早于发出的日期，请核对。", "《条例》第三十二条")
        )
    if on > timezone.localdate(at):
        raise UnableToRecordOpinion(Refusal(f"{chinese_date(on)}还没有到，请核对日期。"))
    consultation.delivered_on = on
    consultation.save(update_fields=["delivered_on"])
    return consultation


def opinion_due(consultation: Consultation) -> date | None:
    """The last day for an opinion; ``None`` while the day of delivery is not known or no period runs."""
    code = _LIMITS.get(Consulted(consultation.kind))
    if code is None or consultation.delivered_on is None:
        return None
    limit = LIMITS.on(code, consultation.delivered_on)
    return limit.end(consultation.delivered_on, calendar_of(consultation.case.agency))


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
) -> Consultation:
    """Enter the opinion, or that none came in time; the clock runs on from the day after.

    Silence of a third party is not consent: the agency decides. Silence of a co-maker is.
    """
    case = locked(consultation.case)
    consulted = Consulted(consultation.kind)
    require(case, ConsultationClosed(on, consulted), by, UnableToRecordOpinion)
    refusal = _opinion_refusal(consultation, answer, on, objection_accepted)
    if refusal:
        raise UnableToRecordOpinion(refusal)
    consultation.answer, consultation.answered_on = answer, on
    consultation.answer_text = text.strip()
    consultation.objection_accepted = objection_accepted
    consultation.public_interest = public_interest.strip()
    consultation.save()
    details = {"with": consulted.value, "answer": answer, "consultation": consultation.pk}
    append(case=case, kind=Kind.CONSULTATION_CLOSED, on=on, by=by, at=at, details=details)
    return consultation


def _opinion_refusal(
    consultation: Consultation, answer: str, on: date, objection_accepted: bool | None
) -> Refusal | None:
    consulted = Consulted(consultation.kind)
    article = consulted.article
    if consultation.answer:
        return Refusal("这份征求意见已经登记过结果，不能重复登记。", article)
    if consultation.sent_on is None:
        return Refusal("征求意见书还没有签发，不能登记意见。", article)
    if answer == Answer.SILENT:
        due = opinion_due(consultation)
        if consulted is not Consulted.AGENCY and due is None:
            return Refusal("还没有登记对方收到征求意见书的日期，算不出期满之日；请先登记。", article)
        if due and on < due:
            return Refusal(f"对方提出意见的期限到{chinese_date(due)}，现在还不能按逾期处理。", article)
    objects = answer in {Answer.OBJECTED, Answer.PARTLY_AGREED} and consulted is Consulted.THIRD_PARTY
    if objects and objection_accepted is None:
        return Refusal("第三方不同意公开的，请写明本机关是否认为理由成立。", article)
    return None
