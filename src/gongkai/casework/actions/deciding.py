"""Deciding a case: the walk through the seven questions, the outcome, the draft of its letter."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.letters import as_json, draft_letter, give_up
from gongkai.casework.actions.log import append, locked
from gongkai.casework.models import Application, CaseEvent, Decision, Letter
from gongkai.casework.policies.acts import UNDER_WAY
from gongkai.casework.policies.deciding import is_answer, may_decide, path_refusal
from gongkai.law.approval import suggested
from gongkai.law.breach import LawBreach
from gongkai.law.decision_path import Consequences, PathState, consequences, walk

Kind = CaseEvent.Kind


class UnableToDecide(ActionRefused):
    """The questions lead to no decision yet, or the case cannot be decided now."""


@transaction.atomic
def decide(
    *,
    case: Application,
    answers: Mapping[str, str],
    facts: Mapping[str, Any],
    by: Account,
    at: datetime,
    path: str = "",
    path_reason: str = "",
    revision: int | None = None,
) -> Letter:
    """Propose the outcome the answers lead to, and draft its letter (whose ``decision`` it is).

    ``facts`` are the fields of the letter; ``withheld`` may also be given as a list of
    ``{"part", "article", "reason"}``. ``path`` is the approval path; blank, the one that is suggested.
    What was proposed before is superseded, its draft dropped. Raises ``UnableToDecide``, and
    ``UnableToDraft`` for what the letter does not state yet.
    """
    case = locked(case, revision)
    refusal = may_decide(case, by)
    if refusal:
        raise UnableToDecide(refusal)
    state = walk(answers)
    follows = _consequences(state, at)
    code, advised = follows.decision.code, suggested(follows.decision.code)
    path = path or advised.path.code
    refusal = path_refusal(advised, path, path_reason)
    if refusal:
        raise UnableToDecide(refusal)
    _supersede(case, by, at)
    decision = Decision.objects.create(
        case=case,
        code=code,
        answers=dict(state.answers),
        facts=_facts(facts),
        drafted_by=by,
        drafted_at=at,
    )
    details = {"decision": code, "path": path}
    on, reason = timezone.localdate(at), path_reason.strip()[:500]
    append(case=case, kind=Kind.DECIDED, on=on, by=by, at=at, details=details, reason=reason)
    return draft_letter(
        case=case,
        kind=follows.letter.code,
        fields=_fields(facts),
        act={"kind": Kind.ANSWERED.value, "decision": code} | _why(facts),
        decision=decision,
        path=path,
        by=by,
        at=at,
    )


def _consequences(state: PathState, at: datetime) -> Consequences:
    if state.next is not None:
        raise UnableToDecide(Refusal(f"还没有答完：{state.next.text}", f"《条例》{state.next.article}"))
    if state.act is not None:
        raise UnableToDecide(
            Refusal(f"先要办“{state.act.label}”，办完以后再回到这里继续。", "《条例》第三十六条")
        )
    assert state.decision is not None, "a walk ends in a question, an act or a decision"
    try:
        return consequences(state.decision, timezone.localdate(at))
    except LawBreach as breach:
        raise UnableToDecide(Refusal(breach.message, breach.article)) from breach


def _supersede(case: Application, by: Account, at: datetime) -> None:
    """What was proposed before holds no more; its letter goes nowhere."""
    case.decisions.filter(superseded=False).update(superseded=True)
    for letter in case.letters.select_for_update().filter(state__in=UNDER_WAY):
        if is_answer(letter):
            letter.case = case
            give_up(letter, by, at)


def _why(facts: Mapping[str, Any]) -> dict[str, str]:
    return {"why": facts["ending"]} if facts.get("ending") else {}


def _fields(facts: Mapping[str, Any]) -> dict[str, Any]:
    if "withheld" not in facts:
        return dict(facts)
    return dict(facts) | {"withheld": list(_withheld_lines(facts["withheld"]))}


def _withheld_lines(given: str | Sequence[str | Mapping[str, str]]) -> Iterator[str]:
    for row in given.splitlines() if isinstance(given, str) else given:
        yield row if isinstance(row, str) else "｜".join((row["part"], row["article"], row["reason"]))


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are kept: what is withheld part by part."""
    kept = {code: as_json(value) for code, value in facts.items()}
    if "withheld" in facts:
        rows = (
            line.replace("|", "｜").split("｜") for line in _withheld_lines(facts["withheld"]) if line.strip()
        )
        kept["withheld"] = [
            dict(zip(("part", "article", "reason"), [*map(str.strip, row), "", ""], strict=False))
            for row in rows
        ]
    return kept
