"""The decision path: seven questions one at a time, then what the letter must state, then its draft."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.deciding import decide as decide_case
from gongkai.casework.forms.decide import FactsForm, PathForm, initial_of
from gongkai.casework.models import Application, Decision
from gongkai.casework.policies.deciding import may_decide, signed_answer
from gongkai.casework.queries.decisions import (
    PRESETS,
    Outlook,
    earlier_answers,
    letter_of,
    outlook,
    prefill,
    standing_decision,
)
from gongkai.casework.queries.letters import files_to_redact
from gongkai.casework.queries.paths import Walk
from gongkai.casework.views.person import find, person
from gongkai.law.breach import LawBreach
from gongkai.law.decision_path import questions

Forms = tuple[FactsForm, PathForm]


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Walk the path; at its end fill in the facts and have the letter drafted."""
    case = find(request, pk)
    decision = standing_decision(case)
    signed = signed_answer(case)
    if signed:
        return _settled(request, case, signed.decision or decision)
    if request.method == "POST":
        return _propose(request, case)
    asked = {code: request.GET[code] for code in questions() if code in request.GET}
    preset = PRESETS.get(request.GET.get("preset", ""), {})
    answers = asked or preset or (decision.answers if decision else {})
    walk = Walk(answers, request.GET.get("ask", ""))
    kept = decision if decision and decision.code == walk.decision else None
    return _page(request, case, walk, _forms(case, walk, kept))


def _settled(request: HttpRequest, case: Application, decision: Decision | None) -> HttpResponse:
    """The answer is signed: what was decided, to be read."""
    walk = Walk(decision.answers if decision else {}, "")
    context = {
        "case": case,
        "decision": decision,
        "letter": signed_answer(case),
        "walk": walk,
        "outlook": _outlook(case, walk) if decision else None,
        "section": "cases",
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "casework/decide_settled.html", context, status=status)


def _propose(request: HttpRequest, case: Application) -> HttpResponse:
    given = {code: request.POST[f"answer-{code}"] for code in questions() if f"answer-{code}" in request.POST}
    walk = Walk(given, "")
    forms = _forms(case, walk, None, request.POST)
    if forms is None:
        return _page(request, case, walk, None)
    if "more" in request.POST:
        return _page(request, case, walk, (forms[0].with_more_rows(), forms[1].unchecked()))
    facts, path = forms
    if not (facts.is_valid() & path.is_valid()):
        return _page(request, case, walk, forms, 422)
    try:
        letter = decide_case(
            case=case,
            answers=given,
            facts=facts.values(),
            path=path.cleaned_data["path"],
            path_reason=path.cleaned_data["path_reason"],
            by=person(request),
            at=timezone.now(),
            revision=_revision(request),
        )
    except ActionRefused as refused:
        facts.add_error(None, str(refused))
        return _page(request, find(request, case.pk), walk, forms, 409)
    messages.success(request, "已拟定办理结果，并起草了文书。请核对正文，再提交审批。")
    return redirect("casework:letter", letter.pk)


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _forms(case: Application, walk: Walk, kept: Decision | None, data: Any = None) -> Forms | None:
    """The facts form of the decision that was reached, filled from what is kept or what the file says."""
    found = _outlook(case, walk)
    if not isinstance(found, Outlook):
        return None
    code, kind = found.follows.decision.code, found.follows.letter
    known = initial_of(kept.facts) if kept else prefill(case, code, walk.answers, timezone.localdate())
    facts = FactsForm(data, kind=kind, decision=code, initial=known)
    letter = letter_of(kept) if kept else None
    path = PathForm(data, advised=found.advised, initial={"path": letter.path} if letter else None)
    return facts, path


def _outlook(case: Application, walk: Walk) -> Outlook | LawBreach | None:
    return outlook(case, walk.decision, timezone.localdate()) if walk.decision else None


def _page(
    request: HttpRequest, case: Application, walk: Walk, forms: Forms | None, status: int = 200
) -> HttpResponse:
    found, decision = _outlook(case, walk), standing_decision(case)
    context: Mapping[str, Any] = {
        "case": case,
        "decision": decision,
        "decision_letter": letter_of(decision) if decision else None,
        "walk": walk,
        "outlook": found if isinstance(found, Outlook) else None,
        "breach": found if isinstance(found, LawBreach) else None,
        "facts": forms[0] if forms else None,
        "path": forms[1] if forms else None,
        "refusal": may_decide(case, person(request)),
        "to_redact": files_to_redact(case) if walk.decision == "partly_granted" else [],
        "earlier": earlier_answers(case) if walk.decision in _REPEATS else [],
        "section": "cases",
    }
    return render(request, "casework/decide.html", context, status=status)


_REPEATS = {"not_processed.repeated", "not_processed.reissue_or_confirm"}
