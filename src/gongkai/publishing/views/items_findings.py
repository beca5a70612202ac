"""What screening found: asked for, let stand with a reason, vouched for by two people."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.publishing.actions.scanning import attest as attest_part
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.actions.scanning import waive as waive_finding
from gongkai.publishing.models import Item, ReviewSheet
from gongkai.publishing.policies.parts import Part, parts_of
from gongkai.publishing.policies.review import next_step
from gongkai.publishing.queries import working
from gongkai.publishing.queries.sheets import find_sheet
from gongkai.publishing.views.items import item_page
from gongkai.publishing.views.items_posted import told
from gongkai.publishing.views.person import find, person
from gongkai.publishing.views.review import opinion_form, sheet_page


@require_POST
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Screen what was not screened yet under the rules in force."""
    item = find(request, pk)
    count = screen_item(item=item, by=person(request), at=timezone.now())
    messages.success(request, f"筛查了{count}处。" if count else "都按现行规则筛查过了，没有新的要筛查。")
    return redirect(_back(request, item))


@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a finding stand, with the reason and one's name."""
    item = find(request, pk)
    parts = _parts(request, item)
    found = working.find_finding(item, parts, request.POST.get("part", ""), request.POST.get("key", ""))
    if found is None:
        messages.error(request, "这一处已经不在现在的内容里了，请看最新的筛查结果。")
        return redirect(_back(request, item))
    reason = request.POST.get("reason", "")[:300]
    try:
        waive_finding(item=item, found=found, reason=reason, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        if request.POST.get("back") == "rescans":
            messages.error(request, str(refused))
            return redirect(_back(request, item))
        typed = {"key": found.key, "part": found.part.part, "reason": reason, "error": str(refused)}
        sheet = _sheet(request, item)
        if sheet is not None:
            return sheet_page(request, sheet, opinion_form(sheet, next_step(sheet)), 409, typed=typed)
        return item_page(request, item, 409, typed)
    messages.success(request, "已记下理由，这一处保留。")
    return redirect(_back(request, item))


@require_POST
def attest(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch for what no machine can read."""
    item = find(request, pk)
    part = next((each for each in _parts(request, item) if each.part == request.POST.get("part")), None)
    if part is None:
        raise Http404

    def act() -> str:
        attest_part(item=item, part=part.part, by=person(request), at=timezone.now())
        return f"已记下您核对过“{part.name}”。"

    told(request, act)
    return redirect(_back(request, item))


def _sheet(request: HttpRequest, item: Item) -> ReviewSheet | None:
    """The sheet on whose page the button was."""
    key = request.POST.get("sheet", "")
    sheet = find_sheet(person(request), int(key)) if key.isdecimal() and len(key) < 10 else None
    return sheet if sheet is not None and sheet.item_id == item.pk else None


def _parts(request: HttpRequest, item: Item) -> list[Part]:
    """Those of the sheet; else those of the working copy, and those that are public."""
    sheet = _sheet(request, item)
    if sheet:
        return parts_of(sheet.edition)
    live = [part for publication in item.publications.live() for part in parts_of(publication)]
    return list(dict.fromkeys([*working.working_parts(item), *live]))


def _back(request: HttpRequest, item: Item) -> str:
    sheet = _sheet(request, item)
    if request.POST.get("back") == "rescans":
        return reverse("publishing:rescans", args=[item.agency.slug])
    if request.POST.get("back") == "publish":
        return reverse("publishing:publish", args=[item.pk])
    if sheet is not None:
        return f"{reverse('publishing:review', args=[sheet.pk])}#findings"
    return f"{reverse('publishing:item', args=[item.pk])}#findings"
