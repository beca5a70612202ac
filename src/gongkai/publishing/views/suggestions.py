"""What was given to an applicant, for everybody: suggested from a case, decided, drafted."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.casework.queries.cases import cases_seen_by, find_case
from gongkai.publishing.actions import conversion as acts
from gongkai.publishing.forms.suggestions import ConvertForm, DecideForm, SuggestForm
from gongkai.publishing.models import Suggestion
from gongkai.publishing.policies.conversion import may_convert, may_decide, may_suggest
from gongkai.publishing.queries.places import sections_for
from gongkai.publishing.queries.suggestions import (
    asked_by_several,
    asked_with,
    find_suggestion,
    provided_files,
    suggestions_of,
)
from gongkai.publishing.views.normative import frame
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import performed


@require_GET
def suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    """What several applicants asked for, and every suggestion with what became of it."""
    agency, by = agency_of(request, slug), person(request)
    seen = cases_seen_by(by)
    together = asked_by_several(agency)
    visible = set(seen.filter(pk__in=[one.case.pk for one in together]).values_list("pk", flat=True))
    lines = suggestions_of(agency)
    shown = set(seen.filter(pk__in=[line.suggestion.case_id for line in lines]).values_list("pk", flat=True))
    context = frame(request, agency, "suggestions") | {
        "together": [one for one in together if one.case.pk in visible],
        "lines": [
            (line, line.suggestion.case_id in shown, may_decide(line.suggestion, by)) for line in lines
        ],
    }
    return render(request, "publishing/suggestions.html", context)


@require_http_methods(["GET", "POST"])
def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Suggest publishing what the applicant of a case got."""
    case, by = find_case(person(request), pk), person(request)
    if case is None:
        raise Http404
    form = SuggestForm(request.POST or None, initial={"source": Suggestion.Source.OFFICE})
    if request.method == "POST":

        def act() -> None:
            source = form.cleaned_data["source"]
            acts.suggest_conversion(case=case, source=source, by=by, at=timezone.now())

        if done := performed(
            request, form, act, "已提出建议，由公开工作机构负责人决定。", _home(case.agency)
        ):
            return done
    context = frame(request, case.agency, "suggestions") | {
        "case": case,
        "form": form,
        "against": None if form.is_bound else may_suggest(case, by),
        "asked": asked_with(case),
        "files": provided_files(case).count(),
    }
    return render(request, "publishing/convert.html", context, status=422 if form.is_bound else 200)


def _home(agency: Agency) -> str:
    return reverse("publishing:suggestions", args=[agency.slug])


def _find(request: HttpRequest, pk: int) -> Suggestion:
    found = find_suggestion(person(request), pk)
    if found is None or not cases_seen_by(person(request)).filter(pk=found.case_id).exists():
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, or decline with the reason."""
    suggestion, by = _find(request, pk), person(request)
    form = DecideForm(request.POST or None)
    if request.method == "POST":

        def act() -> None:
            acts.decide_conversion(suggestion=suggestion, by=by, at=timezone.now(), **form.cleaned_data)

        if done := performed(request, form, act, "已决定。", _home(suggestion.agency)):
            return done
    context = frame(request, suggestion.agency, "suggestions") | {
        "suggestion": suggestion,
        "form": form,
        "against": None if form.is_bound else may_decide(suggestion, by),
        "title": "决定是否主动公开",
        "verb": "保存决定",
    }
    return render(request, "publishing/suggestion_act.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the item with what the applicant got."""
    suggestion, by = _find(request, pk), person(request)
    agency = suggestion.agency
    sections = sections_for(agency, by)
    form = ConvertForm(request.POST or None, agency=agency, sections=sections)
    if request.method == "POST" and form.is_valid():
        try:
            item = acts.draft_conversion(suggestion=suggestion, by=by, at=timezone.now(), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("publishing:item", item.pk)
    context = frame(request, agency, "suggestions") | {
        "suggestion": suggestion,
        "form": form,
        "against": None if form.is_bound else may_convert(suggestion, by),
        "files": provided_files(suggestion.case).count(),
        "title": "拟一条公开信息",
        "verb": "拟稿，带上提供过的文件",
    }
    return render(request, "publishing/suggestion_act.html", context, status=422 if form.is_bound else 200)
