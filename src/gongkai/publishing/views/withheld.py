"""What is withheld, and the look at it that 第十八条 asks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.publishing.actions.reassessing import reassess_item
from gongkai.publishing.forms.duties import ReassessForm
from gongkai.publishing.policies.reassessing import may_reassess
from gongkai.publishing.queries.withheld import history_of, withheld_of
from gongkai.publishing.tables import Table
from gongkai.publishing.views.person import agency_of, find, person
from gongkai.publishing.views.saving import performed, saved

_HEAD = ("索引号", "名称", "责任科室", "不公开的依据", "理由", "上次评估", "下次评估")


@require_GET
def withheld(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything withheld, those to be looked at soonest first."""
    agency, by = agency_of(request, slug), person(request)
    lines = withheld_of(agency, by, timezone.localdate())
    context = {
        "agency": agency,
        "lines": lines,
        "late": sum(line.is_late for line in lines),
        "due": sum(line.is_due for line in lines),
        "page": "withheld",
        "section": "publishing",
    }
    return render(request, "publishing/withheld.html", context)


@require_GET
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same as a file, for the office alone: titles of what is withheld stand in it."""
    agency = agency_of(request, slug)
    lines = withheld_of(agency, person(request), timezone.localdate())
    rows = tuple(
        (
            line.item.index_number,
            line.item.title,
            line.item.section.name if line.item.section else "",
            line.ground_label,
            line.item.ground_reason,
            line.last.on if line.last else None,
            line.next_on,
        )
        for line in lines
    )
    table = Table(f"{agency.name}不予公开信息清单", _HEAD, rows, (5, 10, 5, 8, 12, 4, 4))
    return saved(request, table, kind, reverse("publishing:withheld", args=[agency.slug]))


@require_http_methods(["GET", "POST"])
def reassess(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at one item again."""
    item, by = find(request, pk), person(request)
    form = ReassessForm(request.POST or None)
    to_draft = request.POST.get("outcome") == "to_proactive"
    if request.method == "POST":
        back = (
            reverse("publishing:item", args=[item.pk])
            if to_draft
            else reverse("publishing:withheld", args=[item.agency.slug])
        )
        done = performed(
            request,
            form,
            lambda: reassess_item(
                item=item,
                outcome=form.cleaned_data["outcome"],
                reason=form.cleaned_data["reason"],
                by=by,
                at=timezone.now(),
            ),
            "已转为主动公开，成为草稿；请筛查、提交审查。" if to_draft else "已记下评估结果。",
            back,
        )
        if done:
            return done
    lines = withheld_of(item.agency, by, timezone.localdate())
    context = {
        "agency": item.agency,
        "item": item,
        "line": next((line for line in lines if line.item.pk == item.pk), None),
        "form": form,
        "history": history_of(item),
        "refusal": may_reassess(item, by),
        "page": "withheld",
        "section": "publishing",
    }
    return render(request, "publishing/reassess.html", context, status=422 if form.errors else 200)
