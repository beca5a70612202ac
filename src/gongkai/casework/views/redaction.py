"""Drawing boxes over what is withheld, page by page, and the redacted file that comes of it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions import redaction as actions
from gongkai.casework.forms.redaction import Boxes, of_file, typed
from gongkai.casework.models import CaseFile
from gongkai.casework.policies.people import may_act
from gongkai.casework.queries.letters import find_file
from gongkai.casework.views.person import person
from gongkai.documents.redaction import Box, Pages


def _find(request: HttpRequest, pk: int) -> CaseFile:
    file = find_file(person(request), pk)
    if file is None:
        raise Http404
    return file


@require_http_methods(["GET", "POST"])
def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages with their boxes; the list of boxes is the form, with or without a script."""
    file = _find(request, pk)
    try:
        pages = actions.pages_of(file=file, by=person(request))
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework:case", file.case.pk)
    if request.method == "GET":
        last = file.redactions.filter(removed_at=None).order_by("pk").last()
        return _page(request, file, pages, of_file(file.boxes or (last.boxes if last else [])))
    boxes = typed(request.POST)
    found = boxes.boxes(pages.count)
    if "more" in request.POST:
        return _page(request, file, pages, Boxes(boxes.rows))
    if boxes.errors:
        return _page(request, file, pages, boxes, 422)
    if pages.count > actions.LONG:
        return _queue(request, file, pages, boxes, found)
    try:
        kept = actions.redact(file=file, boxes=found, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        boxes.errors.append(str(refused))
        return _page(request, file, pages, boxes, 422)
    messages.success(
        request,
        f"已生成“{kept.name}”：{len(found)}处遮盖，末页附依据和理由。核对过，文件里只有图像，遮盖的内容不能恢复。",
    )
    return redirect("casework:decide", file.case.pk)


def _queue(
    request: HttpRequest, file: CaseFile, pages: Pages, boxes: Boxes, found: Sequence[Box]
) -> HttpResponse:
    """A long file is drawn in the background."""
    try:
        actions.queue_redaction(file=file, boxes=found, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        boxes.errors.append(str(refused))
        return _page(request, file, pages, boxes, 422)
    messages.success(
        request,
        f"这个文件有{pages.count}页，正在后台生成遮盖后的文件。好了会通知您，这一页可以关掉。",
    )
    return redirect("casework:redact", file.pk)


def _page(
    request: HttpRequest, file: CaseFile, pages: Pages, boxes: Boxes, status: int = 200
) -> HttpResponse:
    drawn = [
        (number, size, round(1000 * size.height / size.width)) for number, size in enumerate(pages.sizes, 1)
    ]
    context = {
        "file": file,
        "case": file.case,
        "pages": drawn,
        "boxes": boxes,
        "waits": bool(file.boxes),
        "refusal": may_act(file.case, person(request)),
        "section": "cases",
    }
    return render(request, "casework/redact.html", context, status=status)


@require_GET
def page(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """One page as a picture, kept by the reader's browser alone and for a short while."""
    try:
        picture = actions.draw_page(file=_find(request, pk), page=page, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        raise Http404 from refused
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, max-age=600"})
