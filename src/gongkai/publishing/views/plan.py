"""The plan of a year: its entries, copying that of the year before, which item carries one out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.agencies.queries import agencies_of
from gongkai.publishing.actions.planning import (
    add_plan_entry,
    change_plan_entry,
    copy_plan,
    drop_plan_entry,
    link_plan_entry,
)
from gongkai.publishing.forms.duties import DropForm, ItemChoice, PlanForm
from gongkai.publishing.models import PlanEntry
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.queries.plans import Planned, plan_of, years_of
from gongkai.publishing.tables import Cell, Table
from gongkai.publishing.views.duties import year_of
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import performed, saved

_HEAD = ("序号", "目录事项", "计划公开的内容", "责任科室", "完成日期", "情况", "公开日期", "索引号")
_STATES = {"done": "已公开", "open": "未公开", "dropped": "不再公开"}


def _entry(request: HttpRequest, pk: int) -> PlanEntry:
    rows = PlanEntry.objects.select_related("agency", "node", "section", "item")
    entry = rows.filter(pk=pk, agency__in=agencies_of(person(request))).first()
    if entry is None:
        raise Http404
    return entry


@require_GET
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of a year."""
    agency = agency_of(request, slug)
    return _page(request, agency, year_of(request, timezone.localdate().year))


def _page(request: HttpRequest, agency: Agency, year: int, form: PlanForm | None = None) -> HttpResponse:
    by, on = person(request), timezone.localdate()
    lines = plan_of(agency, year, by, on)
    kept = [line for line in lines if line.state != "dropped"]
    context = {
        "agency": agency,
        "year": year,
        "years": years_of(agency, on),
        "lines": lines,
        "done": sum(line.state == "done" for line in kept),
        "kept": len(kept),
        "form": form or PlanForm(agency=agency),
        "before": year - 1,
        "refusal": may_run_desk(agency, by),
        "page": "plan",
        "section": "publishing",
    }
    return render(request, "publishing/plan.html", context, status=422 if form else 200)


def _back(agency: Agency, year: int) -> str:
    return f"{reverse('publishing:plan', args=[agency.slug])}?year={year}"


@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """One more entry."""
    agency, by = agency_of(request, slug), person(request)
    form = PlanForm(request.POST, agency=agency)
    valid = form.is_valid()
    year = form.cleaned_data["due_on"].year if valid else year_of(request, timezone.localdate().year)
    done = performed(
        request,
        form,
        lambda: add_plan_entry(
            node=form.node_chosen,
            year=year,
            title=form.cleaned_data["title"],
            section=form.section_chosen,
            due_on=form.cleaned_data["due_on"],
            by=by,
            at=timezone.now(),
        ),
        f"已列入{year}年计划。",
        _back(agency, year),
    )
    return done or _page(request, agency, year, form)


@require_POST
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    """What the plan of the year before held."""
    agency, by = agency_of(request, slug), person(request)
    year = year_of(request, timezone.localdate().year)
    try:
        added = copy_plan(agency=agency, year=year, by=by, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已从{year - 1}年照搬{len(added)}项，日期顺延一年；请逐项核对。")
    return redirect(_back(agency, year))


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: change it, say which item it is, give it up."""
    entry, by = _entry(request, pk), person(request)
    did = request.POST.get("do", "")
    agency = entry.agency
    initial = {
        "node": str(entry.node_id),
        "title": entry.title,
        "section": str(entry.section_id),
        "due_on": entry.due_on,
    }
    form = PlanForm(request.POST if did == "change" else None, agency=agency, initial=initial)
    form.fields["node"].required = False
    number = {"index_number": entry.item.index_number if entry.item else ""}
    item = ItemChoice(request.POST if did == "link" else None, agency=agency, by=by, initial=number)
    drop = DropForm(request.POST if did == "drop" else None)
    if request.method == "POST":
        done = _done(request, entry, did, (form, item, drop))
        if done:
            return done
    context: dict[str, Any] = {
        "agency": agency,
        "entry": entry,
        "form": form,
        "item_form": item,
        "drop": drop,
        "published": bool(entry.item and entry.item.publications.exists()),
        "refusal": may_run_desk(agency, by),
        "page": "plan",
        "section": "publishing",
    }
    return render(request, "publishing/plan_entry.html", context, status=422 if did else 200)


def _done(
    request: HttpRequest, entry: PlanEntry, did: str, forms: tuple[PlanForm, ItemChoice, DropForm]
) -> HttpResponse | None:
    form, item, drop = forms
    by, at, back = person(request), timezone.now(), _back(entry.agency, entry.year)
    if did == "link":
        return performed(
            request,
            item,
            lambda: link_plan_entry(entry=entry, item=item.cleaned_data["index_number"], by=by, at=at),
            "已记下是哪条信息；它发布以后，这一项就算完成。",
            back,
        )
    if did == "drop":
        return performed(
            request,
            drop,
            lambda: drop_plan_entry(entry=entry, reason=drop.cleaned_data["reason"], by=by, at=at),
            "已记下不再公开的理由。",
            back,
        )
    return performed(
        request,
        form,
        lambda: change_plan_entry(
            entry=entry,
            title=form.cleaned_data["title"],
            section=form.section_chosen,
            due_on=form.cleaned_data["due_on"],
            by=by,
            at=at,
        ),
        "已保存。",
        back,
    )


@require_GET
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The plan of a year as a file."""
    agency = agency_of(request, slug)
    year = year_of(request, timezone.localdate().year)
    lines = plan_of(agency, year, person(request), timezone.localdate())
    rows = tuple(_row(number, line) for number, line in enumerate(lines, start=1))
    table = Table(f"{agency.name}{year}年主动公开计划", _HEAD, rows, (2, 8, 10, 5, 4, 6, 4, 6))
    return saved(request, table, kind, _back(agency, year))


def _row(number: int, line: Planned) -> tuple[Cell, ...]:
    entry = line.entry
    told = _STATES[line.state] + (f"：{entry.dropped_reason}" if entry.dropped_reason else "")
    return (
        number,
        f"{entry.node.code} {entry.node.title}",
        entry.title,
        entry.section.name,
        entry.due_on,
        told,
        line.published_on,
        entry.item.index_number if entry.item and line.item_seen else "",
    )
