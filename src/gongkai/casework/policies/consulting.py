"""Where a consultation stands: which answers fit it, by when they are due, what is still to be told."""

from gongkai.agencies.policies import Refusal
from gongkai.casework.models import Consultation, Letter
from gongkai.casework.reckoning import LIMITS, calendar_of
from gongkai.law.clock.events import Consulted
from gongkai.law.limits import Due, TimeLimit
from gongkai.law.workdays import WorkingCalendar

Answer = Consultation.Answer
INQUIRIES = ("third_party_inquiry", "co_maker_inquiry", "assistance_letter")
_LIMITS = {Consulted.THIRD_PARTY: "third_party_opinion", Consulted.CO_MAKER: "co_maker_opinion"}
_ANSWERS = {
    Consulted.THIRD_PARTY: (Answer.AGREED, Answer.PARTLY_AGREED, Answer.OBJECTED, Answer.SILENT),
    Consulted.CO_MAKER: (Answer.AGREED, Answer.PARTLY_AGREED, Answer.OBJECTED, Answer.SILENT),
    Consulted.AGENCY: (Answer.CONFIRMED, Answer.SILENT),
}


def answers_to(consulted: Consulted) -> tuple[Answer, ...]:
    """The opinions that may be entered for whom was asked."""
    return _ANSWERS[consulted]


def inquiry_of(consultation: Consultation) -> Letter | None:
    """The letter that asks; the newest where one was dropped."""
    letters = [letter for letter in consultation.letters.all() if letter.kind in INQUIRIES]
    return letters[-1] if letters else None


def is_under_way(consultation: Consultation) -> bool:
    """Whether it is asked or about to be: its letter was not dropped, no opinion is entered."""
    letter = inquiry_of(consultation)
    return not consultation.answer and letter is not None and letter.state != Letter.State.DROPPED


def opinion_limit(consultation: Consultation) -> TimeLimit | None:
    """The period for an opinion; ``None`` while the day of delivery is not known or no period runs."""
    code = _LIMITS.get(Consulted(consultation.kind))
    if code is None or consultation.delivered_on is None:
        return None
    return LIMITS.on(code, consultation.delivered_on)


def opinion_due(consultation: Consultation, calendar: WorkingCalendar | None = None) -> Due | None:
    """The last day for an opinion, with what it rests on."""
    limit = opinion_limit(consultation)
    if limit is None or consultation.delivered_on is None:
        return None
    return limit.due(consultation.delivered_on, calendar or calendar_of(consultation.case.agency))


def may_tell_third_party(consultation: Consultation) -> Refusal | None:
    """Only a third party that did not agree is told that its information is disclosed all the same."""
    article = "《条例》第三十二条"
    if consultation.kind != Consulted.THIRD_PARTY:
        return Refusal("只有第三方才要告知公开决定。", article)
    if not consultation.answer:
        return Refusal("第三方的意见还没有登记；登记以后再告知。", article)
    if consultation.answer == Answer.AGREED:
        return Refusal("第三方同意公开，不用另行告知。", article)
    if consultation.objection_accepted and not consultation.public_interest:
        return Refusal("本机关认为第三方的理由成立，这部分不公开，不用告知公开决定。", article)
    return None
