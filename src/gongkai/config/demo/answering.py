"""Deciding a case of the plan: the answers that lead to an outcome, what its letter has to say."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from gongkai.casework.actions.deciding import decide
from gongkai.casework.lettering import paper_of
from gongkai.casework.models import Application, CaseFile, Consultation, Letter
from gongkai.casework.reckoning import LIMITS, calendar_of
from gongkai.config.demo.paperwork import issue
from gongkai.config.demo.stage import Stage, keep_sample, letter_of
from gongkai.law.clock.events import Consulted
from gongkai.law.decision_path import questions, walk
from gongkai.law.letters import letter_for_decision

_OPINIONS: Mapping[str, str] = {
    Consultation.Answer.OBJECTED: "refuse",
    Consultation.Answer.PARTLY_AGREED: "partly",
    Consultation.Answer.SILENT: "silent",
}


def answer(  # noqa: PLR0913 - what a line may say
    stage: Stage,
    name: str,
    *,
    code: str,
    facts: Mapping[str, Any],
    answers: Mapping[str, str] | None = None,
    earlier: str = "",
    path: str = "",
    **way: Any,
) -> None:
    """Walk the seven questions to a decision, draft its letter and issue it.

    ``answers`` are the choices that matter where several ways lead to the decision; ``earlier`` is the
    case whose answer the letter refers to.
    """
    case = stage.case(name)
    found = next(answers_to(code, answers or {}), None)
    if found is None:
        raise ValueError(f"{name}: no answers lead to {code}")
    _enclose(stage, case, code, facts)
    told = dict(_from_file(stage, case, code)) | dict(_earlier(stage, earlier)) | dict(facts)
    letter = decide(case=case, answers=found, facts=told, path=path, by=stage.hand(case), at=stage.at())
    issue(stage, letter, **way)


def answers_to(code: str, given: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The answers that lead to a decision, those ``given`` among them; the plainest way first."""
    state = walk(given)
    if state.next is None:
        if state.decision == code and not state.dropped:
            yield given
        return
    for choice in questions()[state.next.code].choices:
        yield from answers_to(code, {**given, state.next.code: choice.code})


def _enclose(stage: Stage, case: Application, code: str, facts: Mapping[str, Any]) -> None:
    """The paper that goes with the answer, or that proves it, lies in the file."""
    if code == "granted.provided" and facts.get("provision") == "attached":
        for title in facts["content"]:
            keep_sample(stage, case, CaseFile.Kind.PROVIDED, title, lines=["（正文略）"])
    elif code == "denied.state_secret":
        keep_sample(stage, case, CaseFile.Kind.CLASSIFICATION, "定密审批表", lines=["（内容略）"])


def _from_file(stage: Stage, case: Application, code: str) -> Iterator[tuple[str, Any]]:
    """What the letter states that the file knows already."""
    reads = _READERS.get(letter_for_decision(code))
    if reads:
        yield from reads(stage, case, code)


def _not_held(stage: Stage, case: Application, code: str) -> Iterator[tuple[str, Any]]:
    if code == "unable_to_provide.nonexistent":
        yield (
            "search",
            [
                f"{each.searched_by}于{each.on:%Y年%-m月%-d日}在{each.system}以“{each.terms}”检索：{each.result}"
                for each in case.searches.all()
            ],
        )


def _denied(stage: Stage, case: Application, code: str) -> Iterator[tuple[str, Any]]:
    asked = case.consultations.filter(kind=Consulted.THIRD_PARTY.value).last()
    if asked is not None and code == "denied.third_party_rights":
        yield "opinion", _OPINIONS[asked.answer]


def _still_unclear(stage: Stage, case: Application, code: str) -> Iterator[tuple[str, Any]]:
    yield from _notice(letter_of(case, "supplement_notice"))
    yield "supplemented_on", case.events.get(kind="supplemented").on


def _excessive(stage: Stage, case: Application, code: str) -> Iterator[tuple[str, Any]]:
    notice = letter_of(case, "reasons_notice")
    yield from _notice(notice)
    yield "counted", notice.fields["counted"]


def _lapsed(stage: Stage, case: Application, code: str) -> Iterator[tuple[str, Any]]:
    notice = letter_of(case, "supplement_notice", "fee_notice")
    yield from _notice(notice)
    served = notice.services.exclude(served_on=None).get().served_on
    assert served is not None
    yield "served_on", served
    if notice.kind == "fee_notice":
        yield "amount", notice.fields["amount"]
        yield "expired_on", LIMITS.on("fee_payment", served).end(served, calendar_of(case.agency))
    else:
        yield "expired_on", date.fromisoformat(notice.fields["supplement_by"])


def _notice(letter: Letter) -> Iterator[tuple[str, Any]]:
    yield "notice_on", letter.signed_on
    yield "notice_number", letter.document_number


_READERS: Mapping[str, Callable[[Stage, Application, str], Iterator[tuple[str, Any]]]] = {
    "answer_not_held": _not_held,
    "answer_denied": _denied,
    "answer_still_unclear": _still_unclear,
    "notice_excessive": _excessive,
    "notice_lapsed": _lapsed,
}


def _earlier(stage: Stage, name: str) -> Iterator[tuple[str, Any]]:
    if not name:
        return
    letters = stage.case(name).letters.filter(state=Letter.State.SIGNED, act__kind="answered")
    letter = letters.last()
    assert letter is not None, f"{name} has no answer to refer to"
    yield "earlier_number", paper_of(letter).document_number
    yield "earlier_on", letter.signed_on
