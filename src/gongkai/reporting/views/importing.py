"""Taking figures and prose from a file: read, look at it, then take it over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.documents.reading.content import Unreadable
from gongkai.pieces.intake import take_in
from gongkai.pieces.sheets import draw, marks, questions
from gongkai.reporting import actions
from gongkai.reporting.compiling import changes, taken_over
from gongkai.reporting.examination import examine
from gongkai.reporting.models import AnnualReport, ImportedReading
from gongkai.reporting.views.report import find, frame, person


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file or paste text."""
    report = find(request, pk)
    if request.method == "GET":
        return _choose_page(request, report)
    text = request.POST.get("text", "")
    try:
        intake = take_in(request.FILES.get("file"), text)
        reading = actions.keep_reading(
            report=report,
            read=intake.report,
            name=intake.name,
            sha256=intake.sha256,
            by=person(request),
            at=timezone.now(),
        )
    except (Unreadable, ActionRefused) as error:
        return _choose_page(request, report, str(error), text, 422)
    return redirect("reporting:preview", report.pk, reading.pk)


def _choose_page(
    request: HttpRequest, report: AnnualReport, error: str = "", text: str = "", status: int = 200
) -> HttpResponse:
    context = frame(request, report, "import") | {"error": error, "text": text}
    return render(request, "reporting/import.html", context, status=status)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: int, reading_pk: int) -> HttpResponse:
    """What was read, what is doubtful, what would change; taken over only on a second word."""
    report = find(request, pk)
    reading = get_object_or_404(ImportedReading, pk=reading_pk, report=report)
    if request.method == "POST":
        try:
            actions.take_over(reading=reading, by=person(request), at=timezone.now())
        except ActionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已取用。请看一遍检查结果，再补空白、改错误。")
        return redirect("reporting:overview", report.pk)
    read = reading.filled
    after = taken_over(report.filled, read)
    found = marks(examine(report, after).open)
    context = frame(request, report, "import") | {
        "reading": reading,
        "doubts": questions(read),
        "prose": [text for text in read.sections.values() if text],
        "marks": found,
        "sheets": draw(after, found),
        "changed": len(changes(report.filled, after)),
        "mismatches": _mismatches(report, reading),
    }
    return render(request, "reporting/preview.html", context)


def _mismatches(report: AnnualReport, reading: ImportedReading) -> list[str]:
    """Where the file is of another year or another agency than this report."""
    read = reading.filled
    said = []
    if read.year and read.year != report.year:
        said.append(f"文件写的是{read.year}年度，这里编的是{report.year}年度。")
    if read.agency and read.agency != report.agency.name:
        said.append(f"文件写的机关是“{read.agency}”，这里是“{report.agency.name}”。")
    return said
