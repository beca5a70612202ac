"""Pages of knowledge: how each decision is used rightly, where it goes wrong, what the file must hold."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.law.grounds import ground as ground_of
from gongkai.law.grounds import grounds as all_grounds

_GROUPS = {
    "granted": "予以公开",
    "partly_granted": "部分公开",
    "denied": "不予公开",
    "unable_to_provide": "无法提供",
    "not_processed": "不予处理",
    "otherwise_handled": "其他处理",
}


@require_GET
def grounds(request: HttpRequest) -> HttpResponse:
    """Every decision, under the head it is counted under."""
    grouped = [
        (label, [each for each in all_grounds() if each.code.partition(".")[0] == code])
        for code, label in _GROUPS.items()
    ]
    return render(request, "casework/grounds.html", {"groups": grouped, "section": "cases"})


@require_GET
def ground(request: HttpRequest, code: str) -> HttpResponse:
    """One decision."""
    try:
        found = ground_of(code)
    except KeyError as unknown:
        raise Http404 from unknown
    context = {"ground": found, "follows": found.consequences(timezone.localdate()), "section": "cases"}
    return render(request, "casework/ground.html", context)
