"""From the facts of a case and the values of a form to a letter, for every kind in the catalogue."""

from collections.abc import Callable, Mapping
from datetime import date

from gongkai.documents.letters import answers, closings, forms, inquiries, procedure
from gongkai.documents.letters.facts import Facts, FieldValue, Values, require
from gongkai.documents.letters.letter import Letter, LetterIncomplete, printable
from gongkai.documents.letters.wording import Draft
from gongkai.law.letters import LetterKind, letter_kind
from gongkai.law.outcomes import DECISIONS, Decision

Writer = Callable[[Facts, Values], Draft]
DecisionWriter = Callable[[Facts, Values, Decision], Draft]

_WRITERS: Mapping[str, Writer] = {
    "application_form": forms.application_form,
    "registration_form": forms.registration_form,
    "receipt": forms.receipt,
    "supplement_notice": procedure.supplement,
    "reasons_notice": procedure.reasons,
    "extension_notice": procedure.extension,
    "delay_notice": procedure.delay,
    "third_party_inquiry": inquiries.third_party,
    "third_party_reply_form": forms.third_party_reply,
    "consultation_notice": procedure.consultation,
    "third_party_disclosure_notice": inquiries.third_party_disclosure,
    "co_maker_inquiry": inquiries.co_maker,
    "assistance_letter": inquiries.assistance,
    "fee_notice": procedure.fee_notice,
    "rectification_notice": closings.rectification,
    "service_receipt": forms.service_receipt,
    "review_sheet": forms.review_sheet,
    "transfer_list": forms.transfer_list,
    "publish_instead_sheet": forms.publish_instead,
}
_DECISION_WRITERS: Mapping[str, DecisionWriter] = {
    "answer_granted": answers.granted,
    "answer_partly_granted": answers.partly_granted,
    "answer_denied": answers.denied,
    "answer_not_held": answers.not_held,
    "answer_needs_creation": answers.needs_creation,
    "answer_still_unclear": answers.still_unclear,
    "notice_petition": closings.petition,
    "notice_repeated": closings.repeated,
    "notice_public_publication": closings.public_publication,
    "notice_excessive": closings.excessive,
    "notice_reissue": closings.reissue,
    "notice_registry_query": closings.registry_query,
    "notice_lapsed": closings.lapsed,
    "withdrawal_confirmation": closings.withdrawal,
}
_GIVEN_OUT = ("application_form", "service_receipt")  # forms that leave the office
_DECISIONS = {decision.code: decision for decision in DECISIONS}


def draft(kind: str, facts: Facts, fields: Mapping[str, FieldValue]) -> Letter:
    """The letter of a kind, ready to be edited and signed.

    Raises ``KeyError`` for an unknown kind, ``ValueError`` for a field it does not have, and
    :class:`LetterIncomplete` for what is missing or cannot be read.
    """
    found = letter_kind(kind)
    served = _served(found, facts)
    values = Values(found, served.code if served else "", fields)
    require(found, facts, values)
    if served:
        return _letter(found, facts, _DECISION_WRITERS[kind](facts, values, served))
    return _letter(found, facts, _WRITERS[kind](facts, values))


def _served(kind: LetterKind, facts: Facts) -> Decision | None:
    """The decision a letter serves: the case's, or the only one its kind can serve."""
    if not kind.decisions:
        return None
    if facts.decision is None:
        return _DECISIONS[kind.decisions[0]]
    if facts.decision.code not in kind.decisions:
        raise LetterIncomplete(
            f"办理决定是“{facts.decision.label}”，不能用《{kind.title}》送达。请改用与决定相应的文书。",
            ("decision",),
        )
    return facts.decision


def _letter(kind: LetterKind, facts: Facts, drawn: Draft) -> Letter:
    addressee = drawn.addressee or (facts.applicant_name if kind.addressee == "applicant" else "")
    return Letter(
        kind=kind.code,
        issuer=printable(facts.issuer),
        title=drawn.title or kind.printed_title,
        document_number=printable(facts.document_number) if kind.series else "",
        addressee=printable(addressee),
        paragraphs=drawn.paragraphs,
        tables=drawn.tables,
        attachments=drawn.attachments,
        dated=_dated(kind, facts),
        contact=() if kind.addressee == "internal" and kind.code not in _GIVEN_OUT else facts.office.lines,
        copy_to=tuple(filter(None, map(printable, facts.copy_to))),
        link=drawn.link,
    )


def _dated(kind: LetterKind, facts: Facts) -> date | None:
    """A receipt bears the day too; sheets are dated by those who sign them."""
    return facts.decided_on if kind.series or kind.code == "receipt" else None
