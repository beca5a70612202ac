"""What a case already knows of what its decision must state, and what a decision would bring with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.agencies.policies import Refusal
from gongkai.casework.models import Application, CaseEvent, CaseFile, Consultation, Decision, Letter
from gongkai.casework.policies.deciding import is_answer
from gongkai.casework.policies.evidence import IN_THE_FILE, missing_for
from gongkai.casework.reckoning import LIMITS, calendar_of, events_of
from gongkai.law.approval import SuggestedPath, suggested
from gongkai.law.breach import LawBreach
from gongkai.law.clock.events import Consulted
from gongkai.law.decision_path import Consequences, consequences
from gongkai.law.limits import chinese_date
from gongkai.law.outcomes import Precondition

Kind = CaseEvent.Kind
Answer = Consultation.Answer
Prefill = Callable[[Application, Mapping[str, str], date], Mapping[str, Any]]

_OPINIONS: Mapping[str, str] = {
    Answer.OBJECTED: "refuse",
    Answer.PARTLY_AGREED: "partly",
    Answer.SILENT: "silent",
}
_FORMS: Mapping[str, str] = {
    Application.Carrier.PAPER: "纸质复制件",
    Application.Carrier.ELECTRONIC: "电子文档",
}
_ENDINGS: Mapping[tuple[str, str], str] = {
    ("clarity", "ended_otherwise"): "withdrawn",
    ("nature", "consultation"): "consultation",
    ("nature", "not_government_information"): "not_government_information",
}
PRESETS: Mapping[str, Mapping[str, str]] = {
    "supplement_lapsed": {"clarity": "supplement_lapsed"},
    "fee_lapsed": {"clarity": "fee_lapsed"},
    "withdrawn": {"clarity": "ended_otherwise"},
}
"""Answers that a page which already knows the outcome hands over."""


@dataclass(frozen=True, slots=True)
class Needed:
    """A precondition of a decision; ``lack`` is what the file does not hold yet. What stands ``in_letter``
    is asked for in the form."""

    precondition: Precondition
    lack: Refusal | None
    in_letter: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a decision would bring with it in this case."""

    follows: Consequences
    needed: tuple[Needed, ...]
    advised: SuggestedPath


def outlook(case: Application, code: str, on: date) -> Outlook | LawBreach:
    """The consequences of a decision on a day, or why the law has no such decision then."""
    try:
        follows = consequences(code, on)
    except LawBreach as breach:
        return breach
    lacks = missing_for(case, follows.decision, on)
    needed = tuple(Needed(each, lack, each not in IN_THE_FILE) for each, lack in lacks.items())
    return Outlook(follows, needed, suggested(code))


def standing_decision(case: Application) -> Decision | None:
    """The decision that is proposed now."""
    return case.decisions.filter(superseded=False).first()


def letter_of(decision: Decision) -> Letter | None:
    """The letter that serves a decision."""
    return decision.letters.exclude(state=Letter.State.DROPPED).order_by("-pk").first()


def prefill(case: Application, code: str, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    """What the file already says of the fields of a decision's letter, by their codes."""
    writer = _PREFILLS.get(code)
    return dict(writer(case, answers, on)) if writer else {}


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer to the same applicant, or about the same text, that a repeated application may rest on."""

    letter: Letter
    same_applicant: bool


def earlier_answers(case: Application) -> list[EarlierAnswer]:
    """Signed answers in cases that look like this one, the likest first, then others of the applicant."""
    alike = {each.other_id: each.same_applicant for each in case.likenesses.all()}
    mine = Application.objects.filter(
        agency=case.agency_id, applicant__fingerprint=case.applicant.fingerprint, pk__lt=case.pk
    ).order_by("-pk")[:20]
    order = [*alike, *(each.pk for each in mine if each.pk not in alike)]
    letters = Letter.objects.filter(case__in=order, state=Letter.State.SIGNED).select_related("case")
    found = [EarlierAnswer(each, alike.get(each.case_id, True)) for each in letters if is_answer(each)]
    return sorted(found, key=lambda each: order.index(each.letter.case_id))


def _granted(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    provided = case.files.filter(removed_at=None, kind__in=[CaseFile.Kind.PROVIDED, CaseFile.Kind.REDACTED])
    found = provided or case.files.filter(removed_at=None, kind=CaseFile.Kind.FOUND)
    form = {"electronic": "电子数据", "inspection": "查阅、抄录"}.get(_form_answer(answers))
    return {
        "content": "\n".join(file.name.rpartition(".")[0] or file.name for file in found),
        "provision_form": form or _FORMS.get(case.carrier, "纸质复制件"),
        "provision": "later" if _form_answer(answers) == "inspection" else "attached",
    }


def _form_answer(answers: Mapping[str, str]) -> str:
    return answers.get("form_all") or answers.get("form_part") or ""


def _partly(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    """What the boxes drawn over a file withhold, each ground once."""
    boxes = [box for file in case.files.filter(removed_at=None, kind="redacted") for box in file.boxes]
    grounds = dict.fromkeys((box["article"], box["reason"]) for box in boxes)
    return _granted(case, answers, on) | {"withheld": [("", article, reason) for article, reason in grounds]}


def _third_party(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    given = case.consultations.filter(kind=Consulted.THIRD_PARTY).exclude(answer="").last()
    return {"opinion": _OPINIONS.get(given.answer, "")} if given else {}


def _search(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    return {"search": "\n".join(_searched(case))}


def _searched(case: Application) -> Iterator[str]:
    for each in case.searches.all():
        period = f"，时间范围为{each.period}" if each.period else ""
        result = each.result.rstrip("。；")
        yield (
            f"{chinese_date(each.on)}，{each.searched_by}在{each.system}以“{each.terms}”检索{period}，{result}"
        )


def _unclear(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    came = _last(case, Kind.SUPPLEMENTED)
    return _notice(case, "supplement_notice") | {
        "supplemented_on": came.on if came else None,
        "supplemented": case.description if came else "",
    }


def _excessive(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    given, asked = _last(case, Kind.REASONS_GIVEN), _signed(case, "reasons_notice")
    counted = asked.fields.get("counted", "") if asked else ""
    return _notice(case, "reasons_notice") | {
        "given_reasons": given.reason if given else "",
        "counted": counted if isinstance(counted, str) else "\n".join(counted),
    }


def _repeated(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    earlier = next((each for each in earlier_answers(case) if each.same_applicant), None)
    if earlier is None:
        return {}
    return {"earlier_number": earlier.letter.document_number, "earlier_on": earlier.letter.signed_on}


def _supplement_lapsed(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    asked = _last(case, Kind.SUPPLEMENT_REQUESTED)
    until = asked.details.get("until") if asked else None
    return _notice(case, "supplement_notice") | {"expired_on": date.fromisoformat(until) if until else None}


def _fee_lapsed(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    noticed, end = _last(case, Kind.FEE_NOTICED), None
    if noticed:
        end = LIMITS.on("fee_payment", noticed.on).end(noticed.on, calendar_of(case.agency))
    amount = noticed.details.get("amount") if noticed else None
    return _notice(case, "fee_notice") | {"expired_on": end, "amount": amount}


def _other(case: Application, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    ending = next((ending for answer, ending in _ENDINGS.items() if answer in answers.items()), "")
    return {"ending": ending} if ending else {}


def _notice(case: Application, kind: str) -> dict[str, Any]:
    """Day, number and service of the newest notice of a kind."""
    letter = _signed(case, kind)
    if letter is None:
        return {}
    served = letter.services.exclude(served_on=None).order_by("served_on").first()
    said: dict[str, Any] = {"notice_on": letter.signed_on, "notice_number": letter.document_number}
    return said | ({"served_on": served.served_on} if served else {})


def _signed(case: Application, kind: str) -> Letter | None:
    return case.letters.filter(kind=kind, state=Letter.State.SIGNED).order_by("pk").last()


def _last(case: Application, kind: str) -> CaseEvent | None:
    return next((event for event in reversed(events_of(case)) if event.kind == kind), None)


_PREFILLS: Mapping[str, Prefill] = {
    "granted.provided": _granted,
    "partly_granted": _partly,
    "denied.third_party_rights": _third_party,
    "unable_to_provide.nonexistent": _search,
    "unable_to_provide.still_unclear": _unclear,
    "not_processed.excessive": _excessive,
    "not_processed.repeated": _repeated,
    "not_processed.reissue_or_confirm": _repeated,
    "otherwise_handled.supplement_lapsed": _supplement_lapsed,
    "otherwise_handled.fee_lapsed": _fee_lapsed,
    "otherwise_handled.other_handling": _other,
}
