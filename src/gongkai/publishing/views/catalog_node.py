"""One entry of the catalog: its page, changing, moving, retiring it, and its stages."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.publishing.actions.catalog import (
    add_node,
    assign_below,
    change_node,
    move_node,
    retire_node,
    revive_node,
)
from gongkai.publishing.actions.planning import add_stage, change_stage, remove_stage
from gongkai.publishing.catalog_form import boxes, time_limit
from gongkai.publishing.forms.catalog import MoveForm, NodeForm, ReasonForm, StageForm
from gongkai.publishing.forms.duties import ItemChoice
from gongkai.publishing.models import CatalogNode, Milestone
from gongkai.publishing.policies.catalog import sources
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.queries.catalog import (
    changes_of,
    channel_words,
    cycle_of,
    find_node,
    lacking,
    stages_of,
)
from gongkai.publishing.queries.items import items_seen_by
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import performed

_SHOWN = 12  # items on the page of an entry; the list has all


def _find(request: HttpRequest, pk: int) -> CatalogNode:
    found = find_node(person(request), pk)
    if found is None:
        raise Http404
    return found


def _stage(request: HttpRequest, pk: int) -> Milestone:
    stage = Milestone.objects.filter(pk=pk).select_related("node__agency").first()
    if stage is None:
        raise Http404
    stage.node = _find(request, stage.node_id)
    return stage


@require_GET
def node(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one entry."""
    return node_page(request, _find(request, pk))


def node_page(request: HttpRequest, node: CatalogNode, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of an entry; ``forms`` are small forms of it that were refused."""
    by = person(request)
    items = items_seen_by(by).filter(node=node).exclude(state="dropped").defer("content")
    children = list(node.children.order_by("order", "pk"))
    cycle = cycle_of(node)
    context = {
        "agency": node.agency,
        "node": node,
        "source": sources().get(node.source, node.source),
        "channels": channel_words(node.channels),
        "boxes": boxes(node.channels),
        "cycle": cycle.text if cycle else "",
        "time_limit": time_limit(node, timezone.localdate()),
        "lacks": list(lacking(node)) if not children else [],
        "children": children,
        "unassigned": sum(each.section_id is None for each in children),
        "sections": node.agency.sections.all(),
        "items": items[:_SHOWN],
        "count": items.count(),
        "stages": stages_of([node]),
        "changes": changes_of(node.agency, node),
        "refusal": may_run_desk(node.agency, by),
        "move": MoveForm(agency=node.agency, node=node),
        "retire": ReasonForm(prefix="retire"),
        "stage": StageForm(),
        "item_form": ItemChoice(agency=node.agency, by=by),
        "page": "catalog",
        "section": "publishing",
        **forms,
    }
    return render(request, "publishing/node.html", context, status=status)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new entry, perhaps under another."""
    agency, by = agency_of(request, slug), person(request)
    key = request.POST.get("parent", request.GET.get("parent", ""))
    parent = find_node(by, int(key)) if key.isdecimal() and len(key) < 10 else None
    if parent is not None and parent.agency_id != agency.pk:
        raise Http404
    form = NodeForm(request.POST or None, agency=agency)
    context: dict[str, Any] = {
        "agency": agency,
        "form": form,
        "parent": parent,
        "refusal": may_run_desk(agency, by),
        "page": "catalog",
        "section": "publishing",
    }
    if request.method == "GET":
        return render(request, "publishing/node_edit.html", context)
    if not form.is_valid():
        return render(request, "publishing/node_edit.html", context, status=422)
    try:
        made = add_node(
            agency=agency,
            parent=parent,
            code=form.cleaned_data["code"],
            values=form.values(),
            reason=form.cleaned_data["reason"],
            by=by,
            at=timezone.now(),
        )
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "publishing/node_edit.html", context, status=409)
    messages.success(request, f"已增加“{made.title}”，代码{made.code}。")
    return redirect("publishing:node", made.pk)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another duty for an entry, with the reason."""
    node, by = _find(request, pk), person(request)
    form = NodeForm(request.POST or None, agency=node.agency, node=node)
    version = request.POST.get("version", str(node.version))
    context: dict[str, Any] = {
        "agency": node.agency,
        "node": node,
        "form": form,
        "version": version,
        "refusal": may_run_desk(node.agency, by),
        "page": "catalog",
        "section": "publishing",
    }
    if request.method == "GET":
        return render(request, "publishing/node_edit.html", context)
    if not form.is_valid():
        return render(request, "publishing/node_edit.html", context, status=422)
    try:
        change_node(
            node=node,
            values=form.values(),
            reason=form.cleaned_data["reason"],
            by=by,
            at=timezone.now(),
            version=int(version) if version.isdecimal() and len(version) < 9 else None,
        )
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        context["version"] = _find(request, pk).version
        return render(request, "publishing/node_edit.html", context, status=409)
    messages.success(request, "已保存，变动记在下面。")
    return redirect("publishing:node", node.pk)


def _back(node: CatalogNode) -> str:
    return reverse("publishing:node", args=[node.pk])


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Under another entry."""
    node, by = _find(request, pk), person(request)
    form = MoveForm(request.POST, agency=node.agency, node=node)
    done = performed(
        request,
        form,
        lambda: move_node(
            node=node,
            parent=form.parent_node,
            reason=form.cleaned_data["reason"],
            by=by,
            at=timezone.now(),
        ),
        "已移动。",
        _back(node),
    )
    return done or node_page(request, _find(request, pk), 422, move=form)


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing new is filed under it."""
    node, by = _find(request, pk), person(request)
    form = ReasonForm(request.POST, prefix="retire")
    done = performed(
        request,
        form,
        lambda: retire_node(
            node=node, reason=form.cleaned_data["reason"], on=timezone.localdate(), by=by, at=timezone.now()
        ),
        "已停用。已经公开的信息不受影响，新的信息不再归到这一项。",
        _back(node),
    )
    return done or node_page(request, _find(request, pk), 422, retire=form)


@require_POST
def revive(request: HttpRequest, pk: int) -> HttpResponse:
    """Use it again."""
    node, by = _find(request, pk), person(request)
    form = ReasonForm(request.POST, prefix="retire")
    done = performed(
        request,
        form,
        lambda: revive_node(node=node, reason=form.cleaned_data["reason"], by=by, at=timezone.now()),
        "已恢复使用。",
        _back(node),
    )
    return done or node_page(request, _find(request, pk), 422, retire=form)


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """A section for every entry below that has none."""
    node, by = _find(request, pk), person(request)
    key = request.POST.get("section", "")
    section = node.agency.sections.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None
    if section is None:
        messages.error(request, "请选择责任科室。")
        return redirect(_back(node))
    done = performed(
        request,
        None,
        lambda: assign_below(node=node, section=section, by=by, at=timezone.now()),
        f"下面没有责任科室的事项，都已定给{section.name}。",
        _back(node),
    )
    return done or redirect(_back(node))


@require_POST
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """One more stage of a matter."""
    node, by = _find(request, pk), person(request)
    form = StageForm(request.POST)
    done = performed(
        request,
        form,
        lambda: add_stage(
            node=node, title=form.cleaned_data["title"], on=form.cleaned_data["on"], by=by, at=timezone.now()
        ),
        "已增加阶段。",
        _back(node),
    )
    return done or node_page(request, _find(request, pk), 422, stage=form)


@require_POST
def stage_item(request: HttpRequest, pk: int) -> HttpResponse:
    """The item that publishes a stage."""
    stage, by = _stage(request, pk), person(request)
    form = ItemChoice(request.POST, agency=stage.node.agency, by=by)
    form.fields["index_number"].required = True
    done = performed(
        request,
        form,
        lambda: change_stage(stage=stage, item=form.cleaned_data["index_number"], by=by, at=timezone.now()),
        "已记下这个阶段是哪条信息；它发布以后，这个阶段就算完成。",
        _back(stage.node),
    )
    return done or node_page(request, stage.node, 422, item_form=form)


@require_POST
def stage_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a stage away."""
    stage, by = _stage(request, pk), person(request)
    done = performed(
        request,
        None,
        lambda: remove_stage(stage=stage, by=by, at=timezone.now()),
        "已删去这个阶段。",
        _back(stage.node),
    )
    return done or node_page(request, stage.node)
