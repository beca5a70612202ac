"""The six sections in words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.law.report.formats import Section, load_format
from gongkai.pieces.sheets import marks
from gongkai.publishing.queries.postings import channel_figures
from gongkai.reporting import actions
from gongkai.reporting.examination import examine, previous_of
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.views.report import find, frame, person


@require_http_methods(["GET", "POST"])
def prose(request: HttpRequest, pk: int) -> HttpResponse:
    report = find(request, pk)
    if request.method == "GET":
        return _page(request, report, report.content["sections"])
    typed = {
        section.code: "\n".join(request.POST[section.code].splitlines()).strip()
        for section in _sections(report)
        if section.code in request.POST
    }
    try:
        actions.save_prose(
            report=report,
            sections=typed,
            revision=int(request.POST.get("revision") or 0),
            by=person(request),
            at=timezone.now(),
        )
    except ActionRefused as refused:
        report.refresh_from_db()
        return _page(request, report, typed, refused, 409)
    messages.success(request, "文字已保存。")
    return redirect("reporting:prose", report.pk)


def _sections(report: AnnualReport) -> tuple[Section, ...]:
    return load_format(report.content["format"]).sections


def _page(
    request: HttpRequest,
    report: AnnualReport,
    texts: dict[str, str],
    refused: ActionRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    examination, previous = examine(report), previous_of(report)
    before = previous.content["sections"] if previous else {}
    context = frame(request, report, "prose") | {
        "parts": [
            (section, texts.get(section.code, ""), before.get(section.code, ""))
            for section in _sections(report)
        ],
        "marks": marks(examination.open),
        "examination": examination,
        "previous": previous,
        "refused": refused,
        "channels": channel_figures(report.agency, report.year),
    }
    return render(request, "reporting/prose.html", context, status=status)
